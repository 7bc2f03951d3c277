// object_work.cpp: lets groups do their work in memory and writes down what they did.
#include "store/object_work.hpp"

#include <algorithm>
#include <utility>

#include "directory/group_work.hpp"

namespace rollcall::store {
namespace {

using directory::Exchange;
using directory::Shape;

constexpr ManyRows::Sql insert_objects = {2, ROLLCALL_INSERT("object (fields, id)", "(?, ?)")};
constexpr ManyRows::Sql insert_values = {3, ROLLCALL_INSERT("value", "(?, ?, ?)")};

std::vector<Shape> shapes_of(std::span<const SettledKind* const> kinds)
{
  std::vector<Shape> shapes;
  for (const SettledKind* const kind : kinds) shapes.push_back(kind->shape);
  return shapes;
}

// Of a record, as far as the next step of its reader.
std::string_view others_of(const char* record, std::size_t fields) noexcept
{
  directory::RecordReader reader{record};
  reader.skip_text();
  while (fields-- != 0) reader.skip_field();
  return reader.text();
}

bool is_digits(std::string_view key) noexcept
{
  return std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

// Answers, until it is certain that they are true. Their keys are those of the tables.
class ObjectWork::Answers final : public AnswerSink {
 public:
  explicit Answers(std::pmr::memory_resource& memory) : kept_{&memory}, keys_{&memory} {}

  void answer(std::size_t group, Answer answer, std::span<const std::string_view> keys,
              std::string_view why) override
  {
    kept_.push_back({.group = group,
                     .answer = answer,
                     .first_key = keys_.size(),
                     .key_count = keys.size(),
                     .why = std::string{why}});
    keys_.insert(keys_.end(), keys.begin(), keys.end());
  }

  void give_to(AnswerSink& sink) const
  {
    for (const Kept& kept : kept_)
      sink.answer(kept.group, kept.answer, std::span{keys_}.subspan(kept.first_key, kept.key_count),
                  kept.why);
  }

 private:
  struct Kept {
    std::size_t group = 0;
    Answer answer = Answer::applied;
    std::size_t first_key = 0;
    std::size_t key_count = 0;
    std::string why = {};
  };
  std::pmr::vector<Kept> kept_;
  std::pmr::vector<std::string_view> keys_;
};

ObjectWork::ObjectWork(Database& database, std::span<const SettledKind* const> kinds,
                       const SipKey& sip_key, std::pmr::memory_resource& memory)
    : database_{&database},
      memory_{&memory},
      kinds_(kinds.size()),
      tables_{shapes_of(kinds), sip_key, memory},
      text_{&memory},
      sink_{text_},
      document_{{.memory = &memory}},
      others_before_{{.memory = &memory}},
      others_after_{{.memory = &memory}},
      new_objects_{insert_objects, memory},
      new_values_{insert_values, memory}
{
  for (std::size_t i = 0; i != kinds.size(); ++i) kinds_[i].settled = kinds[i];
}

Result<void> ObjectWork::apply(std::span<const Group> groups, AnswerSink& sink)
{
  ROLLCALL_CHECK(tables_.check(groups));
  ROLLCALL_TRY(auto writer, json::Writer::open(sink_, {.compact = true, .memory = memory_}));
  writer_ = std::move(writer);
  ROLLCALL_TRY(Transaction transaction, Transaction::join(*database_));
  database_->note_directory_change();
  ROLLCALL_CHECK(bring_in(groups));
  Answers answers{*memory_};
  directory::GroupWork work{tables_.all(), *memory_};
  for (std::size_t number = 0; number != groups.size(); ++number) {
    ROLLCALL_CHECK(set_next_ids(groups[number]));
    if (!work.apply(number, groups[number], answers)) continue;
    Result<void> result = success();
    work.each_exchange([&](KindId kind, const Exchange& exchange) {
      if (result.has_value()) result = carry_out(kind, exchange);
    });
    ROLLCALL_CHECK(std::move(result));
  }
  ROLLCALL_CHECK(flush());
  for (Kind& kind : kinds_) ROLLCALL_CHECK(close_gap(kind));
  ROLLCALL_CHECK(write_kinds());
  ROLLCALL_CHECK(transaction.commit());
  answers.give_to(sink);
  return success();
}

Result<void> ObjectWork::flush()
{
  ROLLCALL_CHECK(new_objects_.flush(*database_));
  return new_values_.flush(*database_);
}

// Indexes too: another process may have made one since this directory was.
Result<void> ObjectWork::make_ready(KindId number)
{
  Kind& kind = kinds_[number];
  if (kind.is_ready) return success();
  kind.is_ready = true;
  const Shape& shape = kind.settled->shape;
  ROLLCALL_TRY(auto row, read_kind(*database_, shape.name));
  if (!row) return Error{ErrorCode::corrupt, "a kind is gone"}.while_doing(database_->path());
  kind.row_before = *row;
  kind.row = std::move(*row);
  if (kind.row.key != shape.key.name) kind.row.next_id.reset();
  kind.row.key = shape.key.name;
  ROLLCALL_TRY(const std::vector<Sought> all, read_sought(*database_, kind.row.id));
  for (const Sought& sought : all) {
    std::size_t field = 0;
    while (field != shape.fields.size() && shape.fields[field].name != sought.field) ++field;
    if (field == shape.fields.size()) field = sought.field == shape.key.name ? the_key : unknown;
    kind.indexes.push_back({.sought = sought, .field = field});
  }
  ROLLCALL_TRY(Statement last,
               database_->prepare("SELECT max(id) FROM object WHERE id BETWEEN ? AND ?"));
  last.bind(first_object(kind.row)).bind(last_object(kind.row));
  ROLLCALL_TRY(const bool is_there, last.step());
  kind.last_object = is_there && !last.is_null(0) ? last.integer(0) : first_object(kind.row) - 1;
  return success();
}

Result<void> ObjectWork::bring_in(std::span<const Group> groups)
{
  for (const Group& group : groups) {
    for (const Change& change : group.changes) {
      ROLLCALL_CHECK(make_ready(change.kind));
      if (!change.key || change.key->empty()) continue;
      if (change.gives_key && is_beyond(kinds_[change.kind], *change.key)) continue;
      ROLLCALL_CHECK(bring_in(change.kind, *change.key));
    }
  }
  return success();
}

// No object has an id that is still to be given.
bool ObjectWork::is_beyond(const Kind& kind, std::string_view key)
{
  const auto id = directory::id_of(key);
  return id && kind.row.next_id && *kind.row.next_id && *id >= **kind.row.next_id;
}

Result<void> ObjectWork::bring_in(KindId number, std::string_view key)
{
  Kind& kind = kinds_[number];
  directory::Table& table = tables_[number];
  const std::uint64_t hash = table.key_hash(key);
  if (table.find_key(key, hash) != directory::no_object) return success();
  ROLLCALL_TRY(Statement found,
               database_->prepare("SELECT object.id, object.fields FROM value JOIN object "
                                  "ON object.id = value.object WHERE sought = ? AND value = ?"));
  found.bind(kind.settled->key.id).bind(compared_.form(key, kind.settled->key.form));
  ROLLCALL_TRY(const bool is_there, found.step());
  if (!is_there) return success();
  ROLLCALL_CHECK(document_.read(found.text(1)));
  json::Faults faults{1};
  directory::ObjectReader reader{kind.settled->shape, faults, directory::Others::kept,
                                 directory::Values::as_they_are};
  ROLLCALL_TRY(const auto content, reader.read(document_.root()));
  if (!content) return faults.check();
  table.add(*content, hash);
  const directory::ObjectNumber object = table.find_key(key, hash);
  if (object >= kind.objects.size()) kind.objects.resize(object + 1);
  kind.objects[object].id = found.integer(0);
  return success();
}

// Where a group may be given ids, from where they go on.
Result<void> ObjectWork::set_next_ids(const Group& group)
{
  for (const Change& change : group.changes) {
    if (change.op != Op::create || (change.key && !change.key->empty() && !change.gives_key))
      continue;
    Kind& kind = kinds_[change.kind];
    ROLLCALL_CHECK(close_gap(kind));
    if (!kind.row.next_id) {
      ROLLCALL_CHECK(flush());
      ROLLCALL_TRY(kind.row.next_id, find_next_id(*database_, kind.settled->key));
    }
    tables_[change.kind].set_id_floor(*kind.row.next_id);
  }
  return success();
}

Result<void> ObjectWork::carry_out(KindId number, const Exchange& exchange)
{
  Kind& kind = kinds_[number];
  const char* const before = exchange.before;
  const char* const after = exchange.after;
  if (exchange.object >= kind.objects.size()) kind.objects.resize(exchange.object + 1);
  Placed& object = kind.objects[exchange.object];
  if (std::exchange(object.is_written, true)) ROLLCALL_CHECK(flush());
  if (before == nullptr) {
    if (kind.last_object == last_object(kind.row))
      return Error{ErrorCode::limit_exceeded, "a kind has had too many objects"};
    object.id = ++kind.last_object;
    ++kind.row.objects;
    ROLLCALL_TRY(const std::string_view text, text_of(kind, after));
    ROLLCALL_CHECK(new_objects_.put(text).put(object.id).end_row(*database_));
  } else if (after == nullptr) {
    --kind.row.objects;
    ROLLCALL_TRY(Statement gone, database_->prepare("DELETE FROM object WHERE id = ?"));
    ROLLCALL_CHECK(gone.bind(object.id).run());
  } else {
    ROLLCALL_TRY(const std::string_view text, text_of(kind, after));
    ROLLCALL_TRY(Statement update, database_->prepare("UPDATE object SET fields = ? WHERE id = ?"));
    ROLLCALL_CHECK(update.bind(text).bind(object.id).run());
  }
  count_id(kind, before, after);
  return exchange_values(kind, object.id, before, after);
}

Result<std::string_view> ObjectWork::text_of(const Kind& kind, const char* record)
{
  const Shape& shape = kind.settled->shape;
  fields_.resize(shape.fields.size());
  text_.clear();
  ROLLCALL_CHECK(
      directory::put_object(*writer_, shape, directory::content_of(record, fields_), document_));
  ROLLCALL_CHECK(writer_->next_text());
  return std::string_view{text_};
}

// The highest leaves a gap behind it.
void ObjectWork::count_id(Kind& kind, const char* before, const char* after)
{
  NextId& below = kind.ids_below;
  if (before != nullptr &&
      (after == nullptr || directory::key_of(before) != directory::key_of(after))) {
    const std::string_view key = directory::key_of(before);
    const auto id = directory::id_of(key);
    const NextId next = kind.row.next_id.value_or(NextId{});
    if (kind.row.next_id && is_digits(key) && (!id || !next || *id + 1 == *next)) {
      below = next;
      kind.row.next_id.reset();
    }
    // (007 may have gone, and 7 have stayed.)
    if (below && id && *id + 1 == *below && (key.front() != '0' || key.size() == 1)) below = id;
  }
  const NextId next = kind.row.next_id ? *kind.row.next_id : below;
  if (after == nullptr || !next) return;
  const std::string_view key = directory::key_of(after);
  const auto id = directory::id_of(key);
  if (id && *id >= *next)
    kind.row.next_id = *id + 1;
  else if (!id && is_digits(key))
    kind.row.next_id = NextId{};
  if (kind.row.next_id) below.reset();
}

// A few looks below what went mostly tell the next id; else all are looked at when somebody asks.
Result<void> ObjectWork::close_gap(Kind& kind)
{
  const NextId below = std::exchange(kind.ids_below, {});
  if (!below) return success();
  ROLLCALL_CHECK(flush());
  ROLLCALL_TRY(kind.row.next_id, find_next_id_below(*database_, kind.settled->key, *below));
  return success();
}

Result<std::optional<std::string_view>> ObjectWork::value_of(const Index& index, const char* record,
                                                             json::Document& others,
                                                             std::string& digits)
{
  if (record == nullptr) return std::optional<std::string_view>{};
  if (index.field == the_key) return std::optional{directory::key_of(record)};
  if (index.field != unknown) return directory::field_of(record, index.field);
  return others.root() ? value_in(others.root().find(index.sought.field), digits)
                       : std::optional<std::string_view>{};
}

Result<void> ObjectWork::exchange_values(Kind& kind, std::int64_t object, const char* before,
                                         const char* after)
{
  const std::size_t fields = kind.settled->shape.fields.size();
  const auto read_others = [&](const char* record, json::Document& document) -> Result<bool> {
    const std::string_view others = record != nullptr ? others_of(record, fields) : "";
    if (others.empty()) return false;
    ROLLCALL_CHECK(document.read(others));
    return true;
  };
  bool is_read = false, has_before = false, has_after = false;
  for (const Index& index : kind.indexes) {
    if (index.field == unknown && !std::exchange(is_read, true)) {
      ROLLCALL_TRY(has_before, read_others(before, others_before_));
      ROLLCALL_TRY(has_after, read_others(after, others_after_));
    }
    std::optional<std::string_view> was, is;
    if (index.field != unknown || has_before) {
      ROLLCALL_TRY(was, value_of(index, before, others_before_, digits_before_));
    }
    if (index.field != unknown || has_after) {
      ROLLCALL_TRY(is, value_of(index, after, others_after_, digits_after_));
    }
    if (was == is) continue;
    if (was) was = compared_before_.form(*was, index.sought.form);
    if (is) is = compared_.form(*is, index.sought.form);
    if (was == is) continue;
    if (was) {
      ROLLCALL_TRY(Statement gone,
                   database_->prepare("DELETE FROM value WHERE sought = ? AND value = ? AND "
                                      "object = ?"));
      ROLLCALL_CHECK(gone.bind(index.sought.id).bind(*was).bind(object).run());
    }
    if (is)
      ROLLCALL_CHECK(new_values_.put(index.sought.id).put(*is).put(object).end_row(*database_));
  }
  return success();
}

// Which format has written last is known from here on.
Result<void> ObjectWork::write_kinds()
{
  const auto is_ranked = [&](const Kind& kind) {
    const auto rank = static_cast<std::int64_t>(&kind - kinds_.data());
    return kind.row_before.rank == rank && kind.row_before.fields == kind.settled->fields;
  };
  for (Kind& kind : kinds_) {
    if (!kind.is_ready) continue;
    if (!is_ranked(kind)) return rank_all();
  }
  for (Kind& kind : kinds_)
    if (kind.is_ready && kind.row != kind.row_before)
      ROLLCALL_CHECK(write_kind(*database_, kind.row));
  return success();
}

// Kinds that this format does not know come last, by name.
Result<void> ObjectWork::rank_all()
{
  ROLLCALL_CHECK(database_->run("UPDATE kind SET rank = NULL WHERE rank IS NOT NULL"));
  for (std::size_t i = 0; i != kinds_.size(); ++i) {
    ROLLCALL_CHECK(make_ready(static_cast<KindId>(i)));
    kinds_[i].row.rank = static_cast<std::int64_t>(i);
    kinds_[i].row.fields = kinds_[i].settled->fields;
    ROLLCALL_CHECK(write_kind(*database_, kinds_[i].row));
  }
  return success();
}

} // namespace rollcall::store
