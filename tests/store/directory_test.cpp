// The directory in a database does what every directory must, also when it is opened again.
#include <doctest/doctest.h>

#include <memory>

#include "directory/port_suite.hpp"
#include "rollcall/memory_directory.hpp"
#include "store/hosts.hpp"
#include "support/forwarding_directory.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

// With the store that it is in, and the file.
class Kept final : public ForwardingDirectory {
 public:
  Kept(std::string_view json, bool is_opened_anew) : host_{json}, is_opened_anew_{is_opened_anew}
  {
    open();
  }
  ~Kept() override
  {
    directory_.reset();
    must(store_->check());
  }

  [[nodiscard]] Result<void> apply(std::span<const Group> groups, AnswerSink& sink) override
  {
    ROLLCALL_CHECK(directory_->apply(groups, sink));
    if (is_opened_anew_) open();
    return success();
  }

 private:
  void open()
  {
    directory_.reset();
    store_.reset();
    store_ = std::make_unique<SqliteStore>(host_.open());
    directory_ = must(store_->directory(people()));
    forward_to(*directory_);
  }

  Host host_;
  bool is_opened_anew_;
  std::unique_ptr<SqliteStore> store_;
  std::unique_ptr<Directory> directory_;
};

std::unique_ptr<Directory> in_database(std::string_view json)
{
  return std::make_unique<Kept>(json, false);
}

} // namespace

TEST_CASE("a directory in a database does what every directory must")
{
  check_port(in_database);
}

TEST_CASE("a directory in a database does so when it is opened anew after each change")
{
  check_port([](std::string_view json) { return std::make_unique<Kept>(json, true); });
}

TEST_CASE("a directory in a database does what a plain model does")
{
  check_port_against_model(in_database);
}
