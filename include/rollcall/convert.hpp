// Converting a file of one vendor's format into one of another's, and saying what was lost.
//
//   convert::Options options{.host = &their_directory};
//   ROLLCALL_TRY(options.map, convert::read_map(map_file, seams));
//   ROLLCALL_TRY(const convert::Loss loss,
//                convert::convert_file(theirs, ours, users, context, options,
//                                      {.result = &out, .report = &report}, seams));
//
// There is no code for a pair of formats: columns say in their schema which canonical fields they
// carry (rollcall/canonical.hpp, Column::carries), and what two formats have in common goes over. A
// name that stands in one column on one side and in two on the other is joined, or taken apart at
// its last blank. Nothing is made up: a secret that is not there stays blank.
//
// The rows that come out are judged by the target's own schema as they are written, so what the
// target would refuse is said here, with its codes. Memory does not grow with the file.
#ifndef ROLLCALL_CONVERT_HPP
#define ROLLCALL_CONVERT_HPP

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

namespace rollcall::convert {

// Where this canonical field would carry `from`, compared without case, it carries `to`; nothing if
// that is empty.
struct Translation {
  std::string field = {}, from = {}, to = {};
  friend bool operator==(const Translation&, const Translation&) = default;
};

// A CSV with the columns field, from and to, in any order. What is no good of it is a malformed
// error that names all of it, with lines: a field that is none or carries secrets, nothing to
// translate from, one value translated twice.
[[nodiscard]] Result<std::vector<Translation>> read_map(Source& source, const Seams& seams);

// What a row gets where the source has nothing for it: a column of the target, by its header or
// field, as a cell of that column; or a canonical field, in every column that carries it.
struct Filling {
  std::string field = {}, value = {};
  friend bool operator==(const Filling&, const Filling&) = default;
};

struct Options {
  csv::Dialect dialect = {}; // of the source; what comes out is UTF-8 with commas
  Limits limits = {};
  csv::Kernel kernel = csv::Kernel::best;
  std::vector<Translation> map = {};
  std::vector<Filling> fillings = {};
  bool with_secrets = false;     // else secrets stay behind, and are counted as lost
  std::string file_name = {};    // of the source; empty: it has none
  Directory* host = nullptr;     // the target's; null: only what a row says by itself is judged
  JobWatcher* watcher = nullptr; // null: nobody
};

// null: nobody asked. The result is not whole if the file is refused (Loss::refusal).
struct Outputs {
  Sink* result = nullptr; // never null: the file in the target's format
  Sink* report = nullptr; // docs/reference/convert.md: a line a row that has findings, one for all
};

enum class Side : std::uint8_t { source, target };

// "source".
[[nodiscard]] std::string_view slug(Side side) noexcept;

// Why values of a column stayed behind.
enum class Why : std::uint8_t {
  carried,  // they did not; those that were lost all the same are no value of the target's kind, or
            // the map leaves them out
  no_place, // the target has no such column
  secret,   // it would have, but secrets were not asked for
  unknown_column // the source's format does not know it either
};

// "no_place".
[[nodiscard]] std::string_view slug(Why why) noexcept;

// Never of a secret, nor of a column that nobody knows: it may be a misspelt one. Cut if long.
struct Example {
  std::uint64_t line = 0;
  std::string value = {};
  friend bool operator==(const Example&, const Example&) = default;
};

// A column of the source's file, in its order. `values` are filled cells; of them `lost` went
// nowhere.
struct SourceColumn {
  std::string header = {};
  std::vector<std::string> carries = {}; // canonical fields; "not active" is the opposite
  std::vector<std::string> to = {};      // headers of the target that take it
  Why why = Why::carried;
  std::uint64_t values = 0, lost = 0;
  std::vector<Example> examples = {}; // of what was lost, the first few
  friend bool operator==(const SourceColumn&, const SourceColumn&) = default;
};

// A column of the target, in its order. The counts are of rows that were written, and add up to
// them: `values` came from the source, `filled` from Options::fillings or the format itself.
struct TargetColumn {
  std::string header = {};
  bool is_needed = false;  // the target cannot do without it
  bool is_written = false; // it is in the file: else it is left alone by an import
  std::uint64_t values = 0, filled = 0, missing = 0;
  friend bool operator==(const TargetColumn&, const TargetColumn&) = default;
};

// Findings of one code and column. Those of the source are about cells that its own format would
// refuse: a warning, as long as the row could be read.
struct Remark {
  Side side = Side::target;
  Severity severity = Severity::error;
  std::string code = {};
  std::string column = {};
  std::uint64_t count = 0;
  std::vector<std::uint64_t> lines = {}; // of the source, the first few
  friend bool operator==(const Remark&, const Remark&) = default;
};

// What a conversion came to. rows = those that were written, some of them several times since they
// are ranges, and those that were left out.
struct Loss {
  std::string from = {}, to = {};    // ids of the formats
  JobState state = JobState::failed; // succeeded: nothing was left out, nothing would be refused
  Refusal refusal = Refusal::none;
  std::string file = {};
  std::uint64_t bytes = 0;
  csv::Dialect dialect = {}; // of the source, as settled
  std::uint64_t rows = 0, blank_rows = 0;
  std::uint64_t written = 0;  // rows of the result
  std::uint64_t left_out = 0; // rows of the source that could not be read, or had nothing left
  std::uint64_t refused = 0;  // rows of the result that the target would refuse as they stand
  std::vector<SourceColumn> source = {};
  std::vector<TargetColumn> target = {};
  std::vector<Remark> remarks = {};   // by side, severity, column and code
  std::vector<Finding> findings = {}; // about the files as wholes
};

// The actor is somebody in one of the two systems, and there he must have the right to the template
// (spec section 10). Errors are those of memory, outputs, the directory, and of options that make
// no sense: formats that are the same, fields that are not there. After an error nothing that was
// written is whole, and nothing is published.
[[nodiscard]] Result<Loss> convert_file(const schema::Schema& from, const schema::Schema& to,
                                        Source& source, const Context& context,
                                        const Options& options, const Outputs& outputs,
                                        const Seams& seams);

// For a file that could not even be opened: file.unreadable.
[[nodiscard]] Loss refuse_unreadable(const schema::Schema& from, const schema::Schema& to,
                                     const Error& why, const std::string& file_name);

// As it stands in the last line of a report.
[[nodiscard]] Result<void> write_loss(const Loss& loss, Sink& sink);

// The same for people, a screen or two. A source without a name is called `nameless`.
[[nodiscard]] Result<void> write_loss_page(const Loss& loss, std::string_view nameless, Sink& sink);

} // namespace rollcall::convert

#endif // ROLLCALL_CONVERT_HPP
