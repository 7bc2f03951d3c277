// names_at.hpp: what the names of an expression mean at a place of a schema.
#ifndef ROLLCALL_SCHEMA_NAMES_AT_HPP
#define ROLLCALL_SCHEMA_NAMES_AT_HPP

#include <optional>
#include <string>
#include <string_view>

#include "schema/compiling.hpp"

namespace rollcall::schema {

// Names that cannot be read at the place are found all the same: that is a fault of its own.
class NamesAt final : public expr::Names {
 public:
  // Both outlive it.
  NamesAt(const Compiling& names, const Place& place) noexcept : names_{names}, place_{place} {}

  [[nodiscard]] std::optional<expr::Name> find(std::string_view dotted) const override;
  [[nodiscard]] std::optional<expr::LookupBy> find_kind(std::string_view dotted) const override;
  [[nodiscard]] std::optional<expr::Name> find_field(std::uint16_t kind,
                                                     std::string_view field) const override;
  [[nodiscard]] std::optional<expr::Name> find_made(std::uint16_t kind) const override;
  [[nodiscard]] bool can_be_range(const expr::Slot& slot) const override;
  [[nodiscard]] std::string nearest(std::string_view dotted) const override;

 private:
  [[nodiscard]] std::optional<std::uint16_t> column(std::string_view name) const;
  [[nodiscard]] std::optional<expr::Name> cell(std::string_view name) const;
  [[nodiscard]] std::optional<expr::Name> fresh(std::string_view name) const;
  [[nodiscard]] std::optional<expr::Name> old(std::string_view name) const;
  [[nodiscard]] std::optional<expr::Name> fact(std::string_view dotted) const;
  [[nodiscard]] std::optional<expr::Name> field(expr::Space space, std::string_view name) const;

  const Compiling& names_;
  const Place& place_;
};

// Of row. and job., in the order of RowFact and JobFact; empty for a number that is none.
[[nodiscard]] std::string_view row_fact_name(std::uint16_t number) noexcept;
[[nodiscard]] std::string_view job_fact_name(std::uint16_t number) noexcept;

} // namespace rollcall::schema

#endif // ROLLCALL_SCHEMA_NAMES_AT_HPP
