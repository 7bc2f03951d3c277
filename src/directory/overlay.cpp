// overlay.cpp: everything is asked below as well; what the overlay answers for is not passed on.
#include "directory/overlay.hpp"

#include <algorithm>
#include <new>

#include "base/nearest.hpp"
#include "directory/hash_index.hpp"
#include "directory/nearest_value.hpp"

namespace rollcall::directory {
namespace {

// Tables that hold keys, and nothing else.
std::vector<Shape> keys_of(const schema::Schema& schema)
{
  std::vector<Shape> shapes = shapes_of(schema);
  for (Shape& shape : shapes) shape.fields.clear();
  return shapes;
}

class NotHidden final : public ObjectSink {
 public:
  NotHidden(const Table& hidden, ObjectSink& sink) : hidden_{hidden}, sink_{sink} {}

  void object(std::size_t asked, const ObjectView& object) override
  {
    if (hidden_.find_key(object.key) == no_object) sink_.object(asked, object);
  }

 private:
  const Table& hidden_;
  ObjectSink& sink_;
};

// Copies objects up, all that were asked for at once. What is thrown here goes through a host that
// may know nothing of exceptions, so it is kept; what was not asked for is no answer.
class Copies final : public ObjectSink {
 public:
  Copies(Table& own, Table& hidden, const std::pmr::vector<std::string_view>& keys,
         const std::pmr::vector<std::uint64_t>& hashes)
      : own_{own},
        hidden_{hidden},
        keys_{keys},
        hashes_{hashes},
        own_copies_{keys.size(), keys.get_allocator()},
        hidden_copies_{keys.size(), keys.get_allocator()}
  {
  }

  void object(std::size_t asked, const ObjectView& object) override
  {
    const bool is_answer = !has_failed_ && asked < keys_.size() &&
                           own_copies_[asked].after == nullptr &&
                           own_.is_same_key(object.key, keys_[asked]);
    if (!is_answer) return;
    try {
      const char* const record = own_.keep({.key = object.key, .fields = object.fields});
      hidden_copies_[asked] = {.after = hidden_.keep({.key = object.key}),
                               .key_hash = hashes_[asked]};
      own_copies_[asked] = {.after = record, .key_hash = hashes_[asked]};
    } catch (const std::bad_alloc&) {
      has_failed_ = true;
    }
  }

  // Nothing is copied if this throws.
  Result<void> commit()
  {
    if (has_failed_) return Error{};
    const auto is_missing = [](const Exchange& copy) { return copy.after == nullptr; };
    std::erase_if(own_copies_, is_missing);
    std::erase_if(hidden_copies_, is_missing);
    own_.prepare(own_copies_);
    hidden_.prepare(hidden_copies_);
    own_.commit(own_copies_);
    hidden_.commit(hidden_copies_);
    return success();
  }

 private:
  Table& own_;
  Table& hidden_;
  const std::pmr::vector<std::string_view>& keys_;
  const std::pmr::vector<std::uint64_t>& hashes_;
  std::pmr::vector<Exchange> own_copies_; // as the keys
  std::pmr::vector<Exchange> hidden_copies_;
  bool has_failed_ = false;
};

// Takes answers to some of many questions to where those stand.
class Placed final : public ObjectSink {
 public:
  Placed(const std::pmr::vector<std::size_t>& places, ObjectSink& sink)
      : places_{places}, sink_{sink}
  {
  }

  void object(std::size_t asked, const ObjectView& object) override
  {
    constexpr auto nowhere = static_cast<std::size_t>(-1);
    sink_.object(asked < places_.size() ? places_[asked] : nowhere, object);
  }

