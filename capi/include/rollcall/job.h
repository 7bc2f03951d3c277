/* Jobs: a file is validated, or executed, as the vendor's own page would do it.
 *
 * Validating is executing that stops before the first change: the same rows, findings and outcomes.
 * Every function here reports what came of it; `report` may be NULL.
 */
#ifndef ROLLCALL_JOB_H
#define ROLLCALL_JOB_H

#include "rollcall/base.h"
#include "rollcall/cancel.h"
#include "rollcall/context.h"
#include "rollcall/directory.h"
#include "rollcall/engine.h"
#include "rollcall/error.h"
#include "rollcall/output.h"
#include "rollcall/reading.h"
#include "rollcall/report.h"
#include "rollcall/schema.h"
#include "rollcall/source.h"

#ifdef __cplusplus
extern "C" {
#endif

struct rollcall_steps; /* rollcall/steps.h */
struct rollcall_store; /* rollcall/store.h */

/* What a job is at. */
enum {
  ROLLCALL_STEP_JUDGES = 0,  /* the rows of a file */
  ROLLCALL_STEP_LOOKS = 1,   /* whether a plan still fits */
  ROLLCALL_STEP_APPLIES = 2, /* it */
  ROLLCALL_STEP_TELLS = 3    /* what became of the rows */
};

/* How far a job has come. What is not known is 0. */
typedef struct rollcall_progress {
  uint64_t job; /* where a store remembers it */
  int32_t step; /* ROLLCALL_STEP_... */
  int32_t reserved;
  uint64_t rows;           /* judged, looked at or told, */
  uint64_t bytes;          /* of so many of the file */
  uint64_t groups;         /* applied or looked at, */
  uint64_t groups_planned; /* of so many */
} rollcall_progress;

/* Called between batches, at the first and then no more often than every 20 ms. STOP: the job stops
 * as rollcall_job_options.stopped_as says. */
typedef void (*rollcall_progress_fn)(void* user, const rollcall_progress* progress,
                                     int32_t* verdict);

enum {
  ROLLCALL_JOB_ATOMIC = 1,         /* one rejected row, and nothing is applied */
  ROLLCALL_JOB_NO_DIGEST = 2,      /* nobody asks for the SHA-256 of the file */
  ROLLCALL_JOB_TAKES_UNSEALED = 4, /* a plan without the seal of the store is carried out, too */
  ROLLCALL_JOB_TAKE_OVER = 8       /* of who still carries the job out: rollcall_resume */
};

/* A job that is stopped by progress or cancel. */
enum {
  ROLLCALL_STOPPED_AS_CANCELLED = 0,  /* has ended; what was applied stays, the rest is withheld */
  ROLLCALL_STOPPED_AS_INTERRUPTED = 1 /* breaks off, and can be resumed if a store remembers it */
};

/* What happens to what is no longer as it was when a plan was made. */
enum {
  ROLLCALL_STALE_REFUSE = 0, /* nothing is applied */
  ROLLCALL_STALE_ROW = 1     /* the rows that hang on it end `stale`, the others are applied */
};

typedef struct rollcall_job_options {
  uint32_t struct_size;
  uint32_t flags;                  /* ROLLCALL_JOB_... */
  const rollcall_reading* reading; /* how the file is read */
  const char* file_name;           /* what the file is called, zero-terminated; NULL: no name */
  const char* spool_folder;        /* for what does not fit into memory; NULL: "/tmp" */
  struct rollcall_store* store;    /* where the job is remembered; NULL: nowhere */
  rollcall_progress_fn progress;   /* NULL: nobody is told */
  void* progress_user;
  const rollcall_cancel* cancel; /* NULL: nobody can */
  struct rollcall_steps* steps;  /* not NULL: the job begins, and goes on by rollcall_steps_next */
  int32_t stopped_as;            /* ROLLCALL_STOPPED_AS_... */
  int32_t stale;                 /* ROLLCALL_STALE_... */
  rollcall_source* source;       /* the file that was planned, for a plan that is applied */
  uint32_t threads; /* 0: 1. With 2 one of them writes outputs. The outcome is the same;
                       where outputs are callbacks it is 1 */
  uint32_t reserved;
  const char*
      source_path; /* where a plan says that its file lies, zero-terminated; NULL: nowhere */
} rollcall_job_options;

enum {
  ROLLCALL_FINDINGS_TEXT = 0,
  ROLLCALL_FINDINGS_JSONL = 1,
  ROLLCALL_FINDINGS_CSV = 2,
  ROLLCALL_FINDINGS_JUNIT = 3,
  ROLLCALL_FINDINGS_SARIF = 4,
  ROLLCALL_FINDINGS_GITHUB = 5,
  ROLLCALL_FINDINGS_HTML = 6
};

enum {
  ROLLCALL_KEEP_FINDINGS = 1, /* the report has the table FINDINGS */
  ROLLCALL_KEEP_ROWS = 2      /* and ROWS, CHANGES and EFFECTS: all tables */
};

enum {
  ROLLCALL_OUTPUTS_COLOUR = 1 /* escapes of a terminal in findings as text */
};

/* Where outputs go; NULL: nobody asked. No output twice. The job publishes them when it ends. */
typedef struct rollcall_outputs {
  uint32_t struct_size;
  uint32_t flags;              /* ROLLCALL_OUTPUTS_... */
  rollcall_output* report;     /* report.jsonl: a line a row, one for the job */
  rollcall_output* result;     /* the vendor's result file */
  rollcall_output* error_rows; /* rows with errors as given, plus Errors */
  rollcall_output* error_log;  /* a line a finding, as text */
  rollcall_output* error_log_json;
  rollcall_output* findings; /* in this form: */
  int32_t findings_form;     /* ROLLCALL_FINDINGS_... */
  uint32_t keep;             /* ROLLCALL_KEEP_..., what the report is to have */
  rollcall_output* secrets;  /* those that were made, as CSV, of a job that no store remembers */
} rollcall_outputs;

ROLLCALL_API rollcall_status rollcall_validate(
    const rollcall_schema* schema, rollcall_source* source, rollcall_directory* directory,
    const rollcall_context* context, const rollcall_job_options* options,
    const rollcall_outputs* outputs, rollcall_report** report, rollcall_error** err);

/* The same, and then the changes are applied. */
ROLLCALL_API rollcall_status rollcall_execute(
    const rollcall_schema* schema, rollcall_source* source, rollcall_directory* directory,
    const rollcall_context* context, const rollcall_job_options* options,
    const rollcall_outputs* outputs, rollcall_report** report, rollcall_error** err);

enum {
  ROLLCALL_ACTION_TEMPLATE = 0,
  ROLLCALL_ACTION_EXPORT = 1,
  ROLLCALL_ACTION_VALIDATE = 2,
  ROLLCALL_ACTION_EXECUTE = 3,
  ROLLCALL_ACTION_UNDO = 4,
  ROLLCALL_ACTION_JOBS = 5
};

/* For a file that could not even be opened: reports it as one that is refused (file.unreadable).
 * `why` is what opening it failed with; the action is VALIDATE or EXECUTE. */
ROLLCALL_API rollcall_status rollcall_refuse_unreadable(
    const rollcall_schema* schema, rollcall_directory* directory, const rollcall_error* why,
    int32_t action, const rollcall_context* context, const rollcall_job_options* options,
    const rollcall_outputs* outputs, rollcall_report** report, rollcall_error** err);

/* Whether an actor may do something in a format: NULL if so, else a table of one finding that says
 * why not. Jobs ask this themselves; it is for who shows what jobs have left behind. */
ROLLCALL_API rollcall_status rollcall_missing_right(const rollcall_schema* schema,
                                                    rollcall_directory* directory,
                                                    const rollcall_context* context, int32_t action,
                                                    rollcall_table** out, rollcall_error** err);

/* The header row of the format, byte for byte what the importer reads. Of the options `steps` is
 * looked at. */
ROLLCALL_API rollcall_status rollcall_template(const rollcall_schema* schema,
                                               rollcall_directory* directory,
                                               const rollcall_context* context,
                                               const rollcall_job_options* options,
                                               rollcall_output* output, rollcall_report** report,
                                               rollcall_error** err);

/* All objects, in the import format. Of the options `store`, `file_name`, `progress`, `cancel` and
 * `steps` are looked at. A job that is stopped is over, and its output is not published. */
ROLLCALL_API rollcall_status rollcall_export(const rollcall_schema* schema,
                                             rollcall_directory* directory,
                                             const rollcall_context* context,
                                             const rollcall_job_options* options,
                                             rollcall_output* output, rollcall_report** report,
                                             rollcall_error** err);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_JOB_H */
