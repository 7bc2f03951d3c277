// fill.cpp: reads a directory.json an element at a time, lists as kinds, the rest as settings.
#include <string>

#include "json/member_reader.hpp"
#include "json/writer.hpp"
#include "store/contents.hpp"
#include "store/kind_row.hpp"

namespace rollcall::store {
namespace {

class Filling {
 public:
  Filling(Database& database, Source& source, std::pmr::memory_resource& memory)
      : database_{database},
        memory_{memory},
        reader_{source, {.read = {.memory = &memory}}},
        text_{&memory},
        sink_{text_}
  {
  }

  Result<void> fill()
  {
    ROLLCALL_TRY(auto writer, json::Writer::open(sink_, {.compact = true, .memory = &memory_}));
    for (;;) {
      ROLLCALL_TRY(const bool is_member, reader_.next_member());
      if (!is_member) return success();
      if (reader_.is_list())
        ROLLCALL_CHECK(fill_kind(writer));
      else
        ROLLCALL_CHECK(fill_setting(writer));
    }
  }

 private:
  Result<void> write(json::Writer& writer)
  {
    text_.clear();
    writer.value(reader_.value());
    return writer.next_text();
  }

  Result<void> fill_setting(json::Writer& writer)
  {
    ROLLCALL_CHECK(write(writer));
    ROLLCALL_TRY(Statement insert, database_.prepare("INSERT INTO setting VALUES (?, ?)"));
    return insert.bind(std::string_view{reader_.name()}).bind(std::string_view{text_}).run();
  }

  Result<void> fill_kind(json::Writer& writer)
  {
    KindRow kind{.name = reader_.name(), .is_listed = true};
    ROLLCALL_CHECK(add_kind(database_, kind));
    ROLLCALL_TRY(Statement insert, database_.prepare("INSERT INTO object VALUES (?, ?)"));
    std::int64_t object = first_object(kind);
    for (;; ++object) {
      ROLLCALL_TRY(const bool is_element, reader_.next_element());
      if (!is_element) break;
      ROLLCALL_CHECK(write(writer));
      ROLLCALL_CHECK(insert.bind(object).bind(std::string_view{text_}).run());
    }
    ROLLCALL_TRY(Statement count, database_.prepare("UPDATE kind SET objects = ? WHERE id = ?"));
    return count.bind(object - first_object(kind)).bind(kind.id).run();
  }

  Database& database_;
  std::pmr::memory_resource& memory_;
  json::MemberReader reader_;
  std::pmr::string text_;
  TextSink sink_;
};

} // namespace

Result<void> fill(Database& database, Source& source, std::pmr::memory_resource& memory)
{
  ROLLCALL_TRY(Transaction transaction, Transaction::join(database));
  database.note_directory_change();
  ROLLCALL_TRY(const std::int64_t there, database.integer_of("SELECT (SELECT count(*) FROM kind) + "
                                                             "(SELECT count(*) FROM setting)"));
  if (there != 0) return Error{ErrorCode::wrong_use, "the store is not empty"};
  ROLLCALL_CHECK(Filling(database, source, memory).fill());
  return transaction.commit();
}

} // namespace rollcall::store
