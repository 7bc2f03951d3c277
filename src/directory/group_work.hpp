// group_work.hpp: applies groups of changes to tables, each as a whole or not at all.
//
// The changes of a group have no order: what they delete goes first, then what they create is made,
// then fields are cleared, then set. So values can go round in a circle.
#ifndef ROLLCALL_DIRECTORY_GROUP_WORK_HPP
#define ROLLCALL_DIRECTORY_GROUP_WORK_HPP

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "directory/hash_index.hpp"
#include "directory/table.hpp"
#include "rollcall/directory.hpp"

namespace rollcall::directory {

class GroupWork {
 public:
  // The tables outlive it; there is one for each kind.
  GroupWork(std::span<Table> tables, std::pmr::memory_resource& memory);

  // Throws bad_alloc, and then nothing of the group was done. Kinds and fields are good. Says
  // whether it was applied.
  bool apply(std::size_t number, const Group& group, AnswerSink& sink);

  // What the group that was applied last has done, of each object the whole of it: calls
  // what(kind, exchange), kind by kind.
  template <class What>
  void each_exchange(What what) const
  {
    for (std::size_t i = 0; i != by_kind_.size(); ++i)
      what(touched_[by_kind_[i]].kind, exchanges_[i]);
  }

 private:
  static constexpr std::size_t nothing = static_cast<std::size_t>(-1);

  // An object that the group touches.
  struct Touched {
    KindId kind = 0;
    bool is_there = false; // as far as the group has come
    bool is_anew = false;  // created: what was there before is forgotten
    ObjectNumber object = no_object;
    const char* before = nullptr;
    const char* after = nullptr;
    std::uint64_t hash = 0;
    std::string_view key = {};
    std::size_t first = nothing; // of its creates and updates, by their place in the group
    std::size_t last = nothing;
  };
  struct Step {
    std::size_t touched = nothing;
    std::size_t next = nothing; // of the same object
  };

  void clear();
  bool plan(const Group& group);
  void note_given_keys(const Group& group);
  bool plan_change(std::size_t place, const Change& change);
  std::optional<std::string_view> key_for(const Change& change);
  std::size_t touch(KindId kind, std::string_view key);
  std::size_t find_touched(KindId kind, std::uint64_t hash, std::string_view key) const;
  bool refuse(const Change& change, std::string_view key, std::string_view why);
  std::optional<std::string_view> next_key(KindId kind);
  void write_records(const Group& group);
  void carry_out();
  void answer(std::size_t number, AnswerSink& sink);

  std::span<Table> tables_;
  std::pmr::vector<Touched> touched_;
  std::pmr::vector<Step> steps_; // as the changes
  HashIndex touched_of_;         // filled once there are many
  bool is_indexed_ = false;
  std::deque<std::string> new_keys_;
  std::vector<std::uint64_t> given_ids_; // of each kind, how many
  std::vector<std::optional<std::string_view>> fields_;
  std::pmr::vector<std::size_t> by_kind_;
  std::pmr::vector<Exchange> exchanges_;
  std::pmr::vector<std::string_view> keys_;
  std::pmr::vector<std::string_view> given_keys_; // of each change; empty: none is given
  std::string why_;
};

} // namespace rollcall::directory

#endif // ROLLCALL_DIRECTORY_GROUP_WORK_HPP
