// Every kernel against a definition a byte at a time, around the borders of blocks and stripes.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/utf8.hpp"
#include "csv/kernel_select.hpp"
#include "support/csv_reading.hpp"

using namespace rollcall;
using namespace rollcall::csv;
using namespace rollcall::tests;
using namespace std::string_view_literals;

namespace {

struct Indexed {
  Index index = {};
  std::vector<std::uint32_t> ends = {};
  bool has_non_ascii = false; // of the definition only

  friend bool operator==(const Indexed& a, const Indexed& b)
  {
    const auto fields = [](const Index& i) {
      return std::tuple{i.count,      i.bytes,       i.row_ends, i.quoted_line_ends,
                        i.open_quote, i.has_control, i.has_cr};
    };
    if (a.index.misplaced_quote != b.index.misplaced_quote) return false;
    return fields(a.index) == fields(b.index) && a.ends == b.ends;
  }
};

// Whether there is what is no UTF-8 whatever follows, or a C1 character. A last byte that begins
// something is not judged, since that is done by what follows.
bool has_bad_text(std::string text)
{
  if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0) text.back() = 'x';
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    const auto next = static_cast<unsigned char>(text[at + 1]);
    if (text[at] == '\xC2' && next >= 0x80 && next < 0xA0) return true;
  }
  for (const std::string_view rest :
       {"", "\x80", "\x80\x80", "\x80\x80\x80", "\xA0", "\xA0\x80", "\x90\x80", "\x90\x80\x80"})
    if (find_invalid_utf8(text + std::string{rest}) == std::string_view::npos) return false;
  return true;
}

// The definition, of the first `bytes` of a text.
Indexed by_bytes(std::string_view text, Marks marks, std::uint32_t bytes)
{
  Indexed found;
  found.index.bytes = bytes;
  bool inside = false;
  bool was_end = true; // the byte before ended a cell, or was a quote
  bool was_quote = false;
  for (std::uint32_t at = 0; at != bytes; ++at) {
    const char c = text[at];
    const auto byte = static_cast<unsigned char>(c);
    const bool is_quote = marks.quoting && c == marks.quote;
    const bool is_half = c == '\r' && at + 1 != text.size() && text[at + 1] == '\n';
    const bool is_line_end = c == '\n' || (c == '\r' && !is_half);
    if (is_quote) inside = !inside;
    const bool is_row_end = is_line_end && !inside;
    const bool is_end = is_row_end || (c == marks.delimiter && !inside);
    if (is_end) found.ends.push_back(at);
    found.index.row_ends += is_row_end ? 1 : 0;
    found.index.quoted_line_ends += is_line_end && inside ? 1 : 0;
    if (is_quote && inside && !was_end) found.index.misplaced_quote = true;
    if (was_quote && !inside && !is_end && !is_quote && c != '\r')
      found.index.misplaced_quote = true;
    if ((byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F)
      found.index.has_control = true;
    if (byte > 0x7F) found.has_non_ascii = true;
    if (c == '\r') found.index.has_cr = true;
    was_end = is_end || is_quote;
    was_quote = is_quote;
  }
  found.index.open_quote = inside;
  found.index.count = static_cast<std::uint32_t>(found.ends.size());
  return found;
}

// The text and the places each lie in memory of just their size, so that a sanitizer sees a step
// beyond.
Indexed by_kernel(Kernel kernel, std::string_view text, Marks marks, std::uint32_t capacity)
{
  const std::vector<char> exact{text.begin(), text.end()};
  Indexed found;
  found.ends.resize(capacity);
  found.index = index_function(kernel)(exact.data(), static_cast<std::uint32_t>(exact.size()),
                                       marks, found.ends.data(), capacity);
  found.ends.resize(found.index.count);
  return found;
}

std::string wrong_with(std::string_view text, Marks marks, std::uint32_t capacity = 0)
{
  const auto size = static_cast<std::uint32_t>(text.size());
  if (capacity == 0) capacity = size + index_slack; // enough for every byte
  for (const bool expect_cr : {false, true}) {
    marks.expect_cr = expect_cr;
    marks.judge_text = true;
    std::uint32_t bytes = 0;
    for (const Kernel kernel : kernels()) {
      const Indexed found = by_kernel(kernel, text, marks, capacity);
      const Indexed defined = by_bytes(text, marks, found.index.bytes);
      const std::string who = std::string{slug(kernel)} + (expect_cr ? " expecting CR" : "") +
                              " with " + std::to_string(capacity) + " places of " + shown(text);
      if (found != defined) return "not as defined: " + who;
      const bool is_bad = has_bad_text(std::string{text.substr(0, found.index.bytes)});
      const bool may_be_bad = kernel == Kernel::avx512 ? is_bad : is_bad || defined.has_non_ascii;
      if (found.index.may_have_bad_text != may_be_bad) return "bad text not as defined: " + who;
      const bool ran_out =
          found.index.bytes % stripe_bytes == 0 && capacity - found.index.count < index_slack;
      if (found.index.bytes != size && !ran_out) return "stopped early: " + who;
      if (kernel == kernels().front()) bytes = found.index.bytes;
      if (found.index.bytes != bytes) return "stopped elsewhere: " + who;
    }
  }
  return {};
}

class Texts {
 public:
  // Signs out of an alphabet; most of them plain if it is `calm`.
  std::string make(std::string_view alphabet, std::size_t size, unsigned calm)
  {
    std::string text;
    while (text.size() < size)
      text += engine_() % (calm + 1) == 0 ? alphabet[engine_() % alphabet.size()] : 'x';
    return text;
  }

 private:
  std::mt19937 engine_{7}; // NOLINT: the same texts each time
};

constexpr std::string_view with_cr = "\"\",\r\n\r\nax\"";
constexpr std::string_view without_cr = "\"\",,\n\nax";
constexpr std::string_view wild = "\"\",\r\nx\0\x1F \x7F\x80\xFF\t;'\x0B\x8A\xAC"sv;

} // namespace

