// Errors: their words, their trail, their codes.
#include "rollcall/error.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <set>
#include <type_traits>

#include "rollcall/version.hpp"

using namespace rollcall;

TEST_CASE("the version of the library is that of its headers")
{
  CHECK(version() == ROLLCALL_VERSION_TEXT);
  CHECK(version() == std::to_string(ROLLCALL_VERSION_MAJOR) + "." +
                         std::to_string(ROLLCALL_VERSION_MINOR) + "." +
                         std::to_string(ROLLCALL_VERSION_PATCH));
}

TEST_CASE("an error is one pointer wide, moves and is never copied")
{
  CHECK(sizeof(Error) == sizeof(void*));
  CHECK(std::is_nothrow_move_constructible_v<Error>);
  CHECK(std::is_nothrow_move_assignable_v<Error>);
  CHECK_FALSE(std::is_copy_constructible_v<Error>);
}

TEST_CASE("an error without a body is out of memory, and says so")
{
  const Error error;
  CHECK(error.code() == ErrorCode::out_of_memory);
  CHECK(error.detail().empty());
  CHECK(error.os_error() == 0);
  CHECK(error.trail().empty());
  CHECK(describe(error) == "an allocation failed (out_of_memory)");
}

TEST_CASE("an error is described in one sentence, outermost step first")
{
  const Error error =
      Error::of_system(ENOSPC).while_doing("reading users.csv").while_doing("importing staff");
  CHECK(describe(error) ==
        "importing staff: reading users.csv: no space left on device (disk_full)");
  REQUIRE(error.trail().size() == 2);
  CHECK(error.trail()[0] == "reading users.csv");
}

TEST_CASE("a detail, an errno and their combination are all worded")
{
  CHECK(describe(Error{ErrorCode::malformed, "a comma is missing at 3:7"}) ==
        "a comma is missing at 3:7 (malformed)");
  CHECK(describe(Error{ErrorCode::file_failed, "copying the source", EIO}) ==
        "copying the source: input/output error of the device (file_failed)");
  CHECK(describe(Error{ErrorCode::file_failed, {}, 4711}) ==
        "error 4711 of the system (file_failed)");
  CHECK(describe(Error{ErrorCode::cancelled}) == "the caller asked to stop (cancelled)");
  CHECK(Error{ErrorCode::cancelled}.while_doing("a").while_doing("a").trail().size() == 1);
  CHECK(describe(Error{}.while_doing("reading")) ==
        "reading: an allocation failed (out_of_memory)");
}

TEST_CASE("an errno becomes the code that a caller can act on")
{
  CHECK(Error::of_system(ENOSPC).code() == ErrorCode::disk_full);
  CHECK(Error::of_system(EDQUOT).code() == ErrorCode::disk_full);
  CHECK(Error::of_system(ENOENT).code() == ErrorCode::not_found);
  CHECK(Error::of_system(EACCES).code() == ErrorCode::not_permitted);
  CHECK(Error::of_system(ENOMEM).code() == ErrorCode::out_of_memory);
  CHECK(Error::of_system(EBUSY).code() == ErrorCode::busy);
  CHECK(Error::of_system(ECANCELED).code() == ErrorCode::cancelled);
  CHECK(Error::of_system(ENOSYS).code() == ErrorCode::unsupported);
  CHECK(Error::of_system(EIO).code() == ErrorCode::file_failed);
  CHECK(Error::of_system(EIO).os_error() == EIO);
}

TEST_CASE("every errno that files give is worded, and an unknown one is not guessed at")
{
  for (const int number :
       {EACCES, EAGAIN, EBADF,  EBUSY,  EDQUOT,       EEXIST, EFBIG,     EINTR,  EINVAL, EIO,
        EISDIR, ELOOP,  EMFILE, ENFILE, ENAMETOOLONG, ENODEV, ENOENT,    ENOMEM, ENOSPC, ENOSYS,
        ENXIO,  EPERM,  EPIPE,  EROFS,  ENOTDIR,      ESPIPE, ENOTEMPTY, EXDEV,  ETXTBSY}) {
    CAPTURE(number);
    CHECK_FALSE(describe_os_error(number).empty());
  }
  CHECK(describe_os_error(4711).empty());
}

TEST_CASE("every error code has a negative number of its own, a text and a page")
{
  std::set<std::int32_t> numbers;
  std::set<std::string_view> slugs;
  for (const ErrorCode code : all_error_codes()) {
    const auto number = static_cast<std::int32_t>(code);
    CAPTURE(number);
    CHECK(number < 0);
    CHECK(numbers.insert(number).second);
    CHECK(slugs.insert(slug(code)).second);
    const std::string page = explain(code);
    CHECK(page.starts_with(slug(code)));
    CHECK(page.find("What it means: ") != page.npos);
    CHECK(page.find("What to do: ") != page.npos);
  }
  CHECK(numbers.size() == 15);
}

TEST_CASE("the numbers of error codes are part of the C ABI and stay")
{
  CHECK(static_cast<int>(ErrorCode::out_of_memory) == -1);
  CHECK(static_cast<int>(ErrorCode::disk_full) == -5);
  CHECK(static_cast<int>(ErrorCode::internal) == -15);
}

TEST_CASE("a number that is no error code has neither text nor page")
{
  constexpr auto none = static_cast<ErrorCode>(-4711);
  CHECK(slug(none).empty());
  CHECK(explain(none).empty());
}
