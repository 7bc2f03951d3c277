// What is most worth knowing is put in first; the bar takes what room is left.
#include "progress_line.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "rollcall/numbers.hpp"

namespace rollcall::tools {
namespace {

constexpr std::int64_t second_ns = 1'000'000'000;
constexpr std::size_t bar_columns_min = 12;
constexpr std::size_t bar_columns_max = 32;

// So much of so much is done; all is 0 if nobody knows.
struct Done {
  std::uint64_t part = 0, at_begin = 0, all = 0;

  [[nodiscard]] bool is_known() const noexcept { return all != 0 && part <= all; }
  [[nodiscard]] double share() const noexcept
  {
    return static_cast<double>(part) / static_cast<double>(all);
  }
};

Done done_of(const Pace& pace, std::uint64_t bytes) noexcept
{
  if (pace.now.step == JobStep::judges)
    return {pace.now.bytes, pace.begin.bytes, pace.now.bytes == 0 ? 0 : bytes};
  return {pace.now.groups, pace.begin.groups,
          pace.now.step == JobStep::applies ? pace.now.groups_planned : 0};
}

// What is counted, and where it stood when the step began.
struct Count {
  std::uint64_t now = 0, at_begin = 0;
  std::string words;
};

Count count_of(const Pace& pace)
{
  const JobProgress& now = pace.now;
  const std::string rows = grouped(now.rows);
  switch (now.step) {
    case JobStep::judges:
      return {now.rows, pace.begin.rows,
              rows + (now.bytes == 0 ? " rows written" : " rows judged")};
    case JobStep::looks:
      return {now.rows, pace.begin.rows, rows + " rows of the plan looked at"};
    case JobStep::applies:
      return {now.groups, pace.begin.groups,
              now.groups_planned == 0 ? grouped(now.groups) + " changes applied"
                                      : fmt::format("{} of {} changes applied", grouped(now.groups),
                                                    grouped(now.groups_planned))};
    case JobStep::tells:
      break;
  }
  return {now.rows, pace.begin.rows, "all is applied, " + rows + " rows written"};
}

std::string speed_of(const Pace& pace, const Count& count)
{
  const std::int64_t took_ns = pace.now_ns - pace.begin_ns;
  if (took_ns < second_ns || count.now <= count.at_begin) return {};
  const double per_second = static_cast<double>(count.now - count.at_begin) *
                            static_cast<double>(second_ns) / static_cast<double>(took_ns);
  const std::string_view what = pace.now.step == JobStep::applies ? "changes" : "rows";
  return fmt::format("  {} {}/s", grouped(static_cast<std::uint64_t>(per_second)), what);
}

std::string time_left(const Pace& pace, const Done& done)
{
  const std::int64_t took_ns = pace.now_ns - pace.begin_ns;
  if (!done.is_known() || took_ns < second_ns || done.part <= done.at_begin) return {};
  const double left_ns = static_cast<double>(took_ns) * static_cast<double>(done.all - done.part) /
                         static_cast<double>(done.part - done.at_begin);
  const auto seconds = static_cast<std::int64_t>(left_ns / static_cast<double>(second_ns)) + 1;
  if (seconds >= 100 * 3600) return {};
  if (seconds < 3600) return fmt::format("  {}:{:02} left", seconds / 60, seconds % 60);
  return fmt::format("  {}:{:02}:{:02} left", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

// "[=====>    ] ", so many columns wide.
std::string bar_of(double share, std::size_t columns)
{
  const std::size_t inner = columns - 3;
  const auto full = static_cast<std::size_t>(share * static_cast<double>(inner));
  std::string bar(inner, ' ');
  std::fill_n(bar.begin(), full, '=');
  if (full != inner) bar[full] = '>';
  return "[" + bar + "] ";
}

} // namespace

void Pace::note(const JobProgress& progress, std::int64_t at_ns) noexcept
{
  if (begin_ns == 0 || progress.step != now.step || progress.rows < now.rows) {
    begin = progress;
    begin_ns = at_ns;
  }
  now = progress;
  now_ns = at_ns;
}

std::string progress_line(std::string_view name, const Pace& pace, std::uint64_t bytes,
                          std::size_t columns)
{
  const Done done = done_of(pace, bytes);
  const Count count = count_of(pace);
  std::string begin{name};
  begin += ": ";
  std::string end = count.words;
  const auto room = [&] {
    const std::size_t used = begin.size() + end.size();
    return used < columns ? columns - used : 0;
  };
  std::string percent;
  if (done.is_known()) percent = fmt::format("{:>3} %  ", static_cast<int>(done.share() * 100));
  if (percent.size() <= room()) end.insert(0, percent);
  const std::string left = time_left(pace, done);
  const std::string speed = speed_of(pace, count);
  const bool has_room = speed.size() + left.size() <= room();
  if (has_room) end += speed;
  if (left.size() <= room()) end += left;
  if (done.is_known() && has_room && room() >= bar_columns_min)
    end.insert(0, bar_of(done.share(), std::min(room(), bar_columns_max)));
  return begin + end;
}

} // namespace rollcall::tools
