// column_secrets.hpp: secrets that stand in the file, read again when they are needed: a plan does
// not have them.
//
// The n-th row of the plan is the n-th row of the file; rows are asked for in their order.
#ifndef ROLLCALL_APPLY_COLUMN_SECRETS_HPP
#define ROLLCALL_APPLY_COLUMN_SECRETS_HPP

#include <cstdint>
#include <memory_resource>
#include <optional>
#include <vector>

#include "base/secret.hpp"
#include "check/columns.hpp"
#include "check/facts.hpp"
#include "check/header.hpp"
#include "check/values.hpp"
#include "plan/plan_header.hpp"
#include "rollcall/csv.hpp"
#include "schema/compiled.hpp"

namespace rollcall::apply {

class ColumnSecrets {
 public:
  // All outlive it. `file` is the one that was planned, at its beginning; null: nobody has it.
  ColumnSecrets(const schema::CompiledSchema& schema, check::Facts& facts, Source* file,
                const plan::PlanHeader& header, const Limits& limits,
                std::pmr::memory_resource* memory)
      : schema_{schema},
        facts_{facts},
        file_{file},
        dialect_{header.dialect},
        limits_{limits},
        memory_{memory}
  {
  }
  ColumnSecrets(const ColumnSecrets&) = delete;
  ColumnSecrets& operator=(const ColumnSecrets&) = delete;
  ~ColumnSecrets();

  // What the row gives to a field. Corrupt if it gives nothing: then it is not the file.
  [[nodiscard]] Result<Secret> find(std::uint64_t row, schema::FieldRef field);

 private:
  [[nodiscard]] Result<void> open();
  [[nodiscard]] Result<std::size_t> find_row(std::uint64_t number);
  [[nodiscard]] std::vector<std::uint16_t> columns_of(schema::FieldRef field) const;

  const schema::CompiledSchema& schema_;
  check::Facts& facts_;
  Source* file_;
  csv::Dialect dialect_;
  Limits limits_;
  std::pmr::memory_resource* memory_;
  std::optional<csv::Reader> reader_;
  check::Header header_;
  check::Scratch scratch_;
};

} // namespace rollcall::apply

#endif // ROLLCALL_APPLY_COLUMN_SECRETS_HPP
