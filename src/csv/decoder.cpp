// decoder.cpp: reads a source, counts and hashes its bytes, and turns them into UTF-8.
#include "csv/decoder.hpp"

#include <algorithm>
#include <cstring>

#include "csv/encoding.hpp"

namespace rollcall::csv {

std::uint64_t source_bytes_of(std::string_view text, Encoding encoding) noexcept
{
  if (encoding == Encoding::utf_8) return text.size();
  const bool wide = encoding == Encoding::utf_16le || encoding == Encoding::utf_16be;
  std::uint64_t bytes = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const bool pair = lead >= 0xF0 && lead < 0xF8;
    // A byte over 127 that leads nothing was not decoded and stands for itself.
    at += lead < 0xC0 || lead >= 0xF8 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    bytes += wide ? (pair ? 4 : 2) : 1;
  }
  return bytes;
}

namespace {

// Spreadsheets save their own kind of file where nobody asks for another: the archive of an .xlsx
// or .ods, the container of an .xls. Neither begins as a text does.
Result<void> check_is_text(std::string_view head)
{
  constexpr std::string_view archive{"PK\x03\x04", 4};
  constexpr std::string_view container{"\xD0\xCF\x11\xE0", 4};
  if (!head.starts_with(archive) && !head.starts_with(container)) return success();
  return Error{ErrorCode::file_failed,
               "it is a workbook or an archive, no CSV; save its sheet as CSV UTF-8"};
}

} // namespace

Decoder::Decoder(Source& source, Encoding encoding, std::uint64_t file_bytes_max, bool digest)
    : source_{source}, encoding_{encoding}, file_bytes_max_{file_bytes_max}
{
  if (digest) digest_.emplace();
}

Result<void> Decoder::start()
{
  std::optional<std::uint64_t> size = source_.size();
  if (const auto bytes = source_.bytes()) size = bytes->size(); // all that will be looked at
  if (size && *size > file_bytes_max_) {
    source_bytes_ = *size;
    refused_size_ = size;
    too_large_ = true;
    source_ended_ = true;
    return success();
  }
  while (raw_end_ < 4 && !source_ended_) ROLLCALL_CHECK(refill());
  ROLLCALL_CHECK(check_is_text(pending()));
  const ByteOrderMark mark = byte_order_mark(pending());
  if (mark.size != 0) encoding_ = mark.encoding;
  mark_bytes_ = mark.size;
  raw_begin_ = mark.size;
  return success();
}

std::string_view Decoder::pending() const noexcept
{
  return {raw_.data() + raw_begin_, raw_end_ - raw_begin_};
}

Result<std::size_t> Decoder::read(std::span<char> into)
{
  if (encoding_ == Encoding::utf_8) {
    if (raw_begin_ == raw_end_) return read_source(std::as_writable_bytes(into));
    const std::size_t size = std::min(into.size(), raw_end_ - raw_begin_);
    std::memcpy(into.data(), raw_.data() + raw_begin_, size);
    raw_begin_ += size;
    return size;
  }
  for (;;) {
    const Decoded done = decode(encoding_, pending(), into, source_ended_);
    raw_begin_ += done.read;
    if (done.written != 0) return done.written;
    if (source_ended_) return std::size_t{0};
    ROLLCALL_CHECK(refill());
  }
}

// Moves what is left to the front and reads once.
Result<void> Decoder::refill()
{
  std::memmove(raw_.data(), raw_.data() + raw_begin_, raw_end_ - raw_begin_);
  raw_end_ -= raw_begin_;
  raw_begin_ = 0;
  const std::span<char> room{raw_.data() + raw_end_, raw_.size() - raw_end_};
  ROLLCALL_TRY(const std::size_t size, read_source(std::as_writable_bytes(room)));
  raw_end_ += size;
  return success();
}

Result<std::size_t> Decoder::read_source(std::span<std::byte> into)
{
  if (source_ended_) return std::size_t{0};
  ROLLCALL_TRY(const std::size_t size, source_.read(into));
  source_bytes_ += size;
  source_ended_ = size == 0;
  if (source_bytes_ > file_bytes_max_) {
    too_large_ = true;
    source_ended_ = true;
    return std::size_t{0};
  }
  if (digest_) digest_->update(into.first(size));
  return size;
}

std::optional<std::string_view> Decoder::text_in_memory() const noexcept
{
  const auto bytes = source_.bytes();
  if (encoding_ != Encoding::utf_8 || !bytes || too_large_) return {};
  return std::string_view{reinterpret_cast<const char*>(bytes->data()), bytes->size()}.substr(
      mark_bytes_);
}

void Decoder::take(std::size_t bytes)
{
  const auto all = *source_.bytes();
  const std::uint64_t until = mark_bytes_ + bytes;
  if (until <= source_bytes_) return; // the start of the file was read for its byte order mark
  if (digest_) digest_->update(all.subspan(source_bytes_, until - source_bytes_));
  source_bytes_ = until;
}

std::string Decoder::digest()
{
  return digest_ ? to_hex(digest_->finish()) : std::string{};
}

} // namespace rollcall::csv
