// Every type against a second reader that is slow and plain, regular expressions mostly, over cells
// that are nearly good: good ones of which a few characters were changed.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <regex>

#include "base/utf8.hpp"
#include "check/outcome_of.hpp"

using namespace rollcall;
using rollcall::tests::outcome_of;

namespace {

// The same numbers on every machine.
class Dice {
 public:
  std::size_t below(std::size_t bound)
  {
    state_ = state_ * 6'364'136'223'846'793'005 + 1'442'695'040'888'963'407;
    return static_cast<std::size_t>(state_ >> 33U) % bound;
  }

 private:
  std::uint64_t state_ = 2024;
};

std::string changed(std::string cell, std::string_view characters, Dice& dice)
{
  for (std::size_t changes = dice.below(4); changes != 0; --changes) {
    const std::size_t at = dice.below(cell.size() + 1);
    const char c = characters[dice.below(characters.size())];
    const std::size_t how = dice.below(4);
    if (how == 0 || at == cell.size()) {
      cell.insert(at, 1, c);
    } else if (how == 1) {
      cell.erase(at, 1);
    } else if (how == 2) {
      cell[at] = c;
    } else {
      std::swap(cell[at], cell[dice.below(cell.size())]);
    }
  }
  return cell;
}

using Reference = std::function<std::string(const std::string&)>;

template <class Ready>
void compare(const Ready& type, const std::vector<std::string>& cells, std::string_view characters,
             const Reference& reference, int rounds = 4'000)
{
  Dice dice;
  for (int round = 0; round != rounds; ++round) {
    const std::string cell = changed(cells[dice.below(cells.size())], characters, dice);
    if (find_invalid_utf8(cell) != std::string_view::npos) continue;
    CAPTURE(cell);
    check::Scratch scratch;
    const std::string text{check::cell_text(cell, {}, scratch)};
    CHECK(outcome_of(type, cell) == (text.empty() ? "<blank>" : reference(text)));
  }
}

bool matches(const std::string& text, const std::regex& pattern)
{
  return std::regex_match(text, pattern);
}

bool is_damage(const std::string& text)
{
  static const std::regex pattern{
      R"(\d+([.,]\d+)?E\+\d+|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{1,2}-\d{1,2}|)"
      R"(\d{1,2}-(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
      std::regex::icase};
  return matches(text, pattern);
}

std::string without(std::string text, std::string_view characters)
{
  std::erase_if(text, [&](char c) { return characters.find(c) != std::string_view::npos; });
  return text;
}

std::string lower(std::string text)
{
  for (char& c : text) c = check::to_lower(c);
  return text;
}

std::string of_size(const std::string& text, std::size_t size, std::size_t min, std::size_t max)
{
  if (size < min) return "<value.too_short>";
  return size > max ? "<value.too_long>" : text;
}

const std::vector<std::string> damaged = {"4.42E+11", "12/05/2024", "2024-05-12", "12-May"};

std::vector<std::string> with_damaged(std::vector<std::string> cells)
{
  cells.insert(cells.end(), damaged.begin(), damaged.end());
  return cells;
}

} // namespace

TEST_CASE("digits read as their pattern says")
{
  const check::ReadyDigits type = {.min = 3, .max = 18, .plus = schema::Plus::optional};
  compare(type, with_damaged({"1234", "+123", "123456789012345678"}), "0123456789+-. E/",
          [](auto& text) {
            static const std::regex pattern{R"(\+?\d+)"};
            if (is_damage(text)) return std::string{"<value.spreadsheet_damage>"};
            if (!matches(text, pattern)) return std::string{"<value.digits>"};
            return of_size(text, without(text, "+").size(), 3, 18);
          });
}

TEST_CASE("integers read as their pattern says")
{
  const check::ReadyInteger type = {.min = -50, .max = 123'456'789};
  compare(type, {"0", "-7", "0042", "123456789", "12345678", "99999999999999999999", "-00"},
          "0123456789-+ ", [](auto& text) {
            static const std::regex pattern{R"((-?)0*(\d+))"};
            static const std::regex zeros{"^(-?)0*(?=\\d)"};
            if (!matches(text, pattern)) return std::string{"<value.integer>"};
            std::string plain = std::regex_replace(text, zeros, "$1");
            if (plain == "-0") plain = "0";
            const bool is_inside =
                plain.size() < 12 && std::stoll(plain) >= -50 && std::stoll(plain) <= 123'456'789;
            return is_inside ? plain : "<value.range>";
          });
}

TEST_CASE("ids read as their pattern says")
{
  compare(check::ReadyId{}, with_damaged({"17", "a.b_c-D9", "2024-x", std::string(63, 'i')}),
          "09azAZ._-/@[`{ ", [](auto& text) {
            static const std::regex pattern{R"([A-Za-z0-9._-]{1,64})"};
            if (is_damage(text)) return std::string{"<value.spreadsheet_damage>"};
            return matches(text, pattern) ? text : "<value.id>";
          });
}

TEST_CASE("extensions and their ranges read as their pattern says")
{
  const check::ReadyExtension type = {.min = 2, .max = 8, .range_max = 100};
  compare(type, with_damaged({"201", "007-012", "200-299", "12345678", "10-99", "200-200"}),
          "0123456789-- ", [](auto& text) {
            static const std::regex pattern{R"((\d+)(?:-(\d+))?)"};
            std::smatch found;
            if (is_damage(text)) return std::string{"<value.spreadsheet_damage>"};
            if (!std::regex_match(text, found, pattern)) return std::string{"<value.extension>"};
            for (const std::string& side : {found.str(1), found.str(2)}) {
              const std::string measured = of_size(side, side.size(), 2, 8);
              if (measured != side && !(side.empty() && !found[2].matched)) return measured;
            }
            if (!found[2].matched) return text;
            const long long count = std::stoll(found.str(2)) - std::stoll(found.str(1)) + 1;
            const bool is_range =
                found[1].length() == found[2].length() && count > 0 && count <= 100;
            return is_range ? "range " + text : "<extension.range>";
          });
}

TEST_CASE("phone numbers read as their pattern says")
{
  for (const bool ext : {false, true}) {
    for (const bool restores : {false, true}) {
      const check::ReadyPhone type = {.ext = ext, .restores_plus = restores};
      compare(
          type,
          with_damaged({"+442071838750", "+44 (20) 7183-8750", "442071838750",
                        "+442071838750;ext=17", "+123456789012345", "+12345678"}),
          "0123456789+ .-();extEXT=",
          [&](auto& text) {
            static const std::regex pattern{R"((.*?)(;ext=\d{1,8})?)", std::regex::icase};
            static const std::regex number{R"((\+?)([1-9]\d{7,14}))"};
            std::smatch whole;
            std::smatch parts;
            if (is_damage(text)) return std::string{"<value.spreadsheet_damage>"};
            std::regex_match(text, whole, pattern);
            const std::string plain = without(whole.str(1), " .-()");
            if ((whole[2].matched && !ext) || !std::regex_match(plain, parts, number))
              return std::string{"<value.phone>"};
            const std::string made = "+" + parts.str(2) + lower(whole.str(2));
            if (parts.length(1) != 0) return made;
            return restores ? "bare " + made : "<value.phone>";
          },
          1'500);
    }
  }
}

TEST_CASE("email addresses read as their pattern says")
{
  const std::string label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  const std::string sign = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  const std::regex pattern{sign + "(?:\\." + sign + ")*@(?:" + label + "\\.)+" + label};
  compare(check::ReadyEmail{},
          {"ada@example.com", "a.b-c_d+e@x-y.example.org", "a@b.c", "1@2.3a", "a@b.12",
           std::string(64, 'l') + "@b.de", "a@" + std::string(63, 'd') + ".de"},
          "ab19.-_+@@'! ,", [&](auto& text) {
            const bool is_good = matches(text, pattern) && text.find('@') <= 64 &&
                                 text.size() <= 254 &&
                                 text.substr(text.rfind('.')).find_first_not_of("0123456789", 1) !=
                                     std::string::npos;
            return is_good ? text : "<value.email>";
          });
}

TEST_CASE("MAC addresses read as their pattern says")
{
  compare(check::ReadyMac{},
          {"a0:b1:c2:d3:e4:f5", "A0-B1-C2-D3-E4-F5", "a0b1.c2d3.e4f5", "A0B1C2D3E4F5",
           "00:00:00:00:00:00", "fe:ff:ff:ff:ff:ff"},
          "0123456789abcdefABCDEFgG:-. ", [](auto& text) {
            static const std::regex pattern{R"((?:[0-9a-f][:.-]?){11}[0-9a-f])", std::regex::icase};
            const std::string digits = lower(without(text, ":.-"));
            const bool is_group =
                digits.size() > 1 && std::string{"13579bdf"}.find(digits[1]) != std::string::npos;
            if (!matches(text, pattern) || is_group || digits == std::string(12, '0'))
              return std::string{"<value.mac>"};
            return std::regex_replace(digits, std::regex{"(..)(?=.)"}, "$1:");
          });
}

namespace {

// The eight groups of an IPv6 address, written out in full, or nothing.
std::optional<std::string> written_out(std::string text)
{
  static const std::regex ipv4{R"((.*:)(\d+)\.(\d+)\.(\d+)\.(\d+))"};
  static const std::regex part{R"(0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])"};
  static const std::regex list{R"(([0-9a-f]{1,4}(:[0-9a-f]{1,4})*)?)"};
  std::smatch found;
  text = lower(text);
  if (std::regex_match(text, found, ipv4)) {
    std::string groups = found.str(1);
    for (std::size_t i = 2; i != 6; ++i) {
      if (!matches(found.str(i), part)) return {};
      const int value = std::stoi(found.str(i));
      groups += "0123456789abcdef"[value / 16];
      groups += "0123456789abcdef"[value % 16];
      if (i == 3) groups += ':';
    }
    text = groups;
  }
  const auto count = [](const std::string& groups) {
    return groups.empty() ? 0 : std::count(groups.begin(), groups.end(), ':') + 1;
  };
  const std::size_t gap = text.find("::");
  if (gap != std::string::npos) {
    const std::string before = text.substr(0, gap);
    const std::string after = text.substr(gap + 2);
    if (!matches(before, list) || !matches(after, list)) return {};
    const auto missing = 8 - count(before) - count(after);
    if (missing < 1) return {};
    text = before;
    for (auto i = missing; i != 0; --i) text += text.empty() ? "0" : ":0";
    if (!after.empty()) text += ":" + after;
  }
  if (!matches(text, list) || count(text) != 8) return {};
  std::string out;
  for (const char c : text + ":") {
    while (c == ':' && out.size() % 5 != 4) out.insert(out.size() / 5 * 5, 1, '0');
    out += c;
  }
  return out;
}

} // namespace

TEST_CASE("IPv4 addresses read as their pattern says")
{
  static const std::regex pattern{
      R"(((0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])\.){3}(0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5]))"};
  compare(check::ReadyIp{}, {"10.0.0.1", "255.255.255.255", "1.22.133.244", "0.0.0.0"},
          "0123456789..", [](auto& text) { return matches(text, pattern) ? text : "<value.ip>"; });
}

TEST_CASE("IPv6 addresses are equal as addresses and as texts alike")
{
  compare(
      check::ReadyIp{},
      {"::", "::1", "2001:db8::a", "1:2:3:4:5:6:7:8", "0:0:3:4:5:0:0:0", "::ffff:10.0.0.1",
       "1::4:5:0:0:8", "2001:0DB8:0:0:0:0:0:1"},
      "01aF::::2.",
      [](auto& text) {
        const auto out = written_out(text);
        if (!out || text.find(':') == std::string::npos) return std::string{"<value.ip>"};
        check::Scratch scratch;
        const std::string made{read_value(check::ReadyIp{}, text, scratch).text()};
        CHECK(written_out(made) == out);
        CHECK(made == lower(made));
        return made;
      },
      1'500);
}

TEST_CASE("texts read as characters and length say")
{
  const check::ReadyText type = {.min = 2, .max = 20};
  compare(type,
          {"Ada", "J\xC3\xBCrgen", "\"a \"\"b\"\" c\"", "'=1+1", "Ze\xCC\x81", "x",
           "\xC2\xA0y\xC2\xA0", "\xE6\x9D\x8E\xE5\xB0\x8F\xE6\x98\x8E"},
          "ab '=\"", [](auto& text) { return of_size(text, count_code_points(text), 2, 20); });
}
