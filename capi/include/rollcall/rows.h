/* The rows of a file as they are, without any format. */
#ifndef ROLLCALL_ROWS_H
#define ROLLCALL_ROWS_H

#include "rollcall/base.h"
#include "rollcall/engine.h"
#include "rollcall/error.h"
#include "rollcall/output.h"
#include "rollcall/reading.h"
#include "rollcall/source.h"
#include "rollcall/table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rollcall_rows rollcall_rows;

/* Reads the header. The source is its own until it is freed. */
ROLLCALL_API rollcall_status rollcall_rows_open(const rollcall_engine* engine,
                                                rollcall_source* source,
                                                const rollcall_reading* reading,
                                                rollcall_rows** out, rollcall_error** err);

/* The next rows, about `rows_max` (0: 65,536) at most and at least one: ROLLCALL_MORE and a table
 * with the columns row, line, extra_cells (past those of the header; not shown), then one for each
 * cell of the header, in its order and by its name; cells that a row does not have are null.
 * ROLLCALL_OK and NULL at the end. Memory is bounded by `rows_max` and the limits, whatever the
 * file. A file that passes a limit ends with the error limit_exceeded. The rows before an error
 * come first, and the next call says it; to go on after one is wrong use. */
ROLLCALL_API rollcall_status rollcall_rows_next(rollcall_rows* rows, uint64_t rows_max,
                                                rollcall_table** out, rollcall_error** err);

/* What was wrong with the rows of the last table, once: columns row, line, byte, cell (counting
 * from 0; null for the row as a whole), code. */
ROLLCALL_API rollcall_status rollcall_rows_faults(rollcall_rows* rows, rollcall_table** out,
                                                  rollcall_error** err);

/* What was settled: ROLLCALL_ENCODING_..., and the sign that separates cells. */
ROLLCALL_API int32_t rollcall_rows_encoding(const rollcall_rows* rows);
ROLLCALL_API int32_t rollcall_rows_delimiter(const rollcall_rows* rows);

ROLLCALL_API void rollcall_rows_free(rollcall_rows* rows);

enum {
  ROLLCALL_ROWS_JSON_LINES = 0, /* a line a record with cells and findings, and one for the file */
  ROLLCALL_ROWS_COUNT = 1,      /* the line for the file alone */
  ROLLCALL_ROWS_CSV = 2         /* the cells as clean CSV: UTF-8, comma, CRLF */
};
/* All rows of a file. Who may want to stop it gives it a source or an output of callbacks. */
ROLLCALL_API rollcall_status rollcall_rows_write(const rollcall_engine* engine,
                                                 rollcall_source* source,
                                                 const rollcall_reading* reading, int32_t form,
                                                 rollcall_output* output, rollcall_error** err);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_ROWS_H */
