// encoding.cpp: names of encodings, and the tables and rules by which they become UTF-8.
#include "csv/encoding.hpp"

#include <array>
#include <cstdint>
#include <cstring>

#include "base/utf8.hpp"

namespace rollcall::csv {
namespace {

struct Name {
  Encoding encoding;
  std::string_view slug;
};

constexpr std::array<Name, 5> names = {{{Encoding::utf_8, "utf-8"},
                                        {Encoding::utf_16le, "utf-16le"},
                                        {Encoding::utf_16be, "utf-16be"},
                                        {Encoding::windows_1252, "windows-1252"},
                                        {Encoding::latin_1, "latin-1"}}};

// What windows-1252 has at 0x80 to 0x9F, where latin-1 has control characters; 0: nothing.
constexpr std::array<std::uint16_t, 32> windows_1252_high = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

std::size_t put(std::uint32_t point, char* into) noexcept
{
  const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
  if (point < 0x80) {
    into[0] = byte(point);
    return 1;
  }
  if (point < 0x800) {
    into[0] = byte(0xC0 | (point >> 6));
    into[1] = byte(0x80 | (point & 0x3F));
    return 2;
  }
  if (point < 0x10000) {
    into[0] = byte(0xE0 | (point >> 12));
    into[1] = byte(0x80 | ((point >> 6) & 0x3F));
    into[2] = byte(0x80 | (point & 0x3F));
    return 3;
  }
  into[0] = byte(0xF0 | (point >> 18));
  into[1] = byte(0x80 | ((point >> 12) & 0x3F));
  into[2] = byte(0x80 | ((point >> 6) & 0x3F));
  into[3] = byte(0x80 | (point & 0x3F));
  return 4;
}

Decoded decode_single_bytes(bool windows, std::string_view raw, std::span<char> into) noexcept
{
  Decoded done;
  while (done.read != raw.size() && into.size() - done.written >= 3) {
    const auto byte = static_cast<unsigned char>(raw[done.read++]);
    std::uint32_t point = byte;
    if (windows && byte >= 0x80 && byte < 0xA0) point = windows_1252_high[byte - 0x80U];
    if (point == 0 && byte != 0)
      into[done.written++] = static_cast<char>(byte); // not assigned
    else
      done.written += put(point, into.data() + done.written);
  }
  return done;
}

std::uint32_t unit(const char* raw, bool big) noexcept
{
  const auto first = static_cast<unsigned char>(raw[0]);
  const auto second = static_cast<unsigned char>(raw[1]);
  return big ? static_cast<std::uint32_t>(first << 8 | second)
             : static_cast<std::uint32_t>(second << 8 | first);
}

Decoded decode_utf_16(bool big, std::string_view raw, std::span<char> into, bool at_end) noexcept
{
  Decoded done;
  while (into.size() - done.written >= 4) {
    const std::size_t left = raw.size() - done.read;
    if (left == 0) break;
    if (left == 1) {
      if (!at_end) break;
      into[done.written++] = '\xFF';
      done.read += 1;
      break;
    }
    std::uint32_t point = unit(raw.data() + done.read, big);
    std::size_t taken = 2;
    if (point >= 0xD800 && point < 0xDC00) {
      if (left < 4 && !at_end) break;
      const std::uint32_t next = left < 4 ? 0 : unit(raw.data() + done.read + 2, big);
      if (next >= 0xDC00 && next < 0xE000) {
        point = 0x10000 + ((point - 0xD800) << 10) + (next - 0xDC00);
        taken = 4;
      }
    }
    done.written += put(point, into.data() + done.written);
    done.read += taken;
  }
  return done;
}

void put_utf_16(std::string& out, std::uint32_t point, bool big)
{
  const auto put_unit = [&](std::uint32_t value) {
    const auto high = static_cast<char>(value >> 8U);
    const auto low = static_cast<char>(value & 0xFFU);
    out.push_back(big ? high : low);
    out.push_back(big ? low : high);
  };
  if (point < 0x10000) return put_unit(point);
  put_unit(0xD800 + ((point - 0x10000) >> 10U));
  put_unit(0xDC00 + ((point - 0x10000) & 0x3FFU));
}

std::optional<char> single_byte(std::uint32_t point, bool windows) noexcept
{
  const bool is_same =
      point < 0x80 || (point >= 0xA0 && point < 0x100) || (!windows && point < 0x100);
  if (is_same) return static_cast<char>(point);
  if (!windows) return {};
  for (std::size_t i = 0; i != windows_1252_high.size(); ++i)
    if (windows_1252_high[i] == point) return static_cast<char>(0x80 + i);
  return {};
}

} // namespace

std::string_view slug(Encoding encoding) noexcept
{
  for (const Name& name : names)
    if (name.encoding == encoding) return name.slug;
  return {};
}

std::optional<Encoding> encoding_of(std::string_view slug) noexcept
{
  for (const Name& name : names)
    if (name.slug == slug) return name.encoding;
  return {};
}

Decoded decode(Encoding encoding, std::string_view raw, std::span<char> into, bool at_end) noexcept
{
  switch (encoding) {
    case Encoding::utf_16le:
      return decode_utf_16(false, raw, into, at_end);
    case Encoding::utf_16be:
      return decode_utf_16(true, raw, into, at_end);
    case Encoding::windows_1252:
      return decode_single_bytes(true, raw, into);
    case Encoding::latin_1:
      return decode_single_bytes(false, raw, into);
    case Encoding::utf_8:
      break;
  }
  return {};
}

std::optional<std::string> encode(Encoding encoding, std::string_view text)
{
  if (encoding == Encoding::utf_8) return std::string{text};
  const bool is_wide = encoding == Encoding::utf_16le || encoding == Encoding::utf_16be;
  std::string made;
  while (!text.empty()) {
    const rollcall::Decoded next = decode_next(text);
    text.remove_prefix(next.bytes);
    const std::uint32_t point = next.code_point;
    if (is_wide)
      put_utf_16(made, point, encoding == Encoding::utf_16be);
    else if (const auto byte = single_byte(point, encoding == Encoding::windows_1252))
      made.push_back(*byte);
    else
      return {};
  }
  return made;
}

ByteOrderMark byte_order_mark(std::string_view start) noexcept
{
  if (start.starts_with("\xEF\xBB\xBF")) return {Encoding::utf_8, 3};
  if (start.starts_with("\xFF\xFE")) return {Encoding::utf_16le, 2};
  if (start.starts_with("\xFE\xFF")) return {Encoding::utf_16be, 2};
  return {};
}

} // namespace rollcall::csv
