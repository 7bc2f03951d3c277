// soundness.cpp: asks SQLite, holds every index and count against the objects, and jobs against all
// that is kept of them.
#include "store/soundness.hpp"

#include <array>
#include <string>
#include <vector>

#include "json/document.hpp"
#include "store/artifacts.hpp"
#include "store/kind_row.hpp"
#include "store/sought.hpp"

namespace rollcall::store {
namespace {

class Checking {
 public:
  Checking(Database& database, std::pmr::memory_resource& memory)
      : database_{database}, document_{{.memory = &memory}}
  {
  }

  Result<void> check()
  {
    ROLLCALL_TRY(const std::string says, database_.text_of("PRAGMA integrity_check(1)"));
    if (says != "ok") return fault(says);
    ROLLCALL_TRY(const std::vector<KindRow> kinds, read_kinds(database_));
    std::int64_t objects = 0;
    for (const KindRow& kind : kinds) {
      ROLLCALL_CHECK(check_kind(kind));
      objects += kind.objects;
    }
    ROLLCALL_TRY(const std::int64_t all, database_.integer_of("SELECT count(*) FROM object"));
    if (all != objects) return fault("an object is of no kind");
    ROLLCALL_TRY(const std::int64_t values, database_.integer_of("SELECT count(*) FROM value"));
    if (values != values_) return fault("an index has a value that no object has");
    return success();
  }

 private:
  Error fault(std::string says) const
  {
    return Error{ErrorCode::corrupt, std::move(says)}.while_doing("checking " + database_.path());
  }

  Result<void> check_kind(const KindRow& kind)
  {
    ROLLCALL_TRY(const std::vector<Sought> all, read_sought(database_, kind.id));
    ROLLCALL_TRY(Statement objects,
                 database_.prepare("SELECT id, fields FROM object WHERE id BETWEEN ? AND ?"));
    objects.bind(first_object(kind)).bind(last_object(kind));
    std::int64_t count = 0;
    for (;; ++count) {
      ROLLCALL_TRY(const bool is_there, objects.step());
      if (!is_there) break;
      ROLLCALL_CHECK(document_.read(objects.text(1)));
      for (const Sought& sought : all)
        ROLLCALL_CHECK(check_value(kind, sought, objects.integer(0)));
    }
    if (count != kind.objects) return fault("the count of " + kind.name + " is wrong");
    return check_next_id(kind, all);
  }

  Result<void> check_value(const KindRow& kind, const Sought& sought, std::int64_t object)
  {
    const auto value = value_in(document_.root().find(sought.field), digits_);
    if (!value) return success();
    ++values_;
    ROLLCALL_TRY(Statement index,
                 database_.prepare("SELECT 1 FROM value WHERE sought = ? AND value = ? AND "
                                   "object = ?"));
    index.bind(sought.id).bind(compared_.form(*value, sought.form)).bind(object);
    ROLLCALL_TRY(const bool is_there, index.step());
    if (is_there) return success();
    return fault("the index of " + kind.name + "." + sought.field + " lacks a value");
  }

  Result<void> check_next_id(const KindRow& kind, const std::vector<Sought>& all)
  {
    if (!kind.next_id) return success();
    for (const Sought& sought : all) {
      if (sought.field != kind.key) continue;
      ROLLCALL_TRY(const NextId next, find_next_id(database_, sought));
      if (next != *kind.next_id) return fault("the next id of " + kind.name + " is wrong");
    }
    return success();
  }

