/* Mending a file: the fixes that its findings offer are made in a copy of it.
 *
 * Fixes that are certain are made; guesses ("did you mean") only for who asks for them. Bytes that
 * are not part of a mended cell stay as they are. Only what a row says itself is looked at:
 * validating the copy tells of values that two rows want, or that somebody else has.
 */
#ifndef ROLLCALL_FIX_H
#define ROLLCALL_FIX_H

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

/* What mending a file came to. It never changes, and any number of threads may read one. */
typedef struct rollcall_mending rollcall_mending;

enum {
  ROLLCALL_FIX_UNSAFE = 1,     /* guesses, too */
  ROLLCALL_FIX_KEEP_FIXES = 2, /* the mending has the table FIXES */
  ROLLCALL_FIX_COLOUR = 4      /* escapes of a terminal in the preview */
};

/* Outputs are written while the file is read, and published at the end; those of a file that is
 * refused are not. NULL: nobody asked. No output twice. */
typedef struct rollcall_fix_options {
  uint32_t struct_size;
  uint32_t flags;                  /* ROLLCALL_FIX_... */
  const rollcall_reading* reading; /* how the file is read */
  const char* file_name;           /* what the file is called, zero-terminated; NULL: no name */
  rollcall_output* lineage;        /* a JSON line a step by which a cell was mended */
  rollcall_output* preview;        /* some rows as they are and as they would be, for people, */
  uint64_t columns;                /* so wide; 0: 100 */
  rollcall_progress_fn progress;   /* NULL: nobody is told */
  void* progress_user;
  const rollcall_cancel* cancel; /* NULL: nobody can */
} rollcall_fix_options;

/* Reads the source once, and writes the copy into `file`, which may be NULL. Whoever may validate
 * may mend; a file that would be refused is refused. `mending` may be NULL. Stopped by progress or
 * cancel it fails with ROLLCALL_ERROR_CANCELLED, and no output is published. */
ROLLCALL_API rollcall_status rollcall_fix(const rollcall_schema* schema, rollcall_source* source,
                                          rollcall_directory* directory,
                                          const rollcall_context* context,
                                          const rollcall_fix_options* options,
                                          rollcall_output* file, rollcall_mending** mending,
                                          rollcall_error** err);

/* ROLLCALL_REFUSAL_... */
ROLLCALL_API int32_t rollcall_mending_refusal(const rollcall_mending* mending);

enum {
  ROLLCALL_MENDING_ROWS = 0, /* without header and blank ones */
  ROLLCALL_MENDING_ROWS_MENDED = 1,
  ROLLCALL_MENDING_CERTAIN = 2,      /* steps */
  ROLLCALL_MENDING_GUESSED = 3,      /* likewise */
  ROLLCALL_MENDING_GUESSES_LEFT = 4, /* cells with a guess that nobody asked for */
  ROLLCALL_MENDING_UNWRITABLE = 5,   /* fixes that cannot be written in the encoding of the file */
  ROLLCALL_MENDING_BAD_BEFORE = 6,   /* rows that say something wrong by themselves: before, */
  ROLLCALL_MENDING_BAD_AFTER = 7     /* and after */
};
/* 0 for a number that is no count. */
ROLLCALL_API uint64_t rollcall_mending_count(const rollcall_mending* mending, int32_t which);

/* {"fix": {"format": "ctu", "rows": 12, ...}}, a line. */
ROLLCALL_API rollcall_status rollcall_mending_json(const rollcall_mending* mending,
                                                   rollcall_output* output, rollcall_error** err);
/* For people, in a few lines; `unsafe` is how they ask for guesses: "--unsafe-fixes". */
ROLLCALL_API rollcall_status rollcall_mending_summary(const rollcall_mending* mending,
                                                      const char* unsafe, size_t unsafe_len,
                                                      rollcall_output* output,
                                                      rollcall_error** err);

/* Tables:
 *
 *   FIXES     row (0: the header), line, cell (counting from 0), column, before (null of a secret),
 *             after, rule (the code of the finding that offered it), certain (0 or 1): a line a
 *             step, in the order of the file; one cell may take two. If it was kept
 *   FINDINGS  why the file was refused, as ROLLCALL_TABLE_FINDINGS
 */
enum { ROLLCALL_MENDING_TABLE_FIXES = 1, ROLLCALL_MENDING_TABLE_FINDINGS = 2 };
ROLLCALL_API rollcall_status rollcall_mending_table(const rollcall_mending* mending, int32_t which,
                                                    rollcall_table** out, rollcall_error** err);

ROLLCALL_API void rollcall_mending_free(rollcall_mending* mending);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_FIX_H */
