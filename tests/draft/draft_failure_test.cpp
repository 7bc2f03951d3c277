// A draft when memory runs out or the host fails: an edit was done or it was not, and what is said
// afterwards is as true as ever.
#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include "draft/drafting.hpp"
#include "formats/catalogue.hpp"
#include "support/failing_new.hpp"
#include "support/patience.hpp"

using namespace rollcall;
using rollcall::tests::AllocationsLeft;
using rollcall::tests::must;
using rollcall::tests::Running;
using rollcall::tests::saved;

namespace {

constexpr std::string_view directory = R"({"user": [
  {"id": "1", "first_name": "Ada", "last_name": "Ek", "email": "a1@x.de", "extension": "101"},
  {"id": "2", "first_name": "Bea", "last_name": "Orr", "email": "a2@x.de", "extension": "102"}]})";
const std::string file =
    "ID,First Name,Last Name,Email,Extension,Voicemail Pin,Web Passwords\n"
    "1,Ada,Ek,a1@x.de,102,,\n"
    "2,Bea,Orr,a2@x.de,101,,\n"
    ",Eve,Lux,a long address that is none,301,,\n"
    ",Zoe,Lux,zoe@x.de,301";

using Edit = std::function<Result<void>(Draft&)>;

template <class T>
Result<void> without_answer(Result<T>&& result)
{
  if (result.has_value()) return success();
  return std::move(result).as_failure();
}

// What is put in is made beforehand: only the draft runs out of memory.
std::vector<Edit> edits()
{
  const std::string text = "a value that is too long to be kept in a small string";
  const DraftCells row{"", text, text, "new@x.de", "303"};
  const std::vector<DraftCells> one{row};
  const std::vector<DraftCells> two{row, row};
  const std::vector<DraftCells> block(9, DraftCells{"7"});
  const std::vector<CellEdit> both{{0, 4, "101"}, {1, 4, "102"}};
  return {
      [=](Draft& draft) { return draft.set(1, 2, text); },
      [=](Draft& draft) { return draft.insert(4, two); },
      [=](Draft& draft) { return draft.insert(0, one); },
      [=](Draft& draft) { return draft.paste(2, 4, block); },
      [=](Draft& draft) { return draft.set(both); },
      [=](Draft& draft) { return draft.remove(1, 2); },
  };
}

Draft opened(Running& running)
{
  MemorySource source{file};
  return must(
      Draft::open(running.schema, source, running.directory, running.context, {}, running.seams()));
}

// What is said of it is what a job says.
void check_same(Draft& draft, Running& running)
{
  JobSummary job;
  const auto by_job = tests::told_by_job(running, saved(draft), job);
  CHECK(tests::told_by_draft(draft) == by_job);
}

Running office()
{
  Running running{formats::clusterpbx(), directory};
  running.context = {.name = "ada", .role = "client"};
  return running;
}

} // namespace

TEST_CASE("without memory an edit is not done, and the draft goes on when there is some")
{
  Running running = office();
  for (const Edit& edit : edits()) {
    Draft whole = opened(running);
    must(edit(whole));
    const std::string after = saved(whole);
    std::size_t failures = 0;
    for (std::size_t allocations = 0;; ++allocations) {
      Draft draft = opened(running);
      must(draft.check());
      Result<void> done = success();
      {
        const AllocationsLeft left{allocations};
        done = edit(draft);
      }
      CHECK(saved(draft) == (done.has_value() ? after : file));
      CHECK(draft.can_undo() == done.has_value());
      if (done.has_value()) break;
      ++failures;
      CHECK(done.assume_error().code() == ErrorCode::out_of_memory);
      if (allocations % 5 == 0) check_same(draft, running);
    }
    CHECK(failures > 0);
  }
}

TEST_CASE("without memory steps are not taken back, and nothing is said that is not true")
{
  Running running = office();
  for (const Edit& edit : edits()) {
    std::size_t failures = 0;
    for (std::size_t allocations = 0;; ++allocations) {
      Draft draft = opened(running);
      must(edit(draft));
      const std::string before = saved(draft);
      must(draft.check());
      Result<void> undone = success();
      Result<void> said = success();
      {
        const AllocationsLeft left{allocations};
        undone = without_answer(draft.undo());
        if (undone.has_value()) said = without_answer(draft.findings(0, draft.rows()));
      }
      if (!undone.has_value()) CHECK(saved(draft) == before);
      const bool is_whole = undone.has_value() && said.has_value();
      if (is_whole || allocations % 7 == 0) check_same(draft, running);
      if (is_whole) break;
      ++failures;
    }
    CHECK(failures > 10);
  }
}

TEST_CASE("reading a draft is stopped at every question")
{
  Running running = office();
  for (std::size_t questions = 0;; ++questions) {
    tests::Patience watcher{questions};
    MemorySource source{file};
    const Result<Draft> draft =
        Draft::open(running.schema, source, running.directory, running.context,
                    {.watcher = &watcher}, running.seams());
    if (draft.has_value()) {
      CHECK(questions > 2);
      break;
    }
    CHECK(draft.assume_error().code() == ErrorCode::cancelled);
  }
}

TEST_CASE("wherever judging is stopped, the next one who asks is told the truth")
{
  Running running = office();
  for (const Edit& edit : edits()) {
    std::size_t stopped = 0;
    for (std::size_t questions = 0;; ++questions) {
      tests::Patience watcher;
      MemorySource source{file};
      Draft draft = must(Draft::open(running.schema, source, running.directory, running.context,
                                     {.watcher = &watcher}, running.seams()));
      must(draft.check());
      must(edit(draft));
      watcher.questions = questions;
      const auto said = draft.findings(0, draft.rows());
      watcher.questions = tests::Patience::endless;
      check_same(draft, running);
      if (said.has_value()) break;
      CHECK(said.assume_error().code() == ErrorCode::cancelled);
      ++stopped;
    }
    CHECK(stopped > 0);
  }
}

TEST_CASE("whichever question the host does not answer, the next one who asks is told the truth")
{
  Running running = office();
  for (const Edit& edit : edits()) {
    for (std::size_t question = 0;; ++question) {
      Draft draft = opened(running);
      must(draft.check());
      must(edit(draft));
      running.directory.fail_at = running.directory.calls.size() + question;
      const bool is_said = draft.findings(0, draft.rows()).has_value();
      running.directory.fail_at = tests::FakeDirectory::never;
      check_same(draft, running);
      if (is_said) break;
    }
  }
}
