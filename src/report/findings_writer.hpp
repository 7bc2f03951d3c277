// findings_writer.hpp: writes what was found in one of several forms, for people and programs.
//
//   ROLLCALL_TRY(auto findings, open_findings(sink, FindingsForm::text, {.file = "users.csv"}));
//   findings->begin({schema, header, messages}, batch);  // the batch that holds the header
//   if (!row.findings.empty()) findings->put_row(row, batch, judged.readings);
//   for (const Finding& each : job.findings) findings->put(each);
//   findings->put_job(job);
//   ROLLCALL_CHECK(findings->finish());
//
// Of a job that is refused there is no `begin` and no row.
#ifndef ROLLCALL_REPORT_FINDINGS_WRITER_HPP
#define ROLLCALL_REPORT_FINDINGS_WRITER_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "check/header.hpp"
#include "plan/row_result.hpp"
#include "report/message.hpp"
#include "report/secret_cells.hpp"
#include "report/text_buffer.hpp"
#include "rollcall/finding.hpp"
#include "rollcall/job_summary.hpp"
#include "rollcall/sink.hpp"
#include "schema/compiled.hpp"

namespace rollcall::report {

// All outlive the writer.
struct FindingsOf {
  const schema::CompiledSchema& schema;
  const check::Header& header;
  const Messages& messages;
};

// A finding on its way out, whatever it is kept in. Its texts live until the next one.
struct Seen {
  Severity severity = Severity::error;
  Code code = Code::rule;
  std::string_view slug = {};
  std::uint64_t row = 0, line = 0; // 0: none
  std::int32_t cell = -1;          // in its row, or in the header
  std::string_view column = {};    // empty: about none
  std::string_view value = {};
  std::string_view message = {};
  std::string_view replace = {}; // of the fix that is certain; empty: none
  std::string_view guess = {};   // of one that is not, where there is no other
  bool is_guess_told = false;    // by the message
  const check::Found* found = nullptr;
  const Finding* finding = nullptr; // if it is no Found: a fault of the reader, or about the file
};

// The row that it is about.
struct SeenIn {
  const plan::RowResult& row;
  const csv::RowBatch& batch;
};

class FindingsWriter {
 public:
  virtual ~FindingsWriter() = default;

  virtual void begin(const FindingsOf& of, const csv::RowBatch& header);
  void put_row(const plan::RowResult& row, const csv::RowBatch& batch,
               std::span<const Finding> readings);
  // About the file; of a plan also about its rows.
  void put(const Finding& finding);
  // What came of it all, once and last, for forms that say so.
  virtual void put_job(const JobSummary& /*job*/) {}

  [[nodiscard]] virtual bool has_failed() const noexcept = 0;
  [[nodiscard]] virtual Result<void> finish() = 0;

 protected:
  explicit FindingsWriter(std::pmr::memory_resource* memory)
      : text_{memory != nullptr ? memory : std::pmr::new_delete_resource()}
  {
  }

  // Asked before its message is made.
  [[nodiscard]] virtual bool wants(const Seen& /*seen*/) { return true; }
  virtual void put_seen(const Seen& seen, const SeenIn* in) = 0;
  // Of the rows; none before `begin`.
  [[nodiscard]] const SecretCells& secrets() const noexcept { return secrets_; }

 private:
  std::optional<FindingsOf> of_;
  SecretCells secrets_;
  TextBuffer text_;
};

struct FindingsOptions {
  std::string file = {}; // what it is called; empty: it has no name
  std::string path = {}; // where it lies, for forms by which it is opened; empty: as it is called
  bool colour = false;   // of text
  std::size_t columns = 100;              // how wide text is
  std::size_t similar_max = 3;            // of a kind, how many text and github show
  std::size_t shown_max = 60;             // and text of all of them
  const schema::Schema* schema = nullptr; // says what to do about its own codes; null: nothing
  std::string header = {};   // of a job without `begin`: the header row, if it was read,
  csv::Dialect dialect = {}; // and how
  std::pmr::memory_resource* memory = nullptr; // null: new and delete
};

// What leads to the file, of text, sarif and github.
[[nodiscard]] inline const std::string& place_of(const FindingsOptions& options) noexcept
{
  return options.path.empty() ? options.file : options.path;
}

[[nodiscard]] inline std::pmr::memory_resource& memory_of(const FindingsOptions& options) noexcept
{
  return options.memory != nullptr ? *options.memory : *std::pmr::new_delete_resource();
}

// The sink outlives the writer. (The error log of vendors' pages is no form of findings and is
// opened by itself: findings_lines.hpp.)
[[nodiscard]] Result<std::unique_ptr<FindingsWriter>> open_findings(Sink& sink, FindingsForm form,
                                                                    const FindingsOptions& options);

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_FINDINGS_WRITER_HPP
