// Judges a text by the format for tests, and tells in few words what came of it.
#ifndef ROLLCALL_TESTS_CHECK_CHECKING_HPP
#define ROLLCALL_TESTS_CHECK_CHECKING_HPP

#include <string>
#include <string_view>

#include "check/checker.hpp"
#include "support/fake_directory.hpp"
#include "support/must.hpp"
#include "support/staff_schema.hpp"

namespace rollcall::tests {

// The rows of a text that fit into one window. Everything lives as long as this does.
class Checking {
 public:
  explicit Checking(std::string text, csv::ReaderOptions options = {.dialect = {.delimiter = ','}})
      : text_{std::move(text)},
        limits_{options.limits},
        reader_{must(csv::Reader::open(source_, options))}
  {
    REQUIRE(must(reader_.next()));
    header_ = check::read_header(schema_, reader_.batch(), limits_);
  }
  Checking(const Checking&) = delete;
  Checking& operator=(const Checking&) = delete;

  [[nodiscard]] Result<void> try_to_check()
  {
    REQUIRE(must(reader_.next()));
    check::Checker checker{schema_, header_, limits_, directory};
    return checker.check(reader_.batch(), judged);
  }
  Checking& check()
  {
    must(try_to_check());
    return *this;
  }

  // "value.email in Email, row.short" of a row; rows count from 0.
  [[nodiscard]] std::string findings(std::size_t row) const
  {
    std::string found;
    for (const check::RowFinding& each : judged.findings) {
      if (each.row != row) continue;
      found += (found.empty() ? "" : ", ") + std::string{slug(each.finding)};
      if (!each.finding.column.empty()) found += " in " + each.finding.column;
      const std::string message = render_message(each.finding);
      CHECK_MESSAGE(message.find('{') == std::string::npos, message);
    }
    return found;
  }

  [[nodiscard]] const Finding& only_finding() const
  {
    REQUIRE(judged.findings.size() == 1);
    return judged.findings.front().finding;
  }

  // What a cell reads: its text if it is good, else "(blank)", "(absent)" or "(bad)".
  [[nodiscard]] std::string cell(std::string_view field, std::size_t row) const
  {
    for (std::size_t column = 0; column != schema_.columns().size(); ++column) {
      if (schema_.columns()[column].field != field) continue;
      const check::Cell& cell = judged.cell(column, row);
      switch (cell.state) {
        case check::CellState::absent:
          return "(absent)";
        case check::CellState::blank:
          return "(blank)";
        case check::CellState::bad:
          return "(bad)";
        case check::CellState::good:
          return std::string{cell.text};
      }
    }
    FAIL("no such field");
    return {};
  }

  [[nodiscard]] const schema::CompiledSchema& schema() const { return schema_; }

  FakeDirectory directory;
  check::JudgedBatch judged{std::pmr::new_delete_resource()};

 private:
  schema::CompiledSchema schema_ = must(schema::CompiledSchema::compile(staff()));
  std::string text_;
  MemorySource source_{text_};
  Limits limits_;
  csv::Reader reader_;
  check::Header header_;
};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_CHECK_CHECKING_HPP