 private:
  const std::pmr::vector<std::size_t>& places_;
  ObjectSink& sink_;
};

class HighestId final : public ObjectSink {
 public:
  std::uint64_t id = 0;
  void object(std::size_t, const ObjectView& object) override
  {
    id = std::max(id, id_of(object.key).value_or(0));
  }
};

class Any final : public ObjectSink {
 public:
  bool was_shown = false;
  void object(std::size_t, const ObjectView&) override { was_shown = true; }
};

} // namespace

Overlay::Overlay(Directory& base, const schema::Schema& schema, const SipKey& key,
                 std::pmr::memory_resource& memory)
    : base_{&base}, own_{shapes_of(schema), key, memory}, hidden_{keys_of(schema), key, memory}
{
}

Result<Overlay> Overlay::make(Directory& base, const schema::Schema& schema, const Seams& seams)
{
  return guarded([&]() -> Result<Overlay> {
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    return Overlay{base, schema, key, *seams.memory};
  });
}

Result<void> Overlay::find(KindId kind, FieldId by, std::span<const std::string_view> values,
                           ObjectSink& sink)
{
  return guarded([&]() -> Result<void> {
    ROLLCALL_CHECK(own_.check(kind, by));
    if (by == key_field && hidden_[kind].count() != 0) return find_keys(kind, values, sink);
    if (hidden_[kind].count() == 0) {
      ROLLCALL_CHECK(base_->find(kind, by, values, sink));
    } else {
      NotHidden not_hidden{hidden_[kind], sink};
      ROLLCALL_CHECK(base_->find(kind, by, values, not_hidden));
    }
    if (own_[kind].count() != 0) own_[kind].find(by, values, sink);
    return success();
  });
}

// What is answered for here is not asked for below.
Result<void> Overlay::find_keys(KindId kind, std::span<const std::string_view> keys,
                                ObjectSink& sink)
{
  const Table& own = own_[kind];
  const Table& hidden = hidden_[kind];
  std::pmr::vector<std::uint64_t> hashes{&own_.memory()};
  std::pmr::vector<std::size_t> places{&own_.memory()};
  std::pmr::vector<std::string_view> below{&own_.memory()};
  for (const std::string_view key : keys) {
    hashes.push_back(own.key_hash(key));
    own.prefetch_key(hashes.back());
    hidden.prefetch_key(hashes.back());
  }
  for (std::size_t i = 0; i != keys.size(); ++i) {
    const ObjectNumber object = own.find_key(keys[i], hashes[i]);
    if (object != no_object) {
      own.show(object, i, sink);
    } else if (hidden.find_key(keys[i], hashes[i]) == no_object) {
      places.push_back(i);
      below.push_back(keys[i]);
    }
  }
  if (below.empty()) return success();
  Placed placed{places, sink};
  return base_->find(kind, key_field, below, placed);
}

Result<void> Overlay::scan(KindId kind, ObjectSink& sink)
{
  return guarded([&]() -> Result<void> {
    ROLLCALL_CHECK(own_.check(kind));
    NotHidden not_hidden{hidden_[kind], sink};
    ROLLCALL_CHECK(base_->scan(kind, not_hidden));
    own_[kind].scan(sink);
    return success();
  });
}

Result<std::uint64_t> Overlay::count(KindId kind)
{
  return guarded([&]() -> Result<std::uint64_t> {
    ROLLCALL_CHECK(own_.check(kind));
    ROLLCALL_TRY(const std::uint64_t below, base_->count(kind));
    return below - hidden_[kind].count() + own_[kind].count();
  });
}

Result<std::optional<std::uint64_t>> Overlay::next_id(KindId kind)
{
  return guarded([&]() -> Result<std::optional<std::uint64_t>> {
    ROLLCALL_CHECK(own_.check(kind));
    ROLLCALL_TRY(const auto below, next_id_below(kind));
    own_[kind].set_id_floor(below);
    const auto next = own_[kind].next_id();
    return below ? std::optional{next.value_or(no_id_left)} : std::nullopt;
  });
}

// The id behind those of the base that this does not answer for. Only if the highest of all is not
// among them, the others must be looked at.
Result<std::optional<std::uint64_t>> Overlay::next_id_below(KindId kind)
{
  ROLLCALL_TRY(const auto below, base_->next_id(kind));
  if (!below || hidden_[kind].next_id() != below || own_[kind].next_id() >= below) return below;
  HighestId highest;
  NotHidden not_hidden{hidden_[kind], highest};
  ROLLCALL_CHECK(base_->scan(kind, not_hidden));
  return std::optional{highest.id + 1};
}

// What the base found may be gone here.
Result<std::optional<std::string>> Overlay::nearest(KindId kind, FieldId field,
                                                    std::string_view text)
{
  return guarded([&]() -> Result<std::optional<std::string>> {
    ROLLCALL_CHECK(own_.check(kind, field));
    ROLLCALL_TRY(const auto below, base_->nearest(kind, field, text));
    auto here = nearest_value(own_[kind], field, text);
    if (!below) return here;
    ROLLCALL_TRY(const bool is_there, shows(kind, field, *below));
    if (!is_there) return here;
    if (!here) return below;
    Nearest both{text};
    both.offer(*below);
    both.offer(*here);
    if (both.best().empty()) return std::optional<std::string>{};
    return std::optional{std::string{both.best()}};
  });
}

Result<bool> Overlay::shows(KindId kind, FieldId field, std::string_view value)
{
  Any any;
  ROLLCALL_CHECK(find(kind, field, {&value, 1}, any));
  return any.was_shown;
}

Result<void> Overlay::apply(std::span<const Group> groups, AnswerSink& sink)
{
  return guarded([&]() -> Result<void> {
    ROLLCALL_CHECK(own_.check(groups));
    for (std::size_t kind = 0; kind != own_.size(); ++kind)
      ROLLCALL_CHECK(take_over(static_cast<KindId>(kind), groups));
    own_.apply(groups, sink);
    return success();
  });
}

// What the changes are about, each object once, and from where ids go on.
Result<void> Overlay::take_over(KindId kind, std::span<const Group> groups)
{
  Table& own = own_[kind];
  std::pmr::vector<std::string_view> keys{&own_.memory()};
  std::pmr::vector<std::uint64_t> hashes{&own_.memory()};
  HashIndex numbers{own_.memory()}; // of the keys
  const auto is_noted = [&](std::string_view key, std::uint64_t hash) {
    ObjectNumber number = numbers.first(hash);
    while (number != no_object && !own.is_same_key(keys[number], key))
      number = numbers.next(number);
    return number != no_object;
  };
  bool needs_id = false;
  for (const Group& group : groups) {
    for (const Change& change : group.changes) {
      if (change.kind != kind) continue;
      if (!change.key || change.gives_key) needs_id = true;
      if (!change.key) continue;
      const std::uint64_t hash = own.key_hash(*change.key);
      if (hidden_[kind].find_key(*change.key, hash) != no_object) continue;
      if (is_noted(*change.key, hash)) continue;
      numbers.insert_growing(hash, static_cast<ObjectNumber>(keys.size()));
      keys.push_back(*change.key);
      hashes.push_back(hash);
    }
  }
  if (needs_id) ROLLCALL_CHECK(next_id(kind));
  if (keys.empty()) return success();
  Copies copies{own, hidden_[kind], keys, hashes};
  ROLLCALL_CHECK(base_->find(kind, key_field, keys, copies));
  return copies.commit();
}

} // namespace rollcall::directory
