// migrations.cpp: the tables, and what each column means. They can be read in the sqlite3 shell.
#include "store/migrations.hpp"

#include <array>
#include <string>

namespace rollcall::store {
namespace {

constexpr const char* directory_and_jobs = R"sql(
-- What the store says of itself: id, made_ms, audit_found; cleaning, which says what of the file is
-- to be written anew; and seal_key, which it tells nobody.
CREATE TABLE store (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- ---- The directory -----------------------------------------------------------------------------

-- Members of a directory.json that are no lists: "tenant", "defaults", and what else there was.
CREATE TABLE setting (name TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- A list of objects. `fields` and `rank` are those of the format that wrote last, or, as long as
-- none did, of the one that looked first: which fields it has, the key first, each with its type,
-- and which place the kind has in it.
CREATE TABLE kind (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  is_listed INTEGER NOT NULL,           -- it was there from the beginning, so all of it is known
  objects INTEGER NOT NULL DEFAULT 0,   -- how many there are
  key TEXT,                             -- the field that names an object
  next_id TEXT,                         -- behind the highest; '' none; NULL: to be looked for
  rank INTEGER,
  fields TEXT
) STRICT;

-- Fields by which the objects of a kind are known to be good.
CREATE TABLE shape (
  kind INTEGER NOT NULL REFERENCES kind,
  fields TEXT NOT NULL,
  PRIMARY KEY (kind, fields)
) STRICT, WITHOUT ROWID;

-- An object as JSON, without nulls. Its id is that of its kind times 2^40 and a number.
CREATE TABLE object (id INTEGER PRIMARY KEY, fields TEXT NOT NULL) STRICT;

-- Which fields are searched. `form` says how values compare: as text, phone or mac.
CREATE TABLE sought (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL REFERENCES kind,
  field TEXT NOT NULL,
  form TEXT NOT NULL,
  UNIQUE (kind, field, form)
) STRICT;

-- And which objects have which values there, in the form in which they compare.
CREATE TABLE value (
  sought INTEGER NOT NULL,
  value TEXT NOT NULL,
  object INTEGER NOT NULL,
  PRIMARY KEY (sought, value, object)
) STRICT, WITHOUT ROWID;

-- ---- Jobs --------------------------------------------------------------------------------------

-- `token` grows each time that somebody takes the job over: who has an older one writes no more.
-- Times are milliseconds since 1970, UTC; 0 is not yet.
CREATE TABLE job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  came_from INTEGER NOT NULL DEFAULT 0,
  token INTEGER NOT NULL DEFAULT 1,
  state TEXT NOT NULL,
  format TEXT NOT NULL, action TEXT NOT NULL,
  actor TEXT NOT NULL, role TEXT NOT NULL,
  created_ms INTEGER NOT NULL, started_ms INTEGER NOT NULL, ended_ms INTEGER NOT NULL,
  file TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, dialect TEXT NOT NULL,
  refusal TEXT NOT NULL,
  rows INTEGER NOT NULL, blank_rows INTEGER NOT NULL,
  created INTEGER NOT NULL, updated INTEGER NOT NULL, unchanged INTEGER NOT NULL,
  rejected INTEGER NOT NULL, withheld INTEGER NOT NULL, stale INTEGER NOT NULL,
  failed INTEGER NOT NULL, unknown INTEGER NOT NULL, warnings INTEGER NOT NULL,
  groups INTEGER NOT NULL DEFAULT 0,         -- of its plan: so many are settled
  rows_read INTEGER NOT NULL DEFAULT 0,      -- while its file is read
  groups_planned INTEGER NOT NULL DEFAULT 0, -- 0: not known yet
  is_to_stop INTEGER NOT NULL DEFAULT 0,     -- somebody has asked for it
  purged_ms INTEGER NOT NULL DEFAULT 0,      -- when its files were removed
  secrets_made INTEGER NOT NULL DEFAULT 0,   -- of those that may be fetched
  secrets_ms INTEGER NOT NULL DEFAULT 0,     -- when they were
  findings TEXT NOT NULL,  -- about the file, as JSON
  found TEXT NOT NULL,     -- how many of each code and severity, as JSON
  plan TEXT NOT NULL,      -- that it carries out; '' none
  request TEXT NOT NULL    -- what it takes to go on with it
) STRICT;

-- A plan is carried out once.
CREATE TABLE plan_used (plan TEXT PRIMARY KEY, job INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Files of a job, in pieces. One that is not whole is nobody's.
CREATE TABLE artifact (
  id INTEGER PRIMARY KEY,
  job INTEGER NOT NULL REFERENCES job,
  name TEXT NOT NULL,
  is_whole INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX artifact_of_job ON artifact (job, name) WHERE is_whole = 1;
CREATE TABLE piece (
  artifact INTEGER NOT NULL,
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (artifact, number)
) STRICT;

-- Operations that a host was given and has not answered.
CREATE TABLE intended (operation TEXT PRIMARY KEY, job INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX intended_of_job ON intended (job);

-- Groups that did not come out as their plan says.
CREATE TABLE exception (
  job INTEGER NOT NULL,
  group_number INTEGER NOT NULL,
  row INTEGER NOT NULL,
  fate TEXT NOT NULL,
  why TEXT NOT NULL,        -- a finding as JSON
  operation TEXT NOT NULL,
  keys TEXT NOT NULL,       -- as a JSON list
  PRIMARY KEY (job, group_number)
) STRICT, WITHOUT ROWID;

-- Secrets that were made: those of operations that are not settled yet, then those that nobody has
-- fetched, or for which effects wait. Nothing else has secrets but a file that is kept.
CREATE TABLE secret (
  id INTEGER PRIMARY KEY,
  job INTEGER NOT NULL,
  is_settled INTEGER NOT NULL,
  is_shown INTEGER NOT NULL,  -- may be fetched, and was not yet
  waiting INTEGER NOT NULL,   -- so many effects need it
  operation TEXT NOT NULL, change INTEGER NOT NULL, field TEXT NOT NULL,
  kind TEXT NOT NULL, key TEXT NOT NULL, row INTEGER NOT NULL, line INTEGER NOT NULL,
  value TEXT NOT NULL
) STRICT;
CREATE INDEX secret_of_operation ON secret (job, operation);

-- What was changed, when, by whom: each field with what it was and what it is, {"name": [null,
-- "Ada"]}. Of a secret only where it came from.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  job INTEGER NOT NULL,
  row INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  op TEXT NOT NULL,
  fields TEXT NOT NULL
) STRICT;
-- Which records are about an object. A job does not pay for it: whoever asks fills it up to the
-- last record there is, which `audit_found` in `store` remembers.
CREATE TABLE audit_of_object (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  audit INTEGER NOT NULL,
  PRIMARY KEY (kind, key, audit)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

-- Who did what with jobs, and was not allowed to.
CREATE TABLE access (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  what TEXT NOT NULL,
  job INTEGER NOT NULL,
  why TEXT NOT NULL
) STRICT;
CREATE INDEX access_to_job ON access (job);
CREATE TRIGGER access_is_not_changed BEFORE UPDATE ON access
BEGIN SELECT RAISE(ABORT, 'the log of accesses is append-only'); END;
CREATE TRIGGER access_is_not_deleted BEFORE DELETE ON access
BEGIN SELECT RAISE(ABORT, 'the log of accesses is append-only'); END;

-- Effects that wait to be done. `state` is waiting or done.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  job INTEGER NOT NULL,
  operation TEXT NOT NULL,
  name TEXT NOT NULL,
  fields TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting'
) STRICT;
CREATE INDEX outbox_waiting ON outbox (job) WHERE state = 'waiting';
)sql";

// Before it, a request had its job's format in it: whole, or as the name of one that is built in.
constexpr const char* schemas_of_jobs = R"sql(
-- Formats that jobs were begun with, each once, as JSON; '' where nothing but the name is known.
CREATE TABLE schema (
  id INTEGER PRIMARY KEY,
  format TEXT NOT NULL,
  digest TEXT UNIQUE,   -- SHA-256 of the JSON; NULL of one that version 1 kept
  json TEXT NOT NULL
) STRICT;
ALTER TABLE job ADD COLUMN schema INTEGER REFERENCES schema;

INSERT INTO schema (format, json)
  SELECT DISTINCT format, coalesce(json_extract(request, '$.schema'), '') FROM job
  WHERE json_valid(request);
UPDATE job SET schema = (SELECT min(s.id) FROM schema s WHERE s.format = job.format AND
                         s.json = coalesce(json_extract(job.request, '$.schema'), ''))
  WHERE json_valid(request);
UPDATE job SET request = json_remove(request, '$.schema') WHERE json_valid(request);
)sql";

// Which row asked for an effect, and where the audit stood when a job was added. What version 1 and
// 2 knew of an effect was its operation, which is called by the last row of its group.
constexpr const char* rows_of_effects = R"sql(
ALTER TABLE job ADD COLUMN audit_before INTEGER NOT NULL DEFAULT 0;
-- `state` may also be withdrawn: the row was undone before somebody did it.
ALTER TABLE outbox ADD COLUMN row INTEGER NOT NULL DEFAULT 0;
UPDATE outbox SET row = CAST(substr(operation, instr(operation, '-') + 1) AS INTEGER);
DROP INDEX outbox_waiting;
CREATE INDEX outbox_waiting ON outbox (job, row) WHERE state = 'waiting';
)sql";

// Before it, the id of a file that was removed was given to the next one: who was still reading or
// writing the first went on in the other. Pieces that were left of that are nobody's, and go.
constexpr const char* ids_of_artifacts = R"sql(
DROP INDEX artifact_of_job;
ALTER TABLE piece RENAME TO former_piece;
ALTER TABLE artifact RENAME TO former_artifact;
CREATE TABLE artifact (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice
  job INTEGER NOT NULL REFERENCES job,
  name TEXT NOT NULL,
  is_whole INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX artifact_of_job ON artifact (job, name) WHERE is_whole = 1;
-- All but the last one are of 256 KiB.
CREATE TABLE piece (
  artifact INTEGER NOT NULL REFERENCES artifact,
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (artifact, number)
) STRICT;
-- Those that only pieces know of are not given again either.
INSERT INTO sqlite_sequence SELECT 'artifact', coalesce(max(artifact), 0) FROM former_piece;
INSERT INTO artifact SELECT id, job, name, is_whole, bytes FROM former_artifact;
INSERT INTO piece SELECT artifact, number, bytes FROM former_piece
  WHERE artifact IN (SELECT id FROM artifact);
INSERT INTO store SELECT 'cleaning', '1 file' WHERE EXISTS (SELECT 1 FROM former_piece)
  ON CONFLICT (name) DO UPDATE SET value = '1 file';
DROP TABLE former_piece;
DROP TABLE former_artifact;
)sql";

// What a job has changed, and who asked for it, is shown by its format, also when it is gone.
constexpr const char* formats_of_gone_jobs = R"sql(
CREATE TABLE gone_job (id INTEGER PRIMARY KEY, schema INTEGER NOT NULL REFERENCES schema) STRICT;
CREATE VIEW format_of_job AS SELECT id, schema FROM job UNION ALL SELECT id, schema FROM gone_job;

-- Findings of a purged job keep nothing of its file any more.
INSERT INTO store SELECT 'cleaning', '1 file' WHERE EXISTS
  (SELECT 1 FROM job WHERE purged_ms != 0 AND findings != '[]')
  ON CONFLICT (name) DO UPDATE SET value = (CAST(value AS INTEGER) + 1) || ' file';
UPDATE job SET findings = '[]' WHERE purged_ms != 0;
)sql";

// A row of a file makes up to eight secrets: what had a row of the table each has one together. Who
// looks at them by `secret` sees them as they were.
constexpr const char* lists_of_secrets = R"sql(
CREATE TABLE made_secrets (
  id INTEGER PRIMARY KEY,
  job INTEGER NOT NULL,
  is_settled INTEGER NOT NULL,
  shown INTEGER NOT NULL,     -- so many may be fetched, and were not yet
  waiting INTEGER NOT NULL,   -- so many are needed by effects
  operation TEXT NOT NULL, row INTEGER NOT NULL, line INTEGER NOT NULL,
  -- [[change, kind, key, field, value, whether it may be fetched, effects that need it], ...]
  secrets TEXT NOT NULL
) STRICT;
INSERT INTO made_secrets (job, is_settled, shown, waiting, operation, row, line, secrets)
  SELECT job, is_settled, sum(is_shown), sum(waiting != 0), operation, row, line,
         json_group_array(json_array(change, kind, key, field, value, is_shown, waiting))
  FROM secret GROUP BY job, operation, is_settled, row ORDER BY min(id);
DROP TABLE secret;
CREATE INDEX made_secrets_of_operation ON made_secrets (job, operation);
CREATE VIEW secret AS SELECT m.id AS id, m.job AS job, m.is_settled AS is_settled,
  json_extract(s.value, '$[5]') AS is_shown, json_extract(s.value, '$[6]') AS waiting,
  m.operation AS operation, json_extract(s.value, '$[0]') AS change,
  json_extract(s.value, '$[3]') AS field, json_extract(s.value, '$[1]') AS kind,
  json_extract(s.value, '$[2]') AS key, m.row AS row, m.line AS line,
  json_extract(s.value, '$[4]') AS value
  FROM made_secrets m, json_each(m.secrets) s;
)sql";

