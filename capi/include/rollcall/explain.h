/* What codes and errors mean, and how much a file may hold. */
#ifndef ROLLCALL_EXPLAIN_H
#define ROLLCALL_EXPLAIN_H

#include "rollcall/base.h"
#include "rollcall/engine.h"
#include "rollcall/error.h"
#include "rollcall/output.h"
#include "rollcall/schema.h"
#include "rollcall/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The codes of findings that every format has: columns number, code, severity, message (with
 * {named} places), mend. */
ROLLCALL_API rollcall_status rollcall_codes(const rollcall_engine* engine, rollcall_table** out,
                                            rollcall_error** err);

/* A page for people about a code: what it means, a bad and a good example, what to do. Of a code of
 * a format's own if `schema` is given. Not found if nobody knows it. */
ROLLCALL_API rollcall_status rollcall_explain(const rollcall_engine* engine,
                                              const rollcall_schema* schema, const char* code,
                                              size_t code_len, rollcall_output* output,
                                              rollcall_error** err);

/* The same about a status below 0. */
ROLLCALL_API rollcall_status rollcall_explain_status(const rollcall_engine* engine,
                                                     rollcall_status status,
                                                     rollcall_output* output, rollcall_error** err);

/* Columns name, about, unit, default, cap (null: none). */
ROLLCALL_API rollcall_status rollcall_limits(const rollcall_engine* engine, rollcall_table** out,
                                             rollcall_error** err);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_EXPLAIN_H */
