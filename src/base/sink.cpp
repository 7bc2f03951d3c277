// The buffer in front of a sink. Pieces that are larger than it go to the sink as they lie.
#include "rollcall/sink.hpp"

#include <utility>

#include "base/copy.hpp"

namespace rollcall {
SinkBuffer::SinkBuffer(Sink& sink, std::size_t bytes, std::pmr::memory_resource& memory)
    : sink_{&sink}, buffer_(bytes, &memory)
{
}

void SinkBuffer::put(std::string_view bytes)
{
  if (bytes.size() > buffer_.size() - used_) return put_long(bytes);
  copy_text(bytes, buffer_.data() + used_);
  used_ += bytes.size();
}

void SinkBuffer::put_padded(std::span<const std::string_view> pieces)
{
  for (const std::string_view piece : pieces) {
    if (piece.size() + copied_too_much > buffer_.size() - used_) {
      put(piece);
      continue;
    }
    copy_blocks(piece, buffer_.data() + used_);
    used_ += piece.size();
  }
}

// Fills the buffer up first, so that the pieces a sink gets are large even if those put here are
// nearly as large as the buffer.
void SinkBuffer::put_long(std::string_view bytes)
{
  const std::size_t room = buffer_.size() - used_;
  copy_text(bytes.substr(0, room), buffer_.data() + used_);
  used_ += room;
  bytes.remove_prefix(room);
  flush();
  if (bytes.size() < buffer_.size()) return put(bytes);
  flush(bytes);
}

void SinkBuffer::fail(Error&& failure) noexcept
{
  if (!failure_) failure_ = std::move(failure);
}

Result<void> SinkBuffer::hand_over()
{
  flush();
  if (!failure_) return success();
  // What is left of it says that something failed.
  Error failure = std::move(*failure_);
  failure_.emplace();
  return failure;
}

Result<void> SinkBuffer::finish()
{
  flush();
  if (failure_) return std::move(*failure_);
  return success();
}

void SinkBuffer::flush()
{
  flush({buffer_.data(), std::exchange(used_, 0)});
}

void SinkBuffer::flush(std::string_view bytes)
{
  if (bytes.empty()) return;
  flushed_bytes_ += bytes.size();
  if (failure_) return;
  auto result = guarded([&] { return sink_->write(bytes); });
  if (!result.has_value()) fail(std::move(result).assume_error());
}

} // namespace rollcall
