/* What came of a job: its state, its counts, and its rows, findings and changes as tables. It never
 * changes, and any number of threads may read one. */
#ifndef ROLLCALL_REPORT_H
#define ROLLCALL_REPORT_H

#include "rollcall/base.h"
#include "rollcall/engine.h"
#include "rollcall/error.h"
#include "rollcall/output.h"
#include "rollcall/source.h"
#include "rollcall/table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rollcall_report rollcall_report;

enum {
  ROLLCALL_STATE_QUEUED = 0,
  ROLLCALL_STATE_RUNNING = 1,
  ROLLCALL_STATE_SUCCEEDED = 2,
  ROLLCALL_STATE_PARTIAL = 3,
  ROLLCALL_STATE_FAILED = 4,
  ROLLCALL_STATE_CANCELLED = 5,
  ROLLCALL_STATE_INTERRUPTED = 6 /* can be resumed */
};

/* Why nothing of a file was looked at, or of a plan done. */
enum {
  ROLLCALL_REFUSAL_NONE = 0,
  ROLLCALL_REFUSAL_ACTOR = 1,
  ROLLCALL_REFUSAL_FILE = 2,
  ROLLCALL_REFUSAL_STALE = 3
};

/* Of rows: the sum of those from CREATED to UNKNOWN is ROWS. */
enum {
  ROLLCALL_COUNT_ROWS = 0,
  ROLLCALL_COUNT_BLANK_ROWS = 1,
  ROLLCALL_COUNT_CREATED = 2,
  ROLLCALL_COUNT_UPDATED = 3,
  ROLLCALL_COUNT_UNCHANGED = 4,
  ROLLCALL_COUNT_REJECTED = 5,
  ROLLCALL_COUNT_WITHHELD = 6,
  ROLLCALL_COUNT_STALE = 7,
  ROLLCALL_COUNT_FAILED = 8,
  ROLLCALL_COUNT_UNKNOWN = 9,
  ROLLCALL_COUNT_WARNINGS = 10, /* of rows and file */
  ROLLCALL_COUNT_FINDINGS = 11,
  ROLLCALL_COUNT_ERRORS = 12,
  ROLLCALL_COUNT_BYTES = 13 /* of the file */
};

ROLLCALL_API int32_t rollcall_report_state(const rollcall_report* report);
ROLLCALL_API int32_t rollcall_report_refusal(const rollcall_report* report);
/* 0 for a number that is no count. */
ROLLCALL_API uint64_t rollcall_report_count(const rollcall_report* report, int32_t which);
/* How many findings of a code there were: "value.email", or one of the format's own. */
ROLLCALL_API uint64_t rollcall_report_code_count(const rollcall_report* report, const char* code,
                                                 size_t code_len);
/* The number under which a store remembers the job; 0: none does. */
ROLLCALL_API uint64_t rollcall_report_job(const rollcall_report* report);
ROLLCALL_API void rollcall_report_format(const rollcall_report* report, rollcall_str* out);
/* "validate", "plan", "execute", "apply", "undo", ... */
ROLLCALL_API void rollcall_report_action(const rollcall_report* report, rollcall_str* out);
/* SHA-256 of the file in hexadecimal; empty if it was not read to its end, or nobody asked. */
ROLLCALL_API void rollcall_report_sha256(const rollcall_report* report, rollcall_str* out);

/* The job as the last line of a report.jsonl. */
ROLLCALL_API rollcall_status rollcall_report_json(const rollcall_report* report,
                                                  rollcall_output* output, rollcall_error** err);

enum {
  ROLLCALL_SUMMARY_COLOUR = 1 /* escapes of a terminal */
};
/* For people, in a few lines. */
ROLLCALL_API rollcall_status rollcall_report_summary(const rollcall_report* report, uint32_t flags,
                                                     rollcall_output* output, rollcall_error** err);

/* Tables. FILE_FINDINGS and CODES are always there, the others if they were kept
 * (rollcall_outputs.keep). Columns, in this order; numbers are uint64 unless something else is
 * said, null where there is none:
 *
 *   ROWS           row, line, key, outcome, changes (how many), effects, findings
 *   FINDINGS       row, line, severity, code, column, value, message, fix, facts (JSON), unsafe_fix
 *                  (what was probably meant, where nothing is certain), in the order in which they
 *                  are told; those about the file have neither row nor line, and stand behind those
 *                  of rows
 *   FILE_FINDINGS  the same, only those about the file
 *   CHANGES        row, change (counting from 1 in its row), op, kind, key, field, before, after: a
 *                  line a field, or one without a field; of a secret `before` is `true` if one was
 *                  set, and `after` is `{"secret": "column"}` or `{"secret": "generated"}`
 *   EFFECTS        row, effect, fields (JSON)
 *   CODES          code, count
 */
enum {
  ROLLCALL_TABLE_ROWS = 1,
  ROLLCALL_TABLE_FINDINGS = 2,
  ROLLCALL_TABLE_FILE_FINDINGS = 3,
  ROLLCALL_TABLE_CHANGES = 4,
  ROLLCALL_TABLE_EFFECTS = 5,
  ROLLCALL_TABLE_CODES = 6
};
/* Made when first asked for, and kept. Wrong use if it was not kept. */
ROLLCALL_API rollcall_status rollcall_report_table(const rollcall_report* report, int32_t which,
                                                   rollcall_table** out, rollcall_error** err);

/* Reads a report.jsonl that was written earlier, with all its tables: state, refusal, counts and
 * findings are those of its job. */
ROLLCALL_API rollcall_status rollcall_report_read(const rollcall_engine* engine,
                                                  rollcall_source* source, rollcall_report** out,
                                                  rollcall_error** err);

ROLLCALL_API void rollcall_report_free(rollcall_report* report);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_REPORT_H */
