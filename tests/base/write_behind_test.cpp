// Outputs that a thread of their own writes.
#include "base/write_behind.hpp"

#include <doctest/doctest.h>

#include <memory_resource>
#include <string>

#include "support/must.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

// Fails at the write with this number.
class FailingSink final : public Sink {
 public:
  explicit FailingSink(int fails_at) : fails_at_{fails_at} {}
  [[nodiscard]] Result<void> write(std::string_view bytes) override
  {
    ++writes;
    if (writes == fails_at_) return Error{ErrorCode::disk_full};
    text += bytes;
    return success();
  }
  int writes = 0;
  std::string text;

 private:
  int fails_at_;
};

class ThrowingSink final : public Sink {
 public:
  [[nodiscard]] Result<void> write(std::string_view /*bytes*/) override { throw 7; }
};

} // namespace

TEST_CASE("each sink gets its bytes whole and in order, however many there are")
{
  std::pmr::string first;
  std::pmr::string second;
  TextSink first_sink{first};
  TextSink second_sink{second};
  std::string wanted;
  {
    WriteBehind by{*std::pmr::new_delete_resource()};
    Sink* const to_first = by.behind(&first_sink);
    Sink* const to_second = by.behind(&second_sink);
    CHECK(by.behind(nullptr) == nullptr);
    for (int i = 0; i != 3000; ++i) {
      const std::string piece(static_cast<std::size_t>(i % 90), static_cast<char>('a' + i % 26));
      wanted += piece;
      must(to_first->write(piece));
      must(to_second->write(piece));
    }
    must(by.finish());
  }
  CHECK(std::string{first} == wanted);
  CHECK(second == first);
}

TEST_CASE("a failure is told once, by a later write or at the end, and nothing is written after it")
{
  for (int fails_at = 1; fails_at != 9; ++fails_at) {
    FailingSink sink{fails_at};
    std::pmr::string other;
    TextSink other_sink{other};
    WriteBehind by{*std::pmr::new_delete_resource()};
    Sink* const to = by.behind(&sink);
    Sink* const to_other = by.behind(&other_sink);
    int told = 0;
    for (int i = 0; i != 8; ++i) {
      if (!to->write("x").has_value()) ++told;
      must(to_other->write("y"));
    }
    const Result<void> end = by.finish();
    if (!end.has_value()) {
      CHECK(end.assume_error().code() == ErrorCode::disk_full);
      ++told;
    }
    CHECK(told == 1);
    CHECK(sink.text == std::string(static_cast<std::size_t>(fails_at - 1), 'x'));
    CHECK(other == "yyyyyyyy");
  }
}

TEST_CASE("what was written can be taken back if the sink can, and a sink that throws is an error")
{
  std::pmr::string text;
  TextSink sink{text};
  FailingSink other{0};
  ThrowingSink throwing;
  WriteBehind by{*std::pmr::new_delete_resource()};
  Sink* const to = by.behind(&sink);
  CHECK(to->can_restart());
  CHECK_FALSE(by.behind(&other)->can_restart());
  for (int i = 0; i != 100; ++i) must(to->write("gone"));
  must(to->restart());
  CHECK(text.empty());
  must(to->write("kept"));
  must(by.behind(&throwing)->write("x"));
  const Result<void> end = by.finish();
  REQUIRE_FALSE(end.has_value());
  CHECK(end.assume_error().code() == ErrorCode::internal);
  CHECK(text == "kept");
}
