// known_objects.hpp: objects that rows name (models, teams, groups), each asked for once.
//
// A file names few of them many times, so what the directory said is kept, also that it knows no
// such object; room for it is bounded, and forgotten between batches when it is full. What unknown
// names were taken for is never forgotten: it is little, and both readings of a file say the same.
// The row's own objects do not come here: they are many, and in some formats rows change them.
#ifndef ROLLCALL_CHECK_KNOWN_OBJECTS_HPP
#define ROLLCALL_CHECK_KNOWN_OBJECTS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/siphash.hpp"
#include "check/judged_batch.hpp"
#include "check/values.hpp"
#include "rollcall/directory.hpp"
#include "schema/compiled.hpp"

namespace rollcall::check {

// A value of the directory as a cell of an export reads (spec E24), which may be a word for
// nothing. Uses `scratch` if it must.
[[nodiscard]] std::optional<std::string_view> as_exported(const schema::CompiledField& field,
                                                          std::string_view value, Scratch& scratch);

// An object as it is shown, for longer. `room` keeps texts and makes fields.
template <class Room>
[[nodiscard]] Known kept_object(const schema::CompiledKind& kind, const ObjectView& object,
                                Room& room, Scratch& scratch)
{
  const auto fields = room.make_fields(object.fields.size());
  bool is_raw = true;
  for (std::size_t i = 0; i != fields.size(); ++i) {
    fields[i].reset();
    if (!object.fields[i]) continue;
    const auto text = as_exported(kind.fields[i], *object.fields[i], scratch);
    is_raw = is_raw && text == object.fields[i];
    if (text) fields[i] = room.keep(*text);
  }
  Known known{.key = room.keep(object.key), .fields = fields};
  if (is_raw) return known;
  const auto raw = room.make_fields(object.fields.size());
  for (std::size_t i = 0; i != raw.size(); ++i) {
    raw[i] = fields[i];
    if (fields[i] != object.fields[i]) raw[i] = room.keep(*object.fields[i]);
  }
  known.raw = raw;
  return known;
}

class KnownObjects {
 public:
  // All outlive it; the key is a fresh one.
  KnownObjects(const schema::CompiledSchema& schema, Directory& directory, const SipKey& key,
               std::pmr::memory_resource& memory);

  // As the directory said when it was asked first.
  [[nodiscard]] bool lists(std::uint16_t kind);

  // Whether there was any object of a kind, for who need not ask about one then. Before `count` is
  // asked there may be, and always where rows act in turn.
  [[nodiscard]] bool has_objects(std::uint16_t kind) const noexcept { return has_objects_[kind]; }
  [[nodiscard]] Result<void> count();

  // Only between batches: forgets what was found if there is too much of it.
  void make_room();

  // The objects that have these values in a field, null where there is none. What is answered lives
  // until make_room.
  [[nodiscard]] Result<void> find(schema::FieldRef by, std::span<const std::string_view> values,
                                  std::span<const Known*> into);

  // The same of values that hardly come again: nothing is remembered, and what is found lives in
  // the room.
  [[nodiscard]] Result<void> find(schema::FieldRef by, std::span<const std::string_view> values,
                                  std::span<const Known*> into, std::pmr::memory_resource& room);

  // Keeps a text in the room.
  [[nodiscard]] static std::string_view keep(std::string_view text,
                                             std::pmr::memory_resource& room);

  // The name that is most like an unknown one in the directory before the import; empty if none is.
  // Each is asked for once, and only so many: who misspells everything is not helped by more. A
  // number with a point is like the whole number that it is (17.0 is 17), and like no other.
  [[nodiscard]] Result<std::string_view> nearest(schema::FieldRef field, std::string_view text);
  // Names that have one are asked for without end: a file in which those are mended is then asked
  // about the same others as before.
  void count_only_misses() noexcept { counts_only_misses_ = true; }

  // The directory before the import, and as the next row sees it: the same, unless rows act in
  // turn.
  [[nodiscard]] Directory& directory() noexcept { return directory_; }
  [[nodiscard]] Directory& state() noexcept { return *state_; }

  // From now on rows see this; it outlives the asking.
  void see(Directory& state);
  // What was found of a kind may no longer be so.
  void forget(std::uint16_t kind);

 private:
  using Texts = std::pmr::unordered_map<std::string_view, std::string_view, KeyedHash>;
  using Found = std::pmr::unordered_map<std::string_view, const Known*, KeyedHash>;
  // Short values that were found a moment ago, by a few bits of a product.
  struct Recent {
    std::uint64_t bytes = 0;
    std::uint64_t size = 0; // 0: nothing is here
    const Known* known = nullptr;
  };
  static constexpr std::size_t recent_count = 64;
  struct Searched {
    schema::FieldRef by;
    Found found;
    std::array<Recent, recent_count> recent = {};
  };
  struct Misspelt {
    schema::FieldRef field;
    Texts near;
  };
  [[nodiscard]] Result<std::optional<std::string>> look_for(schema::FieldRef field,
                                                            std::string_view text);
  class Taking;
  class TakingMany;

  Searched& searched(schema::FieldRef by);
  [[nodiscard]] std::string_view keep(std::string_view text) { return keep(text, texts_); }
  [[nodiscard]] const Known* keep(const schema::CompiledKind& kind, const ObjectView& object,
                                  std::pmr::memory_resource& room);

  const schema::CompiledSchema& schema_;
  Directory& directory_;
  Directory* state_;
  SipKey key_;
  std::pmr::monotonic_buffer_resource texts_;
  std::pmr::monotonic_buffer_resource near_texts_;
  std::pmr::memory_resource* memory_;
  std::vector<bool> is_listed_;    // of each kind
  std::vector<bool> has_objects_;  // likewise
  std::vector<bool> has_many_;     // likewise: more than are remembered
  std::vector<Searched> searched_; // few: as many as the schema names
  std::vector<Misspelt> misspelt_; // likewise
  std::size_t kept_ = 0;
  std::size_t asked_near_ = 0;
  bool counts_only_misses_ = false;
  Scratch scratch_;
};

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_KNOWN_OBJECTS_HPP
