// kept_fates.cpp: writes fates, and reads them back.
#include "job/kept_fates.hpp"

#include <limits>
#include <optional>
#include <utility>

#include "json/line_reader.hpp"
#include "json/writer.hpp"
#include "plan/finding_json.hpp"

namespace rollcall::job {
namespace {

constexpr std::uint64_t no_row = std::numeric_limits<std::uint64_t>::max();

Error not_fates()
{
  return Error{ErrorCode::corrupt, "what a job keeps of its rows cannot be read"};
}

std::optional<plan::Outcome> outcome_in(const json::Value& value)
{
  const auto text = value.text();
  for (std::size_t i = 0; text && i != plan::outcome_count; ++i)
    if (slug(static_cast<plan::Outcome>(i)) == *text) return static_cast<plan::Outcome>(i);
  return {};
}

Result<void> read_fate(const json::Value& line, apply::Fates& fates)
{
  const auto row = line.find("row").natural();
  const auto outcome = outcome_in(line.find("outcome"));
  const auto planned = outcome_in(line.find("planned"));
  if (!row || !outcome || !planned) return not_fates();
  apply::RowFate fate{.outcome = *outcome, .planned = *planned};
  fate.key = line.find("key").text().value_or("");
  if (const json::Value found = line.find("finding")) {
    std::string fault;
    if (!plan::read_finding(found, fate.finding.emplace(), fault)) return not_fates();
  }
  fates.set(*row, std::move(fate));
  return success();
}

} // namespace

Result<void> write_fates(const apply::Fates& fates, Sink& sink)
{
  ROLLCALL_TRY(auto writer, json::Writer::open(sink, {.compact = true}));
  writer.begin_object();
  if (fates.first_id) writer.name("first_id").natural(*fates.first_id);
  writer.name("withheld").boolean(fates.withholds());
  if (fates.last_row() != no_row) writer.name("last_row").natural(fates.last_row());
  writer.name("cancelled").boolean(fates.is_cancelled);
  writer.end_object();
  writer.end_line();
  fates.each_row([&](std::uint64_t row, const apply::RowFate& fate) {
    writer.begin_object();
    writer.name("row").natural(row);
    writer.name("outcome").text(slug(fate.outcome));
    writer.name("planned").text(slug(fate.planned));
    if (!fate.key.empty()) writer.name("key").text(fate.key);
    if (fate.finding) {
      writer.name("finding");
      plan::put_finding(writer, *fate.finding);
    }
    writer.end_object();
    writer.end_line();
  });
  return writer.finish();
}

Result<void> read_fates(Source& source, apply::Fates& fates)
{
  json::LineReader lines{source};
  for (bool is_first = true;; is_first = false) {
    ROLLCALL_TRY(const bool is_there, lines.next());
    if (!is_there) return is_first ? not_fates() : Result<void>{success()};
    const json::Value line = lines.value();
    if (!is_first) {
      ROLLCALL_CHECK(read_fate(line, fates));
      continue;
    }
    fates.first_id = line.find("first_id").natural();
    if (line.find("withheld").boolean().value_or(false)) fates.withhold_all();
    if (const auto last = line.find("last_row").natural()) fates.stop_behind(*last);
    fates.is_cancelled = line.find("cancelled").boolean().value_or(false);
  }
}

} // namespace rollcall::job
