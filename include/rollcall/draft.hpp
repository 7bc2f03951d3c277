// A draft: a file as a table in memory that somebody edits, with what there is to say of each row
// and cell at any time. It is what stands behind a grid.
//
//   ROLLCALL_TRY(Draft draft, Draft::open(schema, source, directory, context, {}, seams));
//   ROLLCALL_CHECK(draft.set(4, 2, "ada@b.de"));
//   ROLLCALL_TRY(const auto again, draft.check());       // the rows to be shown anew
//   ROLLCALL_TRY(const auto said, draft.findings(0, 50)); // those of a screen
//   ROLLCALL_CHECK(draft.save(sink));
//
// What is said of a draft is what validating its file would say, whatever was done to it in which
// order. But only rows are judged again that an edit can touch: those that were edited, and those
// that have a value, an object or a holder in common with them, perhaps by way of others
// (docs/design/0013-drafts.md). It judges the host as it was when a row was last asked about; who
// knows that objects have changed says so (refresh).
//
// Rows and columns count from 0 here, as in a table; the places in findings are those of the file,
// as it would be saved. A draft is used by one thread at a time.
#ifndef ROLLCALL_DRAFT_HPP
#define ROLLCALL_DRAFT_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/context.hpp"
#include "rollcall/csv.hpp"
#include "rollcall/directory.hpp"
#include "rollcall/finding.hpp"
#include "rollcall/job_watcher.hpp"
#include "rollcall/schema.hpp"
#include "rollcall/seams.hpp"
#include "rollcall/sink.hpp"
#include "rollcall/source.hpp"

namespace rollcall {

struct DraftOptions {
  csv::Dialect dialect = {};
  Limits limits = {};
  csv::Kernel kernel = csv::Kernel::best;
  // What edits that can be taken back may keep in memory; the oldest are forgotten first.
  std::size_t undo_bytes = std::size_t{64} << 20U;
  // Asked while the file is read and whenever rows are judged; outlives the draft. Null: nobody.
  JobWatcher* watcher = nullptr;
};

struct DraftColumn {
  std::string_view header = {};           // as it stands in the file
  std::optional<std::size_t> column = {}; // in Schema::columns; none: the format does not know it
  bool is_secret = false;
};

// What a row would come to if the draft were executed, and not as an atomic job.
struct DraftRow {
  enum class Is : std::uint8_t {
    unjudged, // the file is refused as a whole
    blank,    // it is no row
    created,
    updated,
    unchanged,
    rejected
  };
  Is is = Is::unjudged;
  bool has_findings = false;
};

struct DraftCounts {
  std::uint64_t rows = 0; // without blank ones; the sum of the next four, unless they are unjudged
  std::uint64_t created = 0, updated = 0, unchanged = 0, rejected = 0;
  std::uint64_t with_warnings = 0; // rows
};

struct DraftFinding {
  std::size_t row = 0;
  Finding finding = {}; // Place::column is that of the draft, -1 if it is about the whole row
};

struct CellEdit {
  std::size_t row = 0;
  std::size_t column = 0;
  std::string_view value = {};
};

// The cells of a row, from the first column on.
using DraftCells = std::vector<std::string>;

class Draft {
 public:
  // Reads all of the source, which is done with then. Directory and what the seams name outlive the
  // draft. A file that is refused can be looked at and edited, but no row of it is judged.
  [[nodiscard]] static Result<Draft> open(const schema::Schema& schema, Source& source,
                                          Directory& directory, const Context& context,
                                          const DraftOptions& options, Seams seams);
  // One without rows, under the header of the format's template.
  [[nodiscard]] static Result<Draft> make(const schema::Schema& schema, Directory& directory,
                                          const Context& context, const DraftOptions& options,
                                          Seams seams);

  Draft(Draft&&) noexcept;
  Draft& operator=(Draft&&) noexcept;
  ~Draft();

  // ---- The table. After a failure it is as it was.

