// group_work.cpp: looks at all changes of a group before it touches a table, writes new records
// beside the old ones, and only then, where nothing can fail, exchanges them.
#include "directory/group_work.hpp"

#include <algorithm>
#include <limits>
#include <variant>

namespace rollcall::directory {
namespace {

// Up to so many objects are found by looking at all of them.
constexpr std::size_t few = 16;

// Kinds may have the same keys.
std::uint64_t mixed(KindId kind, std::uint64_t hash) noexcept
{
  return hash + kind * std::uint64_t{0x9E3779B97F4A7C15};
}

// Of a secret nothing is kept but that it is set.
std::optional<std::string_view> value_after(const FieldChange& change, const schema::Field& field,
                                            std::string_view given_key) noexcept
{
  if (change.is_given_key) return given_key;
  const bool is_set = change.secret != SecretFrom::none || (change.after && !change.after->empty());
  if (!is_set) return {};
  if (std::holds_alternative<schema::Secret>(field.type)) return std::string_view{"true"};
  return change.after;
}

} // namespace

GroupWork::GroupWork(std::span<Table> tables, std::pmr::memory_resource& memory)
    : tables_{tables},
      touched_{&memory},
      steps_{&memory},
      touched_of_{memory},
      given_ids_(tables.size()),
      by_kind_{&memory},
      exchanges_{&memory},
      keys_{&memory},
      given_keys_{&memory}
{
}

bool GroupWork::apply(std::size_t number, const Group& group, AnswerSink& sink)
{
  clear();
  if (!plan(group)) {
    sink.answer(number, Answer::refused, {}, why_);
    return false;
  }
  write_records(group);
  carry_out();
  answer(number, sink);
  return true;
}

void GroupWork::clear()
{
  touched_.clear();
  steps_.clear();
  new_keys_.clear();
  given_keys_.clear();
  std::fill(given_ids_.begin(), given_ids_.end(), 0);
  if (is_indexed_) touched_of_ = HashIndex{*touched_.get_allocator().resource()};
  is_indexed_ = false;
}

// What each change does to which object; false if one of them cannot be.
bool GroupWork::plan(const Group& group)
{
  steps_.resize(group.changes.size());
  for (const Op op : {Op::delete_, Op::create, Op::update})
    for (std::size_t place = 0; place != group.changes.size(); ++place)
      if (group.changes[place].op == op && !plan_change(place, group.changes[place])) return false;
  note_given_keys(group);
  return true;
}

// The key that each change may hang on: of the last one before it, or it itself, that is given one;
// else of the first.
void GroupWork::note_given_keys(const Group& group)
{
  const auto gives = [](const Change& change) { return change.gives_key; };
  const auto first = std::find_if(group.changes.begin(), group.changes.end(), gives);
  if (first == group.changes.end()) return;
  auto place = static_cast<std::size_t>(first - group.changes.begin());
  given_keys_.assign(group.changes.size(), {});
  for (std::size_t i = 0; i != group.changes.size(); ++i) {
    if (group.changes[i].gives_key) place = i;
    given_keys_[i] = touched_[steps_[place].touched].key;
  }
}

bool GroupWork::plan_change(std::size_t place, const Change& change)
{
  auto key = key_for(change);
  if (!key) return refuse(change, {}, "has no key");
  std::size_t number = touch(change.kind, *key);
  if (change.gives_key && touched_[number].is_there) {
    key = next_key(change.kind);
    if (!key) return refuse(change, {}, "has no key");
    number = touch(change.kind, *key);
  }
  Touched& touched = touched_[number];
  steps_[place].touched = number;
  if (change.op == Op::create && touched.is_there) return refuse(change, *key, "is there already");
  if (change.op != Op::create && !touched.is_there) return refuse(change, *key, "is not there");
  touched.is_there = change.op != Op::delete_;
  if (change.op == Op::delete_) return true;
  if (change.op == Op::create) {
    touched.is_anew = true;
    touched.key = *key;
  }
  (touched.first == nothing ? touched.first : steps_[touched.last].next) = place;
  touched.last = place;
  return true;
}

// Its own, or the next that the host gives.
std::optional<std::string_view> GroupWork::key_for(const Change& change)
{
  if (change.key && !change.key->empty()) return change.key;
  const Shape& shape = tables_[change.kind].shape();
  if (change.op != Op::create || shape.keys != schema::Keys::from_host) return {};
  return next_key(change.kind);
}

// Of those of the tables and of this group: what the group creates may be the next of the tables.
std::optional<std::string_view> GroupWork::next_key(KindId kind)
{
  const auto next = tables_[kind].next_id();
  std::uint64_t& given = given_ids_[kind];
  for (;;) {
    if (!next || given >= no_id_left - *next) return {};
    const std::string_view key = new_keys_.emplace_back(std::to_string(*next + given++));
    const std::size_t known = find_touched(kind, tables_[kind].key_hash(key), key);
    if (known == nothing || !touched_[known].is_there) return key;
  }
}

std::size_t GroupWork::touch(KindId kind, std::string_view key)
{
  const Table& table = tables_[kind];
  const std::uint64_t hash = table.key_hash(key);
  const std::size_t known = find_touched(kind, hash, key);
  if (known != nothing) return known;
  const ObjectNumber object = table.find_key(key, hash);
  const char* const record = object != no_object ? table.record(object) : nullptr;
  touched_.push_back({.kind = kind,
                      .is_there = record != nullptr,
                      .object = object,
                      .before = record,
                      .hash = hash,
                      .key = record != nullptr ? key_of(record) : key});
  const auto put_in = [this](std::size_t number) {
    const Touched& touched = touched_[number];
    touched_of_.insert_growing(mixed(touched.kind, touched.hash),
                               static_cast<ObjectNumber>(number));
  };
  if (is_indexed_) put_in(touched_.size() - 1);
  if (!is_indexed_ && touched_.size() > few) {
    is_indexed_ = true;
    for (std::size_t i = 0; i != touched_.size(); ++i) put_in(i);
  }
  return touched_.size() - 1;
}

std::size_t GroupWork::find_touched(KindId kind, std::uint64_t hash, std::string_view key) const
{
  const auto is_it = [&](const Touched& touched) {
    return touched.hash == hash && touched.kind == kind &&
           tables_[kind].is_same_key(touched.key, key);
  };
  if (!is_indexed_) {
    const auto found = std::find_if(touched_.begin(), touched_.end(), is_it);
    return found == touched_.end() ? nothing : static_cast<std::size_t>(found - touched_.begin());
  }
  ObjectNumber number = touched_of_.first(mixed(kind, hash));
  while (number != no_object && !is_it(touched_[number])) number = touched_of_.next(number);
  return number == no_object ? nothing : number;
}

bool GroupWork::refuse(const Change& change, std::string_view key, std::string_view why)
{
  why_ = tables_[change.kind].shape().name;
  if (!key.empty()) why_.append(" ").append(key);
  why_.append(" ").append(why);
  return false;
}

void GroupWork::write_records(const Group& group)
{
  for (Touched& touched : touched_) {
    if (!touched.is_there) continue;
    Table& table = tables_[touched.kind];
    const std::vector<schema::Field>& shape = table.shape().fields;
    fields_.assign(shape.size(), {});
    Content content;
    if (!touched.is_anew) content = content_of(touched.before, fields_);
    const auto each_field = [&](auto what) {
      for (std::size_t place = touched.first; place != nothing; place = steps_[place].next)
        for (const FieldChange& change : group.changes[place].fields)
          what(fields_[change.field],
               value_after(change, shape[change.field],
                           given_keys_.empty() ? std::string_view{} : given_keys_[place]));
    };
    each_field([](auto& field, const auto& value) {
      if (!value) field.reset();
    });
    each_field([](auto& field, const auto& value) {
      if (value) field = value;
    });
    content.key = touched.key;
    content.fields = fields_;
    touched.after = table.keep(content);
  }
}

// A table makes ready for all of its changes at once.
void GroupWork::carry_out()
{
  by_kind_.clear();
  for (std::size_t i = 0; i != touched_.size(); ++i)
    if (touched_[i].before != nullptr || touched_[i].after != nullptr) by_kind_.push_back(i);
  std::stable_sort(by_kind_.begin(), by_kind_.end(), [this](std::size_t left, std::size_t right) {
    return touched_[left].kind < touched_[right].kind;
  });
  exchanges_.clear();
  for (const std::size_t i : by_kind_)
    exchanges_.push_back({.object = touched_[i].object,
                          .before = touched_[i].before,
                          .after = touched_[i].after,
                          .key_hash = touched_[i].after == nullptr
                                          ? std::nullopt
                                          : std::optional{touched_[i].hash}});

  const auto each_table = [this](auto what) {
    for (std::size_t begin = 0; begin != by_kind_.size();) {
      const KindId kind = touched_[by_kind_[begin]].kind;
      std::size_t end = begin;
      while (end != by_kind_.size() && touched_[by_kind_[end]].kind == kind) ++end;
      what(tables_[kind], std::span{exchanges_}.subspan(begin, end - begin));
      begin = end;
    }
  };
  keys_.reserve(steps_.size());
  each_table([](Table& table, std::span<Exchange> of_it) { table.prepare(of_it); });
  each_table([](Table& table, std::span<Exchange> of_it) { table.commit(of_it); });
}

void GroupWork::answer(std::size_t number, AnswerSink& sink)
{
  keys_.clear();
  for (const Step& step : steps_) {
    const Touched& touched = touched_[step.touched];
    keys_.push_back(key_of(touched.after != nullptr ? touched.after : touched.before));
  }
  sink.answer(number, Answer::applied, keys_, {});
}

} // namespace rollcall::directory
