// Undo of made-up files of the vendors' formats: it restores what was there, but for what the
// format says, and leaves alone what somebody has edited.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "job/remembering.hpp"
#include "job/taking_back.hpp"
#include "job/vendor_files.hpp"
#include "support/csv_reading.hpp"
#include "support/rounds.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

using Show = std::function<void(const Vendor&, const std::string&, Remembering&)>;

void for_files(std::uint32_t seed, int count, const Show& show)
{
  for (const Vendor& vendor : all_vendors()) {
    Chance chance{seed};
    for (int i = 0; i != tests::rounds(count); ++i) {
      const std::string file = made_file(vendor, chance);
      CAPTURE(vendor.schema.id);
      CAPTURE(shown(file));
      Remembering at{vendor.schema, vendor.directory, vendor.context};
      at.execute(file);
      if (at.job.refusal == Refusal::none && at.job.created + at.job.updated != 0)
        show(vendor, file, at);
    }
  }
}

// Undoes job 1, the report of which was kept: every object must be as taking back those rows leaves
// it that were taken back. How many rows were kept.
std::size_t undo_and_compare(Remembering& at, const std::string& report,
                             const std::string& since = {})
{
  TakingBack model{at.schema, objects_of(at.schema, at.objects()), rows_of_report(report),
                   rows_of_report(since)};
  at.undo(1);
  model.take(rows_of_report(at.report));
  CHECK(objects_of(at.schema, at.objects()) == model.objects());
  CHECK(model.kept() == at.job.stale);
  return model.kept();
}

// Objects that are never deleted stay, and are not what was there before.
bool is_whole(const Vendor& vendor, const Remembering& at)
{
  const auto stays = [](const schema::Kind& kind) { return !kind.undo.empty(); };
  const auto& kinds = vendor.schema.kinds;
  return at.job.counts.by_slug().count("undo.not_reversible") == 0 ||
         std::none_of(kinds.begin(), kinds.end(), stays);
}

} // namespace

TEST_CASE("executing a file and undoing it leaves every object as it was, byte for byte")
{
  std::size_t undone = 0;
  for_files(51, 60, [&](const Vendor& vendor, const std::string&, Remembering& at) {
    Remembering fresh{vendor.schema, vendor.directory, vendor.context};
    const std::string before = fresh.objects();
    const std::uint64_t applied = at.job.created + at.job.updated;
    CHECK(undo_and_compare(at, std::string{at.report}) == 0);
    CHECK(at.job.state == JobState::succeeded);
    CHECK(at.job.rows == applied);
    CHECK(at.job.stale == 0);
    if (is_whole(vendor, at)) CHECK(at.objects() == before);
    must(at.store.check());
    undone += applied;
  });
  CHECK(undone > std::size_t{tests::rounds(200)});
}

TEST_CASE("undoing an undo leaves what executing left, but for what it names")
{
  std::size_t compared = 0;
  for_files(52, 40, [&](const Vendor&, const std::string&, Remembering& at) {
    const std::string after = at.objects();
    at.undo(1);
    const bool is_told = at.job.counts.by_slug().count("undo.not_reversible") != 0;
    const auto undone = at.job.created + at.job.updated;
    if (undone == 0) return;
    const std::string without = at.objects();
    at.undo(2);
    CHECK(at.job.state == JobState::succeeded);
    CHECK(at.job.created + at.job.updated + at.job.unchanged == undone);
    const bool is_whole_again =
        !is_told && at.job.counts.by_slug().count("undo.not_reversible") == 0;
    if (is_whole_again) CHECK(at.objects() == after);
    compared += is_whole_again ? 1U : 0U;
    if (at.job.created + at.job.updated == 0) return;

    // Then the job is in force again, and is undone again; and again, as often as one likes.
    const std::string again = at.objects();
    at.undo(1);
    CHECK(at.job.stale == 0);
    CHECK(at.job.created + at.job.updated == undone);
    CHECK(at.objects() == without);
    at.undo(at.job.id);
    CHECK(at.job.stale == 0);
    CHECK(at.objects() == again);
  });
  CHECK(compared > std::size_t{tests::rounds(10)});
}

TEST_CASE("what another file has changed since stays as that left it, and the rest is undone")
{
  std::size_t kept = 0;
  std::size_t undone = 0;
  Chance chance{53};
  for_files(54, 40, [&](const Vendor& vendor, const std::string&, Remembering& at) {
    Remembering fresh{vendor.schema, vendor.directory, vendor.context};
    const std::string before = fresh.objects();
    const std::string report{at.report};
    const std::string edit = made_file(vendor, chance);
    at.execute(edit);
    const bool is_edited = at.job.refusal == Refusal::none && at.job.created + at.job.updated != 0;
    kept += undo_and_compare(at, report, std::string{at.report});
    CHECK(at.job.failed == 0);
    undone += at.job.updated + at.job.created;
    if (at.job.stale != 0) CHECK(at.job.counts.by_slug().at("undo.conflict") == at.job.stale);
    if (!is_edited) {
      if (is_whole(vendor, at)) CHECK(at.objects() == before);
      return;
    }
    // In the other order there is nothing in the way: what was left alone goes now.
    at.undo(2);
    if (at.job.stale != 0) return; // an edit that hung on what was undone
    if (at.record(3).summary.stale != 0) at.undo(1);
    // But for a secret that the edit has set anew, and nobody can bring back.
    const auto names_lost = [&](JobId id) {
      return at.record(id).summary.counts.by_slug().count("undo.not_reversible") != 0;
    };
    const bool is_told = names_lost(3) || names_lost(4);
    CHECK((at.job.stale == 0 || is_told));
    const bool lost = at.objects() != before && is_whole(vendor, at);
    CHECK((!lost || is_told));
  });
  CHECK(kept > std::size_t{tests::rounds(10)});
  CHECK(undone > std::size_t{tests::rounds(50)});
}

TEST_CASE("who was edited by hand stays as he is, and is named, also where nothing is ever deleted")
{
  std::size_t kept = 0;
  std::size_t undone = 0;
  Chance chance{55};
  for_files(56, 40, [&](const Vendor& vendor, const std::string&, Remembering& at) {
    const std::string report{at.report};
    const std::string& key = vendor.schema.kinds.front().key.name;
    for (const ToldRow& row : rows_of_report(report))
      for (const ToldRow::Change& change : row.changes) {
        const bool is_person = change.kind == "user" && change.op == "create";
        if (!is_person || chance.one_in(2)) continue;
        at.host.sql(
            "UPDATE object SET fields = json_set(fields, '$.last_name', 'By hand') WHERE "
            "json_extract(fields, '$." +
            key + "') = '" + change.key + "'");
      }
    kept += undo_and_compare(at, report);
    undone += at.job.updated;
  });
  CHECK(kept > std::size_t{tests::rounds(50)});
  CHECK(undone > std::size_t{tests::rounds(50)});
}
