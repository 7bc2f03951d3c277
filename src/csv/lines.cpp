// lines.cpp: counts line ends, sixteen bytes at a time: every processor that we build for has
// vectors of that size, so this needs no choice of a kernel.
#include "csv/lines.hpp"

#include <algorithm>
#include <cstring>

namespace rollcall::csv {
namespace {

using Bytes = unsigned char __attribute__((vector_size(16)));
constexpr std::size_t stride = 4 * sizeof(Bytes);

// Lanes hold a byte each, so that many strides at most can be counted in one go.
constexpr std::size_t strides_max = 255;

Bytes load(const char* at) noexcept
{
  Bytes bytes;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

struct Counts {
  std::uint64_t line_ends = 0;
  bool has_cr = false; // which, without `with_cr`, was not counted
};

// With CR the byte behind the strides is looked at, too.
template <bool with_cr>
Counts count_strides(const char* at, std::size_t strides) noexcept
{
  Bytes counts[4] = {};
  Bytes crs = {};
  for (; strides != 0; --strides) {
    for (Bytes& count : counts) {
      const Bytes bytes = load(at);
      const auto cr = static_cast<Bytes>(bytes == '\r');
      count -= static_cast<Bytes>(bytes == '\n'); // a lane that is true is -1
      if constexpr (with_cr) count -= cr & static_cast<Bytes>(load(at + 1) != '\n');
      crs |= cr;
      at += sizeof(Bytes);
    }
  }
  Counts found;
  for (std::size_t lane = 0; lane != sizeof(Bytes); ++lane) {
    for (const Bytes& count : counts) found.line_ends += count[lane];
    found.has_cr |= crs[lane] != 0;
  }
  return found;
}

} // namespace

std::uint64_t count_line_ends(std::string_view text, std::size_t begin, std::size_t end) noexcept
{
  end = std::min(end, text.size());
  if (begin >= end) return 0;
  const char* const bytes = text.data();
  std::uint64_t count = 0;
  std::size_t at = begin;
  while (end - at > stride) {
    const std::size_t strides = std::min((end - at - 1) / stride, strides_max);
    Counts found = count_strides<false>(bytes + at, strides);
    if (found.has_cr) found = count_strides<true>(bytes + at, strides);
    count += found.line_ends;
    at += strides * stride;
  }
  for (; at + 1 != end; ++at)
    if (bytes[at] == '\n' || (bytes[at] == '\r' && bytes[at + 1] != '\n')) ++count;
  const bool is_half = end != text.size() && bytes[end] == '\n';
  if (bytes[end - 1] == '\n' || (bytes[end - 1] == '\r' && !is_half)) ++count;
  return count;
}

std::uint64_t LineCursor::of(std::size_t place) noexcept
{
  if (place < at_) {
    at_ = 0;
    line_ = first_line_;
  }
  line_ += count_line_ends(text_, at_, place);
  at_ = place;
  return line_;
}

} // namespace rollcall::csv