  [[nodiscard]] std::size_t rows() const noexcept;
  // They live as long as the draft, or until `refresh`. None if the file has no header.
  [[nodiscard]] const std::vector<DraftColumn>& columns() const noexcept;
  // What a cell says, without quotes and guard; empty if the row is too short. Secrets are shown:
  // they are whose draft it is.
  [[nodiscard]] Result<std::string> cell(std::size_t row, std::size_t column) const;
  // All of a row, one for each column.
  [[nodiscard]] Result<DraftCells> cells(std::size_t row) const;

  // Each is a step that can be taken back. A row is written again where it was edited, and there
  // alone; a cell that a spreadsheet would run gets its guard. A row or column that is not there is
  // wrong_use, and so is a row behind one whose quote is never closed; more rows or bytes than the
  // limits allow are limit_exceeded.
  [[nodiscard]] Result<void> set(std::size_t row, std::size_t column, std::string_view value);
  [[nodiscard]] Result<void> set(std::span<const CellEdit> edits);
  // Before the row, or behind the last one.
  [[nodiscard]] Result<void> insert(std::size_t row, std::span<const DraftCells> cells);
  [[nodiscard]] Result<void> remove(std::size_t row, std::size_t count);
  // Sets the cells of a block, and adds the rows that it needs at the end.
  [[nodiscard]] Result<void> paste(std::size_t row, std::size_t column,
                                   std::span<const DraftCells> cells);

  [[nodiscard]] bool can_undo() const noexcept;
  [[nodiscard]] bool can_redo() const noexcept;
  // False if there is nothing to be taken back, or done again.
  [[nodiscard]] Result<bool> undo();
  [[nodiscard]] Result<bool> redo();

  // ---- What is said of it. Each of these judges first what edits have touched since; the host is
  // asked a question a kind and field for all of it. After an error of the host, or `cancelled` if
  // the watcher stops it, the next one tries again.

  // Is the file refused, and what is there to say about it as a whole? What hangs on its size (too
  // large, too many rows, none) jobs say.
  [[nodiscard]] bool is_refused() const noexcept;
  [[nodiscard]] const std::vector<Finding>& file_findings() const noexcept;

  // The rows that were judged since this was last asked, in their order: what is said of all others
  // is the same, but for its places, and for pools and limits, which are given out in the order of
  // the file.
  [[nodiscard]] Result<std::vector<std::size_t>> check();
  [[nodiscard]] Result<DraftRow> row(std::size_t row);
  [[nodiscard]] Result<DraftCounts> counts();
  // Of so many rows, by row, and of a row by severity, column and code.
  [[nodiscard]] Result<std::vector<DraftFinding>> findings(std::size_t row, std::size_t count);

  // The key that the host would give to the object that the row makes; none if it makes none, or
  // the host does not say. Looks at all rows before it.
  [[nodiscard]] Result<std::optional<std::string>> given_key(std::size_t row);
  // The number that the row would draw from a pool for a cell that it leaves to it. Looks at all
  // rows.
  [[nodiscard]] Result<std::optional<std::string>> drawn(std::size_t row, std::size_t column);

  // Judges all rows anew: after a change of the host's objects or settings.
  [[nodiscard]] Result<void> refresh();

  // ---- As a file

  // Rows that nobody has edited byte for byte as they were read, in UTF-8.
  [[nodiscard]] Result<void> save(Sink& sink) const;
  // The same to be validated, planned or executed (job.hpp, plan.hpp). The draft outlives it, and
  // is not edited while it is read.
  [[nodiscard]] std::unique_ptr<Source> source() const;
  // As settled, for who reads it.
  [[nodiscard]] const csv::Dialect& dialect() const noexcept;

 private:
  class Body;
  explicit Draft(std::unique_ptr<Body> body) noexcept;
  std::unique_ptr<Body> body_;
};

} // namespace rollcall

#endif // ROLLCALL_DRAFT_HPP
