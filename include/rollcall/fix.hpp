// Mending a file: the fixes that its findings offer are made in a copy of it.
//
//   ROLLCALL_TRY(const FixSummary done, fix(schema, source, directory, context, options,
//                                           {.file = &mended, .lineage = &lineage}, seams));
//
// Fixes that are certain are made; guesses ("did you mean") only for who asks for them. Bytes that
// are not part of a mended cell stay as they are: delimiters, line ends, byte order mark, encoding,
// quotes of other cells. A file that was mended and is mended once more stays as it is.
//
// Only what a row says itself is looked at. Values that two rows want, or that somebody else has,
// are for people to decide; validating the copy tells of them.
#ifndef ROLLCALL_FIX_HPP
#define ROLLCALL_FIX_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/context.hpp"
#include "rollcall/csv.hpp"
#include "rollcall/directory.hpp"
#include "rollcall/finding.hpp"
#include "rollcall/job_summary.hpp"
#include "rollcall/job_watcher.hpp"
#include "rollcall/schema.hpp"
#include "rollcall/seams.hpp"
#include "rollcall/sink.hpp"
#include "rollcall/source.hpp"

namespace rollcall {

struct FixOptions {
  csv::Dialect dialect = {};
  Limits limits = {};
  csv::Kernel kernel = csv::Kernel::best;
  bool unsafe = false;           // guesses, too
  std::string file_name = {};    // what the file is called; empty: it has no name
  bool colour = false;           // of the preview
  std::size_t columns = 100;     // how wide the preview is
  JobWatcher* watcher = nullptr; // null: nobody
};

// A step by which a cell was mended. One may take two: what is written well by then may be a name
// that is nearly one that there is. The texts live until the call returns.
struct CellFix {
  std::uint64_t row = 0; // 0: the header
  std::uint64_t line = 0;
  std::size_t cell = 0;         // in its row, from 0
  std::string_view column = {}; // the header as the file has it, or has it by then
  // As typed, without quotes; of a cell whose quotes were wrong, as it stood. Never of a secret.
  std::string_view before = {};
  std::string_view after = {};
  std::string_view rule = {}; // the code of the finding that offered it
  bool is_certain = true;
};

// Told of every step, in the order of the file.
class FixSink {
 public:
  virtual ~FixSink() = default;
  virtual void add(const CellFix& fix) = 0;
};

// Null: nobody asked. All are written while the file is read, and published at the end (those of a
// file that is refused are not). The sinks outlive the call.
struct FixOutputs {
  Sink* file = nullptr;    // the copy
  Sink* lineage = nullptr; // {"row": 13, "line": 14, "column": "Phone", "before": "tel:+4420...",
                           // "after": "+4420...", "rule": "value.phone", "certain": true}, a line
                           // a step
  Sink* preview = nullptr; // some rows as they are and as they would be, for people
  FixSink* fixes = nullptr;
};

struct FixSummary {
  std::string format = {};
  std::string file = {};
  Refusal refusal = Refusal::none;
  csv::Dialect dialect = {}; // as settled
  std::uint64_t rows = 0;    // without header and blank ones
  std::uint64_t rows_mended = 0;
  bool is_header_mended = false;
  std::uint64_t certain = 0;      // steps
  std::uint64_t guessed = 0;      // likewise
  std::uint64_t guesses_left = 0; // cells with a guess that nobody asked for
  std::uint64_t unwritable = 0;   // fixes that cannot be written in the encoding of the file
  // Rows that say something wrong by themselves, which are errors: before, and after.
  std::uint64_t bad_before = 0;
  std::uint64_t bad_after = 0;
  std::vector<Finding> findings = {}; // why the file was refused
};

// Reads the source once. Whoever may validate may mend; a file that would be refused is refused.
// Errors are those of memory, of the directory and of the outputs, and `cancelled` if the watcher
// stops it: then nothing is published.
[[nodiscard]] Result<FixSummary> fix(const schema::Schema& schema, Source& source,
                                     Directory& directory, const Context& context,
                                     const FixOptions& options, const FixOutputs& outputs,
                                     Seams seams);

// For people, in a few lines; `unsafe` is what guesses are asked for by: "--unsafe-fixes".
[[nodiscard]] Result<void> write_fix_summary(const FixSummary& done, std::string_view unsafe,
                                             Sink& sink);
// {"fix": {"format": "...", "file": "users.csv", "rows": 12, ...}}, a line.
[[nodiscard]] Result<void> write_fix_json(const FixSummary& done, Sink& sink);

} // namespace rollcall

#endif // ROLLCALL_FIX_HPP
