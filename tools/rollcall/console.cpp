// The standard streams, by POSIX.
#include "console.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <utility>

#include "rollcall/finding.hpp"

namespace rollcall::tools {
namespace {

constexpr int standard_input = 0;
constexpr int standard_output = 1;
constexpr int standard_error = 2;

constexpr std::string_view standard = "-";

} // namespace

Result<std::size_t> StandardInput::read(std::span<std::byte> into)
{
  for (;;) {
    const ssize_t count = ::read(standard_input, into.data(), into.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return Error::of_system(errno).while_doing("reading standard input");
  }
}

Result<void> StandardInput::rewind()
{
  return Error{ErrorCode::unsupported, "standard input can be read only once"};
}

Result<void> StandardOutput::write(std::string_view bytes)
{
  while (!bytes.empty()) {
    const ssize_t count = ::write(standard_output, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      has_no_reader_ = errno == EPIPE;
      return Error::of_system(errno).while_doing("writing standard output");
    }
  }
  return success();
}

void Console::say(std::string_view line) const noexcept
{
  const auto put = [](std::string_view text) noexcept {
    while (!text.empty()) {
      const ssize_t count = ::write(standard_error, text.data(), text.size());
      if (count < 0 && errno != EINTR) return;
      text.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
    }
  };
  try {
    put(std::string{line}.append("\n")); // in one go, so that no other program's line cuts in
  } catch (...) {
    put(line);
  }
}

std::string shown(std::string_view text)
{
  Finding words;
  words.says = text; // of a message that is ready
  return text.empty() ? std::string{} : render_message(words);
}

void settle_streams() noexcept
{
  std::signal(SIGPIPE, SIG_IGN); // NOLINT: a macro of the system with a cast in it
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

std::string name_of(const std::string& path)
{
  return path == standard ? std::string{} : path.substr(path.rfind('/') + 1);
}

Result<Output> Output::open(Console& console, const std::string& path, Readers readers)
{
  if (path == standard) return Output{console.out};
  ROLLCALL_TRY(OutputFile file, OutputFile::create(console.seams, path, readers));
  return Output{std::move(file)};
}

Result<void> Output::commit()
{
  return file_ ? file_->commit() : success();
}

} // namespace rollcall::tools
