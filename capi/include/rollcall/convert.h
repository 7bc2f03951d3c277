/* A file of one vendor's format as a file of another's, and what was lost on the way.
 *
 * There is no code for a pair of formats: columns say in their schema which canonical fields they
 * carry, and what two formats have in common goes over (docs/reference/convert.md). Nothing is made
 * up, and what comes out is judged by the target's own schema as it is written.
 */
#ifndef ROLLCALL_CONVERT_H
#define ROLLCALL_CONVERT_H

#include "rollcall/base.h"
#include "rollcall/cancel.h"
#include "rollcall/context.h"
#include "rollcall/directory.h"
#include "rollcall/engine.h"
#include "rollcall/error.h"
#include "rollcall/job.h"
#include "rollcall/output.h"
#include "rollcall/reading.h"
#include "rollcall/schema.h"
#include "rollcall/source.h"
#include "rollcall/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a conversion came to. It never changes, and any number of threads may read one. */
typedef struct rollcall_loss rollcall_loss;

enum {
  ROLLCALL_CONVERT_WITH_SECRETS = 1 /* else secrets stay behind, and are counted as lost */
};

typedef struct rollcall_convert_options {
  uint32_t struct_size;
  uint32_t flags;                  /* ROLLCALL_CONVERT_... */
  const rollcall_reading* reading; /* how the file is read; what comes out is UTF-8 with commas */
  const char* file_name;           /* what the file is called, zero-terminated; NULL: no name */
  rollcall_source* map; /* a CSV with the columns field, from and to: what values are called there.
                           All that is wrong with it is in the error malformed. NULL: nothing */
  const rollcall_str*
      fill_fields; /* what rows get that have nothing for a field: of the target a */
  const rollcall_str* fill_values; /* column, by header or field, or a canonical field; and what */
  size_t fill_count;
  rollcall_directory*
      directory; /* of the target's host; NULL: what a row says by itself is judged */
  rollcall_progress_fn progress; /* NULL: nobody is told */
  void* progress_user;
  const rollcall_cancel* cancel; /* NULL: nobody can */
} rollcall_convert_options;

/* Writes the file in the target's format into `result`, and into `report`, which may be NULL, a
 * JSON line a row that has findings and one for all. The actor is somebody in one of the two
 * systems, and must have the right to the template there. A file that is refused leaves no whole
 * result, and the loss says so. Formats that are the same and fields that are not there are wrong
 * use. `*loss` may be NULL. */
ROLLCALL_API rollcall_status rollcall_convert(const rollcall_schema* from,
                                              const rollcall_schema* to, rollcall_source* source,
                                              const rollcall_context* context,
                                              const rollcall_convert_options* options,
                                              rollcall_output* result, rollcall_output* report,
                                              rollcall_loss** loss, rollcall_error** err);

/* For a file that could not even be opened; `why` is what opening it failed with. */
ROLLCALL_API rollcall_status rollcall_convert_unreadable(
    const rollcall_schema* from, const rollcall_schema* to, const rollcall_error* why,
    const char* file_name, size_t file_name_len, rollcall_loss** loss, rollcall_error** err);

/* ROLLCALL_STATE_SUCCEEDED: nothing was left out, and nothing would be refused. */
ROLLCALL_API int32_t rollcall_loss_state(const rollcall_loss* loss);
/* ROLLCALL_REFUSAL_... */
ROLLCALL_API int32_t rollcall_loss_refusal(const rollcall_loss* loss);

enum {
  ROLLCALL_LOSS_ROWS = 0, /* of the source */
  ROLLCALL_LOSS_BLANK_ROWS = 1,
  ROLLCALL_LOSS_WRITTEN = 2,  /* rows of the result; a range is several */
  ROLLCALL_LOSS_LEFT_OUT = 3, /* of the source: could not be read, or had nothing left */
  ROLLCALL_LOSS_REFUSED = 4,  /* rows of the result that the target would refuse as they stand */
  ROLLCALL_LOSS_BYTES = 5     /* of the source */
};
/* 0 for a number that is no count. */
ROLLCALL_API uint64_t rollcall_loss_count(const rollcall_loss* loss, int32_t which);

/* As the last line of a report. */
ROLLCALL_API rollcall_status rollcall_loss_json(const rollcall_loss* loss, rollcall_output* output,
                                                rollcall_error** err);
/* For people, a screen or two. A source without a name is called `nameless`. */
ROLLCALL_API rollcall_status rollcall_loss_page(const rollcall_loss* loss, const char* nameless,
                                                size_t nameless_len, rollcall_output* output,
                                                rollcall_error** err);

/* Tables. Numbers are uint64, lists are JSON. Columns, in this order:
 *
 *   SOURCE    column (its header), carries (canonical fields), to (headers of the target that take
 *             it), why ("carried", "no_place", "secret", "unknown_column": values stayed behind),
 *             values (filled cells), lost (of them), examples ([{"line": 2, "value": "x"}])
 *   TARGET    column, needed, written (0 or 1: it is in the file), values (from the source), filled
 *             (by the options or the format), missing; these three add up to the rows written
 *   REMARKS   side ("source", "target"), severity, code, column, count, lines (the first few)
 *   FINDINGS  those about the files as wholes, as ROLLCALL_TABLE_FINDINGS
 */
enum {
  ROLLCALL_LOSS_TABLE_SOURCE = 1,
  ROLLCALL_LOSS_TABLE_TARGET = 2,
  ROLLCALL_LOSS_TABLE_REMARKS = 3,
  ROLLCALL_LOSS_TABLE_FINDINGS = 4
};
ROLLCALL_API rollcall_status rollcall_loss_table(const rollcall_loss* loss, int32_t which,
                                                 rollcall_table** out, rollcall_error** err);

ROLLCALL_API void rollcall_loss_free(rollcall_loss* loss);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_CONVERT_H */
