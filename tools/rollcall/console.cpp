// The standard streams, by POSIX.
#include "console.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <utility>

#include "rollcall/finding.hpp"

namespace rollcall::tools {
namespace {

constexpr int standard_input = 0;
constexpr int standard_output = 1;
constexpr int standard_error = 2;

constexpr std::string_view standard = "-";

// As wide as the terminal is; 0 if it is none, or does not say.
std::size_t columns_of(int stream) noexcept
{
  struct winsize size = {};
  return ::ioctl(stream, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

// What cannot be said is lost.
void put(std::string_view text) noexcept
{
  while (!text.empty()) {
    const ssize_t count = ::write(standard_error, text.data(), text.size());
    if (count < 0 && errno != EINTR) return;
    text.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
  }
}

bool is_smart_terminal(int stream) noexcept
{
  const char* const kind = std::getenv("TERM");
  return ::isatty(stream) == 1 && (kind == nullptr || std::string_view{kind} != "dumb");
}

} // namespace

volatile std::sig_atomic_t signal_was_caught = 0;

// ---- The line -----------------------------------------------------------------------------------

LiveLine::LiveLine()
    : is_seen_{is_smart_terminal(standard_error)}, is_shared_{::isatty(standard_output) == 1}
{
}

std::size_t LiveLine::columns_there() noexcept
{
  const std::size_t columns = columns_of(standard_error);
  return (columns != 0 ? columns : 80U) - 1;
}

// (What is shown is ASCII but for the name of a file, which then takes fewer columns than bytes.)
void LiveLine::show(std::string_view text) noexcept
{
  const std::lock_guard lock{mutex_};
  if (!is_seen_) return;
  try {
    std::string_view shown = text.substr(0, columns_there());
    // A character is not cut in two.
    while (shown.size() < text.size() && !shown.empty() &&
           (static_cast<unsigned char>(text[shown.size()]) & 0xC0U) == 0x80U)
      shown.remove_suffix(1);
    std::string whole{"\r"};
    whole.append(shown);
    if (shown.size() < columns_) whole.append(columns_ - shown.size(), ' ');
    put(whole.append("\r"));
    columns_ = shown.size();
  } catch (...) {
    // No line, then.
  }
}

void LiveLine::erase() noexcept
{
  const std::lock_guard lock{mutex_};
  if (columns_ == 0) return;
  put("\r");
  for (; columns_ != 0; --columns_) put(" ");
  put("\r");
}

void LiveLine::give_way() noexcept
{
  if (!is_shared_ || !is_seen_) return;
  erase();
  const std::lock_guard lock{mutex_};
  is_seen_ = false;
}

void LiveLine::hide() noexcept
{
  erase();
  const std::lock_guard lock{mutex_};
  is_seen_ = false;
}

// ---- The streams --------------------------------------------------------------------------------

Result<std::size_t> StandardInput::read(std::span<std::byte> into)
{
  for (;;) {
    if (signal_was_caught != 0)
      return Error{ErrorCode::cancelled, "stopped while standard input was read"};
    const ssize_t count = ::read(standard_input, into.data(), into.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return Error::of_system(errno).while_doing("reading standard input");
  }
}

Result<void> StandardInput::rewind()
{
  return Error{ErrorCode::unsupported, "standard input can be read only once"};
}

bool StandardOutput::is_terminal() noexcept
{
  return ::isatty(standard_output) == 1;
}

Result<void> StandardOutput::write(std::string_view bytes)
{
  if (line_ != nullptr) line_->give_way();
  if (has_no_reader_ && unread_ == Unread::is_given_up) return success();
  while (!bytes.empty()) {
    const ssize_t count = ::write(standard_output, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      has_no_reader_ = errno == EPIPE;
      if (has_no_reader_ && unread_ == Unread::is_given_up) return success();
      return Error::of_system(errno).while_doing("writing standard output");
    }
  }
  return success();
}

void Console::say(std::string_view text) const noexcept
{
  try {
    put(std::string{text}.append("\n")); // in one go, so that no other program's line cuts in
  } catch (...) {
    put(text);
  }
}

void Console::be_quiet() noexcept
{
  is_quiet = true;
  line.hide();
}

Result<Look> look_of(const std::string& when)
{
  if (!when.empty() && when != "auto" && when != "always" && when != "never")
    return Error{ErrorCode::wrong_use, "--color is auto, always or never, not '" + when + "'"};
  constexpr std::size_t columns_min = 60;
  constexpr std::size_t columns_max = 160;
  Look look;
  if (const std::size_t columns = columns_of(standard_output); columns != 0)
    look.columns = std::clamp(columns, columns_min, columns_max);
  const char* const none = std::getenv("NO_COLOR");
  const bool is_asked_off = none != nullptr && *none != '\0';
  look.colour =
      when == "always" || (when != "never" && !is_asked_off && is_smart_terminal(standard_output));
  return look;
}

std::string shown(std::string_view text)
{
  Finding words;
  words.says = text; // of a message that is ready
  return text.empty() ? std::string{} : render_message(words);
}

std::string_view reason_of(const Error& error) noexcept
{
  if (!error.detail().empty()) return error.detail();
  return error.os_error() != 0 ? describe_os_error(error.os_error()) : slug(error.code());
}

void settle_streams() noexcept
{
  std::signal(SIGPIPE, SIG_IGN); // NOLINT: a macro of the system with a cast in it
  std::signal(SIGXFSZ, SIG_IGN); // NOLINT: likewise
  for (const int stream : {standard_input, standard_output, standard_error}) {
    if (::fcntl(stream, F_GETFD) < 0 && errno == EBADF) {
      // The lowest free number is taken, which is this one. It can be neither read from (0) nor
      // written to (1, 2): who closed a stream hears of it if it is needed.
      static_cast<void>(::open("/dev/null", stream == standard_input ? O_WRONLY : O_RDONLY));
    }
  }
}

Result<std::unique_ptr<Source>> open_input(Console& console, const std::string& path, Reading how)
{
  if (path == standard) return std::unique_ptr<Source>{std::make_unique<StandardInput>()};
  if (how == Reading::mapped) {
    ROLLCALL_TRY(MappedSource mapped, MappedSource::open(*console.seams.files, path));
    return std::unique_ptr<Source>{std::make_unique<MappedSource>(std::move(mapped))};
  }
  ROLLCALL_TRY(FileSource file, FileSource::open(*console.seams.files, path));
  return std::unique_ptr<Source>{std::make_unique<FileSource>(std::move(file))};
}

Error not_there(Error&& error, std::string_view option, std::string_view path)
{
  if (error.code() != ErrorCode::not_found) return std::move(error);
  return Error{ErrorCode::wrong_use,
               std::string{option}.append(" ").append(path).append(": there is no such file")};
}

Error no_folder(Error&& error, std::string_view path)
{
  if (error.code() != ErrorCode::not_found) return std::move(error);
  return Error{ErrorCode::wrong_use,
               std::string{"writing "}.append(path).append(": there is no such folder")};
}

Result<std::unique_ptr<Source>> open_named(Console& console, std::string_view option,
                                           const std::string& path)
{
  auto opened = open_input(console, path);
  if (!opened.has_value()) return not_there(std::move(opened).assume_error(), option, path);
  return opened;
}

std::string name_of(const std::string& path)
{
  return path == standard ? std::string{} : path.substr(path.rfind('/') + 1);
}

Result<Output> Output::open(Console& console, const std::string& path, Readers readers)
{
  if (path == standard) return Output{console.out};
  Result<OutputFile> file = OutputFile::create(console.seams, path, readers);
  if (file.has_value()) return Output{std::move(file).assume_value()};
  return no_folder(std::move(file).assume_error(), path);
}

Result<void> Output::commit()
{
  if (file_) return file_->commit();
  // What can be had only once goes where it came from when this has returned. (Of a pipe or a
  // terminal there is nothing to be flushed.)
  if (::fdatasync(standard_output) == 0 || errno == EINVAL || errno == EROFS) return success();
  return Error{ErrorCode::file_failed, "flushing standard output", errno};
}

} // namespace rollcall::tools
