// Rows that act in turn: in as few turns as can be, and never in fewer (spec section 4, `take`).
#include "plan/turns.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>

#include "plan/work_words.hpp"
#include "support/checking.hpp"

namespace rollcall::tests {
namespace {

using plan::Turns;

// Users with two lines of one claim. Who is protected keeps what he has.
schema::Schema lines()
{
  using namespace schema;
  return {
      .id = "lines",
      .title = "Lines",
      .roles = {{.name = "writer", .may = {Action::validate}}},
      .kinds = {{.name = "user", .key = {"name"}, .fields = {{"open", Boolean{}, "true"}}}},
      .columns = {{.field = "name", .header = "Name", .mandatory = always},
                  {.field = "line", .header = "Line"},
                  {.field = "second", .header = "Second", .on_update = Blank::keep}},
      .rows = Rows::in_turn,
      .claims = {{.name = "line",
                  .held_in = {{"user.line"}, {"user.second"}},
                  .takes_from = "holder.open"}},
      .objects = {{.kind = "user", .key = "name", .update = "true"}},
  };
}

constexpr const char* four = R"({"user": [{"name": "a", "line": "1"}, {"name": "b", "line": "2"},
  {"name": "c"}, {"name": "d", "second": "9", "open": false}]})";

class Acting {
 public:
  explicit Acting(const std::string& text, const std::string& json = four,
                  const schema::Schema& schema = lines(), std::size_t batch_rows = 1024)
      : rows{text, {.dialect = {.delimiter = ','}, .batch_rows = batch_rows}, schema}
  {
    rows.context = {.name = "ada", .role = "writer"};
    rows.directory.hold(json);
    must(rows.open());
    changes.emplace(rows.schema(), rows.checker(), *seams.memory);
    turns.emplace(rows.schema(), rows.known(), book, SipKey{1, 2}, seams);
    if (batch_rows == 1024) act();
  }

  // The rows of the first batch.
  void act()
  {
    must(turns->start());
    rows.directory.calls.clear();
    act_on();
  }
  // All of them: what each does, and what is said of it.
  [[nodiscard]] std::string act_on_all()
  {
    std::string all;
    must(turns->start());
    do {
      act_on();
      for (std::size_t row = 0; row != rows.rows(); ++row)
        all += does(row) + " [" + rows.findings(row) + "]\n";
    } while (rows.next());
    return all;
  }

  [[nodiscard]] std::string does(std::size_t row) const
  {
    return in_words(turns->work(row), rows.schema());
  }
  void act_on()
  {
    if (rows.batch().number(0) > taken) book.take(rows.batch());
    taken = std::max(taken, rows.batch().number(0));
    must(turns->judge(rows.checker(), *changes, rows.batch()));
    rows.checker().settle();
  }

  // Each turn asks for its objects once, after one question for each field of the claim and what
  // is held in it.
  [[nodiscard]] std::ptrdiff_t count_turns() const
  {
    return std::ranges::count_if(rows.directory.calls, [](const std::string& call) {
      return call.starts_with("find user.name");
    });
  }

  SystemSeams system;
  Seams seams = system.seams();
  Checking rows;
  plan::LineBook book{*seams.memory};
  std::uint64_t taken = 0; // rows whose lines are known begin with this one
  std::optional<plan::Changes> changes;
  std::optional<Turns> turns;
};

// How many questions for objects one turn costs, of rows that change them.
std::ptrdiff_t of_one_turn()
{
  static const std::ptrdiff_t count = Acting{"Name,Line\na,7\n"}.count_turns();
  return count;
}

} // namespace

TEST_CASE("rows that have nothing to do with each other are one turn")
{
  const Acting acting{"Name,Line\na,7\nb,8\nc,3\n"};
  CHECK(acting.does(0) == "update user a (line 1 > 7)");
  CHECK(acting.does(1) == "update user b (line 2 > 8)");
  CHECK(acting.does(2) == "update user c (line 3)");
  CHECK(acting.count_turns() == of_one_turn());
}

TEST_CASE("a value goes from hand to hand")
{
  const Acting acting{"Name,Line\nb,1\nc,1\na,1\n"};
  CHECK(acting.does(0) == "update user b (line 2 > 1); update user a (line 1 > -)");
  CHECK(acting.does(1) == "update user c (line 1); update user b (line 1 > -)");
  CHECK(acting.does(2) == "update user a (line 1); update user c (line 1 > -)");
  CHECK(acting.count_turns() > of_one_turn());
  CHECK(acting.rows.findings(0) == "claim.moved in Line");
}

TEST_CASE("what a row gave up is free for those behind it, and for none before it")
{
  const Acting acting{"Name,Line\nb,1\na,5\nc,2\n"};
  CHECK(acting.does(0) == "update user b (line 2 > 1); update user a (line 1 > -)");
  CHECK(acting.does(1) == "update user a (line 5)");
  CHECK(acting.does(2) == "update user c (line 2)");
}

TEST_CASE("a second row for an object sees what the first has done, and is warned")
{
  const Acting acting{"Name,Line\na,5\nA,6\na,6\n"};
  CHECK(acting.does(0) == "update user a (line 1 > 5)");
  CHECK(acting.does(1) == "update user a (line 5 > 6)");
  CHECK(acting.does(2).empty());
  CHECK(acting.rows.findings(0).empty());
  CHECK(acting.rows.findings(1) == "row.repeats_key in Name");
  CHECK(acting.rows.findings(2) == "row.repeats_key in Name");
}

