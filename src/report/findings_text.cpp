// findings_text.cpp: says, shows and helps, in this order, and no more than anybody would read.
#include "report/findings_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <utility>

#include "base/code_page.hpp"
#include "base/message_template.hpp"
#include "report/code_words.hpp"
#include "report/column_letters.hpp"
#include "rollcall/numbers.hpp"

namespace rollcall::report {
namespace {

constexpr std::size_t buffer_bytes = 64 * 1024;
constexpr std::size_t examples_max = 3;
constexpr std::size_t example_characters_max = 30;
constexpr std::size_t kinds_max = 40;
constexpr std::size_t count_columns = 11;

// " D Email"; without its place where it is not in the file.
void append_column(TextBuffer& text, std::int32_t cell, std::string_view column)
{
  if (cell >= 0) text.append(" ").append(column_letters(static_cast<std::size_t>(cell)));
  append_shown(text.append(" "), column);
}

// As much of a text as fits on a line, at least a word; it is taken off.
std::string_view take_line(std::string_view& text, std::size_t columns)
{
  std::size_t end = text.size();
  if (end > columns) {
    end = text.rfind(' ', columns);
    if (end == std::string_view::npos) end = text.find(' ');
    if (end == std::string_view::npos) end = text.size();
  }
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

} // namespace

FindingsText::FindingsText(Sink& sink, const FindingsOptions& options)
    : FindingsWriter{options.memory},
      options_{options},
      out_{sink, buffer_bytes,
           options.memory != nullptr ? *options.memory : *std::pmr::new_delete_resource()},
      shown_{options.memory != nullptr ? options.memory : std::pmr::new_delete_resource()}
{
}

void FindingsText::begin(const FindingsOf& of, const csv::RowBatch& header)
{
  FindingsWriter::begin(of, header);
  options_.header = of.header.may_be_shown() ? header.raw(0) : std::string_view{};
  options_.dialect = header.dialect();
}

// Enough of a kind, or of all, and it is counted alone.
bool FindingsText::wants(const Seen& seen)
{
  const FindingKind& kind = kinds_.count(seen);
  if (examples_.size() <= kind.index) examples_.resize(kind.index + 1);
  if (examples_[kind.index].size() < examples_max) note_example(kind, seen);
  const bool is_wanted = kind.count <= options_.similar_max && shown_count_ != options_.shown_max;
  shown_count_ += is_wanted ? 1U : 0U;
  return is_wanted;
}

void FindingsText::note_example(const FindingKind& kind, const Seen& seen)
{
  const std::string_view fix = !seen.replace.empty() ? seen.replace : seen.guess;
  if (seen.value.empty() && fix.empty()) return;
  std::string example;
  append_shown(example, seen.value.empty() ? seen.column : seen.value, example_characters_max);
  if (!fix.empty()) append_shown(example.append(" -> "), fix, example_characters_max);
  auto& known = examples_[kind.index];
  if (std::find(known.begin(), known.end(), example) == known.end())
    known.push_back(std::move(example));
}

void FindingsText::put_seen(const Seen& seen, const SeenIn* in)
{
  put_title(seen.severity, seen.slug, seen.message);
  const std::uint64_t line = in != nullptr ? in->row.line : seen.line;
  const std::size_t gutter = std::to_string(line).size();
  const bool has_place = in != nullptr || seen.line != 0 || !place_of(options_).empty();
  if (has_place) put_place(seen, in != nullptr || seen.cell >= 0, gutter);
  const std::size_t room = options_.columns - std::min(options_.columns, gutter + 3);
  if (in != nullptr)
    put_excerpt(make_excerpt(in->batch, in->row, seen.cell, secrets(), room), line, seen.severity);
  else if (seen.line != 0 && seen.cell >= 0 && seen.row == 0)
    put_header_excerpt(seen);
  if (!seen.replace.empty()) {
    shown_.clear();
    append_shown(shown_, seen.replace);
    put_hint("write", shown_.view(), gutter);
  }
  if (!seen.guess.empty() && !seen.is_guess_told) {
    shown_.clear();
    append_shown(shown_, seen.guess);
    put_hint("perhaps", shown_.view(), gutter);
  }
  put_help(seen, gutter);
  put("\n");
}

// The header is read once more, so that its cells are where they were.
void FindingsText::put_header_excerpt(const Seen& seen)
{
  if (options_.header.empty()) return;
  MemorySource source{options_.header};
  csv::ReaderOptions how{.dialect = options_.dialect, .memory = options_.memory};
  how.dialect.encoding = csv::Encoding::utf_8; // it was decoded
  auto reader = csv::Reader::open(source, how);
  if (!reader.has_value()) return;
  const auto more = reader.assume_value().next();
  if (!more.has_value() || !more.assume_value()) return;
  const std::size_t gutter = std::to_string(seen.line).size();
  const std::size_t room = options_.columns - std::min(options_.columns, gutter + 3);
  put_excerpt(make_excerpt(reader.assume_value().batch(), 0, seen.cell, SecretCells{}, room),
              seen.line, seen.severity);
}

void FindingsText::put_title(Severity severity, std::string_view code, std::string_view message)
{
  std::string word{word_of(severity)};
  word.append("[").append(code).append("]");
  put_in(static_cast<Ink>(severity), word);
  std::string rest{": "};
  put_in(Ink::strong, rest.append(message));
  put("\n");
}

//   --> users.csv:14, column D Email
void FindingsText::put_place(const Seen& seen, bool names_column, std::size_t gutter)
{
  put_in(Ink::frame, std::string(gutter, ' ') + "-->");
  put(" ");
  shown_.clear();
  const std::string& file = place_of(options_);
  append_shown_path(shown_, file);
  if (seen.line != 0) {
    shown_.append(file.empty() ? "line " : ":");
    shown_.append_number(seen.line);
  }
  if (names_column && !seen.column.empty())
    append_column(shown_.append(", column"), seen.cell, seen.column);
  put(shown_.view());
  put("\n");
}

void FindingsText::put_frame(std::string_view text, std::size_t gutter)
{
  std::string frame(gutter + 1, ' ');
  put_in(Ink::frame, frame.append(text));
}

void FindingsText::put_excerpt(const Excerpt& excerpt, std::uint64_t line, Severity severity)
{
  const std::string number = std::to_string(line);
  put_frame("|", number.size());
  put("\n");
  put_in(Ink::frame, number + " |");
  put(" ");
  put(excerpt.text);
  put("\n");
  if (excerpt.width == 0) return;
  put_frame("|", number.size());
  put(std::string(excerpt.begin + 1, ' '));
  put_in(static_cast<Ink>(severity), std::string(excerpt.width, '^'));
  put("\n");
}

// What to do, in as many lines as it needs.
void FindingsText::put_hint(std::string_view name, std::string_view text, std::size_t gutter)
{
  std::string lead = " ";
  lead.append(name).append(": ");
  const std::size_t indent = gutter + 2 + lead.size();
  const std::size_t room = std::max<std::size_t>(options_.columns, indent + 20) - indent;
  put_frame("=", gutter);
  put_in(Ink::strong, lead);
  for (bool is_first = true; is_first || !text.empty(); is_first = false) {
    if (!is_first) put(std::string(indent, ' '));
    put(take_line(text, room));
    put("\n");
  }
}

void FindingsText::put_help(const Seen& seen, std::size_t gutter)
{
  const CodeWords words = words_of(seen.code, seen.slug, options_.schema);
  if (words.mend.empty() || helped_.contains(seen.slug)) return;
  helped_.emplace(seen.slug);
  if (!words.means.empty()) put_hint("why", words.means, gutter);
  put_hint("help", words.mend, gutter);
}

void FindingsText::put_in(Ink ink, std::string_view text)
{
  constexpr std::array<std::string_view, 5> inks = {"\x1B[1;31m", "\x1B[1;33m", "\x1B[1;36m",
                                                    "\x1B[1m", "\x1B[1;34m"};
  if (options_.colour) put(inks[static_cast<std::size_t>(ink)]);
  put(text);
  if (options_.colour) put("\x1B[0m");
}

Result<void> FindingsText::finish()
{
  std::uint64_t all = 0;
  for (const FindingKind& kind : kinds_.all()) all += kind.count;
  if (all != shown_count_) put_kinds();
  return while_doing(out_.finish(), "writing findings");
}

// All that there were, those that were shown too: what mends many at once comes first.
void FindingsText::put_kinds()
{
  std::vector<const FindingKind*> kinds;
  for (const FindingKind& kind : kinds_.all()) kinds.push_back(&kind);
  std::stable_sort(kinds.begin(), kinds.end(), [](const FindingKind* a, const FindingKind* b) {
    return std::tuple{a->by, b->count} < std::tuple{b->by, a->count};
  });
  constexpr std::array<std::string_view, 3> titles = {
      "rollcall fix mends", "rollcall fix --unsafe-fixes guesses", "by hand"};
  std::size_t listed = 0;
  std::uint64_t others = 0;
  std::optional<MendedBy> current;
  for (const FindingKind* kind : kinds) {
    if (listed == kinds_max) {
      others += kind->count;
      continue;
    }
    if (current != kind->by) {
      put_in(Ink::strong, titles[static_cast<std::size_t>(kind->by)]);
      put("\n");
    }
    current = kind->by;
    put_kind(*kind);
    ++listed;
  }
  if (others != 0) {
    shown_.clear();
    shown_.append("and ").append(grouped(others)).append(" findings of ");
    put(shown_.append(grouped(kinds.size() - listed)).append(" other kinds\n").view());
  }
  put("\n");
}

//       1,239  value.choice in F Type: Locaton -> Location, ...
void FindingsText::put_kind(const FindingKind& kind)
{
  const std::string number = grouped(kind.count);
  shown_.clear();
  shown_.append(std::string(count_columns - std::min(count_columns, number.size()), ' '));
  shown_.append(number).append("  ").append(kind.slug);
  if (!kind.column.empty()) append_column(shown_.append(" in"), kind.cell, kind.column);
  const auto& examples = examples_[kind.index];
  for (const std::string& example : examples)
    shown_.append(&example == &examples.front() ? ": " : ", ").append(example);
  if (examples.size() == examples_max && kind.count > examples_max) shown_.append(", ...");
  put(shown_.append("\n").view());
}

} // namespace rollcall::report
