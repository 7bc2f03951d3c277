// spooled_source.cpp: what was read is kept only if it could not be had again.
#include "job/spooled_source.hpp"

#include <algorithm>

#include "base/block_hash.hpp"

namespace rollcall::job {
namespace {

constexpr std::size_t block_bytes = std::size_t{64} * 1024;

} // namespace

Result<std::size_t> SpooledSource::read(std::span<std::byte> into)
{
  if (!is_asked_) ROLLCALL_CHECK(ask());
  if (spool_ && is_again_) {
    ROLLCALL_TRY(const std::size_t size, spool_->read(into));
    if (size != 0 || has_ended_) return size;
  }
  if (spool_) {
    ROLLCALL_TRY(const std::size_t size, source_.read(into));
    has_ended_ = size == 0 && !into.empty();
    ROLLCALL_CHECK(write_all(*spool_, into.first(size)));
    return size;
  }
  if (left_.empty()) {
    if (into.size() >= block_bytes) return read_block(into.first(block_bytes));
    block_.resize(block_bytes);
    ROLLCALL_TRY(const std::size_t size, read_block(block_));
    left_ = std::span{block_}.first(size);
  }
  const std::size_t size = std::min(into.size(), left_.size());
  std::copy_n(left_.begin(), size, into.begin());
  left_ = left_.subspan(size);
  return size;
}

// At its first byte every source that can go back, goes there; who cannot says so now.
Result<void> SpooledSource::ask()
{
  is_asked_ = true;
  auto rewound = source_.rewind();
  if (rewound.has_value()) return success();
  if (rewound.assume_error().code() != ErrorCode::unsupported)
    return std::move(rewound).assume_error();
  ROLLCALL_TRY(spool_, files_.create_unnamed(folder_));
  return success();
}

// Blocks are whole but for the last one, in whatever pieces the source hands them out.
Result<std::size_t> SpooledSource::read_block(std::span<std::byte> into)
{
  std::size_t size = 0;
  while (size != into.size()) {
    ROLLCALL_TRY(const std::size_t more, source_.read(into.subspan(size)));
    if (more == 0) break;
    size += more;
  }
  ROLLCALL_CHECK(check(into.first(size)));
  return size;
}

Result<void> SpooledSource::check(std::span<const std::byte> block)
{
  const std::uint64_t hash = block_hash(key_, block);
  const bool is_new = next_ == hashes_.size();
  if (is_new && has_ended_ && block.empty()) return success(); // the end stays the end
  if (is_new && !has_ended_)
    hashes_.push_back(hash);
  else if (is_new || hashes_[next_] != hash)
    return Error{ErrorCode::corrupt, "the file changed while it was read"};
  ++next_;
  has_ended_ = has_ended_ || block.size() != block_bytes;
  return success();
}

Result<void> SpooledSource::rewind()
{
  if (!is_asked_) return success();
  is_again_ = true;
  next_ = 0;
  left_ = {};
  return spool_ ? spool_->seek(0) : source_.rewind();
}

} // namespace rollcall::job
