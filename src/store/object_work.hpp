// object_work.hpp: applies groups of changes to the objects of the database.
//
// The objects that the groups touch are brought into tables in memory, and there the groups are
// applied, by the code that does so for a directory in memory: it refuses the same in the same
// words. What each group did goes into the database at once; answers are given when all of it is
// kept.
#ifndef ROLLCALL_STORE_OBJECT_WORK_HPP
#define ROLLCALL_STORE_OBJECT_WORK_HPP

#include <memory_resource>
#include <span>
#include <string>
#include <vector>

#include "directory/object_json.hpp"
#include "directory/tables.hpp"
#include "json/writer.hpp"
#include "rollcall/directory.hpp"
#include "rollcall/sink.hpp"
#include "store/database.hpp"
#include "store/many_rows.hpp"
#include "store/settling.hpp"

namespace rollcall::store {

class ObjectWork {
 public:
  ObjectWork(Database& database, std::span<const SettledKind* const> kinds, const SipKey& sip_key,
             std::pmr::memory_resource& memory);

  [[nodiscard]] Result<void> apply(std::span<const Group> groups, AnswerSink& sink);

 private:
  // An index as the changes of a kind need it.
  struct Index {
    Sought sought = {};
    std::size_t field = 0; // of the kind; or one of these:
  };
  static constexpr std::size_t the_key = static_cast<std::size_t>(-1);
  static constexpr std::size_t unknown = static_cast<std::size_t>(-2); // to this format

  struct Placed {
    std::int64_t id = 0;
    bool is_written = false; // by a group of these
  };

  struct Kind {
    const SettledKind* settled = nullptr;
    bool is_ready = false; // for changes: the rest is as it is in this transaction
    KindRow row = {};
    KindRow row_before = {};
    std::vector<Index> indexes = {};
    std::vector<Placed> objects = {}; // those in the table
    std::int64_t last_object = 0;
    std::optional<std::uint64_t> ids_below = {}; // where the next one is not known: all are
  };

  class Answers;

  [[nodiscard]] Result<void> make_ready(KindId kind);
  [[nodiscard]] Result<void> bring_in(std::span<const Group> groups);
  [[nodiscard]] Result<void> bring_in(KindId kind, std::string_view key);
  [[nodiscard]] static bool is_beyond(const Kind& kind, std::string_view key);
  [[nodiscard]] Result<void> set_next_ids(const Group& group);
  [[nodiscard]] Result<void> carry_out(KindId kind, const directory::Exchange& exchange);
  // Its JSON, until the next one is made.
  [[nodiscard]] Result<std::string_view> text_of(const Kind& kind, const char* record);
  [[nodiscard]] Result<void> exchange_values(Kind& kind, std::int64_t object, const char* before,
                                             const char* after);
  void count_id(Kind& kind, const char* before, const char* after);
  [[nodiscard]] Result<void> close_gap(Kind& kind);
  [[nodiscard]] Result<std::optional<std::string_view>> value_of(const Index& index,
                                                                 const char* record,
                                                                 json::Document& others,
                                                                 std::string& digits);
  [[nodiscard]] Result<void> flush();
  [[nodiscard]] Result<void> write_kinds();
  [[nodiscard]] Result<void> rank_all();

  Database* database_;
  std::pmr::memory_resource* memory_;
  std::vector<Kind> kinds_;
  directory::Tables tables_;
  directory::Compared compared_, compared_before_;
  std::vector<std::optional<std::string_view>> fields_;
  std::pmr::string text_;
  TextSink sink_;
  std::optional<json::Writer> writer_;
  json::Document document_, others_before_, others_after_;
  std::string digits_before_, digits_after_;
  ManyRows new_objects_, new_values_; // which nobody asks for before they are flushed
};

} // namespace rollcall::store

#endif // ROLLCALL_STORE_OBJECT_WORK_HPP
