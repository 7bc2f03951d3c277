// Where the bytes of an output go: a file, a text in memory, or whatever a host makes of them.
//
// Writers gather small pieces and hand over large ones (SinkBuffer), so a sink need not buffer. It
// is written to by one thread at a time.
#ifndef ROLLCALL_SINK_HPP
#define ROLLCALL_SINK_HPP

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/seams.hpp"

namespace rollcall {

class Sink {
 public:
  virtual ~Sink() = default;

  // Takes all of the bytes or fails. After a failure nobody writes again, and what arrived of the
  // output is not whole.
  [[nodiscard]] virtual Result<void> write(std::string_view bytes) = 0;

  // Can what was written be taken back? Who is asked must not change his mind. Jobs whose outputs
  // all can mostly read their file once instead of twice (docs/design/0005-two-readings.md).
  [[nodiscard]] virtual bool can_restart() const noexcept { return false; }
  // Takes back all of it: the output begins anew.
  [[nodiscard]] virtual Result<void> restart()
  {
    return Error{ErrorCode::unsupported, "what was written cannot be taken back"};
  }

  // The output is whole, and is to be where people look for it. Jobs say so of each of their
  // outputs, after the last change and before they are written down as ended: a job that has ended
  // has its outputs, whenever a process dies. Nothing is written afterwards.
  [[nodiscard]] virtual Result<void> publish() { return success(); }
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
  // The text outlives the sink, which writes behind what is there already.
  explicit TextSink(std::pmr::string& text) noexcept : text_{&text}, begin_{text.size()} {}

  [[nodiscard]] Result<void> write(std::string_view bytes) override
  {
    return guarded([&]() -> Result<void> {
      text_->append(bytes);
      return success();
    });
  }
  [[nodiscard]] bool can_restart() const noexcept override { return true; }
  [[nodiscard]] Result<void> restart() override
  {
    text_->resize(begin_);
    return success();
  }

 private:
  std::pmr::string* text_;
  std::size_t begin_;
};

// Gathers small pieces for a sink. Who writes says nothing of failures until the end: the first one
// stays, what follows it is dropped, and finish returns it.
class SinkBuffer {
 public:
  // The sink outlives the buffer. Throws bad_alloc; `bytes` is not 0.
  SinkBuffer(Sink& sink, std::size_t bytes, std::pmr::memory_resource& memory);

  void put(char byte)
  {
    if (used_ == buffer_.size()) flush();
    buffer_[used_++] = byte;
  }
  void put(std::string_view bytes);
  // The same of several pieces, faster: 32 more bytes can be read behind each.
  void put_padded(std::span<const std::string_view> pieces);

  // Room for so many bytes in one piece, for who fills it in himself and then says how many he has
  // used; null if there is none just now, and they are to be put.
  [[nodiscard]] char* room(std::size_t bytes) noexcept
  {
    return bytes <= buffer_.size() - used_ ? buffer_.data() + used_ : nullptr;
  }
  void use(std::size_t bytes) noexcept { used_ += bytes; }

  // Instead of an error of the sink; the first one stays.
  void fail(Error&& failure) noexcept;
  [[nodiscard]] bool has_failed() const noexcept { return failure_.has_value(); }

  // Hands over what there is so far. After a failure nothing more goes through, and this one is not
  // returned again.
  [[nodiscard]] Result<void> hand_over();

  // Hands over the rest. Nothing may follow.
  [[nodiscard]] Result<void> finish();

  // How much was put; that much is written once finish has succeeded.
  [[nodiscard]] std::uint64_t bytes() const noexcept { return flushed_bytes_ + used_; }

 private:
  void put_long(std::string_view bytes);
  void flush();
  void flush(std::string_view bytes);

  Sink* sink_;
  std::pmr::vector<char> buffer_;
  std::size_t used_ = 0;
  std::uint64_t flushed_bytes_ = 0;
  std::optional<Error> failure_;
};

} // namespace rollcall

#endif // ROLLCALL_SINK_HPP
