// fix_preview.cpp: shows a row twice, counts what is alike, and sums up.
#include "report/fix_preview.hpp"

#include <algorithm>
#include <array>

#include "base/message_template.hpp"
#include "report/column_letters.hpp"
#include "report/excerpt.hpp"
#include "report/summary_words.hpp"
#include "rollcall/numbers.hpp"

namespace rollcall {
namespace report {
namespace {

constexpr std::size_t buffer_bytes = 64 * 1024;
constexpr std::uint64_t shown_max = 3; // rows of a code and column
constexpr std::size_t value_characters_max = 40;

std::string shown(std::string_view text)
{
  std::string made;
  append_shown(made, text, value_characters_max);
  return made;
}

std::string step_of(const CellFix& step)
{
  return shown(step.before).append(" -> ").append(shown(step.after));
}

} // namespace

FixPreview::FixPreview(Sink& sink, const FixOptions& options, std::pmr::memory_resource& memory)
    : options_{options}, out_{sink, buffer_bytes, memory}, memory_{&memory}
{
}

void FixPreview::begin(const schema::CompiledSchema& schema, const check::Header& header)
{
  secrets_ = SecretCells{schema, header};
  shows_header_ = header.may_be_shown();
  names_ = header.names;
}

// Every step is counted, whether it is shown or not.
bool FixPreview::is_to_be_shown(std::span<const CellFix> steps)
{
  bool is_new = false;
  for (const CellFix& step : steps) {
    Kind& kind = kinds_[KindName{step.cell, std::string{step.rule}, step.is_certain}];
    is_new = is_new || kind.count < shown_max;
    ++kind.count;
    if (kind.examples.size() == shown_max) continue;
    std::string example = step_of(step);
    if (std::find(kind.examples.begin(), kind.examples.end(), example) == kind.examples.end())
      kind.examples.push_back(std::move(example));
  }
  return is_new;
}

void FixPreview::put(const csv::RowBatch& batch, std::size_t row, std::string_view after,
                     std::span<const CellFix> steps)
{
  if (!is_to_be_shown(steps)) return;
  std::string place = shown(options_.file_name);
  place.append(place.empty() ? "line " : ":").append(std::to_string(steps.front().line));
  place.append(steps.front().row == 0 ? ", the header"
                                      : ", row " + std::to_string(steps.front().row));
  put_in(Ink::strong, place);
  put("\n");
  if (steps.front().row != 0 || shows_header_) put_rows(batch, row, after, steps.front().cell);
  for (const CellFix& step : steps) put_step(step);
  put("\n");
}

// As it is, and as it would be.
void FixPreview::put_rows(const csv::RowBatch& batch, std::size_t row, std::string_view after,
                          std::size_t first_cell)
{
  const SecretCells& secrets = batch.number(row) == 0 ? none_ : secrets_;
  const auto cell = static_cast<std::int32_t>(first_cell);
  const std::size_t room = options_.columns - std::min<std::size_t>(options_.columns, 4);
  put_line(Ink::before, "- ", make_excerpt(batch, row, cell, secrets, room).text);
  csv::ReaderOptions how{.dialect = batch.dialect(), .memory = memory_};
  how.dialect.encoding = csv::Encoding::utf_8;
  MemorySource source{after};
  auto reader = csv::Reader::open(source, how);
  if (reader.has_value()) {
    const auto more = reader.assume_value().next();
    if (more.has_value() && more.assume_value())
      put_line(Ink::after, "+ ",
               make_excerpt(reader.assume_value().batch(), 0, cell, secrets, room).text);
  }
}

void FixPreview::put_line(Ink ink, std::string_view sign, std::string_view text)
{
  put("  ");
  put_in(ink, std::string{sign}.append(text));
  put("\n");
}

void FixPreview::put_in(Ink ink, std::string_view text)
{
  constexpr std::array<std::string_view, 3> inks = {"\x1B[31m", "\x1B[32m", "\x1B[1m"};
  if (options_.colour) put(inks[static_cast<std::size_t>(ink)]);
  put(text);
  if (options_.colour) put("\x1B[0m");
}

//   D Phone: tel:+442071838750 -> +442071838750  (value.phone)
void FixPreview::put_step(const CellFix& step)
{
  std::string line = "  " + column_letters(step.cell);
  if (step.row != 0) line.append(" ").append(shown(step.column));
  line.append(": ").append(step_of(step)).append("  (").append(shown(step.rule));
  put(line.append(step.is_certain ? ")\n" : ", a guess)\n"));
}

Result<void> FixPreview::finish()
{
  const bool is_any_left = std::any_of(
      kinds_.begin(), kinds_.end(), [](const auto& each) { return each.second.count > shown_max; });
  if (is_any_left) put_kinds();
  return while_doing(out_.finish(), "writing the preview");
}

// All that there is, those that were shown too.
void FixPreview::put_kinds()
{
  put_in(Ink::strong, "In all");
  put("\n");
  for (const auto& [name, kind] : kinds_) {
    const auto& [cell, rule, is_certain] = name;
    const std::string number = grouped(kind.count);
    std::string line(11 - std::min<std::size_t>(11, number.size()), ' ');
    line.append(number).append("  ").append(shown(rule)).append(" in ");
    line.append(column_letters(cell));
    if (cell < names_.size()) line.append(" ").append(shown(names_[cell]));
    line.append(is_certain ? ": " : ", guesses: ");
    for (const std::string& example : kind.examples)
      line.append(&example == &kind.examples.front() ? "" : ", ").append(example);
    if (kind.examples.size() == shown_max && kind.count > shown_max) line.append(", ...");
    put(line.append("\n"));
  }
  put("\n");
}

} // namespace report

namespace {

std::string count_of(std::uint64_t count, std::string_view one, std::string_view many)
{
  return grouped(count).append(" ").append(count == 1 ? one : many);
}

// "2 more are guesses: --unsafe-fixes".
std::string guesses_in_words(std::uint64_t count, std::string_view is, std::string_view are,
                             std::string_view unsafe)
{
  std::string line = grouped(count).append(" ").append(count == 1 ? is : are);
  line.append(count == 1 ? " a guess: " : " guesses: ").append(unsafe);
  return line.append("\n");
}

} // namespace

Result<void> write_fix_summary(const FixSummary& done, std::string_view unsafe, Sink& sink)
{
  return guarded([&]() -> Result<void> {
    std::string text;
    append_shown(text, done.file.empty() ? std::string_view{"the file"} : done.file);
    if (done.refusal != Refusal::none) {
      text.append(": ").append(report::headline(done.refusal)).append("\n");
      text.append(report::why_refused(done.findings));
      if (done.guesses_left != 0)
        text.append("  ").append(guesses_in_words(done.guesses_left, "is", "are", unsafe));
      return while_doing(sink.write(text), "writing the summary");
    }
    const std::uint64_t steps = done.certain + done.guessed;
    text.append(": ");
    if (steps == 0) {
      text.append("nothing to mend");
    } else {
      text.append(count_of(steps, "fix", "fixes")).append(" in ");
      if (done.is_header_mended) text.append("the header");
      if (done.is_header_mended && done.rows_mended != 0) text.append(" and ");
      if (done.rows_mended != 0) text.append(count_of(done.rows_mended, "row", "rows"));
      if (done.guessed == steps)
        text.append(steps == 1 ? ", a guess" : ", all of them guesses");
      else if (done.guessed != 0)
        text.append(", ").append(count_of(done.guessed, "of them a guess", "of them guesses"));
    }
    text.append("\n  rows with errors of their own: ");
    text.append(grouped(done.bad_before));
    if (steps != 0) text.append(" before, ").append(grouped(done.bad_after)).append(" after");
    text.append(" (of ").append(grouped(done.rows)).append(")\n");
    if (done.guesses_left != 0)
      text.append("  ").append(guesses_in_words(done.guesses_left, "more is", "more are", unsafe));
    if (done.guessed != 0 && done.rows_mended != 0)
      text.append("  a guess may be what another row or somebody else has: validating tells\n");
    if (done.unwritable != 0)
      text.append("  ")
          .append(count_of(done.unwritable, "fix", "fixes"))
          .append(" cannot be written in ")
          .append(csv::slug(done.dialect.encoding))
          .append("\n");
    return while_doing(sink.write(text), "writing the summary");
  });
}

} // namespace rollcall
