/* Rows, findings, changes, jobs: everything that comes in many is a table, read by columns.
 *
 * A table never changes and is independent of what it came from. Reading a column is reading an
 * array; a cell at a time is for looking, not for work.
 */
#ifndef ROLLCALL_TABLE_H
#define ROLLCALL_TABLE_H

#include "rollcall/base.h"
#include "rollcall/error.h"

#ifdef __cplusplus
extern "C" {
#endif

struct ArrowArrayStream; /* as the Arrow C stream interface defines it */

typedef struct rollcall_table rollcall_table;

enum {
  ROLLCALL_COLUMN_TEXT = 1,  /* UTF-8: `offsets` has rows + 1 entries, `data` the bytes */
  ROLLCALL_COLUMN_INT64 = 2, /* `data` is an array of int64_t */
  ROLLCALL_COLUMN_UINT64 = 3 /* `data` is an array of uint64_t */
};

/* A column where it lies. Row r of a text is the bytes from offsets[r] to offsets[r + 1]. Arrays
 * are aligned to 8 bytes, and live as long as the table. */
typedef struct rollcall_column {
  uint32_t struct_size; /* set by the caller */
  int32_t type;
  uint64_t rows;
  uint64_t nulls;
  const uint8_t* validity; /* a bit a row, lowest first, 0: null; NULL if there are no nulls */
  const int64_t* offsets;  /* of a text, else NULL */
  const void* data;
  rollcall_str name;
} rollcall_column;

ROLLCALL_API uint64_t rollcall_table_rows(const rollcall_table* table);
ROLLCALL_API uint32_t rollcall_table_columns(const rollcall_table* table);

/* Wrong use for a column that is not there. */
ROLLCALL_API rollcall_status rollcall_table_column(const rollcall_table* table, uint32_t column,
                                                   rollcall_column* out, rollcall_error** err);

/* The number of a column; -1 if there is none of that name. */
ROLLCALL_API int32_t rollcall_table_find(const rollcall_table* table, const char* name,
                                         size_t name_len);

/* Slow, for one cell now and then: what a text column says. The ptr is NULL for a null, for a
 * number, and where there is no such cell. No zero byte stands behind it. */
ROLLCALL_API void rollcall_table_text(const rollcall_table* table, uint64_t row, uint32_t column,
                                      rollcall_str* out);
/* 0 for a null, for a text, and where there is no such cell. */
ROLLCALL_API int64_t rollcall_table_number(const rollcall_table* table, uint64_t row,
                                           uint32_t column);

/* Makes `out` a stream of the table in the Arrow C format: texts as large_utf8, numbers as int64
 * and uint64, batches of at most 65,536 rows. Nothing is copied: stream, schema and arrays keep the
 * table alive until each is released. */
ROLLCALL_API rollcall_status rollcall_table_arrow(const rollcall_table* table,
                                                  struct ArrowArrayStream* out,
                                                  rollcall_error** err);

/* Another handle of the same table, to be freed for itself: for views that outlive their owner. */
ROLLCALL_API rollcall_table* rollcall_table_retain(const rollcall_table* table);
ROLLCALL_API void rollcall_table_free(rollcall_table* table);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_TABLE_H */
