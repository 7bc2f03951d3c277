// The directories of this house do what every directory must.
#include <doctest/doctest.h>

#include <memory>
#include <utility>

#include "directory/overlay.hpp"
#include "directory/people.hpp"
#include "directory/port_suite.hpp"
#include "rollcall/memory_directory.hpp"
#include "support/forwarding_directory.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

std::unique_ptr<Directory> in_memory(std::string_view json)
{
  SystemSeams system;
  MemorySource source{json};
  return std::make_unique<MemoryDirectory>(
      must(MemoryDirectory::read(source, people(), system.seams())));
}

// An overlay and what it lies on.
class Laid final : public ForwardingDirectory {
 public:
  Laid(std::unique_ptr<Directory> base, directory::Overlay overlay)
      : ForwardingDirectory{&overlay_}, base_{std::move(base)}, overlay_{std::move(overlay)}
  {
  }

 private:
  std::unique_ptr<Directory> base_;
  directory::Overlay overlay_;
};

std::unique_ptr<Directory> laid_over(std::unique_ptr<Directory> base)
{
  SystemSeams system;
  auto overlay = must(directory::Overlay::make(*base, people(), system.seams()));
  return std::make_unique<Laid>(std::move(base), std::move(overlay));
}

std::unique_ptr<Directory> in_overlay(std::string_view json)
{
  return laid_over(in_memory(json));
}

} // namespace

TEST_CASE("a directory in memory does what every directory must")
{
  check_port(in_memory);
}

TEST_CASE("an overlay does what every directory must")
{
  check_port(in_overlay);
}

TEST_CASE("an overlay on an overlay does what every directory must")
{
  check_port([](std::string_view json) { return laid_over(in_overlay(json)); });
}

TEST_CASE("a directory in memory does what a plain model does")
{
  check_port_against_model(in_memory);
}

TEST_CASE("an overlay does what a plain model does")
{
  check_port_against_model(in_overlay);
}
