// UTF-8: every code point, every mistake, counts against those of another library.
#include "base/utf8.hpp"

#include <doctest/doctest.h>
#include <utf8proc.h>

#include <array>
#include <random>
#include <vector>

using namespace rollcall;

namespace {

std::string encoded(char32_t code_point)
{
  std::string text;
  append_utf8(text, code_point);
  return text;
}

std::string replaced(std::string_view text)
{
  std::string out;
  append_replacing(out, text);
  return out;
}

constexpr bool is_surrogate(char32_t code_point)
{
  return code_point >= 0xD800 && code_point <= 0xDFFF;
}

// Another library's count of characters, or -1 if it finds a mistake.
std::ptrdiff_t reference_count(std::string_view text)
{
  const auto* const at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  std::ptrdiff_t count = 0;
  for (utf8proc_ssize_t i = 0; i < static_cast<utf8proc_ssize_t>(text.size()); ++count) {
    utf8proc_int32_t code_point = 0;
    const auto read =
        utf8proc_iterate(at + i, static_cast<utf8proc_ssize_t>(text.size()) - i, &code_point);
    if (read < 0) return -1;
    i += read;
  }
  return count;
}

// Bytes of which many are, or nearly are, characters.
std::string random_text(std::mt19937_64& chance)
{
  static constexpr std::array<std::string_view, 22> pieces = {"a",
                                                              "Ada",
                                                              "0123456789",
                                                              "\xC3",
                                                              "\xC3\xA9",
                                                              "\xE2\x82\xAC",
                                                              "\xE2\x82",
                                                              "\xE2",
                                                              "\x80",
                                                              "\xBF\xBF",
                                                              "\xF0\x9F\x98",
                                                              "\xF0\x9F\x98\x80",
                                                              "\xF4\x90",
                                                              "\xED\xA0",
                                                              "\xE0\x80",
                                                              "\xFF",
                                                              "\xC0\xAF",
                                                              "\xF0\x8F",
                                                              "\xF0\x9F",
                                                              "\xED\x9F\xBF",
                                                              "\xEF\xBF\xBF",
                                                              "\xF4\x8F\xBF\xBF"};
  std::string text;
  for (auto left = chance() % 12; left > 0; --left) text += pieces[chance() % pieces.size()];
  return text;
}

} // namespace

TEST_CASE("every code point is decoded from what it is encoded as")
{
  for (char32_t code_point = 0; code_point <= 0x10FFFF; ++code_point) {
    if (is_surrogate(code_point)) continue;
    const std::string text = encoded(code_point);
    const Decoded decoded = decode_next(text);
    const bool is_right = decoded.is_valid && decoded.code_point == code_point &&
                          decoded.bytes == text.size() && count_code_points(text) == 1 &&
                          find_invalid_utf8(text) == text.npos;
    if (!is_right) FAIL("code point ", static_cast<std::uint32_t>(code_point));
  }
}

TEST_CASE("every pair of bytes is judged as the other library judges it")
{
  for (unsigned i = 0; i < 0x1'0000; ++i) {
    const std::string pair = {static_cast<char>(i >> 8), static_cast<char>(i & 0xFF)};
    const bool is_valid = find_invalid_utf8(pair) == pair.npos;
    if (is_valid != (reference_count(pair) >= 0)) FAIL("bytes ", i);
  }
}

TEST_CASE("a mistake is as long as what could have begun a character")
{
  const auto mistake_bytes = [](std::string_view text) {
    const Decoded decoded = decode_next(text);
    CHECK_FALSE(decoded.is_valid);
    CHECK(decoded.code_point == replacement_character);
    return decoded.bytes;
  };
  CHECK(mistake_bytes("\x80") == 1);
  CHECK(mistake_bytes("\xC0\xAF") == 1);     // overlong
  CHECK(mistake_bytes("\xE0\x80\x80") == 1); // overlong
  CHECK(mistake_bytes("\xE2\x82") == 2);     // cut off
  CHECK(mistake_bytes("\xE2\x82z") == 2);
  CHECK(mistake_bytes("\xED\xA0\x80") == 1); // a surrogate
  CHECK(mistake_bytes("\xF0\x9F\x98") == 3);
  CHECK(mistake_bytes("\xF0\x9F\x98z") == 3);
  CHECK(mistake_bytes("\xF4\x90\x80\x80") == 1); // beyond 10FFFF
  CHECK(mistake_bytes("\xF5\x80") == 1);
  CHECK(mistake_bytes("\xFF") == 1);
}

TEST_CASE("mistakes are replaced as the Unicode standard shows it")
{
  // Table 3-8 and its neighbours.
  CHECK(replaced("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41") ==
        "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA");
  CHECK(replaced("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41") == "\uFFFD\uFFFD\uFFFD\uFFFDA");
  CHECK(replaced("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41") ==
        "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA");
  CHECK(replaced("Ren\xE9 of Orl\xC3\xA9"
                 "ans") == "Ren\uFFFD of Orl\u00E9ans");
  CHECK(replaced("").empty());
}

TEST_CASE("the first mistake is found wherever it stands")
{
  for (std::size_t before = 0; before < 40; ++before) {
    for (std::size_t after = 0; after < 20; ++after) {
      std::string text(before, 'a');
      text.append("\xE9").append(std::string(after, 'b'));
      CHECK(find_invalid_utf8(text) == before);
    }
    CHECK(find_invalid_utf8(std::string(before, 'a') + "\xC3\xA9") == std::string::npos);
  }
}

TEST_CASE("ASCII is told apart at every length and place")
{
  for (std::size_t size = 0; size < 40; ++size) {
    std::string text(size, '\x7F');
    CHECK(is_ascii(text));
    for (char& letter : text) {
      letter = '\x80';
      CHECK_FALSE(is_ascii(text));
      letter = 'a';
    }
  }
}

TEST_CASE("characters are counted as the other library counts them, for random texts")
{
  std::mt19937_64 chance{1};
  int valid = 0;
  for (int i = 0; i < 50'000; ++i) {
    const std::string text = random_text(chance);
    CAPTURE(text);
    const std::ptrdiff_t expected = reference_count(text);
    if (expected >= 0) {
      ++valid;
      CHECK(count_code_points(text) == static_cast<std::size_t>(expected));
      CHECK(find_invalid_utf8(text) == text.npos);
      CHECK(replaced(text) == text);
    } else {
      CHECK(find_invalid_utf8(text) < text.size());
      const std::string clean = replaced(text);
      CHECK(reference_count(clean) >= 0);
      CHECK(replaced(clean) == clean);
    }
  }
  CHECK(valid > 1000);
}

TEST_CASE("control characters are those of category Cc")
{
  for (char32_t code_point = 0; code_point < 0x3000; ++code_point) {
    const bool expected =
        utf8proc_category(static_cast<utf8proc_int32_t>(code_point)) == UTF8PROC_CATEGORY_CC;
    if (is_control(code_point) != expected) FAIL("code point ", static_cast<unsigned>(code_point));
  }
}
