// spooled_source.cpp: what was read is kept only if it could not be had again.
#include "job/spooled_source.hpp"

namespace rollcall::job {

Result<std::size_t> SpooledSource::read(std::span<std::byte> into)
{
  if (!is_asked_) {
    // At its first byte every source that can go back, goes there; who cannot says so now.
    is_asked_ = true;
    if (auto rewound = source_.rewind(); !rewound.has_value()) {
      if (rewound.assume_error().code() != ErrorCode::unsupported)
        return std::move(rewound).assume_error();
      ROLLCALL_TRY(spool_, files_.create_unnamed(folder_));
    }
  }
  if (reads_spool_) return spool_->read(into);
  ROLLCALL_TRY(const std::size_t size, source_.read(into));
  if (spool_) ROLLCALL_CHECK(write_all(*spool_, into.first(size)));
  return size;
}

Result<void> SpooledSource::rewind()
{
  if (!spool_) return source_.rewind();
  reads_spool_ = true;
  return spool_->seek(0);
}

} // namespace rollcall::job
