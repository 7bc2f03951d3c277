/* What a page of history asks of a store: which jobs there were, what they left behind, who did
 * what, who saw it.
 *
 * Nothing here asks whether somebody may: who shows or does something for somebody asks
 * rollcall_missing_right first, and notes what came of it (rollcall_store_note_by).
 */
#ifndef ROLLCALL_STORE_HISTORY_H
#define ROLLCALL_STORE_HISTORY_H

#include "rollcall/base.h"
#include "rollcall/context.h"
#include "rollcall/error.h"
#include "rollcall/output.h"
#include "rollcall/schema.h"
#include "rollcall/store.h"
#include "rollcall/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A greatest number of 0 is one: without its bit it says nothing. */
enum {
  ROLLCALL_JOBS_ROWS_MAX = 1,
  ROLLCALL_JOBS_CREATED_MAX = 2,
  ROLLCALL_JOBS_ERRORS_MAX = 4 /* with errors_max 0: the jobs without errors */
};

/* All that is said must hold; what is NULL or 0 says nothing. Times are UTC milliseconds since
 * 1970, from and before. Texts are zero-terminated. */
typedef struct rollcall_job_filter {
  uint32_t struct_size;
  uint32_t states;  /* 1 << ROLLCALL_STATE_...: one of these */
  const char* kind; /* "execute", "validate", "plan", "apply", "export", ... */
  const char* format;
  const char* actor; /* a part of the name, ASCII without case */
  const char* file;  /* likewise */
  uint64_t rows_min, rows_max;
  uint64_t created_min, created_max;
  uint64_t errors_min, errors_max; /* rows that are rejected, stale, failed or unknown */
  int64_t since_ms, until_ms;
  uint64_t from;   /* made of this job: undone, retried, carried out */
  uint64_t before; /* a page: those that are older than this one */
  uint64_t most;
  uint32_t flags; /* ROLLCALL_JOBS_... */
  uint32_t reserved;
} rollcall_job_filter;

/* The newest first: columns job, from, state, refusal, kind, format, file, actor, role, created_ms,
 * started_ms, ended_ms (int64, null: not yet), rows, created, updated, unchanged, rejected,
 * withheld, stale, failed, unknown, warnings, bytes, sha256. */
ROLLCALL_API rollcall_status rollcall_store_jobs(rollcall_store* store,
                                                 const rollcall_job_filter* filter,
                                                 rollcall_table** out, rollcall_error** err);

/* All of one job as a line of JSON, findings and counts of codes among it. Not found if there is
 * none. */
ROLLCALL_API rollcall_status rollcall_store_job(rollcall_store* store, uint64_t job,
                                                rollcall_output* output, rollcall_error** err);

/* What there is of a job beside its record, a JSON object: artifacts (name, bytes), progress (step,
 * rows, bytes, groups, groups_planned), is_to_stop, effects_waiting, secrets_made, secrets_waiting,
 * secrets_taken_ms, purged_ms. */
ROLLCALL_API rollcall_status rollcall_store_job_details(rollcall_store* store, uint64_t job,
                                                        rollcall_output* output,
                                                        rollcall_error** err);

/* The job as the page of its vendor's history shows it: columns header, text. No rows if the format
 * has no such page. `schema` NULL: the store says which. */
ROLLCALL_API rollcall_status rollcall_store_job_page(rollcall_store* store, uint64_t job,
                                                     const rollcall_schema* schema,
                                                     rollcall_table** out, rollcall_error** err);

/* Removes all jobs that ended more than `days` ago (0: 90) or are not among the newest `jobs` (0:
 * 10,000), with their records. `gone` may be NULL. */
ROLLCALL_API rollcall_status rollcall_store_purge_expired(rollcall_store* store, uint64_t days,
                                                          uint64_t jobs, rollcall_purged* gone,
                                                          rollcall_error** err);
/* The same with all jobs that have ended, however new they are: what is kept is none. */
ROLLCALL_API rollcall_status rollcall_store_purge_ended(rollcall_store* store,
                                                        rollcall_purged* gone,
                                                        rollcall_error** err);

/* Effects that nobody has done yet, the oldest first: columns effect, job, operation, name, fields
 * (JSON; its member `secrets` has a handle for each secret that the effect needs). */
ROLLCALL_API rollcall_status rollcall_store_effects(rollcall_store* store, rollcall_table** out,
                                                    rollcall_error** err);
/* What a handle in the fields of an effect stands for. Not found if it is none, or if the secret
 * came from the file: that one the host was given with its group, and where the host is the store
 * itself, rollcall_effect_secrets_find has it. */
ROLLCALL_API rollcall_status rollcall_store_effect_secret(
    rollcall_store* store, uint64_t job, const char* operation, size_t operation_len,
    const char* handle, size_t handle_len, rollcall_output* output, rollcall_error** err);
/* An effect was done. Secrets that only it needed are gone. */
ROLLCALL_API rollcall_status rollcall_store_effect_done(rollcall_store* store, uint64_t effect,
                                                        rollcall_error** err);

/* As rollcall_job_filter. */
typedef struct rollcall_audit_filter {
  uint32_t struct_size;
  uint32_t flags;   /* ROLLCALL_AUDIT_... */
  const char* kind; /* of the object, */
  const char* key;  /* as it is spelled */
  const char* field;
  const char* actor;
  uint64_t job;
  int64_t since_ms, until_ms;
  uint64_t before; /* a page: older than this record */
  uint64_t most;
} rollcall_audit_filter;

enum {
  ROLLCALL_AUDIT_ONLY_REFUSED = 1 /* of accesses: those that were refused */
};

/* What was changed, the newest first: columns record, job, row, at_ms (int64), actor, op, kind,
 * key, fields (JSON: {"email": [null, "a@b.example"]}). */
ROLLCALL_API rollcall_status rollcall_store_audit(rollcall_store* store,
                                                  const rollcall_audit_filter* filter,
                                                  rollcall_table** out, rollcall_error** err);

/* Who saw, fetched or did something with jobs, or was refused, the newest first: columns record,
 * at_ms (int64), actor, what, job, refusal (null: it was allowed), role (null: none was said).
 * `kind`, `key` and `field` are not looked at. */
ROLLCALL_API rollcall_status rollcall_store_accesses(rollcall_store* store,
                                                     const rollcall_audit_filter* filter,
                                                     rollcall_table** out, rollcall_error** err);

/* Notes such an access: `what` is "see", "download report", ...; a refusal that is not empty says
 * why not. `job` 0: no one in particular. It has no role: rollcall_store_note_by says one. */
ROLLCALL_API rollcall_status rollcall_store_note(rollcall_store* store, const char* actor,
                                                 size_t actor_len, const char* what,
                                                 size_t what_len, uint64_t job, const char* refusal,
                                                 size_t refusal_len, rollcall_error** err);
/* The same by whom a context names, with his role. NULL: nobody. */
ROLLCALL_API rollcall_status rollcall_store_note_by(rollcall_store* store,
                                                    const rollcall_context* who, const char* what,
                                                    size_t what_len, uint64_t job,
                                                    const char* refusal, size_t refusal_len,
                                                    rollcall_error** err);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_STORE_HISTORY_H */
