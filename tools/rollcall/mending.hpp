// The options by which a file is mended, and the mending: `rollcall fix FILE`, and `--fix` of a
// validation.
#ifndef ROLLCALL_TOOLS_MENDING_HPP
#define ROLLCALL_TOOLS_MENDING_HPP

#include <optional>
#include <string>
#include <vector>

#include "host_options.hpp"
#include "reading_options.hpp"
#include "rollcall/fix.hpp"
#include "streams.hpp"

namespace rollcall::tools {

// As they were typed.
struct MendingOptions {
  std::string copy = {}, lineage = {}, color = {};
  bool unsafe = false;
};

// What guesses are asked for by.
inline constexpr std::string_view unsafe_flag = "--unsafe-fixes";

// `--unsafe-fixes` and `--lineage`; where the copy goes has another name in each verb.
void declare(Options& options, MendingOptions& mending);
[[nodiscard]] std::vector<Stream> streams_of(const MendingOptions& mending, std::string_view copy);

// The copy and its lineage, opened before anything is done: what cannot be written is not mended.
class MendingOutputs {
 public:
  [[nodiscard]] static Result<MendingOutputs> open(Console& console, const MendingOptions& options);
  [[nodiscard]] FixOutputs with(Sink* preview) noexcept;

 private:
  std::optional<Output> copy_, lineage_;
};

struct Mended {
  FixSummary done = {};
  std::string next = {};                // what judges the copy
  std::string_view if_not_allowed = {}; // said beside what was found, if who asks may not
  // The summary, with what was written.
  [[nodiscard]] Result<void> say(const MendingOptions& options, Sink& sink) const;
};

// Where it reads and for whom; all outlive the call. Without a preview none is written.
struct MendingOf {
  const schema::Schema& schema;
  Host& host;
  const Context& context;
  const std::string& file; // its path
  const std::string& file_name;
  const ReadingOptions& reading;
  const HostOptions& asked; // what was typed of it
  Sink* preview = nullptr;
  JobWatcher* watcher = nullptr;
};
[[nodiscard]] Result<Mended> mend(Console& console, const MendingOf& of,
                                  const MendingOptions& options, MendingOutputs& outputs);

// The same on standard error, where standard output has something else.
[[nodiscard]] Result<void> say_mended(const Console& console, const Mended& mended,
                                      const MendingOptions& options);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_MENDING_HPP
