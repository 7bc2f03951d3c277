// overlay.cpp: everything is asked below as well; what the overlay answers for is not passed on.
#include "directory/overlay.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <utility>

#include "base/nearest.hpp"
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

// Copies objects up, once each. What is thrown here goes through a host that may know nothing of
// exceptions, so it is kept.
class Copies final : public ObjectSink {
 public:
  Copies(Table& own, Table& hidden) : own_{own}, hidden_{hidden} {}

  void object(std::size_t, const ObjectView& object) override
  {
    if (has_failed_ || hidden_.find_key(object.key) != no_object) return;
    try {
      copy(object);
    } catch (const std::bad_alloc&) {
      has_failed_ = true;
    }
  }

  [[nodiscard]] Result<void> check() const
  {
    if (has_failed_) return Error{};
    return success();
  }

 private:
  void copy(const ObjectView& object)
  {
    std::array<Exchange, 1> own;
    std::array<Exchange, 1> hidden;
    own[0].after = own_.keep({.key = object.key, .fields = object.fields});
    hidden[0].after = hidden_.keep({.key = object.key});
    own_.prepare(own);
    hidden_.prepare(hidden);
    own_.commit(own);
    hidden_.commit(hidden);
  }

  Table& own_;
  Table& hidden_;
  bool has_failed_ = false;
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
    return own_[kind].next_id();
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

// What the changes are about, and from where ids go on.
Result<void> Overlay::take_over(KindId kind, std::span<const Group> groups)
{
  std::pmr::vector<std::string_view> keys{&own_.memory()};
  bool needs_id = false;
  for (const Group& group : groups) {
    for (const Change& change : group.changes) {
      if (change.kind != kind) continue;
      if (!change.key || change.gives_key) needs_id = true;
      if (change.key && hidden_[kind].find_key(*change.key) == no_object)
        keys.push_back(*change.key);
    }
  }
  if (needs_id) ROLLCALL_CHECK(next_id(kind));
  if (keys.empty()) return success();
  Copies copies{own_[kind], hidden_[kind]};
  ROLLCALL_CHECK(base_->find(kind, key_field, keys, copies));
  return copies.check();
}

} // namespace rollcall::directory
