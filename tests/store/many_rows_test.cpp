// Rows that are inserted many at a time: all of them, in their order, or none; and transactions
// that join another one.
#include <doctest/doctest.h>

#include <memory_resource>
#include <string>

#include "store/hosts.hpp"
#include "store/many_rows.hpp"

using namespace rollcall;
using namespace rollcall::tests;
using store::Access;
using store::Database;
using store::ManyRows;
using store::Transaction;

namespace {

constexpr ManyRows::Sql insert_words = {3,
                                        ROLLCALL_INSERT("word (text, number, size)", "(?, ?, ?)")};
constexpr const char* table =
    "CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL, number INTEGER UNIQUE, "
    "size INTEGER NOT NULL) STRICT";

std::unique_ptr<Database> open_with_table(Host& host)
{
  auto database = must(Database::open(host.path(), host.vfs.name(), 0));
  must(database->run(table));
  return database;
}

void put(ManyRows& rows, Database& database, std::int64_t number)
{
  const std::string text = "word " + std::to_string(number);
  rows.put(text).put(number).put(std::uint64_t{text.size()});
  must(rows.end_row(database));
}

} // namespace

TEST_CASE("rows come into their table in the order in which they were put, however many there are")
{
  for (const std::int64_t count : {0, 1, 31, 32, 33, 64, 100}) {
    CAPTURE(count);
    Host host;
    const auto database = open_with_table(host);
    ManyRows rows{insert_words, *std::pmr::new_delete_resource()};
    for (std::int64_t i = 0; i != count; ++i) put(rows, *database, i - 1);
    must(rows.flush(*database));
    must(rows.flush(*database)); // there is nothing left
    CHECK(must(database->integer_of("SELECT count(*) FROM word")) == count);
    CHECK(must(database->integer_of("SELECT count(*) FROM word WHERE number = id - 2 AND "
                                    "text = 'word ' || number AND size = length(text)")) == count);
  }
}

TEST_CASE("rows that were forgotten are not inserted, nor a part of one that was begun")
{
  Host host;
  const auto database = open_with_table(host);
  ManyRows rows{insert_words, *std::pmr::new_delete_resource()};
  put(rows, *database, 1);
  rows.put("half a row");
  rows.forget();
  put(rows, *database, 2);
  must(rows.flush(*database));
  CHECK(must(database->text_of("SELECT text FROM word")) == "word 2");
}

TEST_CASE("a row that cannot be inserted is told, and none is left for the next time")
{
  Host host;
  const auto database = open_with_table(host);
  ManyRows rows{insert_words, *std::pmr::new_delete_resource()};
  put(rows, *database, 7);
  put(rows, *database, 7);
  CHECK_FALSE(rows.flush(*database).has_value());
  put(rows, *database, 8);
  must(rows.flush(*database));
  CHECK(must(database->integer_of("SELECT sum(number) FROM word")) == 15);

  for (std::int64_t i = 100; i != 100 + 31; ++i) put(rows, *database, i);
  rows.put("the last of many").put(std::int64_t{100}).put(std::uint64_t{0});
  CHECK_FALSE(rows.end_row(*database).has_value());
  must(rows.flush(*database));

  rows.put("too large").put(~std::uint64_t{0}).put(std::uint64_t{0});
  CHECK(error_of(rows.flush(*database)) == ErrorCode::limit_exceeded);
}

TEST_CASE(
    "what joins a transaction and fails takes all of it back, and nothing is written after it")
{
  Host host;
  const auto database = open_with_table(host);
  ManyRows rows{insert_words, *std::pmr::new_delete_resource()};
  Transaction whole = must(Transaction::begin(*database, Access::write));
  put(rows, *database, 1);
  must(rows.flush(*database));
  {
    Transaction joined = must(Transaction::join(*database));
    put(rows, *database, 2);
    must(rows.flush(*database));
    must(joined.commit());
  }
  CHECK(database->is_in_transaction());
  {
    const Transaction joined = must(Transaction::join(*database));
  }
  CHECK_FALSE(database->is_in_transaction());
  put(rows, *database, 3);
  CHECK(error_of(rows.flush(*database)) == ErrorCode::internal);
  CHECK_FALSE(whole.commit().has_value());
  whole.roll_back();
  CHECK(must(database->integer_of("SELECT count(*) FROM word")) == 0);

  // Alone it is one like any other.
  Transaction alone = must(Transaction::join(*database));
  put(rows, *database, 4);
  must(rows.flush(*database));
  must(alone.commit());
  CHECK(must(database->integer_of("SELECT number FROM word")) == 4);
}
