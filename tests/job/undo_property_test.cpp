// Undo of made-up files of the vendors' formats: it restores what was there, but for what the
// format says, and leaves alone what somebody has edited.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "job/remembering.hpp"
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
    at.undo(1);
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
    at.undo(2);
    CHECK(at.job.state == JobState::succeeded);
    CHECK(at.job.created + at.job.updated + at.job.unchanged == undone);
    if (is_told || at.job.counts.by_slug().count("undo.not_reversible") != 0) return;
    CHECK(at.objects() == after);
    ++compared;
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
    const std::string edit = made_file(vendor, chance);
    at.execute(edit);
    const bool is_edited = at.job.refusal == Refusal::none && at.job.created + at.job.updated != 0;
    const std::string edited = at.objects();
    at.undo(1);
    CHECK(at.job.failed == 0);
    kept += at.job.stale;
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
