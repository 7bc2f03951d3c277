// Converts texts, and reads again what came out.
#ifndef ROLLCALL_TESTS_CONVERT_CONVERTING_HPP
#define ROLLCALL_TESTS_CONVERT_CONVERTING_HPP

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "job/running.hpp"
#include "job/vendor_files.hpp"
#include "rollcall/convert.hpp"
#include "rollcall/csv.hpp"
#include "support/must.hpp"

namespace rollcall::tests {

inline schema::Schema format(std::string_view id)
{
  for (const Vendor& each : all_vendors())
    if (each.schema.id == id) return each.schema;
  FAIL("no such format");
  return {};
}

class Converting {
 public:
  Converting(schema::Schema of, schema::Schema into) : from{std::move(of)}, to{std::move(into)} {}
  Converting(std::string_view of, std::string_view into) : Converting{format(of), format(into)} {}

  schema::Schema from, to;
  Context context = {.name = "ada", .role = "anybody"};
  convert::Options options = {.file_name = "users.csv"};
  std::pmr::memory_resource* memory = std::pmr::new_delete_resource();
  SmallDisk result, report;
  bool is_open_to_all = true; // who converts is not what a test is about

  [[nodiscard]] Result<convert::Loss> try_to_convert(Source& source)
  {
    if (std::exchange(is_open_to_all, false)) open_to_all();
    result.text.clear();
    report.text.clear();
    Seams seams = system_.seams();
    seams.memory = memory;
    return convert::convert_file(from, to, source, context, options,
                                 {.result = &result, .report = &report}, seams);
  }
  [[nodiscard]] Result<convert::Loss> try_to_convert(std::string_view text)
  {
    MemorySource source{text};
    return try_to_convert(source);
  }
  convert::Loss converted(std::string_view text) { return must(try_to_convert(text)); }

  // "value.email in Email, convert.check in First Name" of a row of the result, or of rows that are
  // not in it (0).
  [[nodiscard]] std::string findings(std::uint64_t written) const
  {
    std::string told;
    each_finding([&](std::uint64_t row, json::Value finding) {
      if (row != written) return;
      told += (told.empty() ? "" : ", ") + std::string{*finding.find("code").text()};
      if (const auto column = finding.find("column").text()) told.append(" in ").append(*column);
    });
    return told;
  }

  template <class See>
  void each_finding(See see) const
  {
    for (std::size_t at = 0; at < report.text.size();) {
      const std::size_t end = report.text.find('\n', at);
      REQUIRE(end != std::string::npos);
      json::Document document{{}};
      must(document.read(std::string_view{report.text}.substr(at, end - at)));
      at = end + 1;
      if (!document.root().find("row")) continue;
      const std::uint64_t row = document.root().find("written").natural().value_or(0);
      for (const json::Value finding : document.root().find("findings")) see(row, finding);
    }
  }

 private:
  void open_to_all()
  {
    for (schema::Schema* const each : {&from, &to})
      each->roles = {{.name = "anybody", .may = {schema::Action::template_}}};
  }

  SystemSeams system_;
};

// The cells of a file by their headers, as they are typed but without quotes.
using NamedCells = std::map<std::string, std::string, std::less<>>;
inline std::vector<NamedCells> cells_of(std::string_view text)
{
  MemorySource source{text};
  auto reader = must(csv::Reader::open(source, {.dialect = {.delimiter = ','}}));
  std::vector<std::string> names;
  std::vector<NamedCells> rows;
  std::string scratch;
  while (must(reader.next())) {
    const csv::RowBatch& batch = reader.batch();
    for (std::size_t row = 0; row != batch.size(); ++row) {
      if (!names.empty()) rows.emplace_back();
      for (std::size_t cell = 0; cell != batch.cells(row); ++cell) {
        const std::string value{batch.value(row, cell, scratch)};
        if (rows.empty())
          names.push_back(value);
        else
          rows.back()[names.at(cell)] = value;
      }
    }
  }
  return rows;
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_CONVERT_CONVERTING_HPP
