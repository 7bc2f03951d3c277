// sqlite_directory.cpp: answers questions; what is to be done is ObjectWork's.
#include "store/sqlite_directory.hpp"

#include <utility>

#include "directory/contents.hpp"
#include "directory/nearest_value.hpp"
#include "store/object_work.hpp"

namespace rollcall::store {

using directory::NearestSearch;

// What is kept of a kind is what does not change: its fields, and which of them have an index.
struct SqliteDirectory::Kind {
  Kind(SettledKind&& of)
      : settled{std::move(of)},
        reader{settled.shape, faults, directory::Others::skipped, directory::Values::as_they_are}
  {
    sought.resize(settled.shape.fields.size());
  }
  Kind(const Kind&) = delete;

  SettledKind settled;
  std::vector<std::optional<Sought>> sought; // of each field
  directory::Compared compared;
  json::Faults faults{1};
  directory::ObjectReader reader;
};

SqliteDirectory::SqliteDirectory(Database& database, const schema::Schema& schema,
                                 const SipKey& sip_key, std::pmr::memory_resource& memory)
    : database_{&database},
      sip_key_{sip_key},
      memory_{&memory},
      questions_{directory::shapes_of(schema)},
      document_{{.memory = &memory}}
{
}

SqliteDirectory::~SqliteDirectory() = default;

Result<std::unique_ptr<SqliteDirectory>> SqliteDirectory::make(Database& database,
                                                               const schema::Schema& schema,
                                                               const Seams& seams)
{
  ROLLCALL_TRY(const SipKey sip_key, make_sip_key(*seams.random));
  std::unique_ptr<SqliteDirectory> made{
      new SqliteDirectory{database, schema, sip_key, *seams.memory}};
  ROLLCALL_TRY(auto kinds, settle(database, schema, *seams.memory));
  for (SettledKind& kind : kinds) made->kinds_.push_back(std::make_unique<Kind>(std::move(kind)));
  ROLLCALL_CHECK(made->read_settings(directory::tenant_name, made->tenant_));
  ROLLCALL_CHECK(made->read_settings(directory::defaults_name, made->defaults_));
  return made;
}

Result<void> SqliteDirectory::read_settings(std::string_view name, directory::Settings& settings)
{
  ROLLCALL_TRY(Statement statement, database_->prepare("SELECT json FROM setting WHERE name = ?"));
  ROLLCALL_TRY(const bool is_there, statement.bind(name).step());
  if (!is_there) return success();
  json::Document document{{.bytes_max = statement.text(0).size() + 1}};
  ROLLCALL_CHECK(document.read(statement.text(0), {.path = std::string{name}}));
  json::Faults faults;
  if (!faults.object(document.root())) return faults.check();
  return settings.read(document.root());
}

bool SqliteDirectory::lists(KindId kind) const
{
  return kind < kinds_.size() && kinds_[kind]->settled.row.is_listed;
}

// An index that nobody has needed so far is made.
Result<Sought> SqliteDirectory::sought_of(Kind& kind, FieldId field)
{
  if (field == key_field) return kind.settled.key;
  std::optional<Sought>& kept = kind.sought[field];
  if (kept) return *kept;
  const schema::Field& its = kind.settled.shape.fields[field];
  const directory::Form form = directory::form_of(its.type);
  const auto look = [&]() -> Result<void> {
    ROLLCALL_TRY(const std::vector<Sought> all, read_sought(*database_, kind.settled.row.id));
    for (const Sought& each : all)
      if (each.field == its.name && each.form == form) kept = each;
    return success();
  };
  ROLLCALL_CHECK(look());
  if (kept) return *kept;
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(*database_, Access::write));
  ROLLCALL_CHECK(look());
  if (kept) return *kept;
  ROLLCALL_TRY(Sought made, add_sought(*database_, kind.settled.row.id, its.name, form));
  ROLLCALL_CHECK(fill_index(*database_, kind.settled.row, made, *memory_));
  ROLLCALL_CHECK(transaction.commit());
  // One that was made within a transaction of the store goes with it, should that be taken back.
  if (!database_->is_in_transaction()) kept = made;
  return made;
}

Result<void> SqliteDirectory::show(Kind& kind, std::size_t asked, const Statement& object,
                                   ObjectSink& sink)
{
  ROLLCALL_CHECK(document_.read(object.text(0)));
  ROLLCALL_TRY(const auto content, kind.reader.read(document_.root()));
  // It was good when it was put in, for every format that was there then.
  if (!content)
    return while_doing(kind.faults.check(), "reading " + kind.settled.shape.name + " objects");
  sink.object(asked, {.key = content->key, .fields = content->fields});
  return success();
}

