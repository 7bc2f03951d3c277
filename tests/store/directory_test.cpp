// The directory in a database does what every directory must, also when it is opened again.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

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

TEST_CASE("when the highest ids go the next one is known, if a few looks can tell it")
{
  struct Ids {
    std::string_view there;
    std::string_view gone;
    std::string_view next; // as it is kept; "-" where it is to be looked for
  };
  for (const Ids& each :
       {Ids{"7 8 9", "9", "9"}, Ids{"7 8 9", "9 8", "8"}, Ids{"7 8 9", "8 9", "8"},
        Ids{"7 8 9", "7", "10"}, Ids{"7 8 9", "7 8 9", "1"}, Ids{"3 30", "30", "4"},
        Ids{"3 300", "300", "-"}, Ids{"3 007 9", "9", "-"}, Ids{"7 007", "007", "8"},
        Ids{"7 007", "7", "-"}, Ids{"7 007", "007 7", "1"}, Ids{"ada 5", "5", "1"}}) {
    CAPTURE(each.there);
    CAPTURE(each.gone);
    const auto words = [](std::string_view text) {
      std::vector<std::string> all;
      for (std::size_t at = 0; at < text.size(); at += all.back().size() + 1)
        all.emplace_back(text.substr(at, text.substr(at).find(' ')));
      return all;
    };
    std::string json = R"({"user": [)";
    for (const std::string& id : words(each.there))
      json += std::string{json.back() == '[' ? "" : ","} + R"({"id": ")" + id + "\"}";
    Host host{json + "]}"};
    SqliteStore store = host.open();
    const auto directory = must(store.directory(people()));
    CHECK(must(directory->next_id(user)).has_value());
    Groups groups;
    for (const std::string& id : words(each.gone)) groups.begin().remove(user, id);
    Answers answers;
    must(directory->apply(groups.views(), answers));
    for (const std::string& line : answers.lines) CHECK(line.starts_with("applied"));
    CHECK(host.sql("SELECT next_id FROM kind WHERE name = 'user'") ==
          std::string{each.next} + "\n");
    must(store.check());
  }
}
