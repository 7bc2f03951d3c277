// decoder.hpp: from the bytes of a source, in whatever encoding, to UTF-8.
//
// What cannot be decoded is handed on as bytes that are no UTF-8 either, so that one check later on
// finds them all: a byte that windows-1252 does not assign stays as it is, a lone surrogate becomes
// its three bytes, an odd last byte of UTF-16 becomes 0xFF.
#ifndef ROLLCALL_CSV_DECODER_HPP
#define ROLLCALL_CSV_DECODER_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/sha256.hpp"
#include "rollcall/csv.hpp"

namespace rollcall::csv {

// How many bytes of a source in this encoding became this much text.
[[nodiscard]] std::uint64_t source_bytes_of(std::string_view text, Encoding encoding) noexcept;

class Decoder {
 public:
  Decoder(Source& source, Encoding encoding, std::uint64_t file_bytes_max, bool digest);

  // Reads the byte order mark, if there is one. Once, before `read`.
  [[nodiscard]] Result<void> start();

  // How many bytes of text came; 0 is the end. There is room for at least `room_min` bytes.
  [[nodiscard]] Result<std::size_t> read(std::span<char> into);
  static constexpr std::size_t room_min = 8;

  // The text where it lies in memory, if the source has it there and it is UTF-8. Who takes it
  // notes with `take` how far he has come.
  [[nodiscard]] std::optional<std::string_view> text_in_memory() const noexcept;
  void take(std::size_t bytes);

  [[nodiscard]] Encoding encoding() const noexcept { return encoding_; }
  [[nodiscard]] std::size_t mark_bytes() const noexcept { return mark_bytes_; }
  [[nodiscard]] std::uint64_t source_bytes() const noexcept { return source_bytes_; }
  [[nodiscard]] bool is_too_large() const noexcept { return too_large_; }
  // The size for which a source was not even begun. (Of one that does not know its size, how much
  // was read when it became too much says nothing about it.)
  [[nodiscard]] std::optional<std::uint64_t> refused_size() const noexcept { return refused_size_; }
  // Once, at the end.
  [[nodiscard]] std::string digest();

 private:
  [[nodiscard]] Result<void> refill();
  [[nodiscard]] Result<std::size_t> read_source(std::span<std::byte> into);
  [[nodiscard]] std::string_view pending() const noexcept;

  Source& source_;
  Encoding encoding_;
  std::uint64_t file_bytes_max_;
  std::optional<Sha256> digest_;
  std::array<char, 16 * 1024> raw_ = {}; // bytes read and not yet decoded
  std::size_t raw_begin_ = 0, raw_end_ = 0;
  std::size_t mark_bytes_ = 0;
  std::uint64_t source_bytes_ = 0;
  std::optional<std::uint64_t> refused_size_;
  bool source_ended_ = false;
  bool too_large_ = false;
};

} // namespace rollcall::csv

#endif // ROLLCALL_CSV_DECODER_HPP
