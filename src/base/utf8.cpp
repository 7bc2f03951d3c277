// Decoding and counting of UTF-8. The ranges are table 3-7 of the Unicode standard: only the second
// byte of a sequence is ever narrower than 80..BF.
#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/block.hpp"

namespace rollcall {

namespace {

constexpr std::uint64_t high_bits = 0x8080'8080'8080'8080;

std::uint64_t load_8(const char* from) noexcept
{
  std::uint64_t word = 0;
  std::memcpy(&word, from, sizeof word);
  return word;
}

// What the first byte of a sequence says about the rest.
struct Lead {
  std::uint8_t length = 0; // 0: no sequence begins with this byte
  std::uint8_t second_least = 0x80;
  std::uint8_t second_most = 0xBF;
  std::uint8_t bits = 0; // of the code point, that stand in the first byte
};

constexpr Lead lead_of(std::uint8_t byte) noexcept
{
  const auto bits = [byte](unsigned mask) { return static_cast<std::uint8_t>(byte & mask); };
  if (byte < 0x80) return {.length = 1, .bits = byte};
  if (byte < 0xC2 || byte > 0xF4) return {};
  if (byte < 0xE0) return {.length = 2, .bits = bits(0x1F)};
  if (byte == 0xE0) return {.length = 3, .second_least = 0xA0, .bits = 0};
  if (byte == 0xED) return {.length = 3, .second_most = 0x9F, .bits = bits(0x0F)};
  if (byte < 0xF0) return {.length = 3, .bits = bits(0x0F)};
  if (byte == 0xF0) return {.length = 4, .second_least = 0x90, .bits = 0};
  if (byte == 0xF4) return {.length = 4, .second_most = 0x8F, .bits = bits(0x07)};
  return {.length = 4, .bits = bits(0x07)};
}

constexpr std::array<Lead, 256> all_leads() noexcept
{
  std::array<Lead, 256> all;
  for (std::size_t byte = 0; byte != all.size(); ++byte)
    all[byte] = lead_of(static_cast<std::uint8_t>(byte));
  return all;
}

constexpr std::array<Lead, 256> leads = all_leads();

} // namespace

Decoded decode_next(std::string_view text) noexcept
{
  const Lead lead = leads[static_cast<std::uint8_t>(text.front())];
  char32_t code_point = lead.bits;
  std::uint8_t read = 1;
  std::uint8_t least = lead.second_least;
  std::uint8_t most = lead.second_most;
  while (read < lead.length) {
    const auto byte = read < text.size() ? static_cast<std::uint8_t>(text[read]) : std::uint8_t{0};
    if (byte < least || byte > most) {
      return {.bytes = read};
    }
    code_point = (code_point << 6) | (byte & 0x3FU);
    least = 0x80;
    most = 0xBF;
    ++read;
  }
  if (lead.length == 0) {
    return {.bytes = 1};
  }
  return {.code_point = code_point, .bytes = read, .is_valid = true};
}

bool is_ascii(std::string_view text) noexcept
{
  return !has_byte(text, [](Block bytes) { return bytes > 0x7F; });
}

std::size_t find_invalid_utf8(std::string_view text) noexcept
{
  std::size_t at = 0;
  while (at < text.size()) {
    if (text.size() - at >= 8 && (load_8(text.data() + at) & high_bits) == 0) {
      at += 8;
      continue;
    }
    if (static_cast<std::uint8_t>(text[at]) < 0x80) { // most cells are shorter than a word
      at += 1;
      continue;
    }
    const Decoded next = decode_next(text.substr(at));
    if (!next.is_valid) {
      return at;
    }
    at += next.bytes;
  }
  return std::string_view::npos;
}

std::size_t count_code_points(std::string_view text) noexcept
{
  const char* at = text.data();
  std::size_t left = text.size();
  std::size_t continuing = 0;
  for (; left >= 8; at += 8, left -= 8) {
    // A byte continues a character if its top two bits are 10. Such bytes are added up in the
    // highest one: std::popcount is a function call on processors that may lack it.
    const std::uint64_t word = load_8(at);
    const std::uint64_t ones = (word & ~(word << 1) & high_bits) >> 7U;
    continuing += static_cast<std::size_t>(ones * 0x0101'0101'0101'0101 >> 56U);
  }
  for (; left > 0; ++at, --left) {
    continuing += (static_cast<std::uint8_t>(*at) & 0xC0) == 0x80 ? 1 : 0;
  }
  return text.size() - continuing;
}

void append_utf8(std::string& out, char32_t code_point)
{
  const auto add = [&out](char32_t bits) { out.push_back(static_cast<char>(bits)); };
  if (code_point < 0x80) {
    add(code_point);
  } else if (code_point < 0x800) {
    add(0xC0 | (code_point >> 6));
    add(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x1'0000) {
    add(0xE0 | (code_point >> 12));
    add(0x80 | ((code_point >> 6) & 0x3F));
    add(0x80 | (code_point & 0x3F));
  } else {
    add(0xF0 | (code_point >> 18));
    add(0x80 | ((code_point >> 12) & 0x3F));
    add(0x80 | ((code_point >> 6) & 0x3F));
    add(0x80 | (code_point & 0x3F));
  }
}

void append_replacing(std::string& out, std::string_view text)
{
  while (!text.empty()) {
    const std::size_t valid = std::min(find_invalid_utf8(text), text.size());
    out.append(text.substr(0, valid));
    text.remove_prefix(valid);
    if (!text.empty()) {
      append_utf8(out, replacement_character);
      text.remove_prefix(decode_next(text).bytes);
    }
  }
}

} // namespace rollcall