// A plan that was kept and undoes a job was told as an import. (What it came of is a job that has
// changed something then, and not the one that has planned it.)
constexpr const char* undone_jobs = R"sql(
ALTER TABLE job ADD COLUMN undoes INTEGER NOT NULL DEFAULT 0; -- the job that it takes back
UPDATE job SET undoes = came_from WHERE action = 'undo' OR (action = 'apply' AND came_from IN
  (SELECT id FROM job WHERE action IN ('execute', 'apply', 'undo')));
-- Who may do something hangs on it.
ALTER TABLE access ADD COLUMN role TEXT NOT NULL DEFAULT '';
)sql";

// Whoever looks at a job, or at all, asks first which ones are being carried out.
constexpr const char* running_jobs = R"sql(
CREATE INDEX job_running ON job (token) WHERE state = 'running';
)sql";

// What is moved within the file leaves a copy where it stood, which nobody clears away: so a list
// keeps its place and its bytes, and one of which nobody needs anything is blank and stays.
constexpr const char* blank_lists_of_secrets = R"sql(
ALTER TABLE job ADD COLUMN secrets_left INTEGER NOT NULL DEFAULT 0; -- so many may be fetched
UPDATE job SET secrets_left = (SELECT coalesce(sum(shown), 0) FROM made_secrets WHERE
  made_secrets.job = job.id AND is_settled = 1) WHERE secrets_made != 0;
