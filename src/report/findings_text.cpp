// findings_text.cpp: says, shows and helps, in this order, and no more than anybody would read.
#include "report/findings_text.hpp"

#include <algorithm>
#include <array>

#include "base/message_template.hpp"
#include "report/numbers.hpp"

namespace rollcall::report {
namespace {

constexpr std::size_t buffer_bytes = 64 * 1024;

constexpr std::string_view word_of(Severity severity) noexcept
{
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::info:
      break;
  }
  return "note";
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

// What is the same for all of a kind, in one number.
std::uint64_t number_of(const check::Found& found) noexcept
{
  const bool has_column = found.column != check::no_column;
  return std::uint64_t{static_cast<std::uint16_t>(found.code)} << 48U |
         std::uint64_t{found.rule} << 32U |
         (has_column ? found.column
                     : std::uint64_t{1} << 31U | static_cast<std::uint32_t>(found.cell + 1));
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
  secrets_ = SecretCells{of.schema, of.header};
  options_.header = header.raw(0);
  options_.dialect = header.dialect();
}

FindingsText::Kind& FindingsText::kind_of(const Seen& seen)
{
  Kind** by_number = nullptr;
  if (seen.found != nullptr) {
    by_number = &kind_of_found_[number_of(*seen.found)];
    if (*by_number != nullptr) return **by_number;
  }
  auto known = kind_of_.find({seen.slug, seen.column});
  if (known == kind_of_.end()) {
    Kind& kind = kinds_.emplace_back(
        Kind{.code = std::string{seen.slug}, .column = std::string{seen.column}});
    known =
        kind_of_
            .emplace(std::pair{std::string_view{kind.code}, std::string_view{kind.column}}, &kind)
            .first;
  }
  if (by_number != nullptr) *by_number = known->second;
  return *known->second;
}

// Enough of a kind, and it is counted alone.
bool FindingsText::wants(const Seen& seen)
{
  return ++kind_of(seen).count <= options_.similar_max;
}

void FindingsText::put_seen(const Seen& seen, const SeenIn* in)
{
  put_title(seen.severity, seen.slug, seen.message);
  const std::uint64_t line = in != nullptr ? in->row.line : seen.line;
  const std::size_t gutter = std::to_string(line).size();
  const bool has_place = in != nullptr || seen.line != 0 || !options_.file.empty();
  if (has_place) put_place(seen.line, in != nullptr ? seen.column : std::string_view{}, gutter);
  const std::size_t room = options_.columns - std::min(options_.columns, gutter + 3);
  if (in != nullptr)
    put_excerpt(make_excerpt(in->batch, in->row.row, seen.cell, secrets_, room), line,
                seen.severity);
  else if (seen.line != 0 && seen.cell >= 0 && seen.row == 0)
    put_header_excerpt(seen);
  if (!seen.replace.empty()) {
    shown_.clear();
    append_shown(shown_, seen.replace);
    put_hint("write", shown_.view(), gutter);
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

//   --> users.csv:14, column Email
void FindingsText::put_place(std::uint64_t line, std::string_view column, std::size_t gutter)
{
  put_in(Ink::frame, std::string(gutter, ' ') + "-->");
  put(" ");
  shown_.clear();
  append_shown(shown_, options_.file);
  if (line != 0) {
    shown_.append(options_.file.empty() ? "line " : ":");
    shown_.append_number(line);
  }
  if (!column.empty()) {
    shown_.append(", column ");
    append_shown(shown_, column);
  }
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
  std::string_view help = mend(seen.code);
  if (seen.code == Code::rule && options_.schema != nullptr)
    if (const auto* const page = schema::page_of(*options_.schema, seen.slug)) help = page->mend;
  if (help.empty() || helped_.contains(seen.slug)) return;
  helped_.emplace(seen.slug);
  put_hint("help", help, gutter);
}

void FindingsText::put_in(Ink ink, std::string_view text)
{
  constexpr std::array<std::string_view, 5> inks = {"\x1B[1;31m", "\x1B[1;33m", "\x1B[1;36m",
                                                    "\x1B[1m", "\x1B[1;34m"};
  if (options_.colour) put(inks[static_cast<std::size_t>(ink)]);
  put(text);
  if (options_.colour) put("\x1B[0m");
}

// What was not shown, in the order in which the first of each appeared.
Result<void> FindingsText::finish()
{
  for (const Kind& kind : kinds_) {
    if (kind.count <= options_.similar_max) continue;
    shown_.clear();
    shown_.append("... and ").append(grouped(kind.count - options_.similar_max)).append(" more ");
    shown_.append(kind.code);
    if (!kind.column.empty()) {
      shown_.append(" in ");
      append_shown(shown_, kind.column);
    }
    put(shown_.append("\n").view());
  }
  return while_doing(out_.finish(), "writing findings");
}

} // namespace rollcall::report
