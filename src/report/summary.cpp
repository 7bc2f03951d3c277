// summary.cpp: a job for people: what came of it first, and nothing that is not so.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/message_template.hpp"
#include "csv/delimiter.hpp"
#include "report/summary_words.hpp"
#include "rollcall/job_summary.hpp"
#include "rollcall/numbers.hpp"

namespace rollcall {
namespace {

constexpr std::size_t number_columns = 11;

std::string_view ink_of(const JobSummary& job)
{
  constexpr std::array<std::string_view, 3> inks = {"\x1B[1;32m", "\x1B[1;33m", "\x1B[1;31m"};
  return inks[static_cast<std::size_t>(report::tone_of(job))];
}

class Lines {
 public:
  explicit Lines(bool colour) : colour_{colour} {}

  void put(std::string_view text) { text_.append(text).append("\n"); }
  void put_lines(std::string_view text) { text_.append(text); }
  void put_in(std::string_view ink, std::string_view text)
  {
    if (colour_) text_.append(ink);
    text_.append(text);
    if (colour_) text_.append("\x1B[0m");
    text_.append("\n");
  }

  // "      950  created"; nothing of none.
  void put_count(std::uint64_t count, std::string_view what)
  {
    if (count == 0) return;
    const std::string number = grouped(count);
    text_.append(number_columns - std::min(number_columns, number.size()), ' ');
    put(std::string{number}.append("  ").append(what));
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  bool colour_;
  std::string text_;
};

std::string shown(std::string_view text)
{
  std::string made;
  append_shown(made, text);
  return made;
}

void put_rows(Lines& lines, const JobSummary& job)
{
  for (const auto& [count, what] : report::counts_in_words(job)) lines.put_count(count, what);
}

// The codes that were found most often, and of the others how many.
void put_codes(Lines& lines, const JobSummary& job, std::size_t codes_max)
{
  const auto& by_slug = job.counts.by_slug();
  if (by_slug.empty()) return;
  std::vector<std::pair<std::string_view, std::uint64_t>> codes{by_slug.begin(), by_slug.end()};
  std::stable_sort(codes.begin(), codes.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  lines.put("");
  lines.put("Found");
  std::uint64_t others = 0;
  for (std::size_t i = 0; i != codes.size(); ++i) {
    if (i < codes_max || codes.size() == codes_max + 1)
      lines.put_count(codes[i].second, codes[i].first);
    else
      others += codes[i].second;
  }
  if (others != 0)
    lines.put_count(others, "findings of " + grouped(codes.size() - codes_max) + " other codes");
}

void put_outputs(Lines& lines, const std::vector<WrittenOutput>& outputs)
{
  if (outputs.empty()) return;
  std::size_t columns = 0;
  for (const WrittenOutput& each : outputs) columns = std::max(columns, each.what.size());
  lines.put("");
  lines.put("Written");
  for (const WrittenOutput& each : outputs) {
    std::string line = "  " + each.what;
    line.append(columns - each.what.size() + 2, ' ');
    lines.put(line.append(shown(each.where)));
  }
}

// What was found out about the file, if it was read.
std::string reading_of(const JobSummary& job)
{
  std::string line = "  " + report::rows_in_words(job.rows, job.blank_rows);
  line.append(", ").append(csv::slug(job.dialect.encoding)).append(", separated by ");
  return line.append(csv::name_of_delimiter(job.dialect.separator()));
}

} // namespace

Result<void> write_summary(const JobSummary& job, const SummaryOptions& options, Sink& sink)
{
  return guarded([&]() -> Result<void> {
    Lines lines{options.colour};
    std::string title;
    append_shown_path(title, job.file.empty() ? job.action : job.file);
    lines.put_in(ink_of(job), title.append(": ").append(report::headline(job)));
    if (job.refusal != Refusal::none) {
      lines.put_lines(report::why_refused(job.findings));
    } else {
      if (report::is_about_rows(job) && !report::is_nothing_done(job)) lines.put(reading_of(job));
      put_rows(lines, job);
      put_codes(lines, job, options.codes_max);
      put_outputs(lines, options.outputs);
    }
    return while_doing(sink.write(lines.take()), "writing the summary");
  });
}

} // namespace rollcall