TEST_CASE("what is protected is not taken, and the row that wants it takes nothing else")
{
  const Acting acting{"Name,Line,Second\nc,1,9\nc,2,\n"};
  CHECK(acting.does(0).empty());
  CHECK(acting.rows.is_rejected(0));
  CHECK(acting.rows.findings(0) == "claim.taken in Second");
  CHECK(acting.does(1) == "update user c (line 2); update user b (line 2 > -)");
}

TEST_CASE("one's own value moves from field to field without being taken")
{
  const Acting acting{"Name,Line,Second\na,,1\n"};
  CHECK(acting.does(0) == "update user a (line 1 > -, second 1)");
  CHECK(acting.rows.findings(0).empty());
}

TEST_CASE("what a rejected row wants is nobody's")
{
  const Acting acting{"Name,Line\nnobody,1\nb,1\n"};
  CHECK(acting.rows.is_rejected(0));
  CHECK(acting.does(0).empty());
  CHECK(acting.does(1) == "update user b (line 2 > 1); update user a (line 1 > -)");
}

TEST_CASE("both who want a value are told, once it is known")
{
  Acting acting{"Name,Line\nb,1\na,7\nc,1\n"};
  CHECK(acting.turns->has_contests());
  acting.act();
  acting.turns->say(acting.rows.checker(), 1);
  acting.rows.checker().settle();
  CHECK(acting.rows.findings(0) == "claim.contested in Line, claim.moved in Line");
  CHECK(acting.rows.findings(1).empty());
  CHECK(acting.rows.findings(2) == "claim.contested in Line, claim.moved in Line");
}

TEST_CASE("who asks twice for the same contests nothing")
{
  const Acting acting{"Name,Line\nb,7\nb,7\n"};
  CHECK_FALSE(acting.turns->has_contests());
}

TEST_CASE("a second reading begins with what was there before the first")
{
  Acting acting{"Name,Line\nb,1\nc,1\n"};
  const std::string first = acting.does(0);
  acting.act();
  CHECK(acting.does(0) == first);
  CHECK(acting.does(1) == "update user c (line 1); update user b (line 1 > -)");
}

TEST_CASE("new objects get ids one after the other, over the turns of a batch")
{
  using namespace schema;
  schema::Schema made = lines();
  made.kinds[0] = {.name = "user", .key = {"id", Id{}}, .keys = Keys::from_host};
  made.columns[0] = {.field = "id", .header = "ID", .type = Id{}};
  made.claims[0].takes_from = always;
  made.objects[0] = {.kind = "user", .key = "id", .create = "blank(id)", .update = "present(id)"};
  const Acting acting{"ID,Line\n,5\n,6\n41,7\n,5\n", R"({"user": [{"id": "41"}]})", made};
  CHECK(acting.does(0) == "create user 42? (line 5)");
  CHECK(acting.does(1) == "create user 43? (line 6)");
  CHECK(acting.does(3) ==
        "create user 44? (line 5); "
        "update user 42 (line 5 > -)");
}

TEST_CASE("batches that have to do with each other come to what one batch comes to")
{
  std::mt19937 random{20260};
  const auto one_of = [&](std::string_view signs) {
    return std::string{signs[random() % signs.size()]};
  };
  for (int round = 0; round != 300; ++round) {
    // Many users and values, so that some batches wait, and some do not.
    std::string users;
    const std::string names = "abcdefghijklmnopqrst";
    for (const char name : names)
      users += (users.empty() ? "" : ", ") + (R"({"name": ")" + std::string{name}) +
               R"(", "line": ")" + one_of("123456789ABCDEF") + R"(", "second": ")" +
               one_of("123456789ABCDEF") + R"(", "open": )" +
               (random() % 9 == 0 ? "false" : "true") + "}";
    std::string text = "Name,Line,Second\n";
    for (std::size_t row = 0, rows = 1 + random() % 20; row != rows; ++row)
      text += one_of(names + "x") + "," + one_of("1234567GHIJKLMN") + "," +
              one_of("ABCDEF89OPQRST") + "\n";
    CAPTURE(users);
    CAPTURE(text);
    const auto in_batches_of = [&](std::size_t size) {
      Acting acting{text, R"({"user": [)" + users + "]}", lines(), size};
      return acting.act_on_all();
    };
    const std::string at_once = in_batches_of(1000);
    CHECK(in_batches_of(1) == at_once);
    CHECK(in_batches_of(3) == at_once);
    CHECK(in_batches_of(8) == at_once);
  }
}

TEST_CASE("what nobody asks about is not asked for twice")
{
  Acting acting{"Name,Line\na,7\nb,8\nc,6\n", four, lines(), 1};
  CHECK(acting.act_on_all() ==
        "update user a (line 1 > 7) []\nupdate user b (line 2 > 8) []\n"
        "update user c (line 6) []\n");
  CHECK(acting.count_turns() == 3);
}

TEST_CASE("a value that many hold is taken from all of them")
{
  const Acting acting{"Name,Line\nc,1\n",
                      R"({"user": [{"name": "a", "line": "1"}, {"name": "b", "second": "1"},
                                   {"name": "c"}]})"};
  CHECK(acting.does(0) ==
        "update user c (line 1); update user a (line 1 > -); update user b (second 1 > -)");
}

} // namespace rollcall::tests
