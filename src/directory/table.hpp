// table.hpp: the objects of one kind, found by their key or by any of their fields.
//
// An index of a field is made when it is asked for the first time, and kept right from then on.
// Changes come in two steps: `prepare` may fail and changes nothing that can be seen, `commit`
// cannot fail. So several of them are made as a whole or not at all.
#ifndef ROLLCALL_DIRECTORY_TABLE_HPP
#define ROLLCALL_DIRECTORY_TABLE_HPP

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/nearest.hpp"
#include "base/siphash.hpp"
#include "directory/arena.hpp"
#include "directory/compared.hpp"
#include "directory/hash_index.hpp"
#include "directory/record.hpp"
#include "rollcall/directory.hpp"
#include "rollcall/schema.hpp"

namespace rollcall::directory {

// What a table must know of its kind.
struct Shape {
  std::string name = {};
  schema::Field key = {};
  schema::Keys keys = schema::Keys::from_file;
  std::vector<schema::Field> fields = {};
};

[[nodiscard]] std::vector<Shape> shapes_of(const schema::Schema& schema);

// The number of a key that is all digits; none if it is no number, or one without a successor.
[[nodiscard]] std::optional<std::uint64_t> id_of(std::string_view key) noexcept;

// An object before and after a change. A record that is null: there is none.
struct Exchange {
  ObjectNumber object = no_object; // of one that is new, what prepare gives it
  const char* before = nullptr;
  const char* after = nullptr;
  std::optional<std::uint64_t> key_hash = {}; // of the key after, where it is known
};

class Table {
 public:
  // Throws bad_alloc, as nearly everything here does.
  Table(Shape shape, const SipKey& key, std::pmr::memory_resource& memory);

  [[nodiscard]] const Shape& shape() const noexcept { return shape_; }
  [[nodiscard]] std::size_t count() const noexcept { return count_; }
  [[nodiscard]] Form form(FieldId field) const noexcept { return forms_[index_of(field)]; }

  // The numbers of objects are below this; those that are gone have no record.
  [[nodiscard]] std::size_t numbers() const noexcept { return records_.size(); }
  [[nodiscard]] const char* record(ObjectNumber object) const noexcept { return records_[object]; }

  [[nodiscard]] std::uint64_t key_hash(std::string_view key) const;
  [[nodiscard]] ObjectNumber find_key(std::string_view key) const;
  [[nodiscard]] ObjectNumber find_key(std::string_view key, std::uint64_t hash) const;
  [[nodiscard]] bool is_same_key(std::string_view left, std::string_view right) const;

  void prefetch_key(std::uint64_t hash) const noexcept { indexes_.back().hashes.prefetch(hash); }

  void find(FieldId by, std::span<const std::string_view> values, ObjectSink& sink);
  void show(ObjectNumber object, std::size_t asked, ObjectSink& sink) const;
  void scan(ObjectSink& sink) const;
  // Offers what objects have in a field. How the values look is kept until one of them changes.
  void offer_all(FieldId field, Nearest& nearest);

  // See Directory::next_id. Never below the floor, which is 1 unless it was set; none if there is
  // no floor.
  [[nodiscard]] std::optional<std::uint64_t> next_id();
  void set_id_floor(std::optional<std::uint64_t> floor) noexcept { id_floor_ = floor; }

  // Where a record of this content is kept from now on, whether it is used or not.
  [[nodiscard]] const char* keep(const Content& content);

  // Puts in an object whose key is new.
  void add(const Content& content, std::uint64_t key_hash);

  // Makes ready to commit these, no two of them of one object.
  void prepare(std::span<Exchange> exchanges);
  void commit(std::span<const Exchange> exchanges) noexcept;

  // Gives back what objects have left behind, if that is more than what they have now. Views of
  // records end.
  void tidy() noexcept;

 private:
  struct Index {
    explicit Index(std::pmr::memory_resource& memory) : hashes{memory} {}
    HashIndex hashes;
    bool is_made = false;
  };
  struct IndexChange {
    std::size_t index = 0;
    ObjectNumber object = no_object;
    std::optional<std::uint64_t> before = {};
    std::optional<std::uint64_t> after = {};
  };

  [[nodiscard]] std::pmr::memory_resource& memory() const noexcept
  {
    return *records_.get_allocator().resource();
  }
  [[nodiscard]] std::size_t index_of(FieldId field) const noexcept
  {
    return field == key_field ? shape_.fields.size() : field;
  }
  [[nodiscard]] std::optional<std::string_view> value_of(const char* record,
                                                         std::size_t index) const noexcept;
  [[nodiscard]] std::uint64_t hash_of(std::string_view value, std::size_t index,
                                      Compared& room) const;
  [[nodiscard]] std::optional<std::uint64_t> hash_in(const char* record, std::size_t index,
                                                     Compared& room) const;
  void make_index(std::size_t index);
  void make_looks(std::size_t index);
  void give_numbers(std::span<Exchange> exchanges);
  void count_in(const Exchange& exchange) noexcept;
  void count_id(const char* record) noexcept;
  void uncount_id(const char* record) noexcept;
  [[nodiscard]] std::size_t bytes_of(const char* record) const noexcept;

  Shape shape_;
  SipKey sip_key_;
  std::vector<Form> forms_; // of each field, and of the key behind them
  Arena arena_;
  std::pmr::vector<const char*> records_;  // by number
  std::pmr::vector<ObjectNumber> free_;    // numbers of objects that are gone
  std::vector<Index> indexes_;             // as forms_
  std::pmr::vector<IndexChange> pending_;  // what commit is to do
  std::pmr::vector<std::uint64_t> hashes_; // room for those of an index
  // Of each field, as forms_, and each number of an object; empty until it is asked for.
  std::vector<std::pmr::vector<Nearest::Look>> looks_;
  bool has_looks_ = false;
  std::size_t count_ = 0;
  std::size_t bytes_used_ = 0; // of the arena
  // The highest id, once it was looked for. Those of a number that has no successor are counted.
  std::optional<std::uint64_t> highest_id_;
  std::size_t endless_ids_ = 0;
  std::optional<std::uint64_t> id_floor_ = 1;
};

} // namespace rollcall::directory

#endif // ROLLCALL_DIRECTORY_TABLE_HPP