DROP VIEW secret;
DROP INDEX made_secrets_of_operation;
ALTER TABLE made_secrets RENAME TO former_secrets;
-- (No foreign key leads here or from here: with one SQLite deletes a row and makes it again, in
-- place of writing over it.)
CREATE TABLE made_secrets (
  id INTEGER PRIMARY KEY,
  job INTEGER NOT NULL,
  -- 0 or 1, which are of one size.
  is_settled INTEGER NOT NULL,
  is_shown INTEGER NOT NULL,   -- some may be fetched, and were not yet
  is_waiting INTEGER NOT NULL, -- some are needed by effects
  is_blank INTEGER NOT NULL,   -- nobody needs any
  operation TEXT NOT NULL, row INTEGER NOT NULL, line INTEGER NOT NULL,
  -- [[change, kind, key, field, value, whether it may be fetched, effects that need it], ...]
  secrets TEXT NOT NULL
) STRICT;
INSERT INTO made_secrets
  SELECT id, job, is_settled, shown != 0, waiting != 0, 0, operation, row, line, secrets
  FROM former_secrets ORDER BY id;
INSERT INTO store SELECT 'cleaning', '1 log' WHERE EXISTS (SELECT 1 FROM former_secrets)
  ON CONFLICT (name) DO UPDATE SET
  value = (CAST(value AS INTEGER) + 1) || iif(value LIKE '%file', ' file', ' log');
