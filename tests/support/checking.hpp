// Judges a text by the format for tests, and tells in few words what came of it.
#ifndef ROLLCALL_TESTS_SUPPORT_CHECKING_HPP
#define ROLLCALL_TESTS_SUPPORT_CHECKING_HPP

#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "check/checker.hpp"
#include "report/message.hpp"
#include "support/fake_directory.hpp"
#include "support/must.hpp"
#include "support/staff_schema.hpp"

namespace rollcall::tests {

// The rows of a text that fit into one window. Everything lives as long as this does.
class Checking {
 public:
  explicit Checking(std::string text, csv::ReaderOptions options = {.dialect = {.delimiter = ','}},
                    const schema::Schema& schema = staff())
      : directory{schema},
        schema_{must(schema::CompiledSchema::compile(schema))},
        text_{std::move(text)},
        limits_{options.limits},
        reader_{must(csv::Reader::open(source_, options))}
  {
  }
  Checking(const Checking&) = delete;
  Checking& operator=(const Checking&) = delete;

  // Who imports; taken when `check` is called.
  Context context;
  FakeDirectory directory;

  [[nodiscard]] Result<void> try_to_check()
  {
    ROLLCALL_CHECK(open());
    ROLLCALL_CHECK(checker_->check(reader_.batch()));
    checker_->settle();
    return success();
  }
  // All that must be known before the rows are judged.
  [[nodiscard]] Result<void> open()
  {
    known_.emplace(schema_, directory, SipKey{1, 2}, memory_);
    facts_.emplace(schema_, *known_, memory_);
    ROLLCALL_CHECK(facts_->read(context));
    ROLLCALL_TRY(const std::vector<Finding> faults, facts_->check());
    REQUIRE(faults.empty());
    columns_ = must(check::ready_columns(schema_, *facts_));
    REQUIRE(must(reader_.next()));
    header_ = check::read_header(schema_, columns_, reader_.batch(), limits_);
    REQUIRE(must(reader_.next()));
    ROLLCALL_CHECK(known_->count());
    checker_.emplace(schema_, columns_, header_, limits_, *facts_, *known_, memory_);
    return success();
  }
  Checking& check()
  {
    must(try_to_check());
    return *this;
  }

  // Goes on to the next rows; false if there are none.
  [[nodiscard]] bool next() { return must(reader_.next()); }

  // For who judges further.
  [[nodiscard]] const schema::CompiledSchema& schema() const { return schema_; }
  [[nodiscard]] const csv::RowBatch& batch() const { return reader_.batch(); }
  [[nodiscard]] check::KnownObjects& known() { return *known_; }
  [[nodiscard]] check::Facts& facts() { return *facts_; }
  [[nodiscard]] check::Checker& checker() { return *checker_; }

  [[nodiscard]] const check::JudgedBatch& judged() const { return checker_->judged(); }
  [[nodiscard]] std::size_t rows() const { return judged().rows(); }
  [[nodiscard]] bool is_new(std::size_t row) const { return judged().is_new.has(row); }
  [[nodiscard]] bool is_rejected(std::size_t row) const { return judged().rejected.has(row); }
  [[nodiscard]] bool is_looked_at(std::size_t row) const { return judged().looked_at.has(row); }
  // The key of the row's object, "-" if none was found.
  [[nodiscard]] std::string key(std::size_t row) const
  {
    const check::Known* const object = judged().object(row);
    return object == nullptr ? "-" : std::string{object->key};
  }

  // Which objects the directory was asked for.
  [[nodiscard]] std::vector<std::string> asked() const
  {
    std::vector<std::string> calls;
    for (const std::string& call : directory.calls)
      if (call.starts_with("find ")) calls.push_back(call);
    return calls;
  }

  // What was found of a row, as hosts get it; rows count from 0.
  [[nodiscard]] std::vector<Finding> all_findings(std::size_t row) const
  {
    const report::Messages messages{schema_, header_};
    std::vector<Finding> made;
    for (const check::Found& found : judged().found)
      if (found.row == row)
        made.push_back(messages.finding_of(found, {.number = row + 1, .line = row + 2, .row = row},
                                           reader_.batch(), judged().readings));
    return made;
  }
  // "value.email in Email, row.short".
  [[nodiscard]] std::string findings(std::size_t row) const
  {
    std::string found;
    for (const Finding& each : all_findings(row)) {
      found += (found.empty() ? "" : ", ") + std::string{slug(each)};
      if (!each.column.empty()) found += " in " + each.column;
      const std::string message = render_message(each);
      CHECK_MESSAGE(message.find('{') == std::string::npos, message);
    }
    return found;
  }
  // Of the whole text.
  [[nodiscard]] Finding only_finding() const
  {
    REQUIRE(judged().found.size() == 1);
    return all_findings(judged().found.front().row).front();
  }

  // What a cell reads: its text if it is good, else "(blank)", "(absent)" or "(bad)".
  [[nodiscard]] std::string cell(std::string_view field, std::size_t row) const
  {
    for (std::size_t column = 0; column != schema_.columns.size(); ++column) {
      if (schema_.columns[column].column->field != field) continue;
      const check::Cell& cell = judged().cell(column, row);
      switch (cell.state) {
        case check::CellState::absent:
          return "(absent)";
        case check::CellState::blank:
          return "(blank)";
        case check::CellState::nothing:
          return "(nothing)";
        case check::CellState::bad:
          return "(bad)";
        case check::CellState::good:
          return std::string{cell.text()};
      }
    }
    FAIL("no such field");
    return {};
  }

 private:
  schema::CompiledSchema schema_;
  std::string text_;
  MemorySource source_{text_};
  Limits limits_;
  csv::Reader reader_;
  std::pmr::memory_resource& memory_ = *std::pmr::new_delete_resource();
  std::optional<check::KnownObjects> known_;
  std::optional<check::Facts> facts_;
  std::vector<check::ReadyColumn> columns_;
  check::Header header_;
  std::optional<check::Checker> checker_;
};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SUPPORT_CHECKING_HPP
