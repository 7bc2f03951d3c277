// value_quick.hpp: the quick way for the cells of a batch: clean values of the usual forms are seen
// to be good at first sight, sixteen bytes at a time.
//
// A quick reader answers "good" or "cannot tell", never "bad", and of what it finds good it gives
// the text that the long way gives (cell_text, then read_value): tests hold one against the other.
// It takes the bytes of the cell as they stand in the batch, since what it finds good has neither
// quotes nor blanks to take off, and it reads up to 64 bytes from the start of the cell, which a
// batch allows (csv::Layout).
#ifndef ROLLCALL_CHECK_VALUE_QUICK_HPP
#define ROLLCALL_CHECK_VALUE_QUICK_HPP

#include <bit>
#include <cstring>
#include <type_traits>

#include "base/block.hpp"
#include "check/cell_text.hpp"
#include "check/value_parts.hpp"
#include "check/values.hpp"

namespace rollcall::check {

namespace quick {

inline constexpr std::size_t seen_max = 64; // bytes that may be read

// Bits of the first `size` bytes, of at most 64.
inline std::uint64_t first_bits(std::size_t size) noexcept
{
  return size >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << size) - 1;
}

// A bit for each of the first `size` bytes, perhaps more of them, that passes.
template <class Test>
std::uint64_t bits_of(const char* at, std::size_t size, Test test) noexcept
{
  std::uint64_t bits = block::bits(test(block::at(at)));
  for (std::size_t i = sizeof(Block); i < size; i += sizeof(Block))
    bits |= std::uint64_t{block::bits(test(block::at(at + i)))} << i;
  return bits;
}

inline BlockMask digits_in(Block bytes) noexcept
{
  return static_cast<Block>(bytes - '0') < 10;
}
inline BlockMask letters_in(Block bytes) noexcept
{
  return static_cast<Block>((bytes | 0x20) - 'a') < 26;
}

inline bool is_digits(const char* at, std::size_t size) noexcept
{
  return size - 1 < sizeof(Block) &&
         (~block::bits(digits_in(block::at(at))) & first_bits(size)) == 0;
}

// Does a byte of the cell pass?
template <class Test>
bool has_any(std::string_view cell, Test test) noexcept
{
  if (cell.size() > seen_max) return has_byte(cell, test);
  return (bits_of(cell.data(), cell.size(), test) & first_bits(cell.size())) != 0;
}

// Not two bits: std::popcount is a function call on processors that may lack it.
inline bool has_one_bit(std::uint64_t bits) noexcept
{
  return bits != 0 && (bits & (bits - 1)) == 0;
}

// Nothing has to be taken off, neither blanks at the ends nor a quote or a guard in front, which
// all come before `(`, and nothing composed: no bytes but those of U+0000 to U+02FF, which stand
// alone in normal form C. C2 A0 is a no-break space.
inline bool is_plain(std::string_view cell) noexcept
{
  const auto front = static_cast<unsigned char>(cell.front());
  const auto back = static_cast<unsigned char>(cell.back());
  return front > '\'' && front != 0xC2 && back > ' ' && back != 0xA0 &&
         !has_any(cell, [](Block bytes) -> BlockMask { return bytes > 0xCB; });
}

// Eight bytes, the first in the lowest place.
inline std::uint64_t first_word(const char* at) noexcept
{
  const auto word = block::word_at<std::uint64_t>(at);
  return std::endian::native == std::endian::big ? __builtin_bswap64(word) : word;
}

inline bool is_short_word(std::string_view cell, std::uint64_t& bytes) noexcept
{
  if (cell.size() > 8 || cell.front() <= '\'') return false;
  bytes = first_word(cell.data()) & ~std::uint64_t{0} >> (64 - 8 * cell.size());
  return (bytes & 0x8080'8080'8080'8080) == 0;
}

inline bool read(const ReadyText& type, std::string_view cell, Scratch&, Reading& into) noexcept
{
  // A character is one byte or two.
  if (cell.size() > type.max || cell.size() < 2 * type.min || !is_plain(cell)) return false;
  if (type.chars != nullptr && !type.chars->has_all(cell)) return false;
  into = good(cell);
  return true;
}

inline bool read_phone(std::string_view cell, Scratch& scratch, Reading& into) noexcept
{
  constexpr std::size_t plain_max = phone_digits_max + 1;
  if (cell.front() != '+' || cell.size() > 32) return false;
  const std::uint64_t all = first_bits(cell.size()) & ~std::uint64_t{1};
  const std::uint64_t digits = bits_of(cell.data(), cell.size(), digits_in) & all;
  if (digits == all) {
    into = good(cell);
    return cell.size() > phone_digits_min && cell.size() <= plain_max && cell[1] != '0';
  }
  const std::uint64_t signs = bits_of(cell.data(), cell.size(), [](Block b) -> BlockMask {
    return (b == ' ') | (b == '-') | (b == '.') | (b == '(') | (b == ')');
  });
  if (((digits | signs) & all) != all) return false;
  char* end = scratch.made.data();
  *end++ = '+';
  for (const char c : cell.substr(1)) {
    *end = c;
    end += is_digit(c) ? 1 : 0;
  }
  const auto size = static_cast<std::size_t>(end - scratch.made.data());
  into = good({scratch.made.data(), size}, true);
  return size > phone_digits_min && size <= plain_max && scratch.made[1] != '0';
}

inline bool read(const ReadyDigits& type, std::string_view cell, Scratch& scratch,
                 Reading& into) noexcept
{
  const bool has_plus = cell.front() == '+' && type.plus != schema::Plus::none;
  if (has_plus && type.plus == schema::Plus::means_phone) return read_phone(cell, scratch, into);
  const std::string_view digits = cell.substr(has_plus ? 1 : 0);
  into = good(cell);
  return is_digits(digits.data(), digits.size()) && digits.size() >= type.min &&
         digits.size() <= type.max;
}

// Of up to eight digits: all at once, the neighbours first.
inline bool read(const ReadyInteger& type, std::string_view cell, Scratch&, Reading& into) noexcept
{
  if (cell.size() > 8 || !is_digits(cell.data(), cell.size()) ||
      (cell.front() == '0' && cell.size() != 1))
    return false;
  std::uint64_t digits = first_word(cell.data()) << (64 - 8 * cell.size());
  digits &= 0x0F0F'0F0F'0F0F'0F0F;
  digits = (digits * 10 + (digits >> 8U)) & 0x00FF'00FF'00FF'00FF;
  digits = (digits * 100 + (digits >> 16U)) & 0x0000'FFFF'0000'FFFF;
  const auto value = static_cast<std::int64_t>((digits * 10'000 + (digits >> 32U)) & 0xFFFF'FFFF);
  into = good(cell);
  return value >= type.min && value <= type.max;
}

inline bool read(const ReadyBoolean& type, std::string_view cell, Scratch&, Reading& into) noexcept
{
  std::uint64_t bytes = 0;
  if (!is_short_word(cell, bytes)) return false;
  const std::uint32_t word = type.words.find_short(bytes);
  if (word == Words::none) return false;
  into = good(boolean_texts[word]);
  return true;
}

inline bool read(const ReadyChoice& type, std::string_view cell, Scratch&, Reading& into) noexcept
{
  std::uint64_t bytes = 0;
  if (!is_short_word(cell, bytes)) return false;
  const std::uint32_t word = type.words.find_short(bytes);
  if (word == Words::none) return false;
  into = good(type.spelled[word]);
  return true;
}

// Where a part begins or ends, at the ends, the @ and the dots, a sign must stand that may: in the
// domain a letter or a digit, before it anything but a dot.
inline bool read(const ReadyEmail&, std::string_view cell, Scratch&, Reading& into) noexcept
{
  const std::size_t size = cell.size();
  if (size >= seen_max) return false;
  std::uint64_t words = 0;
  std::uint64_t signs = 0;
  std::uint64_t hyphens = 0;
  std::uint64_t dots = 0;
  std::uint64_t ats = 0;
  for (std::size_t i = 0; i < size; i += sizeof(Block)) {
    const Block bytes = block::at(cell.data() + i);
    words |= std::uint64_t{block::bits(letters_in(bytes) | digits_in(bytes))} << i;
    signs |= std::uint64_t{block::bits((bytes == '_') | (bytes == '+'))} << i;
    hyphens |= std::uint64_t{block::bits(bytes == '-')} << i;
    dots |= std::uint64_t{block::bits(bytes == '.')} << i;
    ats |= std::uint64_t{block::bits(bytes == '@')} << i;
  }
  const std::uint64_t all = first_bits(size);
  const std::uint64_t before = (ats & all) - 1; // of the @, if there is one
  const std::uint64_t edges = (dots | ats) & all;
  const std::uint64_t inside = words | hyphens | dots | ((signs | ats) & (before << 1U | 1));
  const std::uint64_t must = edges << 1U | edges >> 1U | 1 | std::uint64_t{1} << (size - 1);
  const std::uint64_t may = words | ((signs | hyphens) & before);
  // A last label that does not end in a letter is left to the long way.
  const bool ends_in_letter = static_cast<unsigned char>((cell.back() | 0x20) - 'a') < 26;
  into = good(cell);
  return has_one_bit(ats & all) && (all & ~inside) == 0 && (must & ~may) == 0 &&
         (dots & all & ~before) != 0 && ends_in_letter;
}

inline bool read(const ReadyPhone&, std::string_view cell, Scratch& scratch, Reading& into) noexcept
{
  return read_phone(cell, scratch, into);
}

inline bool read(const ReadyExtension& type, std::string_view cell, Scratch&,
                 Reading& into) noexcept
{
  into = good(cell);
  return is_digits(cell.data(), cell.size()) && cell.size() >= type.min && cell.size() <= type.max;
}

// Six pairs with a separator between any two of them, or twelve digits and nothing else.
inline bool read(const ReadyMac&, std::string_view cell, Scratch& scratch, Reading& into) noexcept
{
  constexpr std::size_t spread = 17;
  constexpr std::size_t dense = 12;
  constexpr std::uint32_t in_pairs = 0b1011'0110'1101'1011;
  if (cell.size() != spread && cell.size() != dense) return false;
  const Block bytes = block::at(cell.data());
  const Block lower = bytes | (letters_in(bytes) & 0x20);
  const BlockMask hex = digits_in(bytes) | (static_cast<Block>(lower - 'a') < 6);
  const std::uint32_t wanted = cell.size() == spread ? in_pairs : (1U << dense) - 1;
  const std::uint32_t zeros = block::bits(bytes == '0') & wanted;
  const bool is_multicast = ((cell[1] ^ cell[1] >> 6) & 1) != 0; // a is even, and 61
  if ((block::bits(hex) & wanted) != wanted || zeros == wanted || is_multicast) return false;

  char* const made = scratch.made.data();
  if (cell.size() == dense) {
    std::array<char, sizeof(Block)> digits;
    std::memcpy(digits.data(), &lower, sizeof lower);
    for (std::size_t pair = 0; pair != 6; ++pair) {
      std::memcpy(made + 3 * pair, digits.data() + 2 * pair, 2);
      made[3 * pair + 2] = ':';
    }
    into = good({made, spread}, true);
    return true;
  }
  const BlockMask signs = (bytes == ':') | (bytes == '-') | (bytes == '.');
  if (block::bits(signs) != (~in_pairs & 0xFFFF) || hex_value(cell.back()) < 0) return false;
  const Block written = (lower & ~signs) | (':' & signs);
  const auto last = static_cast<char>(cell.back() | (cell.back() & 0x40) >> 1);
  if (block::bits(written == bytes) == 0xFFFF && last == cell.back()) {
    into = good(cell);
    return true;
  }
  std::memcpy(made, &written, sizeof written);
  made[spread - 1] = last;
  into = good({made, spread}, true);
  return true;
}

// IPv4. Masks have a bit a byte of the address; those of parts have it at the part's first digit.
inline bool read(const ReadyIp&, std::string_view cell, Scratch&, Reading& into) noexcept
{
  if (cell.size() >= sizeof(Block)) return false;
  const Block bytes = block::at(cell.data());
  const std::uint32_t all = (1U << cell.size()) - 1;
  const std::uint32_t digits = block::bits(digits_in(bytes)) & all;
  const std::uint32_t dots = block::bits(bytes == '.') & all;
  const std::uint32_t begins = (dots << 1U) | 1;
  const std::uint32_t last_two = dots & (dots - 1);
  if ((digits | dots) != all || !has_one_bit(last_two & (last_two - 1)) ||
      (begins & ~digits) != 0 || (digits & digits >> 1U & digits >> 2U & digits >> 3U) != 0)
    return false;
  const std::uint32_t of_two = begins & digits >> 1U; // digits at least
  const std::uint32_t of_three = of_two & digits >> 2U;
  const std::uint32_t five = block::bits(bytes == '5');
  const std::uint32_t above_five = block::bits(bytes > '5');
  const std::uint32_t above_255 =
      of_three &
      (block::bits(bytes > '2') |
       (block::bits(bytes == '2') & (above_five >> 1U | (five >> 1U & above_five >> 2U))));
  into = good(cell);
  return (of_two & block::bits(bytes == '0')) == 0 && above_255 == 0;
}

// What begins with a digit and has a hyphen may be a date.
inline bool read(const ReadyId&, std::string_view cell, Scratch&, Reading& into) noexcept
{
  if (cell.size() > id_max) return false;
  std::uint64_t signs = 0;
  std::uint64_t hyphens = 0;
  for (std::size_t i = 0; i < cell.size(); i += sizeof(Block)) {
    const Block bytes = block::at(cell.data() + i);
    const BlockMask others = (bytes == '.') | (bytes == '_') | (bytes == '-');
    signs |= std::uint64_t{block::bits(letters_in(bytes) | digits_in(bytes) | others)} << i;
    hyphens |= std::uint64_t{block::bits(bytes == '-')} << i;
  }
  const std::uint64_t all = first_bits(cell.size());
  into = good(cell);
  return (~signs & all) == 0 && !(is_digit(cell.front()) && (hyphens & all) != 0);
}

// As read: what stands at its ends is part of it, so only a quote and a blank in front are asked
// about.
inline bool read(const ReadySecret& type, std::string_view cell, Scratch&, Reading& into) noexcept
{
  if (cell.front() <= '"' || cell.size() < type.min || cell.size() > type.max) return false;
  into = good(cell);
  if (type.digits) return is_digits(cell.data(), cell.size());
  return !has_any(cell, [](Block bytes) -> BlockMask { return bytes > 0x7F; });
}

enum class Found : std::uint8_t { no, yes, perhaps };

// Is the cell one of the words?
inline Found find(const ReadyWords& words, std::string_view cell, Reading& into) noexcept
{
  if (!words.may_have(cell)) return Found::no;
  std::uint64_t bytes = 0;
  if (!is_short_word(cell, bytes)) return Found::perhaps;
  into = words.read_short(bytes);
  return into.is_bad() ? Found::no : Found::yes;
}

} // namespace quick

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_VALUE_QUICK_HPP
