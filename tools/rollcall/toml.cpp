// One walk over the text, a line at a time but for arrays. The first fault ends it.
#include "toml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace rollcall::tools {
namespace {

constexpr std::string_view expected_value =
    "expected a text in quotes, a whole number, true, false or an array of texts";

bool is_digit(char sign) noexcept
{
  return sign >= '0' && sign <= '9';
}

bool is_bare(char sign) noexcept
{
  return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || is_digit(sign) ||
         sign == '_' || sign == '-';
}

// Of a text, and of a comment, nothing but a tab.
bool is_control(char sign) noexcept
{
  return (static_cast<unsigned char>(sign) < 0x20 && sign != '\t') || sign == 0x7F;
}

class TomlReader {
 public:
  explicit TomlReader(std::string_view text) noexcept : text_{text} {}

  Result<Toml> read()
  {
    for (;;) {
      ROLLCALL_CHECK(skip_to_content());
      if (is_at_end()) return std::move(made_);
      if (here() == '[')
        ROLLCALL_CHECK(read_table());
      else
        ROLLCALL_CHECK(read_entry());
      ROLLCALL_CHECK(end_line());
    }
  }

 private:
  [[nodiscard]] bool is_at_end() const noexcept { return at_ == text_.size(); }
  [[nodiscard]] char here() const noexcept { return is_at_end() ? '\0' : text_[at_]; }
  [[nodiscard]] bool begins(std::string_view with) const noexcept
  {
    return text_.substr(at_).starts_with(with);
  }

  [[nodiscard]] Error fault_at(std::size_t at, std::string_view what) const
  {
    const std::string_view before = text_.substr(0, at);
    const std::size_t begin = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
    return Error{
        ErrorCode::wrong_use,
        fmt::format("{}:{}: {}", 1 + std::ranges::count(before, '\n'), at - begin + 1, what)};
  }
  [[nodiscard]] Error fault(std::string_view what) const { return fault_at(at_, what); }
  [[nodiscard]] std::size_t line() const
  {
    return 1 + static_cast<std::size_t>(std::ranges::count(text_.substr(0, at_), '\n'));
  }

  void skip_blanks() noexcept
  {
    while (here() == ' ' || here() == '\t') ++at_;
  }

  [[nodiscard]] bool is_line_end() const noexcept { return here() == '\n' || begins("\r\n"); }
  void skip_line_end() noexcept { at_ += here() == '\n' ? 1U : 2U; }

  Result<void> skip_comment()
  {
    if (here() != '#') return success();
    for (; !is_at_end() && !is_line_end(); ++at_)
      if (is_control(here())) return fault("a control character cannot stand here");
    return success();
  }

  // Over blank lines and comments.
  Result<void> skip_to_content()
  {
    for (;;) {
      skip_blanks();
      ROLLCALL_CHECK(skip_comment());
      if (is_at_end() || !is_line_end()) return success();
      skip_line_end();
    }
  }

  Result<void> end_line()
  {
    skip_blanks();
    ROLLCALL_CHECK(skip_comment());
    if (is_at_end() || is_line_end()) return success();
    return fault("expected the end of the line");
  }

  Result<std::string> read_key(std::string_view what)
  {
    skip_blanks();
    std::string key;
    if (here() == '"' || here() == '\'') {
      ROLLCALL_TRY(key, read_text());
    } else {
      while (is_bare(here())) key += text_[at_++];
    }
    if (key.empty()) return fault(fmt::format("expected the name of a {}", what));
    skip_blanks();
    if (here() == '.') return fault("a table within a table is not needed here");
    return key;
  }

  Result<void> read_table()
  {
    const std::size_t begin = at_++;
    const std::size_t begin_line = line();
    if (here() == '[') return fault("an array of tables is not needed here");
    ROLLCALL_TRY(table_, read_key("table"));
    if (here() != ']') return fault("expected ]");
    ++at_;
    if (std::ranges::find(made_.tables, table_, &TomlTable::name) != made_.tables.end())
      return fault_at(begin, fmt::format("the table [{}] is there twice", table_));
    made_.tables.push_back({table_, begin_line});
    return success();
  }

