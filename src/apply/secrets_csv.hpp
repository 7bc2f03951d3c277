// secrets_csv.hpp: secrets that were made, as the file that somebody fetches once.
//
// Row,Line,Kind,Key,Field,Value: by row, then in the order of its changes. What a spreadsheet would
// run is guarded as in exports; the characters that rollcall takes by itself never are.
#ifndef ROLLCALL_APPLY_SECRETS_CSV_HPP
#define ROLLCALL_APPLY_SECRETS_CSV_HPP

#include <memory_resource>
#include <string>
#include <utility>

#include "rollcall/csv_writer.hpp"
#include "rollcall/job_store.hpp"

namespace rollcall::apply {

class SecretsCsv {
 public:
  // The sink outlives it. The header is always written.
  [[nodiscard]] static Result<SecretsCsv> open(Sink& sink, std::pmr::memory_resource* memory)
  {
    ROLLCALL_TRY(auto writer,
                 csv::Writer::open(sink, {.guard = csv::Guard::text, .memory = memory}));
    for (const char* const header : {"Row", "Line", "Kind", "Key", "Field", "Value"})
      writer.cell(header);
    writer.end_row();
    return SecretsCsv{std::move(writer)};
  }

  void put(const MadeSecret& secret)
  {
    writer_.cell(std::to_string(secret.row));
    writer_.cell(std::to_string(secret.line));
    for (const std::string_view cell : {secret.kind, secret.key, secret.field, secret.value})
      writer_.cell(cell);
    writer_.end_row();
  }

  [[nodiscard]] Result<void> finish() { return writer_.finish(); }

 private:
  explicit SecretsCsv(csv::Writer&& writer) : writer_{std::move(writer)} {}

  csv::Writer writer_;
};

} // namespace rollcall::apply

#endif // ROLLCALL_APPLY_SECRETS_CSV_HPP
