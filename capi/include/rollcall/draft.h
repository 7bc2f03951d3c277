/* A draft: a file as a table in memory that somebody edits, with what there is to say of each row
 * and cell at any time. It is what stands behind a grid.
 *
 *   rollcall_draft_open(schema, file, directory, context, NULL, &draft, &error);
 *   rollcall_draft_set(draft, 4, 2, "ada@acme.example", ROLLCALL_NUL, &error);
 *   rollcall_draft_check(draft, &again, &error);           the rows to be shown anew
 *   rollcall_draft_findings(draft, 0, 50, &said, &error);  those of a screen
 *   rollcall_draft_source(draft, &source, &error);         for rollcall_execute
 *
 * What is said of a draft is what validating its file would say, whatever was done to it in which
 * order; but only rows are judged again that an edit can touch (docs/reference/drafts.md). The host
 * is taken to stay as it was when a row was last judged: who knows that it has changed says so,
 * with rollcall_draft_refresh.
 *
 * Rows and columns count from 0 here, as in a table; the places in findings are those of the file,
 * as it would be saved. A draft is asked by one call at a time, and so is its directory meanwhile.
 */
#ifndef ROLLCALL_DRAFT_H
#define ROLLCALL_DRAFT_H

#include "rollcall/base.h"
#include "rollcall/cancel.h"
#include "rollcall/context.h"
#include "rollcall/directory.h"
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

typedef struct rollcall_draft rollcall_draft;

typedef struct rollcall_draft_options {
  uint32_t struct_size;
  uint32_t flags;                  /* 0 */
  const rollcall_reading* reading; /* how the file is read; one without quotes is unsupported */
  uint64_t undo_bytes; /* what edits that can be taken back may keep; 0: 64 MiB. The oldest are
                          forgotten first */
  rollcall_progress_fn progress; /* told while the file is read and whenever rows are judged, as */
  void* progress_user;           /* long as there is the draft; NULL: nobody is */
  const rollcall_cancel* cancel; /* stops the same, also if it is freed; NULL: nobody can */
} rollcall_draft_options;

/* Reads all of the source, which is done with then. A file that is refused can be looked at and
 * edited, but no row of it is judged. */
ROLLCALL_API rollcall_status rollcall_draft_open(const rollcall_schema* schema,
                                                 rollcall_source* source,
                                                 rollcall_directory* directory,
                                                 const rollcall_context* context,
                                                 const rollcall_draft_options* options,
                                                 rollcall_draft** out, rollcall_error** err);

/* One without rows, under the header of the format's template. */
ROLLCALL_API rollcall_status rollcall_draft_new(const rollcall_schema* schema,
                                                rollcall_directory* directory,
                                                const rollcall_context* context,
                                                const rollcall_draft_options* options,
                                                rollcall_draft** out, rollcall_error** err);

/* ---- The table --------------------------------------------------------------------------------
 * After a failure it is as it was. */

ROLLCALL_API uint64_t rollcall_draft_rows(const rollcall_draft* draft);

/* A row for each of its columns: columns header (as it stands in the file), field (of the schema;
 * null: the format does not know the column), is_secret (uint64, 0 or 1). */
ROLLCALL_API rollcall_status rollcall_draft_columns(rollcall_draft* draft, rollcall_table** out,
                                                    rollcall_error** err);

/* What a cell says, without quotes and guard; empty if the row is too short. Secrets are shown:
 * they are whose draft it is. Borrowed until the next call with this draft. */
ROLLCALL_API rollcall_status rollcall_draft_cell(rollcall_draft* draft, uint64_t row,
                                                 uint64_t column, rollcall_str* out,
                                                 rollcall_error** err);

/* At most so many rows from this one on: a column of texts for each column of the draft, in its
 * order. */
ROLLCALL_API rollcall_status rollcall_draft_cells(rollcall_draft* draft, uint64_t row,
                                                  uint64_t count, rollcall_table** out,
                                                  rollcall_error** err);

/* Edits. Each is a step that can be taken back. A row is written again where it was edited, and
 * there alone; a cell that a spreadsheet would run gets its guard. A row or column that is not
 * there is wrong use, and so is a row behind one whose quote is never closed; more rows or bytes
 * than the limits allow are limit_exceeded. */
ROLLCALL_API rollcall_status rollcall_draft_set(rollcall_draft* draft, uint64_t row,
                                                uint64_t column, const char* value,
                                                size_t value_len, rollcall_error** err);
/* So many cells as one step: the value for each place, of which later ones go over earlier ones. */
ROLLCALL_API rollcall_status rollcall_draft_set_cells(rollcall_draft* draft, const uint64_t* rows,
                                                      const uint64_t* columns,
                                                      const rollcall_str* values, size_t count,
                                                      rollcall_error** err);
/* A block of cells, row by row, becomes rows before this one, or with rollcall_draft_rows behind
 * the last. Columns to the right of the block stay blank. */
ROLLCALL_API rollcall_status rollcall_draft_insert(rollcall_draft* draft, uint64_t row,
                                                   const rollcall_str* cells, size_t block_rows,
                                                   size_t block_columns, rollcall_error** err);
ROLLCALL_API rollcall_status rollcall_draft_remove(rollcall_draft* draft, uint64_t row,
                                                   uint64_t count, rollcall_error** err);
/* Sets the cells of a block from this one on, and adds the rows that it needs at the end. */
ROLLCALL_API rollcall_status rollcall_draft_paste(rollcall_draft* draft, uint64_t row,
                                                  uint64_t column, const rollcall_str* cells,
                                                  size_t block_rows, size_t block_columns,
                                                  rollcall_error** err);

