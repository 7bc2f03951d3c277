// Whatever was done to a draft, it says of its rows what validating the file says that it would be
// saved as.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "draft/drafting.hpp"
#include "job/vendor_files.hpp"
#include "support/csv_reading.hpp"

using namespace rollcall;
using rollcall::tests::Chance;
using rollcall::tests::findings_in;
using rollcall::tests::made_file;
using rollcall::tests::must;
using rollcall::tests::Running;
using rollcall::tests::saved;
using rollcall::tests::Vendor;

namespace {

// Edits by chance, in cells that a column of the vendor's may have.
class Editing {
 public:
  Editing(const Vendor& vendor, Draft& draft, Chance& chance)
      : vendor_{vendor}, draft_{draft}, chance_{chance}
  {
  }

  void edit()
  {
    const std::size_t rows = draft_.rows();
    switch (chance_.below(12)) {
      case 0:
        undo(chance_.below(3) + 1);
        break;
      case 1:
        for (std::size_t i = chance_.below(3) + 1; i != 0; --i) must(draft_.redo());
        break;
      case 2:
      case 3:
        may_fail(draft_.insert(chance_.below(rows + 1), made_rows(draft_.columns().size(), 0)));
        break;
      case 4:
        if (rows != 0) remove(chance_.below(rows));
        break;
      case 5: {
        const std::size_t column = chance_.below(draft_.columns().size());
        const std::size_t most = draft_.columns().size() - column;
        may_fail(draft_.paste(chance_.below(rows + 1), column,
                              made_rows(1 + chance_.below(most), column)));
        break;
      }
      case 6:
        if (rows != 0) blank(chance_.below(rows));
        break;
      default:
        if (rows != 0) set(chance_.below(rows));
    }
  }

 private:
  // An open quote takes in what follows, which an edit may not let happen.
  static void may_fail(const Result<void>& done)
  {
    if (!done.has_value()) CHECK(done.assume_error().code() == ErrorCode::wrong_use);
  }

  void undo(std::size_t steps)
  {
    for (; steps != 0; --steps) must(draft_.undo());
  }
  void remove(std::size_t row)
  {
    must(draft_.remove(row, 1 + chance_.below(std::min<std::size_t>(3, draft_.rows() - row))));
  }
  void set(std::size_t row)
  {
    std::vector<CellEdit> edits;
    std::vector<std::string> values;
    const std::size_t count = chance_.one_in(4) ? 3 : 1;
    for (std::size_t i = 0; i != count; ++i) {
      const std::size_t column = chance_.below(draft_.columns().size());
      values.push_back(made_cell(column));
      edits.push_back({.row = i == 0 ? row : chance_.below(draft_.rows()), .column = column});
    }
    for (std::size_t i = 0; i != count; ++i) edits[i].value = values[i];
    may_fail(draft_.set(edits));
  }
  void blank(std::size_t row)
  {
    std::vector<CellEdit> edits;
    for (std::size_t i = 0; i != draft_.columns().size(); ++i) edits.push_back({row, i, ""});
    may_fail(draft_.set(edits));
  }

  std::vector<DraftCells> made_rows(std::size_t columns, std::size_t first)
  {
    std::vector<DraftCells> rows(1 + chance_.below(3));
    for (DraftCells& row : rows)
      for (std::size_t i = 0; i != columns; ++i) row.push_back(made_cell(first + i));
    return rows;
  }
  std::string made_cell(std::size_t column)
  {
    const std::string_view header = draft_.columns()[column].header;
    for (const tests::MadeColumn& made : vendor_.columns) {
      if (made.header != header) continue;
      if (chance_.one_in(20)) return "a\n\"b\",c";
      const bool is_bad = !made.bad.empty() && chance_.one_in(12);
      std::string cell{chance_.of(is_bad ? made.bad : made.good)};
      if (cell.size() > 1 && cell.front() == '"') cell = cell.substr(1, cell.size() - 2);
      return cell;
    }
    return "x";
  }

  const Vendor& vendor_;
  Draft& draft_;
  Chance& chance_;
};

Draft opened(Running& running, std::string_view file)
{
  MemorySource source{file};
  return must(
      Draft::open(running.schema, source, running.directory, running.context, {}, running.seams()));
}

// What it says must be what a job says, and a draft that knows nothing of any edits.
void check_same(Draft& draft, const Vendor& vendor)
{
  const std::string file = saved(draft);
  CAPTURE(tests::shown(file));
  Running running{vendor.schema, vendor.directory};
  running.context = vendor.context;
  JobSummary job;
  const auto by_job = tests::told_by_job(running, file, job);
  if (job.refusal != Refusal::none) {
    CHECK(
        (draft.is_refused() || draft.rows() == 0 || must(draft.counts()).rows == 0)); // no entries
    return;
  }
  REQUIRE_FALSE(draft.is_refused());
  CHECK(tests::told_by_draft(draft) == by_job);
  const DraftCounts counts = must(draft.counts());
  CHECK(counts.rows == job.rows);
  CHECK(counts.created == job.created);
  CHECK(counts.updated == job.updated);
  CHECK(counts.unchanged == job.unchanged);
  CHECK(counts.rejected == job.rejected);
  Draft fresh = opened(running, file);
  CHECK(findings_in(fresh) == findings_in(draft));
  CHECK(saved(fresh) == file);
}

} // namespace

