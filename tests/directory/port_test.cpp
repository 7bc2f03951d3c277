// The directories of this house do what every directory must.
#include <doctest/doctest.h>

#include <memory>
#include <utility>

#include "directory/overlay.hpp"
#include "directory/people.hpp"
#include "directory/port_suite.hpp"
#include "rollcall/memory_directory.hpp"

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
class Laid final : public Directory {
 public:
  Laid(std::unique_ptr<Directory> base, directory::Overlay overlay)
      : base_{std::move(base)}, overlay_{std::move(overlay)}
  {
  }

  [[nodiscard]] bool lists(KindId kind) const override { return overlay_.lists(kind); }
  [[nodiscard]] Result<void> find(KindId kind, FieldId by, std::span<const std::string_view> values,
                                  ObjectSink& sink) override
  {
    return overlay_.find(kind, by, values, sink);
  }
  [[nodiscard]] Result<void> scan(KindId kind, ObjectSink& sink) override
  {
    return overlay_.scan(kind, sink);
  }
  [[nodiscard]] Result<std::uint64_t> count(KindId kind) override { return overlay_.count(kind); }
  [[nodiscard]] Result<std::optional<std::uint64_t>> next_id(KindId kind) override
  {
    return overlay_.next_id(kind);
  }
  [[nodiscard]] Result<std::optional<std::string>> nearest(KindId kind, FieldId field,
                                                           std::string_view text) override
  {
    return overlay_.nearest(kind, field, text);
  }
  [[nodiscard]] Result<Setting> setting(std::string_view called) override
  {
    return overlay_.setting(called);
  }
  [[nodiscard]] Result<Setting> default_setting(std::string_view called) override
  {
    return overlay_.default_setting(called);
  }
  [[nodiscard]] Result<void> apply(std::span<const Group> groups, AnswerSink& sink) override
  {
    return overlay_.apply(groups, sink);
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