Result<void> SqliteDirectory::find(Kind& kind, const Sought& sought,
                                   std::span<const std::string_view> values, ObjectSink& sink)
{
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(*database_, Access::read));
  ROLLCALL_TRY(Statement objects,
               database_->prepare("SELECT object.fields FROM value JOIN object "
                                  "ON object.id = value.object WHERE sought = ? AND value = ?"));
  for (std::size_t i = 0; i != values.size(); ++i) {
    objects.bind(sought.id).bind(kind.compared.form(values[i], sought.form));
    for (;;) {
      ROLLCALL_TRY(const bool is_there, objects.step());
      if (!is_there) break;
      ROLLCALL_CHECK(show(kind, i, objects, sink));
    }
    objects.reset();
  }
  return transaction.commit();
}

Result<void> SqliteDirectory::find(KindId kind, FieldId by,
                                   std::span<const std::string_view> values, ObjectSink& sink)
{
  return guarded([&]() -> Result<void> {
    ROLLCALL_CHECK(questions_.check(kind, by));
    if (values.empty()) return success();
    ROLLCALL_TRY(const Sought sought, sought_of(*kinds_[kind], by));
    return find(*kinds_[kind], sought, values, sink);
  });
}

Result<void> SqliteDirectory::scan(KindId kind, ObjectSink& sink)
{
  return guarded([&]() -> Result<void> {
    ROLLCALL_CHECK(questions_.check(kind));
    Kind& its = *kinds_[kind];
    ROLLCALL_TRY(Statement objects,
                 database_->prepare("SELECT fields FROM object WHERE id BETWEEN ? AND ?"));
    objects.bind(first_object(its.settled.row)).bind(last_object(its.settled.row));
    for (;;) {
      ROLLCALL_TRY(const bool is_there, objects.step());
      if (!is_there) return success();
      ROLLCALL_CHECK(show(its, 0, objects, sink));
    }
  });
}

Result<KindRow> SqliteDirectory::row_now(const Kind& kind)
{
  ROLLCALL_TRY(auto row, read_kind(*database_, kind.settled.shape.name));
  if (!row) return Error{ErrorCode::corrupt, "a kind is gone"}.while_doing(database_->path());
  return std::move(*row);
}

Result<std::uint64_t> SqliteDirectory::count(KindId kind)
{
  return guarded([&]() -> Result<std::uint64_t> {
    ROLLCALL_CHECK(questions_.check(kind));
    ROLLCALL_TRY(const KindRow row, row_now(*kinds_[kind]));
    return static_cast<std::uint64_t>(row.objects);
  });
}

Result<std::optional<std::uint64_t>> SqliteDirectory::next_id(KindId kind)
{
  return guarded([&]() -> Result<std::optional<std::uint64_t>> {
    ROLLCALL_CHECK(questions_.check(kind));
    const Kind& its = *kinds_[kind];
    ROLLCALL_TRY(const KindRow row, row_now(its));
    const auto told = [](const NextId& next) { return std::optional{next.value_or(no_id_left)}; };
    if (row.key == its.settled.shape.key.name && row.next_id) return told(*row.next_id);
    ROLLCALL_TRY(const NextId next, find_next_id(*database_, its.settled.key));
    return told(next);
  });
}

Result<std::optional<std::string>> SqliteDirectory::nearest(KindId kind, FieldId field,
                                                            std::string_view text)
{
  return guarded([&]() -> Result<std::optional<std::string>> {
    ROLLCALL_CHECK(questions_.check(kind, field));
    ROLLCALL_TRY(const Sought sought, sought_of(*kinds_[kind], field));
    NearestSearch search{field, sought.form, text};
    if (search.is_vain()) return std::optional<std::string>{};
    ROLLCALL_TRY(const std::uint64_t objects, count(kind));
    if (NearestSearch::looks_at_all(objects)) {
      ROLLCALL_CHECK(scan(kind, search.sink()));
    } else {
      const std::vector<std::string> neighbours = search.neighbours();
      const std::vector<std::string_view> asked{neighbours.begin(), neighbours.end()};
      ROLLCALL_CHECK(find(*kinds_[kind], sought, asked, search.sink()));
    }
    return search.best();
  });
}

Result<Setting> SqliteDirectory::setting(std::string_view name)
{
  return guarded([&]() -> Result<Setting> { return tenant_.find(name); });
}

Result<Setting> SqliteDirectory::default_setting(std::string_view name)
{
  return guarded([&]() -> Result<Setting> { return defaults_.find(name); });
}

Result<void> SqliteDirectory::apply(std::span<const Group> groups, AnswerSink& sink)
{
  return guarded([&]() -> Result<void> {
    std::vector<const SettledKind*> kinds;
    for (const auto& kind : kinds_) kinds.push_back(&kind->settled);
    ObjectWork work{*database_, kinds, sip_key_, *memory_};
    return work.apply(groups, sink);
  });
}

} // namespace rollcall::store
