// Unicode by utf8proc, which is seen nowhere else.
//
// Only its functions for single characters and for composing are used. Those for whole texts
// allocate with malloc, out of reach of our seams, and sort marks by exchanging neighbours: a
// hostile cell of 64 KiB of marks would take seconds.
#include "base/unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory_resource>
#include <utility>
#include <vector>

#include "base/block.hpp"
#include "base/bytes.hpp"
#include "base/utf8.hpp"

namespace rollcall {

namespace {

using CodePoints = std::pmr::vector<utf8proc_int32_t>;

// The longest text that one character can become, with room to spare.
constexpr std::size_t expansion_max = 32;

constexpr auto composing = static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE);
constexpr auto folding = static_cast<utf8proc_option_t>(composing | UTF8PROC_CASEFOLD);

constexpr bool is_between(char32_t code_point, char32_t first, char32_t last) noexcept
{
  return code_point >= first && code_point <= last;
}

// Whether no text of such characters alone can change in NFC. Not complete, only quick: blocks
// without a mark, without a character that NFC replaces and without one that joins the character
// before it. The test holds it against all of Unicode.
constexpr bool is_settled_in_nfc(char32_t code_point) noexcept
{
  return code_point < 0x300 ||                     // Latin
         is_between(code_point, 0x388, 0x482) ||   // Greek, Cyrillic
         is_between(code_point, 0x48A, 0x52F) ||   // more Cyrillic
         is_between(code_point, 0x1E00, 0x1EFF) || // Vietnamese and other Latin
         is_between(code_point, 0x2010, 0x2027) || // dashes and quotes
         is_between(code_point, 0x3041, 0x3096) || // Hiragana
         is_between(code_point, 0x30A1, 0x30FE) || // Katakana
         is_between(code_point, 0x4E00, 0x9FFF) || // Han
         is_between(code_point, 0xAC00, 0xD7A3) || // Hangul
         is_between(code_point, 0x1F300, 0x1FAFF); // pictures
}

// Valid, and settled in NFC as far as the quick look goes.
bool is_plainly_nfc(std::string_view text) noexcept
{
  while (!text.empty()) {
    const Decoded next = decode_next(text);
    if (!next.is_valid || !is_settled_in_nfc(next.code_point)) {
      return false;
    }
    text.remove_prefix(next.bytes);
  }
  return true;
}

utf8proc_propval_t combining_class(utf8proc_int32_t code_point) noexcept
{
  return utf8proc_get_property(code_point)->combining_class;
}

// Sorts each run of marks by class, equal ones in the order in which they came.
void order_marks(CodePoints& points)
{
  const auto is_a_mark = [](utf8proc_int32_t point) { return combining_class(point) != 0; };
  const auto is_lower_class = [](utf8proc_int32_t left, utf8proc_int32_t right) {
    return combining_class(left) < combining_class(right);
  };
  auto first = std::find_if(points.begin(), points.end(), is_a_mark);
  while (first != points.end()) {
    const auto last = std::find_if_not(first, points.end(), is_a_mark);
    if (!std::is_sorted(first, last, is_lower_class)) {
      std::stable_sort(first, last, is_lower_class);
    }
    first = std::find_if(last, points.end(), is_a_mark);
  }
}

// Maps each character, orders the marks and composes. False if the text is not valid.
bool map_and_compose(std::string_view text, utf8proc_option_t options, CodePoints& points)
{
  points.resize(text.size() + expansion_max);
  std::size_t size = 0;
  while (!text.empty()) {
    const Decoded next = decode_next(text);
    if (!next.is_valid) {
      return false;
    }
    text.remove_prefix(next.bytes);
    if (points.size() - size < expansion_max) {
      points.resize(2 * points.size());
    }
    const utf8proc_ssize_t added =
        utf8proc_decompose_char(static_cast<utf8proc_int32_t>(next.code_point), &points[size],
                                expansion_max, options, nullptr);
    if (added < 0) {
      return false;
    }
    size += static_cast<std::size_t>(added);
  }
  points.resize(size);
  order_marks(points);
  const utf8proc_ssize_t composed = utf8proc_normalize_utf32(
      points.data(), static_cast<utf8proc_ssize_t>(points.size()), composing);
  if (composed < 0) {
    return false;
  }
  points.resize(static_cast<std::size_t>(composed));
  return true;
}

bool is_same_text(std::string_view text, const CodePoints& points) noexcept
{
  for (const utf8proc_int32_t point : points) {
    if (text.empty()) {
      return false;
    }
    const Decoded next = decode_next(text);
    if (next.code_point != static_cast<char32_t>(point)) {
      return false;
    }
    text.remove_prefix(next.bytes);
  }
  return text.empty();
}

std::string_view convert(std::string_view text, utf8proc_option_t options, std::string& scratch)
{
  // Enough for any name without asking the heap.
  std::array<std::byte, 2048> near{};
  std::pmr::monotonic_buffer_resource memory{near.data(), near.size(),
                                             std::pmr::new_delete_resource()};
  CodePoints points{&memory};
  if (!map_and_compose(text, options, points) || is_same_text(text, points)) {
    return text;
  }
  scratch.clear();
  for (const utf8proc_int32_t point : points) {
    append_utf8(scratch, static_cast<char32_t>(point));
  }
  return scratch;
}

constexpr char to_lower_ascii(char letter) noexcept
{
  const bool is_capital = letter >= 'A' && letter <= 'Z';
  return static_cast<char>(letter + (is_capital ? 'a' - 'A' : 0));
}

std::string_view fold_ascii(std::string_view text, std::string& scratch)
{
  if (!has_byte(text, [](Block bytes) { return (bytes >= 'A') & (bytes <= 'Z'); })) {
    return text;
  }
  scratch.resize(text.size());
  char* const to = scratch.data();
  if (text.size() < sizeof(std::uint64_t)) {
    std::transform(text.begin(), text.end(), to, to_lower_ascii);
    return scratch;
  }
  // The last word overlaps the one before it.
  const auto fold_word = [&](std::size_t at) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    word = lower_ascii(word);
    std::memcpy(to + at, &word, sizeof word);
  };
  const std::size_t last = text.size() - sizeof(std::uint64_t);
  for (std::size_t at = 0; at < last; at += sizeof(std::uint64_t)) fold_word(at);
  fold_word(last);
  return scratch;
}

