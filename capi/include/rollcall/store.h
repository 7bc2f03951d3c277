/* A host in an SQLite database: directory, jobs, journal and audit in one file; and what is done
 * with jobs that it remembers. Unsupported in a build without SQLite.
 *
 * A store is asked by one call at a time; so are its directories, which keep it open. Where a
 * `directory` may be NULL it is the store's own.
 */
#ifndef ROLLCALL_STORE_H
#define ROLLCALL_STORE_H

#include "rollcall/base.h"
#include "rollcall/context.h"
#include "rollcall/directory.h"
#include "rollcall/engine.h"
#include "rollcall/error.h"
#include "rollcall/job.h"
#include "rollcall/output.h"
#include "rollcall/plan.h"
#include "rollcall/report.h"
#include "rollcall/schema.h"
#include "rollcall/source.h"
#include "rollcall/table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rollcall_store rollcall_store;

enum {
  ROLLCALL_STORE_MAY_ONLY_LOOK = 1 /* a file that cannot be written is opened all the same */
};

typedef struct rollcall_store_options {
  uint32_t struct_size;
  uint32_t flags;   /* ROLLCALL_STORE_... */
  const char* vfs;  /* of SQLite's, zero-terminated; NULL: the default one */
  uint32_t busy_ms; /* how long another process is waited for; 0: 5000 */
  uint32_t reserved;
} rollcall_store_options;

/* A new one; a file that is there already is wrong use. */
ROLLCALL_API rollcall_status rollcall_store_create(const rollcall_engine* engine, const char* path,
                                                   size_t path_len,
                                                   const rollcall_store_options* options,
                                                   rollcall_store** out, rollcall_error** err);
ROLLCALL_API rollcall_status rollcall_store_open(const rollcall_engine* engine, const char* path,
                                                 size_t path_len,
                                                 const rollcall_store_options* options,
                                                 rollcall_store** out, rollcall_error** err);

/* Names it for ever; a plan is made for one store. */
ROLLCALL_API void rollcall_store_id(const rollcall_store* store, rollcall_str* out);
/* 1 if it cannot be written. */
ROLLCALL_API int32_t rollcall_store_can_only_look(const rollcall_store* store);

/* Puts in the objects and settings of a directory.json: all of it or nothing. */
ROLLCALL_API rollcall_status rollcall_store_fill(rollcall_store* store, rollcall_source* source,
                                                 rollcall_error** err);
/* Writes them out again. */
ROLLCALL_API rollcall_status rollcall_store_dump(rollcall_store* store, rollcall_output* output,
                                                 rollcall_error** err);
/* Its objects as a format sees them. */
ROLLCALL_API rollcall_status rollcall_store_directory(rollcall_store* store,
                                                      const rollcall_schema* schema,
                                                      rollcall_directory** out,
                                                      rollcall_error** err);
/* Whether the database is sound; corrupt if not, naming the first fault. */
ROLLCALL_API rollcall_status rollcall_store_check(rollcall_store* store, rollcall_error** err);

ROLLCALL_API void rollcall_store_free(rollcall_store* store);

/* ---- What is done with a job ------------------------------------------------------------------
 * `schema` is the one that the job was begun with; NULL: the store says which. `options.store` is
 * not looked at. */

/* The format of a job, as it was when the job began. */
ROLLCALL_API rollcall_status rollcall_job_schema(rollcall_store* store, uint64_t job,
                                                 rollcall_schema** out, rollcall_error** err);

/* A job that broke off goes on where it was. */
ROLLCALL_API rollcall_status rollcall_job_resume(rollcall_store* store, uint64_t job,
                                                 const rollcall_schema* schema,
                                                 rollcall_directory* directory,
                                                 const rollcall_context* context,
                                                 const rollcall_job_options* options,
                                                 const rollcall_outputs* outputs,
                                                 rollcall_report** report, rollcall_error** err);

/* Takes back what a job has changed, as far as it is still as the job left it. */
ROLLCALL_API rollcall_status rollcall_job_undo(rollcall_store* store, uint64_t job,
                                               const rollcall_schema* schema,
                                               rollcall_directory* directory,
                                               const rollcall_context* context,
                                               const rollcall_job_options* options,
                                               const rollcall_outputs* outputs,
                                               rollcall_report** report, rollcall_error** err);

/* The plan of an undo, which is not carried out. Of one that is refused `*plan` is NULL. */
ROLLCALL_API rollcall_status rollcall_job_undo_plan(rollcall_store* store, uint64_t job,
                                                    const rollcall_schema* schema,
                                                    rollcall_directory* directory,
                                                    const rollcall_context* context,
                                                    const rollcall_job_options* options,
                                                    rollcall_plan** plan, rollcall_report** report,
                                                    rollcall_error** err);

/* Carries out the plan that a validation has left in the store: that very plan, once. */
ROLLCALL_API rollcall_status rollcall_job_execute(rollcall_store* store, uint64_t job,
                                                  const rollcall_schema* schema,
                                                  rollcall_directory* directory,
                                                  const rollcall_context* context,
                                                  const rollcall_job_options* options,
                                                  const rollcall_outputs* outputs,
                                                  rollcall_report** report, rollcall_error** err);

/* Executes the rows that were not applied, from the file as the store has it; an export is made
 * again. */
ROLLCALL_API rollcall_status rollcall_job_retry(rollcall_store* store, uint64_t job,
                                                const rollcall_schema* schema,
                                                rollcall_directory* directory,
                                                const rollcall_context* context,
                                                const rollcall_job_options* options,
                                                const rollcall_outputs* outputs,
                                                rollcall_report** report, rollcall_error** err);

/* Writes something that a job has left behind: "source", "report", "result", "error_rows",
 * "error_log", "plan". Not found, with the reason, if there is none. */
ROLLCALL_API rollcall_status rollcall_job_download(rollcall_store* store, uint64_t job,
                                                   const char* artifact, size_t artifact_len,
                                                   rollcall_directory* directory,
                                                   rollcall_output* output, rollcall_error** err);

/* Writes the secrets that a job made, publishes the output, and then they are gone from the store.
 * `*count`, if it is not NULL: how many they were. */
ROLLCALL_API rollcall_status rollcall_job_take_secrets(rollcall_store* store, uint64_t job,
                                                       rollcall_output* output, uint64_t* count,
                                                       rollcall_error** err);

/* Asks a job that has not ended to stop, in whatever process it runs. */
ROLLCALL_API rollcall_status rollcall_job_cancel(rollcall_store* store, uint64_t job,
                                                 rollcall_error** err);

/* What a purge took. */
typedef struct rollcall_purged {
  uint32_t struct_size; /* set by the caller */
  uint32_t reserved;
  uint64_t jobs;    /* whose files and secrets went, or their records as well */
  uint64_t files;   /* that were kept */
  uint64_t secrets; /* that might have been fetched, and nobody had */
  uint64_t effects; /* that waited to be done: they went with their job, or needed a secret */
  uint64_t others;  /* of a job that was purged by its number: so many still have its file, or rows
                       of it: they came of it, it came of them, or they were given the same bytes */
  rollcall_table** other_jobs; /* set by the caller: where these go, as a table with the column job
                                  (without rows: there is none); NULL: nobody asks */
} rollcall_purged;

/* Removes the files and secrets of a job that has ended. Record and audit stay. `gone` may be NULL.
 * Who wants a file gone from the store purges the `other_jobs` as well. */
ROLLCALL_API rollcall_status rollcall_job_purge(rollcall_store* store, uint64_t job,
                                                rollcall_purged* gone, rollcall_error** err);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_STORE_H */
