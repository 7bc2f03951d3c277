// Secrets: wiped, moved, never printed.
#include "base/secret.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <type_traits>

using namespace rollcall;

namespace {

template <class T>
concept Printable = requires(std::ostream& out, const T& value)
{
  out << value;
};

} // namespace

TEST_CASE("a secret can be moved, and neither copied nor printed")
{
  CHECK_FALSE(std::is_copy_constructible_v<Secret>);
  CHECK_FALSE(Printable<Secret>);
  CHECK(Printable<std::string_view>);
  Secret secret{"swordfish"};
  const char* const place = secret.view().data();
  Secret moved{std::move(secret)};
  CHECK(moved.view() == "swordfish");
  CHECK(moved.view().data() == place); // no copy stays behind
  Secret other;
  other = std::move(moved);
  CHECK(other.view() == "swordfish");
}

TEST_CASE("a secret starts as zeros and is written in place")
{
  Secret secret{4};
  CHECK(std::ranges::all_of(secret.text(), [](char letter) { return letter == '\0'; }));
  std::ranges::fill(secret.text(), '7');
  CHECK(secret.view() == "7777");
  CHECK(Secret{}.view().empty());
}

TEST_CASE("what is wiped is zeros, also at the end of a scope")
{
  std::array<std::byte, 8> bytes{};
  bytes.fill(std::byte{0xAA});
  wipe(bytes);
  CHECK(bytes == std::array<std::byte, 8>{});
  bytes.fill(std::byte{0xAA});
  {
    const WipeAtEnd at_end{bytes};
  }
  CHECK(bytes == std::array<std::byte, 8>{});
  wipe({});
}
