// source_copy.cpp: keeps what is read until it is copied or replaced.
#include "csv/source_copy.hpp"

#include <algorithm>

namespace rollcall::csv {
namespace {

constexpr std::size_t buffer_bytes = 256 * 1024;

} // namespace

SourceCopy::SourceCopy(Source& source, Sink* sink, std::pmr::memory_resource& memory)
    : source_{&source}, kept_{&memory}
{
  if (sink != nullptr) out_.emplace(*sink, buffer_bytes, memory);
}

Result<std::size_t> SourceCopy::read(std::span<std::byte> into)
{
  ROLLCALL_TRY(const std::size_t count, source_->read(into));
  if (!out_) return count;
  return guarded([&]() -> Result<std::size_t> {
    if (begin_ == kept_.size()) {
      kept_.clear();
      begin_ = 0;
    } else if (begin_ > kept_.size() / 2) {
      kept_.erase(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(begin_));
      begin_ = 0;
    }
    const auto* const bytes = reinterpret_cast<const char*>(into.data());
    kept_.insert(kept_.end(), bytes, bytes + count);
    return count;
  });
}

Result<void> SourceCopy::rewind()
{
  return Error{ErrorCode::unsupported, "a source that is copied is read once"};
}

// Off the front of what is kept, up to an offset of the source.
std::string_view SourceCopy::take(std::uint64_t end)
{
  const std::uint64_t wanted = end - std::min(end, copied_);
  const auto size =
      static_cast<std::size_t>(std::min<std::uint64_t>(wanted, kept_.size() - begin_));
  const std::string_view taken{kept_.data() + begin_, size};
  begin_ += size;
  copied_ += size;
  return taken;
}

void SourceCopy::copy_to(std::uint64_t end)
{
  if (out_) out_->put(take(end));
}

void SourceCopy::replace(std::uint64_t begin, std::uint64_t end, std::string_view with)
{
  if (!out_) return;
  copy_to(begin);
  static_cast<void>(take(end));
  out_->put(with);
}

Result<void> SourceCopy::finish()
{
  if (!out_) return success();
  copy_to(copied_ + (kept_.size() - begin_));
  return out_->finish();
}

} // namespace rollcall::csv
