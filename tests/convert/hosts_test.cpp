// What is exported from a made host, converted to another format and back, and imported there
// again: it changes nothing, but for what the conversion has said is lost.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "convert/arrivals.hpp"
#include "convert/converting.hpp"
#include "convert/made_hosts.hpp"
#include "convert/sides.hpp"

using namespace rollcall;
using rollcall::tests::Chance;
using rollcall::tests::Converting;
using rollcall::tests::must;
using rollcall::tests::NamedCells;
using rollcall::tests::Running;
using rollcall::tests::Side;
using rollcall::tests::sides;
using rollcall::tests::without_guard;

namespace {

std::string exported(Running& host)
{
  std::pmr::string text;
  TextSink sink{text};
  const JobSummary done =
      must(write_export(host.schema, host.directory, host.context, sink, host.seams()));
  CHECK(done.refusal == Refusal::none);
  return std::string{text};
}

std::string file_of(const std::vector<NamedCells>& rows)
{
  std::string file;
  const auto put = [&](const std::string& cell, bool is_first) {
    if (!is_first) file += ',';
    file += '"';
    for (const char sign : cell) file.append(sign == '"' ? 2 : 1, sign);
    file += '"';
  };
  bool is_first = true;
  for (const auto& [header, cell] : rows.front()) put(header, std::exchange(is_first, false));
  for (const NamedCells& row : rows) {
    file += '\n';
    is_first = true;
    for (const auto& [header, cell] : row) put(cell, std::exchange(is_first, false));
  }
  return file;
}

// Puts back into rows that have returned what was lost on the way, and how many cells that are;
// none may be lost that was not counted.
std::size_t put_back_lost(const convert::Loss& loss, const std::vector<NamedCells>& before,
                          std::vector<NamedCells>& after)
{
  std::size_t all = 0;
  for (const convert::SourceColumn& column : loss.source) {
    CAPTURE(column.header);
    std::uint64_t lost = 0;
    for (std::size_t row = 0; row != before.size(); ++row) {
      const std::string& was = before[row].at(column.header);
      std::string& is = after[row][column.header];
      if (without_guard(is) == without_guard(was)) continue;
      ++lost;
      is = was;
    }
    CHECK(lost <= column.lost);
    all += lost;
  }
  return all;
}

} // namespace

TEST_CASE("an export that went to another format and back changes nothing but what was lost")
{
  std::map<std::string_view, std::size_t> unchanged;
  std::size_t lost = 0;
  for (const Side& from : sides()) {
    if (!tests::vendor_of(from.id).schema.exports) continue;
    for (const Side& to : sides()) {
      if (from.id == to.id) continue;
      Chance chance{5};
      for (int i = 0; i != 20; ++i) {
        Running host = made_host(from.id, chance);
        const std::string file = exported(host);
        CAPTURE(from.id);
        CAPTURE(to.id);
        CAPTURE(file);
        Converting there{from.id, to.id};
        Converting back{to.id, from.id};
        const convert::Loss loss = there.converted(file);
        CAPTURE(there.result.text);
        const convert::Loss loss_back = back.converted(there.result.text);
        CAPTURE(back.result.text);
        if (loss.left_out + loss_back.left_out != 0) continue;
        const std::vector<NamedCells> before = tests::cells_of(file);
        std::vector<NamedCells> after = tests::cells_of(back.result.text);
        REQUIRE(after.size() == before.size());
        tests::check_lost(from, to, loss, before, tests::cells_of(there.result.text));
        lost += put_back_lost(loss, before, after);
        // Who only makes new ones finds their own taken.
        if (host.schema.objects.front().update.empty()) {
          unchanged[from.id] += after.size();
          continue;
        }
        const JobSummary job = host.validated(file_of(after));
        CAPTURE(host.report.text);
        CHECK(job.rows == before.size());
        CHECK(job.unchanged == job.rows);
        CHECK(job.counts.total() == 0);
        unchanged[from.id] += job.unchanged;
      }
    }
  }
  CHECK(unchanged.size() == 3);
  for (const auto& of_format : unchanged) CHECK(of_format.second > 200);
  CHECK(lost > 500);
}
