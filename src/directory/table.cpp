// table.cpp: finds in steps that wait for memory together, and changes in two.
#include "directory/table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <new>
#include <utility>

namespace rollcall::directory {
namespace {

constexpr std::uint64_t id_max = std::numeric_limits<std::uint64_t>::max() - 1;
constexpr std::size_t garbage_bytes_min = 1024 * 1024;

bool is_digits(std::string_view key) noexcept
{
  return !key.empty() &&
         std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::optional<std::uint64_t> id_of(std::string_view key) noexcept
{
  if (!is_digits(key)) return {};
  std::uint64_t number = 0;
  const auto read = std::from_chars(key.data(), key.data() + key.size(), number);
  if (read.ec != std::errc{} || number > id_max) return {};
  return number;
}

std::vector<Shape> shapes_of(const schema::Schema& schema)
{
  std::vector<Shape> shapes;
  for (std::size_t i = 0; i != schema.kinds.size(); ++i) {
    const schema::Kind& kind = schema.kinds[i];
    shapes.push_back({.name = kind.name,
                      .key = kind.key,
                      .keys = kind.keys,
                      .fields = schema::fields_of(schema, i)});
  }
  return shapes;
}

Table::Table(Shape shape, const SipKey& key, std::pmr::memory_resource& memory)
    : shape_{std::move(shape)},
      sip_key_{key},
      arena_{memory},
      records_{&memory},
      free_{&memory},
      pending_{&memory},
      hashes_{&memory}
{
  for (const schema::Field& field : shape_.fields) forms_.push_back(form_of(field.type));
  forms_.push_back(form_of(shape_.key.type));
  indexes_.reserve(forms_.size());
  while (indexes_.size() != forms_.size()) indexes_.emplace_back(memory);
  for (std::size_t i = 0; i != forms_.size(); ++i) looks_.emplace_back(&memory);
  indexes_.back().is_made = true;
}

std::optional<std::string_view> Table::value_of(const char* record,
                                                std::size_t index) const noexcept
{
  if (index == shape_.fields.size()) return key_of(record);
  return field_of(record, index);
}

std::uint64_t Table::hash_of(std::string_view value, std::size_t index, Compared& room) const
{
  return siphash_1_3(sip_key_, room.form(value, forms_[index]));
}

std::optional<std::uint64_t> Table::hash_in(const char* record, std::size_t index,
                                            Compared& room) const
{
  if (record == nullptr) return {};
  const auto value = value_of(record, index);
  if (!value) return {};
  return hash_of(*value, index, room);
}

std::uint64_t Table::key_hash(std::string_view key) const
{
  Compared room;
  return hash_of(key, shape_.fields.size(), room);
}

bool Table::is_same_key(std::string_view left, std::string_view right) const
{
  if (left == right) return true;
  Compared one;
  Compared other;
  return one.form(left, forms_.back()) == other.form(right, forms_.back());
}

ObjectNumber Table::find_key(std::string_view key) const
{
  return find_key(key, key_hash(key));
}

ObjectNumber Table::find_key(std::string_view key, std::uint64_t hash) const
{
  const HashIndex& keys = indexes_.back().hashes;
  ObjectNumber object = keys.first(hash);
  while (object != no_object && !is_same_key(key_of(records_[object]), key))
    object = keys.next(object);
  return object;
}

// In runs: first all hashes, then all slots, then all records, so that the waits for memory
// overlap.
void Table::find(FieldId by, std::span<const std::string_view> values, ObjectSink& sink)
{
  constexpr std::size_t run_max = 64;
  const std::size_t index = index_of(by);
  if (!indexes_[index].is_made) make_index(index);
  const HashIndex& hashes = indexes_[index].hashes;
  Compared asked;
  Compared kept;
  std::vector<std::optional<std::string_view>> fields(shape_.fields.size());
  std::array<std::uint64_t, run_max> hash;
  std::array<ObjectNumber, run_max> first;
  for (std::size_t begin = 0; begin < values.size(); begin += run_max) {
    const std::size_t size = std::min(run_max, values.size() - begin);
    for (std::size_t i = 0; i != size; ++i) {
      hash[i] = hash_of(values[begin + i], index, asked);
      hashes.prefetch(hash[i]);
    }
    for (std::size_t i = 0; i != size; ++i) {
      first[i] = hashes.first(hash[i]);
      if (first[i] != no_object) __builtin_prefetch(&records_[first[i]]);
    }
    for (std::size_t i = 0; i != size; ++i)
      if (first[i] != no_object) __builtin_prefetch(records_[first[i]]);
    for (std::size_t i = 0; i != size; ++i) {
      if (first[i] == no_object) continue;
      for (ObjectNumber object = first[i]; object != no_object; object = hashes.next(object)) {
        const std::string_view value = value_of(records_[object], index).value_or("");
        if (value != values[begin + i] &&
            kept.form(value, forms_[index]) != asked.form(values[begin + i], forms_[index]))
          continue;
        const Content content = content_of(records_[object], fields);
        sink.object(begin + i, {.key = content.key, .fields = content.fields});
      }
    }
  }
}

void Table::show(ObjectNumber object, std::size_t asked, ObjectSink& sink) const
{
  std::vector<std::optional<std::string_view>> fields(shape_.fields.size());
  const Content content = content_of(records_[object], fields);
  sink.object(asked, {.key = content.key, .fields = content.fields});
}

void Table::scan(ObjectSink& sink) const
{
  std::vector<std::optional<std::string_view>> fields(shape_.fields.size());
  for (const char* const record : records_) {
    if (record == nullptr) continue;
    const Content content = content_of(record, fields);
    sink.object(0, {.key = content.key, .fields = content.fields});
  }
}

void Table::make_looks(std::size_t index)
{
  std::pmr::vector<Nearest::Look> made{&memory()};
  made.resize(records_.size());
  std::string scratch;
  for (ObjectNumber object = 0; object != records_.size(); ++object)
    if (records_[object] != nullptr)
      if (const auto value = value_of(records_[object], index))
        made[object] = Nearest::look_at(*value, scratch);
  looks_[index].swap(made);
  has_looks_ = true;
}

void Table::offer_all(FieldId field, Nearest& nearest)
{
  const std::size_t index = index_of(field);
  if (looks_[index].empty()) make_looks(index);
  const std::pmr::vector<Nearest::Look>& looks = looks_[index];
  for (ObjectNumber object = 0; object != looks.size(); ++object)
    if (nearest.may_be(looks[object]))
      nearest.offer(value_of(records_[object], index).value_or(""));
}

void Table::make_index(std::size_t index)
{
  HashIndex made{memory()};
  Compared room;
  const auto has_value = [&](const char* record) {
    return record != nullptr && value_of(record, index).has_value();
  };
  made.reserve(
      static_cast<std::size_t>(std::count_if(records_.begin(), records_.end(), has_value)));
  for (ObjectNumber object = 0; object != records_.size(); ++object)
    if (const auto hash = hash_in(records_[object], index, room))
      made.insert_growing(*hash, object);
  indexes_[index].hashes = std::move(made);
  indexes_[index].is_made = true;
}

std::optional<std::uint64_t> Table::next_id()
{
  if (!highest_id_) {
    highest_id_ = 0;
    endless_ids_ = 0;
    for (const char* const record : records_)
      if (record != nullptr) count_id(record);
  }
  if (endless_ids_ != 0 || !id_floor_) return {};
  return std::max(*highest_id_ + 1, *id_floor_);
}

void Table::count_id(const char* record) noexcept
{
  const std::string_view key = key_of(record);
  if (!highest_id_ || !is_digits(key)) return;
  const auto id = id_of(key);
  if (!id) ++endless_ids_;
  highest_id_ = std::max(*highest_id_, id.value_or(0));
}

// The highest one leaves a gap that only a look at all of them can close.
void Table::uncount_id(const char* record) noexcept
{
  const std::string_view key = key_of(record);
  if (!highest_id_ || !is_digits(key)) return;
  const auto id = id_of(key);
  if (!id || *id == *highest_id_) highest_id_.reset();
}

std::size_t Table::bytes_of(const char* record) const noexcept
{
  RecordReader reader{record};
  reader.skip_text();
  for (std::size_t i = 0; i != shape_.fields.size(); ++i) reader.skip_field();
  reader.skip_text();
  return static_cast<std::size_t>(reader.at() - record);
}

const char* Table::keep(const Content& content)
{
  char* const record = arena_.allocate(record_bytes(content));
  write_record(content, record);
  return record;
}

void Table::add(const Content& content, std::uint64_t key_hash)
{
  const char* const record = keep(content);
  Exchange exchange{.object = no_object, .before = nullptr, .after = record};
  const bool has_only_keys = std::none_of(indexes_.begin(), indexes_.end() - 1,
                                          [](const Index& index) { return index.is_made; });
  if (!has_only_keys || !free_.empty()) {
    prepare({&exchange, 1});
    return commit({&exchange, 1});
  }
  if (records_.size() >= no_object) throw std::bad_alloc{};
  records_.push_back(nullptr);
  const auto object = static_cast<ObjectNumber>(records_.size() - 1);
  try {
    indexes_.back().hashes.insert_growing(key_hash, object);
  } catch (...) {
    records_.pop_back();
    throw;
  }
  exchange.object = object;
  count_in(exchange);
}

// Numbers that objects left, then new ones. They are taken when they are committed.
void Table::give_numbers(std::span<Exchange> exchanges)
{
  std::size_t reused = 0;
  std::size_t added = 0;
  std::size_t left = 0;
  for (Exchange& exchange : exchanges) {
    if (exchange.after == nullptr) ++left;
    if (exchange.before != nullptr) continue;
    if (reused != free_.size()) {
      exchange.object = free_[free_.size() - ++reused];
    } else {
      if (records_.size() + added >= no_object) throw std::bad_alloc{};
      exchange.object = static_cast<ObjectNumber>(records_.size() + added++);
    }
  }
  const auto make_room = [](auto& vector, std::size_t more) {
    const std::size_t wanted = vector.size() + more;
    if (wanted > vector.capacity()) vector.reserve(std::max(wanted, 2 * vector.capacity()));
  };
  make_room(records_, added);
  make_room(free_, left);
}

// All hashes first, so that the waits for their slots overlap. What stays as it is has none.
void Table::prepare(std::span<Exchange> exchanges)
{
  pending_.clear();
  give_numbers(exchanges);
  std::size_t numbers = records_.size();
  for (const Exchange& exchange : exchanges)
    numbers = std::max(numbers, std::size_t{exchange.object} + 1);
  Compared room;
  for (std::size_t index = 0; index != indexes_.size(); ++index) {
    if (!indexes_[index].is_made) continue;
    for (const Exchange& exchange : exchanges) {
      if (exchange.before != nullptr && exchange.after != nullptr &&
          value_of(exchange.before, index) == value_of(exchange.after, index))
        continue;
      const bool is_known = index == shape_.fields.size() && exchange.key_hash;
      const IndexChange change{
          .index = index,
          .object = exchange.object,
          .before = hash_in(exchange.before, index, room),
          .after = is_known ? exchange.key_hash : hash_in(exchange.after, index, room)};
      if (change.before == change.after) continue;
      pending_.push_back(change);
      if (change.before) indexes_[index].hashes.prefetch(*change.before);
      if (change.after) indexes_[index].hashes.prefetch(*change.after);
    }
  }
  for (auto begin = pending_.begin(); begin != pending_.end();) {
    hashes_.clear();
    const std::size_t index = begin->index;
    for (; begin != pending_.end() && begin->index == index; ++begin)
      if (begin->after) hashes_.push_back(*begin->after);
    indexes_[index].hashes.reserve(hashes_, numbers);
  }
}

void Table::commit(std::span<const Exchange> exchanges) noexcept
{
  for (const IndexChange& change : pending_)
    if (change.before) indexes_[change.index].hashes.remove(*change.before, change.object);
  for (const IndexChange& change : pending_)
    if (change.after) indexes_[change.index].hashes.insert(*change.after, change.object);
  for (const Exchange& exchange : exchanges) {
    if (exchange.before != nullptr || exchange.after == nullptr) continue;
    if (exchange.object == records_.size())
      records_.push_back(nullptr);
    else
      free_.pop_back();
  }
  for (const Exchange& exchange : exchanges) {
    count_in(exchange);
    if (exchange.before != nullptr && exchange.after == nullptr) free_.push_back(exchange.object);
  }
}

void Table::count_in(const Exchange& exchange) noexcept
{
  if (std::exchange(has_looks_, false))
    for (auto& looks : looks_) looks.clear();
  if (exchange.before != nullptr) {
    --count_;
    bytes_used_ -= bytes_of(exchange.before);
    if (exchange.after == nullptr || key_of(exchange.before) != key_of(exchange.after))
      uncount_id(exchange.before);
  }
  records_[exchange.object] = exchange.after;
  if (exchange.after == nullptr) return;
  ++count_;
  bytes_used_ += bytes_of(exchange.after);
  count_id(exchange.after);
}

void Table::tidy() noexcept
{
  if (arena_.bytes() <= 2 * bytes_used_ + garbage_bytes_min) return;
  try {
    Arena arena{memory()};
    std::pmr::vector<const char*> records{records_, records_.get_allocator()};
    for (const char*& record : records)
      if (record != nullptr) record = arena.keep({record, bytes_of(record)}).data();
    arena_.swap(arena);
    records_.swap(records);
  } catch (const std::bad_alloc&) {
    // It was tidiness, not need.
  }
}

} // namespace rollcall::directory