ROLLCALL_API int32_t rollcall_draft_can_undo(const rollcall_draft* draft);
ROLLCALL_API int32_t rollcall_draft_can_redo(const rollcall_draft* draft);
/* Takes the last step back, does it again. `*done`, if it is not NULL: 0 if there was none. */
ROLLCALL_API rollcall_status rollcall_draft_undo(rollcall_draft* draft, int32_t* done,
                                                 rollcall_error** err);
ROLLCALL_API rollcall_status rollcall_draft_redo(rollcall_draft* draft, int32_t* done,
                                                 rollcall_error** err);

/* ---- What is said of it -----------------------------------------------------------------------
 * Each of these judges first what edits have touched since; the host is asked a question a kind and
 * field for all of it. After an error of the host the next one tries again, and so it does after
 * ROLLCALL_ERROR_CANCELLED, which is what progress or cancel stop it with. */

/* 1 if the file is refused as a whole; its findings say why. */
ROLLCALL_API int32_t rollcall_draft_is_refused(const rollcall_draft* draft);
/* What there is to say about the file as a whole, columns as in ROLLCALL_TABLE_FINDINGS. What hangs
 * on its size (too large, too many rows, none) jobs say. */
ROLLCALL_API rollcall_status rollcall_draft_file_findings(rollcall_draft* draft,
                                                          rollcall_table** out,
                                                          rollcall_error** err);

/* The rows that were judged since this was last asked, in their order: column row_index (uint64).
 * What is said of all others is the same, but for its places, and for pools and limits, which are
 * given out in the order of the file. */
ROLLCALL_API rollcall_status rollcall_draft_check(rollcall_draft* draft, rollcall_table** out,
                                                  rollcall_error** err);

/* What a row would come to if the draft were executed, and not as an atomic job. */
enum {
  ROLLCALL_DRAFT_UNJUDGED = 0, /* the file is refused as a whole */
  ROLLCALL_DRAFT_BLANK = 1,    /* it is no row */
  ROLLCALL_DRAFT_CREATED = 2,
  ROLLCALL_DRAFT_UPDATED = 3,
  ROLLCALL_DRAFT_UNCHANGED = 4,
  ROLLCALL_DRAFT_REJECTED = 5
};
/* `*is` is a ROLLCALL_DRAFT_..., `*has_findings` 0 or 1; either may be NULL. */
ROLLCALL_API rollcall_status rollcall_draft_row(rollcall_draft* draft, uint64_t row, int32_t* is,
                                                int32_t* has_findings, rollcall_error** err);

typedef struct rollcall_draft_counts {
  uint32_t struct_size; /* set by the caller */
  uint32_t reserved;
  uint64_t rows; /* without blank ones; the sum of the next four, unless they are unjudged */
  uint64_t created;
  uint64_t updated;
  uint64_t unchanged;
  uint64_t rejected;
  uint64_t with_warnings; /* rows */
} rollcall_draft_counts;
ROLLCALL_API rollcall_status rollcall_draft_count_rows(rollcall_draft* draft,
                                                       rollcall_draft_counts* out,
                                                       rollcall_error** err);

/* Of at most so many rows from this one on, by row, and of a row by severity, column and code:
 * columns row_index, column_index (null: it is about the whole row), both of the draft, and then
 * those of ROLLCALL_TABLE_FINDINGS. */
ROLLCALL_API rollcall_status rollcall_draft_findings(rollcall_draft* draft, uint64_t row,
                                                     uint64_t count, rollcall_table** out,
                                                     rollcall_error** err);

/* The key that the host would give to the object that the row makes; null if it makes none, or the
 * host does not say. Looks at all rows before it. Borrowed until the next call with this draft. */
ROLLCALL_API rollcall_status rollcall_draft_given_key(rollcall_draft* draft, uint64_t row,
                                                      rollcall_str* out, rollcall_error** err);
/* The number that the row would draw from a pool for a cell that it leaves to it; likewise. Looks
 * at all rows. */
ROLLCALL_API rollcall_status rollcall_draft_drawn(rollcall_draft* draft, uint64_t row,
                                                  uint64_t column, rollcall_str* out,
                                                  rollcall_error** err);

/* Judges all rows anew: after a change of the host's objects or settings. */
ROLLCALL_API rollcall_status rollcall_draft_refresh(rollcall_draft* draft, rollcall_error** err);

/* ---- As a file --------------------------------------------------------------------------------
 */

/* Rows that nobody has edited byte for byte as they were read, in UTF-8. */
ROLLCALL_API rollcall_status rollcall_draft_save(rollcall_draft* draft, rollcall_output* output,
                                                 rollcall_error** err);

/* The draft, as it is when that is read, to be validated, planned or executed. While a job reads it
 * the draft is in use. It keeps the draft alive. */
ROLLCALL_API rollcall_status rollcall_draft_source(rollcall_draft* draft, rollcall_source** out,
                                                   rollcall_error** err);
/* How the file is read, as settled, for rollcall_job_options.reading of who reads the draft. Limits
 * are 0: the default ones. `out->struct_size` is set by the caller. */
ROLLCALL_API rollcall_status rollcall_draft_reading(const rollcall_draft* draft,
                                                    rollcall_reading* out, rollcall_error** err);

ROLLCALL_API void rollcall_draft_free(rollcall_draft* draft);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_DRAFT_H */