  Database& database_;
  json::Document document_;
  directory::Compared compared_;
  std::string digits_;
  std::int64_t values_ = 0;
};

// All records up to the last that was looked at are found by their objects, and no others.
Result<void> check_audit(Database& database)
{
  ROLLCALL_TRY(
      const std::int64_t astray,
      database.integer_of("SELECT (SELECT count(*) FROM audit WHERE id <= coalesce((SELECT "
                          "CAST(value AS INTEGER) FROM store WHERE name = 'audit_found'), 0)) - "
                          "(SELECT count(*) FROM audit_of_object o JOIN audit a "
                          "ON a.id = o.audit AND a.kind = o.kind AND a.key = o.key)"));
  if (astray == 0) return success();
  return Error{ErrorCode::corrupt, "the audit is not found by its objects"}.while_doing(
      "checking " + database.path());
}

// What cannot be, with a question that has a row for each time that it is.
struct Unsound {
  const char* says;
  const char* rows;
};

static_assert(piece_bytes == 262'144);
constexpr std::array unsound_jobs = {
    Unsound{"a file of a job has not the bytes that it should have",
            "SELECT 1 FROM artifact a WHERE is_whole = 1 AND ((bytes + 262143) / 262144 != (SELECT "
            "count(*) FROM piece p WHERE p.artifact = a.id) OR EXISTS (SELECT 1 FROM piece p WHERE "
            "p.artifact = a.id AND (p.number < 0 OR is_packed NOT IN (0, 1) OR (is_packed = 0 AND "
            "length(p.content) != "
            "min(262144, a.bytes - p.number * 262144)))))"},
    Unsound{"a secret is of no job",
            "SELECT 1 FROM made_secrets WHERE job NOT IN (SELECT id FROM job)"},
    Unsound{"secrets of a row are not what it is said of them",
            "SELECT 1 FROM made_secrets m WHERE "
            "is_shown != (SELECT count(*) != 0 FROM json_each(m.secrets) "
            "WHERE json_extract(value, '$[5]') != 0) OR "
            "is_waiting != (SELECT count(*) != 0 FROM json_each(m.secrets) "
            "WHERE json_extract(value, '$[6]') != 0) OR "
            "is_blank != (is_settled = 1 AND json_array_length(m.secrets) = 0)"},
    Unsound{"secrets of a job are not as many as it is said of them",
            "SELECT 1 FROM job j WHERE secrets_left != (SELECT count(*) FROM made_secrets m, "
            "json_each(m.secrets) s WHERE m.job = j.id AND m.is_blank = 0 AND m.is_settled = 1 AND "
            "json_extract(s.value, '$[5]') != 0)"},
    Unsound{"an effect is of no job", "SELECT 1 FROM outbox WHERE job NOT IN (SELECT id FROM job)"},
    Unsound{"a group is of no job, or behind those that are settled",
            "SELECT 1 FROM exception e LEFT JOIN job j ON j.id = e.job WHERE j.id IS NULL OR "
            "e.group_number NOT BETWEEN 1 AND j.groups"},
    Unsound{
        "an operation without an answer is of a job that has ended",
        "SELECT 1 FROM intended i LEFT JOIN job j ON j.id = i.job WHERE j.id IS NULL OR j.state "
        "NOT IN ('queued', 'running', 'interrupted')"},
    Unsound{"a secret is held for an operation that nobody was given",
            "SELECT 1 FROM made_secrets s WHERE is_settled = 0 AND NOT EXISTS (SELECT 1 FROM "
            "intended i "
            "WHERE i.operation = s.operation AND i.job = s.job)"},
    Unsound{
        "a job was purged, and has files or secrets",
        "SELECT 1 FROM job j WHERE purged_ms != 0 AND (EXISTS (SELECT 1 FROM artifact WHERE "
        "job = j.id) OR EXISTS (SELECT 1 FROM made_secrets WHERE job = j.id AND is_blank = 0))"}};

Result<void> check_jobs(Database& database, std::pmr::memory_resource& memory)
{
  const auto fault = [&](const std::string& says) {
    return Error{ErrorCode::corrupt, says}.while_doing("checking " + database.path());
  };
  {
    ROLLCALL_TRY(Statement astray, database.prepare("PRAGMA foreign_key_check"));
    ROLLCALL_TRY(const bool is_there, astray.step());
    if (is_there)
      return fault("a row of " + std::string{astray.text(0)} + " is of no " +
                   std::string{astray.text(2)});
  }
  for (const Unsound& each : unsound_jobs) {
    ROLLCALL_TRY(Statement rows, database.prepare(each.rows));
    ROLLCALL_TRY(const bool is_there, rows.step());
    if (is_there) return fault(each.says);
  }
  ROLLCALL_TRY(const bool are_well, are_packed_well(database, memory));
  if (!are_well) return fault("a file of a job cannot be unpacked");
  return success();
}

} // namespace

Result<void> check_soundness(Database& database, std::pmr::memory_resource& memory)
{
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(database, Access::read));
  ROLLCALL_CHECK(Checking(database, memory).check());
  ROLLCALL_CHECK(check_audit(database));
  ROLLCALL_CHECK(check_jobs(database, memory));
  return transaction.commit();
}

} // namespace rollcall::store
