// Makes tables of a report while it is written: a sink of JSON Lines, of which each becomes rows.
//
// It reads either a report.jsonl or findings, a line each, which are less.
#ifndef ROLLCALL_CAPI_SRC_REPORT_TABLES_HPP
#define ROLLCALL_CAPI_SRC_REPORT_TABLES_HPP

#include <array>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>

#include "json/document.hpp"
#include "json/writer.hpp"
#include "report.hpp"
#include "rollcall/sink.hpp"
#include "table.hpp"

namespace rollcall::capi {

// Values as JSON again, one text at a time.
class JsonTexts {
 public:
  [[nodiscard]] static Result<JsonTexts> open();
  // Members of an object, but for those of these names; empty if no other is there.
  [[nodiscard]] Result<std::string_view> others(const json::Value& object,
                                                std::span<const std::string_view> skip);
  [[nodiscard]] Result<std::string_view> whole(const json::Value& value);
  [[nodiscard]] Result<std::string_view> facts(std::span<const Fact> facts);
  // What `write` tells a json::Writer.
  template <class Write>
  [[nodiscard]] Result<std::string_view> written(Write&& write)
  {
    text_->text.clear();
    write(writer_);
    return taken();
  }

 private:
  struct Text {
    std::pmr::string text;
    TextSink sink{text};
  };
  JsonTexts(std::unique_ptr<Text> text, json::Writer&& writer)
      : text_{std::move(text)}, writer_{std::move(writer)}
  {
  }
  [[nodiscard]] Result<std::string_view> taken();

  std::unique_ptr<Text> text_;
  json::Writer writer_;
};

class ReportTables final : public Sink {
 public:
  // Lines of findings, a report, or the findings alone that stand in one.
  enum class Reads : std::uint8_t { findings, report, findings_in_report };

  [[nodiscard]] static Result<std::unique_ptr<ReportTables>> open(
      const std::shared_ptr<Engine>& engine, Reads reads);

  ReportTables(const std::shared_ptr<Engine>& engine, Reads reads, JsonTexts&& texts);

  [[nodiscard]] Result<void> write(std::string_view bytes) override;
  [[nodiscard]] bool can_restart() const noexcept override { return true; }
  [[nodiscard]] Result<void> restart() override;

  [[nodiscard]] Result<void> put(const Finding& finding);
  // Moves what was kept to its places. Nothing may follow.
  void finish(std::array<TableOwner, table_count>& into);
  // Of the findings of rows that were put so far.
  [[nodiscard]] FindingCounts counts() const;
  // The members of "job", as they stood in its line; empty if none was read.
  [[nodiscard]] const std::string& job() const noexcept { return job_; }

 private:
  [[nodiscard]] Result<void> read_line(std::string_view line);
  [[nodiscard]] Result<void> put_row(const json::Value& row);
  [[nodiscard]] Result<void> put_changes(const json::Value& row);
  [[nodiscard]] Result<void> put_value(Column& column, const json::Value& value);
  [[nodiscard]] Result<void> put_effects(const json::Value& row);
  [[nodiscard]] Result<void> put_finding(const json::Value& finding, const json::Value& place);

  Reads reads_;
  std::pmr::string rest_; // of a line that is not whole yet
  json::Document document_;
  JsonTexts texts_;
  std::string job_;
  TableBuilder rows_, findings_, changes_, effects_;
};

// The columns of findings, behind others.
void append_finding_columns(std::vector<ColumnSpec>& to);
// Puts a finding there, of which `first` is the first column.
[[nodiscard]] Result<void> put_finding(TableBuilder& table, std::size_t first,
                                       const Finding& finding, JsonTexts& texts);

// A finding about the file, as the line of its job says it. Its message stays what it is.
[[nodiscard]] Result<Finding> finding_of(const json::Value& said);

// Findings about a file as a table like that of all findings.
[[nodiscard]] Result<std::unique_ptr<rollcall_table>> findings_table(
    std::shared_ptr<Engine> engine, std::span<const Finding> findings);

} // namespace rollcall::capi

#endif // ROLLCALL_CAPI_SRC_REPORT_TABLES_HPP
