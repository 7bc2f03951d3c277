// What surrounds a command: the three standard streams, and the machine.
//
// Standard output may be closed by the program that reads it (`rollcall execute x.csv --findings
// text | less`). That is no failure, and no reason to leave anything undone: see Unread.
#ifndef ROLLCALL_TOOLS_CONSOLE_HPP
#define ROLLCALL_TOOLS_CONSOLE_HPP

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "rollcall/output_file.hpp"
#include "rollcall/seams.hpp"
#include "rollcall/sink.hpp"
#include "rollcall/source.hpp"

namespace rollcall::tools {

// Set by a signal that asks the job to stop (watching.hpp).
extern volatile std::sig_atomic_t signal_was_caught;

class StandardInput final : public Source {
 public:
  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into) override;
  // The bytes are gone once they are read.
  [[nodiscard]] Result<void> rewind() override;
};

// A line on standard error that is written again and again, if that is a terminal. No escapes: it
// is overwritten, and cut to the width there is.
class LiveLine {
 public:
  LiveLine();

  [[nodiscard]] bool is_seen() const noexcept { return is_seen_; }
  // As many as a line may have without going on in the next one.
  [[nodiscard]] static std::size_t columns_there() noexcept;
  void show(std::string_view text) noexcept;
  void erase() noexcept;
  // Standard output is about to be written, where the same people see it: there is no line any
  // more.
  void give_way() noexcept;
  // Nobody wants to see it.
  void hide() noexcept;

 private:
  std::mutex mutex_;        // outputs may be written by a thread of their own
  std::size_t columns_ = 0; // that are written
  bool is_seen_;
  bool is_shared_; // with standard output
};

// What it means that nobody reads standard output any more.
enum class Unread : std::uint8_t {
  is_given_up, // what would still be written is dropped; all else is done, and says how it ended
  ends_all,    // nothing else was asked for, and there may be much of it: the verb ends, quietly
  is_failure   // it can be had only once, and did not arrive
};

// Writes at once; who writes much gathers it first.
class StandardOutput final : public Sink {
 public:
  [[nodiscard]] Result<void> write(std::string_view bytes) override;
  [[nodiscard]] static bool is_terminal() noexcept;
  void when_unread(Unread means) noexcept { unread_ = means; }
  // There is no reader any more, and that ends the verb.
  [[nodiscard]] bool has_ended_all() const noexcept
  {
    return has_no_reader_ && unread_ == Unread::ends_all;
  }
  // The line outlives it.
  void give_way_to_this(LiveLine& line) noexcept { line_ = &line; }

 private:
  LiveLine* line_ = nullptr;
  Unread unread_ = Unread::is_given_up;
  bool has_no_reader_ = false;
};

struct Console {
  Seams seams;
  StandardInput in;
  StandardOutput out;
  LiveLine line;
  bool is_quiet = false; // who runs this wants neither a summary nor progress

  // A line on standard error, to which nobody may object: what cannot be said there is lost.
  void say(std::string_view text) const noexcept;
  void be_quiet() noexcept;
};

// How text for people looks on standard output: as wide as the terminal, 100 columns elsewhere; in
// colour on a terminal that has some, unless NO_COLOR says otherwise. `when` is always, never or
// auto, or empty, which is auto.
struct Look {
  bool colour = false;
  std::size_t columns = 100;
};
[[nodiscard]] Result<Look> look_of(const std::string& when);

// Words that somebody else may have written, a line of them, with escapes for what moves the cursor
// or cannot be seen.
[[nodiscard]] std::string shown(std::string_view text);

// Why something could not be read, in words that stand behind its name.
[[nodiscard]] std::string_view reason_of(const Error& error) noexcept;

// Puts the process in order: no signal for a closed pipe or a file that may not grow further, and
// no standard stream that is closed, or the next file that is opened would take its place.
void settle_streams() noexcept;

// The file to be read; `-` is standard input. Not found, not permitted and the like are for the
// caller to report: about a file that people name they are findings.
enum class Reading : std::uint8_t { by_read, mapped };
[[nodiscard]] Result<std::unique_ptr<Source>> open_input(Console& console, const std::string& path,
                                                         Reading how = Reading::by_read);

// Of a file beside the one that is asked about: that it is not there is a slip of whoever named it,
// which is wrong_use. `option` is what names it: "--directory".
[[nodiscard]] Error not_there(Error&& error, std::string_view option, std::string_view path);
// The same of the folder of a file that is to be written.
[[nodiscard]] Error no_folder(Error&& error, std::string_view path);
[[nodiscard]] Result<std::unique_ptr<Source>> open_named(Console& console, std::string_view option,
                                                         const std::string& path);

// The last part of a path; standard input has no name (spec F8).
[[nodiscard]] std::string name_of(const std::string& path);

// Where a command writes: a file that is replaced when it is whole, or (`-`) standard output. What
// a job writes, the job publishes.
class Output {
 public:
  [[nodiscard]] static Result<Output> open(Console& console, const std::string& path,
                                           Readers readers = Readers::as_usual);

  [[nodiscard]] Sink& sink() noexcept
  {
    return file_ ? static_cast<Sink&>(*file_) : static_cast<Sink&>(*standard_);
  }

  // It is whole.
  [[nodiscard]] Result<void> commit();

 private:
  explicit Output(StandardOutput& standard) noexcept : standard_{&standard} {}
  explicit Output(OutputFile&& file) : file_{std::move(file)} {}

  StandardOutput* standard_ = nullptr;
  std::optional<OutputFile> file_;
};

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_CONSOLE_HPP