DROP TABLE former_secrets;
CREATE INDEX made_secrets_of_operation ON made_secrets (job, operation) WHERE is_blank = 0;
CREATE VIEW secret AS SELECT m.id AS id, m.job AS job, m.is_settled AS is_settled,
  json_extract(s.value, '$[5]') AS is_shown, json_extract(s.value, '$[6]') AS waiting,
  m.operation AS operation, json_extract(s.value, '$[0]') AS change,
  json_extract(s.value, '$[3]') AS field, json_extract(s.value, '$[1]') AS kind,
  json_extract(s.value, '$[2]') AS key, m.row AS row, m.line AS line,
  json_extract(s.value, '$[4]') AS value
  FROM made_secrets m, json_each(m.secrets) s WHERE m.is_blank = 0;
)sql";

// Most lists are never looked for by their operation, and each paid for it; and lines of plans are
// much alike.
constexpr const char* less_room = R"sql(
DROP INDEX made_secrets_of_operation;
CREATE INDEX made_secrets_of_job ON made_secrets (job) WHERE is_blank = 0;
-- Those that are held, and those that effects need.
CREATE INDEX made_secrets_of_operation ON made_secrets (job, operation)
  WHERE is_blank = 0 AND (is_settled = 0 OR is_waiting = 1);
-- As packing.cpp says. (A process that has opened the older file does not find the bytes any more.)
ALTER TABLE piece ADD COLUMN is_packed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE piece RENAME COLUMN bytes TO content;
)sql";

