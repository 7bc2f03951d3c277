// The closed list of finding codes as tables, and the page that explains one.
#include "rollcall/code.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/code_page.hpp"
#include "rollcall/fixes.hpp"

namespace rollcall {

namespace {

struct CodePage {
  Code code = Code::rule;
  Severity severity = Severity::error;
  std::string_view slug;
  std::string_view message;
  std::string_view meaning;
  std::string_view bad;
  std::string_view good;
  std::string_view mend;
};

constexpr std::array code_pages = {
#define ROLLCALL_CODE(number, name, slug, severity, message, meaning, bad, good, mend) \
  CodePage{Code::name, Severity::severity, slug, message, meaning, bad, good, mend},
#include "rollcall/codes.def"
#undef ROLLCALL_CODE
};

constexpr std::array codes = {
#define ROLLCALL_CODE(number, name, slug, severity, message, meaning, bad, good, mend) Code::name,
#include "rollcall/codes.def"
#undef ROLLCALL_CODE
};

constexpr bool is_before(const CodePage& left, const CodePage& right) noexcept
{
  return left.code < right.code;
}

static_assert(std::is_sorted(code_pages.begin(), code_pages.end(), is_before),
              "codes.def stands in the order of the numbers");

constexpr CodePage nothing = {};

constexpr std::size_t numbers_end = static_cast<std::size_t>(code_pages.back().code) + 1;
constexpr std::uint8_t no_page = 0xFF;
static_assert(code_pages.size() < no_page);

// The page of each number: it is asked for every finding.
constexpr std::array<std::uint8_t, numbers_end> page_numbers = [] {
  std::array<std::uint8_t, numbers_end> made = {};
  made.fill(no_page);
  for (std::size_t i = 0; i != code_pages.size(); ++i)
    made[static_cast<std::size_t>(code_pages[i].code)] = static_cast<std::uint8_t>(i);
  return made;
}();

const CodePage& page_of(Code code) noexcept
{
  const auto number = static_cast<std::size_t>(code);
  if (number >= numbers_end || page_numbers[number] == no_page) return nothing;
  return code_pages[page_numbers[number]];
}

} // namespace

void append_part(std::string& page, std::string_view title, std::string_view text)
{
  page.append("\n").append(title).append("\n");
  if (text.empty()) {
    text = "(a blank cell)";
  }
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    page.append("  ").append(text.substr(0, end)).append("\n");
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::span<const Code> all_codes() noexcept
{
  return codes;
}

std::string_view slug(Code code) noexcept
{
  return page_of(code).slug;
}

std::optional<Code> code_of(std::string_view slug) noexcept
{
  const auto page =
      std::find_if(code_pages.begin(), code_pages.end(),
                   [slug](const CodePage& each) noexcept { return each.slug == slug; });
  return page == code_pages.end() ? std::nullopt : std::optional{page->code};
}

Severity severity(Code code) noexcept
{
  return page_of(code).severity;
}

std::string_view slug(Severity severity) noexcept
{
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::info:
      return "info";
  }
  return {};
}

Scope scope(Code code) noexcept
{
  return static_cast<Scope>(static_cast<std::uint16_t>(code) / 1000);
}

std::string_view message_template(Code code) noexcept
{
  return page_of(code).message;
}

std::string_view meaning(Code code) noexcept
{
  return page_of(code).meaning;
}

std::string_view mend(Code code) noexcept
{
  return page_of(code).mend;
}

std::string explain(Code code)
{
  const CodePage& page = page_of(code);
  if (page.slug.empty()) {
    return {};
  }
  std::string text{page.slug};
  text.append(" (").append(slug(page.severity)).append(", ");
  text.append(std::to_string(static_cast<unsigned>(code))).append(")\n");
  append_part(text, "What is said", page.message);
  append_part(text, "What it means", page.meaning);
  append_part(text, "Why it matters", consequence(code));
  append_part(text, "Bad", page.bad);
  append_part(text, "Good", page.good);
  append_part(text, "How to mend it", page.mend);
  const Fixes fixes = fixes_of(code);
  std::string by;
  if (fixes.certain) by = "rollcall fix mends what is certain, in a copy of the file.";
  if (fixes.guess)
    by.append(by.empty() ? "" : "\n").append("rollcall fix --unsafe-fixes makes a guess.");
  if (!by.empty()) append_part(text, "What mends it", by);
  return text;
}

} // namespace rollcall