TEST_CASE("every kernel finds what the definition says, in texts of every size up to 300")
{
  Texts texts;
  for (std::size_t size = 0; size <= 300; ++size) {
    for (const std::string_view alphabet : {with_cr, without_cr, wild}) {
      for (const unsigned calm : {0U, 2U, 30U}) {
        const std::string wrong = wrong_with(texts.make(alphabet, size, calm), {});
        if (!wrong.empty()) FAIL_CHECK(wrong);
      }
    }
  }
}

TEST_CASE("every kernel finds what the definition says around the borders of blocks and stripes")
{
  Texts texts;
  for (const std::size_t border : {64U, 128U, 512U, 960U, 1024U, 1088U, 2048U, 3072U, 5120U}) {
    for (std::size_t size = border - 3; size <= border + 3; ++size) {
      for (const std::string_view alphabet : {with_cr, without_cr, wild}) {
        for (int round = 0; round != 12; ++round) {
          const auto calm = static_cast<unsigned>(round % 4 * 20);
          const std::string wrong = wrong_with(texts.make(alphabet, size, calm), {});
          if (!wrong.empty()) FAIL_CHECK(wrong);
        }
      }
    }
  }
}

TEST_CASE("two signs that belong together are seen as such across every border")
{
  for (const std::string_view pair : {"\r\n", "\"\"", "\",", ",\"", "\"\r", "\"\n", "\"x", "x\"",
                                      "\r\"", "\r\r", "\n\r", "\"\r\n"}) {
    for (const std::size_t border : {63U, 64U, 127U, 1023U, 1024U, 1087U, 2047U, 2048U}) {
      for (std::size_t at = border - 2; at <= border + 1; ++at) {
        for (const std::size_t behind : {0U, 1U, 70U, 1100U}) {
          for (const char before : {'x', ',', '"'}) {
            std::string text(at, 'x');
            text[at - 1] = before;
            text += pair;
            text += std::string(behind, 'x');
            const std::string wrong = wrong_with(text, {});
            if (!wrong.empty()) FAIL_CHECK(wrong);
          }
        }
      }
    }
  }
}

TEST_CASE("every byte is classed alike wherever it stands in a block")
{
  for (int byte = 0; byte != 256; ++byte) {
    for (std::size_t at = 0; at != 64; ++at) {
      for (const std::size_t size : {at + 1, std::size_t{64}, std::size_t{65}}) {
        std::string text(size, 'x');
        text[at] = static_cast<char>(byte);
        const std::string wrong = wrong_with(text, {});
        if (!wrong.empty()) FAIL_CHECK(wrong);
      }
    }
  }
}