constexpr std::array steps = {directory_and_jobs, schemas_of_jobs,      rows_of_effects,
                              ids_of_artifacts,   formats_of_gone_jobs, lists_of_secrets,
                              undone_jobs,        running_jobs,         blank_lists_of_secrets,
                              less_room};

} // namespace

Result<void> migrate(Database& database)
{
  return migrate(database, steps);
}

Result<void> migrate(Database& database, std::span<const char* const> of)
{
  // Nobody is waited for where nothing is to be done.
  ROLLCALL_TRY(const std::int64_t found, database.integer_of("PRAGMA user_version"));
  if (found == static_cast<std::int64_t>(of.size())) return success();
  if (database.is_read_only() && found < static_cast<std::int64_t>(of.size()))
    return Error{ErrorCode::not_permitted,
                 "the database is of version " + std::to_string(found) +
                     ", and cannot be looked at before it was opened where it can be written: "
                     "this is version " +
                     std::to_string(of.size())};
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(database, Access::write));
  ROLLCALL_TRY(const std::int64_t version, database.integer_of("PRAGMA user_version"));
  if (version < 0 || static_cast<std::uint64_t>(version) > of.size())
    return Error{ErrorCode::unsupported, "the database is of version " + std::to_string(version) +
                                             ", which is newer than " + std::to_string(of.size())};
  for (const char* const step : of.subspan(static_cast<std::size_t>(version)))
    ROLLCALL_CHECK(database.run(step));
  const std::string stamp = "PRAGMA user_version = " + std::to_string(of.size());
  ROLLCALL_CHECK(database.run(stamp.c_str()));
  return transaction.commit();
}

} // namespace rollcall::store
