// What errors and results do when there is no memory: each allocation of a piece of work fails
// once.
#include <doctest/doctest.h>

#include "base/unicode.hpp"
#include "rollcall/finding.hpp"
#include "rollcall/output_file.hpp"
#include "support/failing_new.hpp"
#include "support/fake_files.hpp"

using namespace rollcall;
using rollcall::tests::AllocationsLeft;

namespace {

constexpr std::string_view long_text = "a sentence that no small string optimisation has room for";

// Runs the work with 0, 1, 2... allocations until it succeeds; says how often it failed.
template <class Work>
std::size_t failures_of(Work work)
{
  for (std::size_t allocations = 0;; ++allocations) {
    const auto result = [&] {
      const AllocationsLeft left{allocations};
      return guarded(work);
    }();
    if (result.has_value()) return allocations;
    CHECK(result.assume_error().code() == ErrorCode::out_of_memory);
    REQUIRE(allocations < 1000);
  }
}

} // namespace

TEST_CASE("an error for which there is no memory is out of memory, made without memory")
{
  std::string detail{long_text};
  const AllocationsLeft none{0};
  const Error error{ErrorCode::disk_full, std::move(detail)};
  CHECK(error.code() == ErrorCode::out_of_memory);
  CHECK(Error{}.code() == ErrorCode::out_of_memory);
}

TEST_CASE("a trail for which there is no memory is left out")
{
  Error error{ErrorCode::disk_full};
  {
    const AllocationsLeft none{0};
    error = std::move(error).while_doing(long_text);
    error = Error{std::move(error)}.while_doing(long_text);
  }
  CHECK(error.code() == ErrorCode::disk_full);
  CHECK(error.trail().empty());
  CHECK(std::move(error).while_doing(long_text).trail().size() == 1);
}

TEST_CASE("a firewall with no memory at all still answers")
{
  const AllocationsLeft none{0};
  const auto result = guarded([]() -> Result<std::string> { return std::string{long_text}; });
  CHECK(result.assume_error().code() == ErrorCode::out_of_memory);
  const auto thrown = guarded([]() -> Result<void> { throw 42; });
  CHECK_FALSE(thrown.has_value());
}

TEST_CASE("findings run out of memory at any point and nothing is lost but the finding")
{
  FindingList list;
  const std::size_t failures = failures_of([&]() -> Result<void> {
    Finding each = finding(Code::claim_taken, {.row = 1, .line = 2});
    each.value = long_text;
    each.facts.push_back(fact("holder", long_text));
    const std::string message = render_message(each);
    list.add(std::move(each));
    return success();
  });
  CHECK(failures > 5);
  CHECK(list.kept().size() == 1);
}

TEST_CASE("folding runs out of memory and says so")
{
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "E\u0301";
  const std::size_t failures = failures_of([&]() -> Result<std::string> {
    std::string scratch;
    return std::string{fold_for_comparing(text, scratch)};
  });
  CHECK(failures > 1);
}

TEST_CASE("an output without memory leaves the old file")
{
  tests::FakeFiles files;
  files.put("out.csv", "old");
  SystemSeams system;
  Seams seams = system.seams();
  seams.files = &files;
  const std::size_t failures = failures_of([&]() -> Result<void> {
    ROLLCALL_TRY(OutputFile output, OutputFile::create(seams, "out.csv"));
    ROLLCALL_CHECK(output.write("new"));
    CHECK(files.text_of("out.csv") == "old");
    return output.commit();
  });
  CHECK(failures > 1);
  CHECK(files.text_of("out.csv") == "new");
  CHECK(files.disk.size() == 1);
}