// Folds a text whose characters, and all that they fold to, are settled in NFC: then nothing needs
// to be ordered or composed. False, with half of it in `scratch`, if one is not.
bool fold_settled(std::string_view text, std::string& scratch)
{
  scratch.clear();
  std::array<utf8proc_int32_t, expansion_max> folded{};
  while (!text.empty()) {
    const Decoded next = decode_next(text);
    text.remove_prefix(next.bytes);
    if (!next.is_valid || !is_settled_in_nfc(next.code_point)) {
      return false;
    }
    if (next.code_point < 0x80) {
      scratch.push_back(to_lower_ascii(static_cast<char>(next.code_point)));
      continue;
    }
    const utf8proc_ssize_t count =
        utf8proc_decompose_char(static_cast<utf8proc_int32_t>(next.code_point), folded.data(),
                                expansion_max, UTF8PROC_CASEFOLD, nullptr);
    for (utf8proc_ssize_t i = 0; i < count; ++i) {
      const auto point = static_cast<char32_t>(folded[static_cast<std::size_t>(i)]);
      if (!is_settled_in_nfc(point)) {
        return false;
      }
      append_utf8(scratch, point);
    }
  }
  return true;
}

utf8proc_category_t category(char32_t code_point) noexcept
{
  return utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
}

} // namespace

std::string_view to_nfc(std::string_view text, std::string& scratch)
{
  if (is_ascii(text) || is_plainly_nfc(text)) {
    return text;
  }
  return convert(text, composing, scratch);
}

std::string_view fold_for_comparing(std::string_view text, std::string& scratch)
{
  if (is_ascii(text)) {
    return fold_ascii(text, scratch);
  }
  if (fold_settled(text, scratch)) {
    return scratch == text ? text : std::string_view{scratch};
  }
  // Folding turns a mark (U+0345) into a letter, so what it gives hangs on the order of the marks:
  // they are put in order first.
  std::string composed;
  if (to_nfc(text, composed).data() == text.data()) {
    return convert(text, folding, scratch);
  }
  if (convert(composed, folding, scratch).data() == composed.data()) {
    scratch = std::move(composed);
  }
  return scratch;
}

bool is_same_without_case(std::string_view left, std::string_view right)
{
  if (left == right) {
    return true;
  }
  if (left.size() != right.size() && is_ascii(left) && is_ascii(right)) {
    return false;
  }
  std::string left_scratch;
  std::string right_scratch;
  return fold_for_comparing(left, left_scratch) == fold_for_comparing(right, right_scratch);
}

bool is_letter(char32_t code_point) noexcept
{
  const utf8proc_category_t found = category(code_point);
  return found >= UTF8PROC_CATEGORY_LU && found <= UTF8PROC_CATEGORY_LO;
}

Categories category_of(char32_t code_point) noexcept
{
  return Categories{1} << static_cast<unsigned>(category(code_point));
}

Categories categories_named(std::string_view name) noexcept
{
  // In utf8proc's order.
  constexpr std::string_view names = "CnLuLlLtLmLoMnMcMeNdNlNoPcPdPsPePiPfPoSmScSkSoZsZlZpCcCfCsCo";
  Categories found = 0;
  for (std::size_t i = 0; i != names.size() / 2; ++i) {
    const std::string_view one = names.substr(2 * i, 2);
    const bool is_meant = name == one || (name.size() == 1 && name.front() == one.front());
    found |= Categories{is_meant} << i;
  }
  return found;
}

bool is_white_space(char32_t code_point) noexcept
{
  switch (code_point) {
    case 0x20:
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
      return true;
    default:
      return is_between(code_point, 0x09, 0x0D) || is_between(code_point, 0x2000, 0x200A);
  }
}

std::size_t display_width(std::string_view text) noexcept
{
  std::size_t width = 0;
  while (!text.empty()) {
    const Decoded next = decode_next(text);
    width += static_cast<std::size_t>(
        utf8proc_charwidth(static_cast<utf8proc_int32_t>(next.code_point)));
    text.remove_prefix(next.bytes);
  }
  return width;
}

} // namespace rollcall
