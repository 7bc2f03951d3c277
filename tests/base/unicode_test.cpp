// Normal forms and case: against the library's own functions for whole texts, and by their laws.
#include "base/unicode.hpp"

#include <doctest/doctest.h>
#include <utf8proc.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <random>
#include <vector>

#include "base/utf8.hpp"

using namespace rollcall;

namespace {

std::string nfc(std::string_view text)
{
  std::string scratch;
  return std::string{to_nfc(text, scratch)};
}

std::string fold(std::string_view text)
{
  std::string scratch;
  return std::string{fold_for_comparing(text, scratch)};
}

std::string by_library(const std::string& text, int options)
{
  utf8proc_uint8_t* out = nullptr;
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &out,
                   static_cast<utf8proc_option_t>(options | UTF8PROC_STABLE));
  struct Free {
    void operator()(utf8proc_uint8_t* at) const noexcept { std::free(at); }
  };
  const std::unique_ptr<utf8proc_uint8_t, Free> owner{out};
  if (size < 0) return "(not valid)";
  return {reinterpret_cast<const char*>(out), static_cast<std::size_t>(size)};
}

std::string nfc_by_library(const std::string& text)
{
  return by_library(text, UTF8PROC_COMPOSE);
}

std::string fold_by_library(const std::string& text)
{
  return by_library(nfc_by_library(text), UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

std::string text_of(std::initializer_list<char32_t> code_points)
{
  std::string text;
  for (const char32_t code_point : code_points) append_utf8(text, code_point);
  return text;
}

template <class Visit>
void for_all_assigned(Visit visit)
{
  for (char32_t code_point = 0; code_point <= 0x10FFFF; ++code_point) {
    const bool is_surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
    if (!is_surrogate && category != UTF8PROC_CATEGORY_CN && category != UTF8PROC_CATEGORY_CO) {
      visit(code_point);
    }
  }
}

// Letters, marks and composed characters that have something to do with one another.
std::string random_text(std::mt19937_64& chance)
{
  static const std::vector<char32_t> some = {
      U'a',   U'E',   U'i',  U'I',   U'S',   U' ',   0xE9,    0xC5,    0x130,  0x131,   0xDF,
      0x1E9E, 0x300,  0x301, 0x308,  0x30A,  0x323,  0x327,   0x345,   0x3B1,  0x3A3,   0x3C2,
      0x1FB3, 0x1FBC, 0x390, 0x1FD3, 0x212B, 0x2126, 0x1100,  0x1161,  0x11A8, 0xAC00,  0x3099,
      0x30AB, 0x439,  0x418, 0x306,  0x1EA4, 0xFB01, 0x10400, 0x1D15E, 0x4E00, 0x1F600, 0xF900};
  std::string text;
  for (auto left = chance() % 10; left > 0; --left) append_utf8(text, some[chance() % some.size()]);
  return text;
}

} // namespace

TEST_CASE("what is in normal form C already is given back itself")
{
  for (const std::string_view text :
       {"", "Ada", "Ren\u00E9", "\u65E5\u672C\u8A9E", "Ti\u1EBFng Vi\u1EC7t", "\u0419\u043E\u0434",
        "e\u0323\u0309 is not e", "\u0E01\u0E33", "\xE9 is not valid"}) {
    CAPTURE(text);
    std::string scratch;
    if (nfc_by_library(std::string{text}) == text || find_invalid_utf8(text) != text.npos) {
      CHECK(to_nfc(text, scratch).data() == text.data());
      CHECK(scratch.empty());
    }
  }
}

TEST_CASE("marks join their letters")
{
  CHECK(nfc("e\u0301") == "\u00E9");
  CHECK(nfc("Rene\u0301 ") == "Ren\u00E9 ");
  CHECK(nfc("a\u0323\u0302") == "\u1EAD");
  CHECK(nfc("a\u0302\u0323") == "\u1EAD");
  CHECK(nfc("\u212B") == "\u00C5");             // Angstrom sign
  CHECK(nfc("\u1100\u1161\u11A8") == "\uAC01"); // Hangul
  CHECK(nfc("\u0958") == "\u0915\u093C");       // excluded from composition
}

TEST_CASE("the quick look at normal form C is right about every character and every composition")
{
  for_all_assigned([](char32_t code_point) {
    const std::string alone = text_of({code_point});
    const std::string after_letter = text_of({U'a', code_point});
    const std::string before_mark = text_of({code_point, 0x301});
    const std::string apart = by_library(alone, UTF8PROC_DECOMPOSE);
    for (const std::string& text : {alone, after_letter, before_mark, apart}) {
      if (nfc(text) != nfc_by_library(text)) FAIL("code point ", static_cast<unsigned>(code_point));
    }
  });
}

TEST_CASE("folding agrees with the library about every character")
{
  for_all_assigned([](char32_t code_point) {
    const std::string text = text_of({code_point});
    if (fold(text) != fold_by_library(text)) FAIL("code point ", static_cast<unsigned>(code_point));
  });
}

TEST_CASE("texts that differ by case alone compare the same")
{
  CHECK(fold("ADA Byron") == "ada byron");
  CHECK(fold("Stra\u00DFe") == "strasse");
  CHECK(fold("STRASSE") == "strasse");
  CHECK(fold("\u00C9COLE") == fold("e\u0301cole"));
  CHECK(fold("\u039F\u0394\u039F\u03A3") == fold("\u03BF\u03B4\u03BF\u03C2")); // final sigma
  CHECK(fold("\uFB01") == "fi");
  CHECK(is_same_without_case("Global", "GLOBAL"));
  CHECK(is_same_without_case("\u00C4rzte", "A\u0308RZTE"));
  CHECK_FALSE(is_same_without_case("Ada", "Adam"));
  CHECK_FALSE(is_same_without_case("I", "\u0131")); // the dotless i of Turkish is another letter
}

TEST_CASE("a fold that changes nothing gives back the text itself")
{
  for (const std::string_view text : {"", "ada@example.com", "+442071838750", "ren\u00E9"}) {
    std::string scratch;
    CHECK(fold_for_comparing(text, scratch).data() == text.data());
  }
}

TEST_CASE("what hangs on the order of marks is the same however they were typed")
{
  const std::string one = text_of({0x3B1, 0x345, 0x301});
  const std::string other = text_of({0x3B1, 0x301, 0x345});
  CHECK(nfc(one) == nfc(other));
  CHECK(fold(one) == fold(other));
}

TEST_CASE("normal form and fold are settled after one time, for random texts")
{
  std::mt19937_64 chance{2};
  for (int i = 0; i < 30'000; ++i) {
    const std::string text = random_text(chance);
    CAPTURE(text);
    const std::string composed = nfc(text);
    const std::string folded = fold(text);
    CHECK(composed == nfc_by_library(text));
    CHECK(folded == fold_by_library(text));
    CHECK(nfc(composed) == composed);
    CHECK(fold(folded) == folded);
    CHECK(fold(composed) == folded);
    CHECK(nfc(folded) == folded);
  }
}

TEST_CASE("a text that is not valid is left as it is")
{
  CHECK(nfc("e\u0301\xE9") == "e\u0301\xE9");
  CHECK(fold("\u00C9\xE9") == "\u00C9\xE9");
}

TEST_CASE("a scratch may be used again and again")
{
  std::string scratch = "left over";
  CHECK(to_nfc("e\u0301", scratch) == "\u00E9");
  CHECK(fold_for_comparing("ADA", scratch) == "ada");
  CHECK(fold_for_comparing("E\u0301", scratch) == "\u00E9");
  CHECK(fold_for_comparing("e\u0301", scratch) == "\u00E9"); // composed, then nothing to fold
}

TEST_CASE("a cell of nothing but marks in the wrong order costs little")
{
  std::string text = "a";
  for (int i = 0; i < 16'000; ++i) text += i % 2 == 0 ? "\u0301" : "\u0323";
  const auto begin = std::chrono::steady_clock::now();
  const std::string composed = nfc(text);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  CHECK(composed != text);
  CHECK(nfc(composed) == composed);
  CHECK(taken.count() < 1.0);
}

TEST_CASE("categories are those of Unicode")
{
  for_all_assigned([](char32_t code_point) {
    const std::string_view two_letters =
        utf8proc_category_string(static_cast<utf8proc_int32_t>(code_point));
    const bool is_right = is_letter(code_point) == two_letters.starts_with('L') &&
                          category_of(code_point) == categories_named(two_letters);
    if (!is_right) FAIL("code point ", static_cast<unsigned>(code_point));
  });
}

TEST_CASE("white space is what Unicode calls so, and nothing that only looks like it")
{
  int count = 0;
  for (char32_t code_point = 0; code_point <= 0x10FFFF; ++code_point) {
    count += is_white_space(code_point) ? 1 : 0;
  }
  CHECK(count == 25);
  for (const char32_t code_point : {0x09U, 0x0AU, 0x20U, 0x85U, 0xA0U, 0x2003U, 0x2028U, 0x3000U}) {
    CHECK(is_white_space(code_point));
  }
  for (const char32_t code_point : {0x1CU, 0x180EU, 0x200BU, 0x2060U, 0xFEFFU}) {
    CHECK_FALSE(is_white_space(code_point));
  }
}

TEST_CASE("the width of a text is what it takes in a terminal")
{
  CHECK(display_width("Ada") == 3);
  CHECK(display_width("Rene\u0301") == 4);
  CHECK(display_width("\u65E5\u672C") == 4);
  CHECK(display_width("") == 0);
}

TEST_CASE("categories are found by name, alone or all of one letter")
{
  CHECK(categories_named("Lu") == category_of(U'A'));
  CHECK(categories_named("Co") == category_of(U'\uE000'));
  CHECK(categories_named("Sc") == category_of(U'\u20AC'));
  CHECK((categories_named("L") & category_of(U'\u00E4')) != 0);
  CHECK((categories_named("L") & category_of(U'1')) == 0);
  for (const std::string_view none : {"", "l", "Q", "Lx", "Lul", "uL"}) {
    CHECK(categories_named(none) == 0);
  }
}