  Result<void> read_entry()
  {
    const std::size_t begin = at_;
    TomlEntry entry{.table = table_, .key = {}, .value = {}, .line = line()};
    ROLLCALL_TRY(entry.key, read_key("setting"));
    if (here() != '=') return fault("expected =");
    ++at_;
    skip_blanks();
    ROLLCALL_TRY(entry.value, read_value());
    for (const TomlEntry& other : made_.entries)
      if (other.table == entry.table && other.key == entry.key)
        return fault_at(begin, fmt::format("{} is there twice", entry.key));
    made_.entries.push_back(std::move(entry));
    return success();
  }

  Result<TomlValue> read_value()
  {
    using enum TomlValue::Is;
    if (here() == '[') return read_list();
    if (here() == '"' || here() == '\'') {
      ROLLCALL_TRY(std::string word, read_text());
      return TomlValue{text, {std::move(word)}};
    }
    const std::size_t begin = at_;
    std::string word;
    while (is_bare(here()) || here() == '+' || here() == '.' || here() == ':') word += text_[at_++];
    if (word == "true" || word == "false") return TomlValue{truth, {word}};
    if (auto number_text = digits_of(word)) return TomlValue{number, {std::move(*number_text)}};
    return fault_at(begin, expected_value);
  }

  // "1_000" is 1000, and "-3" is no amount of anything.
  static std::optional<std::string> digits_of(std::string_view word)
  {
    if (word.starts_with('+')) word.remove_prefix(1);
    if (word.empty() || (word.size() > 1 && word.front() == '0')) return {};
    std::string digits;
    for (std::size_t i = 0; i != word.size(); ++i) {
      if (is_digit(word[i])) {
        digits += word[i];
      } else if (word[i] != '_' || i == 0 || i + 1 == word.size() || word[i - 1] == '_') {
        return {};
      }
    }
    return digits;
  }

  Result<TomlValue> read_list()
  {
    TomlValue list{.is = TomlValue::Is::list, .words = {}};
    ++at_;
    for (;;) {
      ROLLCALL_CHECK(skip_to_content());
      if (here() == ']') break;
      if (here() != '"' && here() != '\'') return fault("expected a text in quotes, or ]");
      ROLLCALL_TRY(std::string word, read_text());
      list.words.push_back(std::move(word));
      ROLLCALL_CHECK(skip_to_content());
      if (here() == ']') break;
      if (here() != ',') return fault("expected , or ]");
      ++at_;
    }
    ++at_;
    return list;
  }

  Result<std::string> read_text()
  {
    const std::size_t begin = at_;
    const char quote = text_[at_++];
    if (begins(std::string(2, quote)))
      return fault_at(begin, "a text of several lines is not needed here");
    std::string text;
    for (;;) {
      if (is_at_end() || is_line_end()) return fault_at(begin, "this quote is never closed");
      if (is_control(here())) return fault("a control character is written as an escape: \\u0007");
      const char sign = text_[at_++];
      if (sign == quote) return text;
      if (sign != '\\' || quote == '\'') {
        text += sign;
      } else {
        ROLLCALL_CHECK(read_escape(text));
      }
    }
  }

  Result<void> read_escape(std::string& text)
  {
    constexpr std::string_view signs = "btnfr\"\\";
    constexpr std::string_view meant = "\b\t\n\f\r\"\\";
    const std::size_t begin = at_ - 1;
    const char sign = is_at_end() ? '\0' : text_[at_++];
    if (const std::size_t known = signs.find(sign); known != signs.npos) {
      text += meant[known];
      return success();
    }
    if (sign != 'u' && sign != 'U') return fault_at(begin, "there is no such escape");
    std::uint32_t point = 0;
    for (std::size_t i = 0, digits = sign == 'u' ? 4 : 8; i != digits; ++i) {
      constexpr std::string_view hex = "0123456789abcdef";
      const std::size_t value =
          is_at_end() ? hex.npos
                      : hex.find(static_cast<char>(is_digit(here()) ? here() : here() | 0x20));
      if (value == hex.npos) return fault_at(begin, "an escape has 4 or 8 hexadecimal digits");
      point = point << 4U | static_cast<std::uint32_t>(value);
      ++at_;
    }
    if (point == 0 || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000))
      return fault_at(begin, "there is no such character");
    // A path of code points is kept as UTF-8, whatever the locale.
    text += std::filesystem::path{std::u32string(1, char32_t{point})}.native();
    return success();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string table_;
  Toml made_;
};

} // namespace

Result<Toml> read_toml(std::string_view text)
{
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF"; // of editors under Windows
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  return TomlReader{text}.read();
}

} // namespace rollcall::tools