TEST_CASE("after any edits a draft says of its rows what validating its file says")
{
  std::map<std::string, std::size_t> rows;
  for (const Vendor& vendor : tests::all_vendors()) {
    Chance chance{31};
    for (int i = 0; i != 60; ++i) {
      const std::string file = made_file(vendor, chance);
      CAPTURE(vendor.schema.id);
      CAPTURE(tests::shown(file));
      Running running{vendor.schema, vendor.directory};
      running.context = vendor.context;
      Draft draft = opened(running, file);
      CHECK(saved(draft) == file);
      check_same(draft, vendor);
      if (draft.columns().empty()) continue;
      Editing editing{vendor, draft, chance};
      for (int step = 0; step != 12; ++step) {
        for (std::size_t edits = 1 + chance.below(3); edits != 0; --edits) editing.edit();
        if (chance.one_in(2)) must(draft.check());
        if (chance.one_in(3)) check_same(draft, vendor);
        for (std::size_t row = 0; row != draft.rows(); ++row)
          ++rows[vendor.schema.id + " " + std::string{tests::word_of(must(draft.row(row)).is)}];
      }
      check_same(draft, vendor);
    }
  }
  for (const char* const vendor :
       {"call_manager", "clusterpbx", "ctu", "extension_generator", "subscriber_import"}) {
    CHECK_MESSAGE(rows[std::string{vendor} + " rejected"] > 100, std::string{vendor});
    CHECK_MESSAGE(
        rows[std::string{vendor} + " created"] + rows[std::string{vendor} + " updated"] > 100,
        std::string{vendor});
  }
}

TEST_CASE("steps that are taken back and done again lead to the same bytes and findings")
{
  for (const Vendor& vendor : tests::all_vendors()) {
    Chance chance{32};
    for (int i = 0; i != 30; ++i) {
      const std::string file = made_file(vendor, chance);
      CAPTURE(vendor.schema.id);
      CAPTURE(tests::shown(file));
      Running running{vendor.schema, vendor.directory};
      running.context = vendor.context;
      Draft draft = opened(running, file);
      if (draft.columns().empty() || draft.rows() == 0) continue;
      const auto first = findings_in(draft);
      Editing editing{vendor, draft, chance};
      for (int step = 0; step != 15; ++step) editing.edit();
      const auto last = findings_in(draft);
      const std::string text = saved(draft);
      std::size_t taken_back = 0;
      while (must(draft.undo())) ++taken_back;
      CHECK(saved(draft) == file);
      CHECK(findings_in(draft) == first);
      for (; taken_back != 0; --taken_back) CHECK(must(draft.redo()));
      CHECK(saved(draft) == text);
      CHECK(findings_in(draft) == last);
    }
  }
}

TEST_CASE("rows that hang together are judged alike, also where they are more than a batch")
{
  for (const Vendor& vendor : {tests::clusterpbx_vendor(), tests::call_manager_vendor()}) {
    const bool in_turn = vendor.schema.rows == schema::Rows::in_turn;
    std::string file = in_turn ? "User Principal Name,EV Enabled,Phone Number\n"
                               : "First Name,Last Name,Email,Extension,Voicemail Pin\n";
    constexpr int rows = 9'000;
    for (int i = 0; i != rows; ++i) {
      const std::string number = std::to_string(i);
      const bool shares = i % 5 < 2;
      if (in_turn)
        file += "u" + number + "@x.de,TRUE," + (shares ? "+49300000006" : "") + "\n";
      else
        file += "Eve,Lux,e" + number + "@x.de," + (shares ? "777" : std::to_string(10'000 + i)) +
                (i % 3 == 0 ? ",471147\n" : "\n");
    }
    CAPTURE(vendor.schema.id);
    Running running{vendor.schema, vendor.directory};
    running.context = vendor.context;
    if (in_turn) {
      std::string users;
      for (int i = 0; i != rows; ++i)
        users += (i == 0 ? "{\"upn\": \"u" : ", {\"upn\": \"u") + std::to_string(i) +
                 "@x.de\", \"enterprise_voice\": true, \"standard\": true}";
      running.directory.hold("{\"user\": [" + users + "]}");
    }
    Draft draft = opened(running, file);
    REQUIRE_FALSE(draft.is_refused());
    REQUIRE(must(draft.check()).size() == rows);
    const std::size_t column = in_turn ? 2 : 3;
    must(draft.set(5, column, in_turn ? "+49300000007" : "778"));
    const std::size_t judged = must(draft.check()).size();
    CHECK(judged > 3'000);
    CHECK(judged < 5'000);
    must(draft.remove(4, 1));
    must(draft.check());
    JobSummary job;
    const auto by_job = tests::told_by_job(running, saved(draft), job);
    CHECK(tests::told_by_draft(draft) == by_job);
    CHECK(must(draft.counts()).rejected == job.rejected);
  }
}