TEST_CASE("every byte behind every other is judged alike across the borders of blocks and stripes")
{
  std::vector<std::string> pieces;
  for (int lead = 0x7E; lead != 0x100; ++lead)
    for (int next = 0x7E; next < 0x100; next += next % 16 == 14 || next % 16 == 15 ? 1 : 7)
      pieces.push_back({static_cast<char>(lead), static_cast<char>(next)});
  for (const std::string_view lead : {"\xE0\xA0", "\xE4\xB8", "\xED\x9F", "\xED\xA0", "\xF0\x9F",
                                      "\xF0\x90\x80", "\xF3\x80\x80", "\xF4\x8F", "\xF4\x90"})
    for (const std::string_view next : {"", "x", "\x80", "\xBF\x80", "\xC3\xA9", "\x80\x80\x80"})
      pieces.push_back(std::string{lead} + std::string{next});
  for (const std::string& piece : pieces) {
    for (const std::size_t at : {0U, 1U, 61U, 62U, 63U, 64U, 1021U, 1022U, 1023U, 1024U, 2047U}) {
      std::string text = std::string(at, 'x') + piece;
      std::string wrong = wrong_with(text, {});
      text += std::string(at % 64 == 63 ? 1100 : 3, 'x');
      if (wrong.empty()) wrong = wrong_with(text, {});
      if (!wrong.empty()) FAIL_CHECK(wrong);
    }
  }
}

TEST_CASE("texts of many languages are judged by every kernel as the definition does")
{
  constexpr std::array<std::string_view, 9> characters = {"x",
                                                          "\xC3\xA9",
                                                          "\xC2\xA3",
                                                          "\xD0\xB6",
                                                          "\xE4\xB8\xAD",
                                                          "\xE2\x82\xAC",
                                                          "\xF0\x9F\x98\x80",
                                                          ",",
                                                          "\xF4\x8F\xBF\xBF"};
  std::mt19937 engine{11}; // NOLINT: the same texts each time
  for (int round = 0; round != 600; ++round) {
    std::string text;
    const std::size_t size = engine() % 3000;
    const std::size_t kinds = 1 + static_cast<std::size_t>(round) % characters.size();
    while (text.size() < size) text += characters[engine() % kinds];
    text = text.substr(0, size);
    std::string wrong = wrong_with(text, {});
    if (!text.empty()) {
      text[engine() % text.size()] = static_cast<char>(engine());
      if (wrong.empty()) wrong = wrong_with(text, {});
    }
    if (!wrong.empty()) FAIL_CHECK(wrong);
  }
}

TEST_CASE("a kernel that is not asked to judge text takes every byte over 127 for bad")
{
  for (const Kernel kernel : kernels()) {
    CHECK_FALSE(by_kernel(kernel, "a,b\n", {}, index_slack).index.may_have_bad_text);
    CHECK(by_kernel(kernel, "a,\xC3\xA9\n", {}, index_slack).index.may_have_bad_text);
  }
}

TEST_CASE("a kernel that runs out of places stops at a stripe, and every kernel at the same one")
{
  Texts texts;
  for (int round = 0; round != 300; ++round) {
    const auto alphabet = round % 2 == 0 ? with_cr : without_cr;
    const std::size_t size = 500 + static_cast<std::size_t>(round) * 37;
    const std::string text = texts.make(alphabet, size, static_cast<unsigned>(round % 3));
    const auto capacity = index_slack + static_cast<std::uint32_t>(round * 11);
    const std::string wrong = wrong_with(text, {}, capacity);
    if (!wrong.empty()) FAIL_CHECK(wrong);
  }
}

TEST_CASE("every kernel knows other delimiters and quotes, and none at all")
{
  Texts texts;
  for (const char delimiter : {';', '\t', '|', '\0', ' '}) {
    for (const char quote : {'"', '\'', '\0'}) {
      if (delimiter == quote) continue;
      for (const bool quoting : {true, false}) {
        const Marks marks{.delimiter = delimiter, .quote = quote, .quoting = quoting};
        const std::string alphabet = std::string{wild} + delimiter + quote + delimiter + quote;
        for (const std::size_t size : {30U, 64U, 200U, 1500U}) {
          const std::string wrong = wrong_with(texts.make(alphabet, size, 1), marks);
          if (!wrong.empty()) FAIL_CHECK(wrong);
        }
      }
    }
  }
}

TEST_CASE("the best kernel is one that this processor has, and names go both ways")
{
  CHECK(is_supported(best_kernel()));
  CHECK(is_supported(Kernel::best));
  CHECK(is_supported(Kernel::swar));
  CHECK(best_kernel() != Kernel::best);
  for (const Kernel kernel :
       {Kernel::best, Kernel::swar, Kernel::avx2, Kernel::avx512, Kernel::neon})
    CHECK(kernel_of(slug(kernel)) == kernel);
  CHECK_FALSE(kernel_of("sse2").has_value());
}
