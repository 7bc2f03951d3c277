// Where the bytes of an output go: a file, a text in memory, or whatever a host makes of them.
//
// Writers gather small pieces and hand over large ones, so a sink need not buffer. It is written to
// by one thread at a time.
#ifndef ROLLCALL_SINK_HPP
#define ROLLCALL_SINK_HPP

#include <memory_resource>
#include <span>
#include <string>
#include <string_view>

#include "rollcall/seams.hpp"

namespace rollcall {

class Sink {
 public:
  virtual ~Sink() = default;

  // Takes all of the bytes or fails. After a failure nobody writes again, and what arrived of the
  // output is not whole.
  [[nodiscard]] virtual Result<void> write(std::string_view bytes) = 0;
};

// An open file, from where it stands. Neither sync nor rename: whoever opened it knows when it is
// whole.
class FileSink final : public Sink {
 public:
  // The file outlives the sink.
  explicit FileSink(File& file) noexcept : file_{&file} {}

  [[nodiscard]] Result<void> write(std::string_view bytes) override
  {
    return write_all(*file_, std::as_bytes(std::span{bytes}));
  }

 private:
  File* file_;
};

// A text that grows.
class TextSink final : public Sink {
 public:
  // The text outlives the sink.
  explicit TextSink(std::pmr::string& text) noexcept : text_{&text} {}

  [[nodiscard]] Result<void> write(std::string_view bytes) override
  {
    return guarded([&]() -> Result<void> {
      text_->append(bytes);
      return success();
    });
  }

 private:
  std::pmr::string* text_;
};

} // namespace rollcall

#endif // ROLLCALL_SINK_HPP
