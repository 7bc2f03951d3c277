/* A format: everything about a vendor's file as one value. It never changes, and any number of
 * threads may use one. */
#ifndef ROLLCALL_SCHEMA_H
#define ROLLCALL_SCHEMA_H

#include "rollcall/base.h"
#include "rollcall/engine.h"
#include "rollcall/error.h"
#include "rollcall/output.h"
#include "rollcall/table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rollcall_schema rollcall_schema;

/* The formats that are built in: columns id, title. */
ROLLCALL_API rollcall_status rollcall_formats(const rollcall_engine* engine, rollcall_table** out,
                                              rollcall_error** err);

/* One of them by its id, "clusterpbx". */
ROLLCALL_API rollcall_status rollcall_schema_builtin(const rollcall_engine* engine, const char* id,
                                                     size_t id_len, rollcall_schema** out,
                                                     rollcall_error** err);

/* From JSON (docs/guides/add-a-format.md). All faults at once are in the message of the error. */
ROLLCALL_API rollcall_status rollcall_schema_parse(const rollcall_engine* engine, const char* json,
                                                   size_t json_len, rollcall_schema** out,
                                                   rollcall_error** err);

/* What is wrong with the JSON of a schema, and what works but may not be meant: columns sort
 * ("fault", "remark"), path, what, line, column. No rows: nothing. */
ROLLCALL_API rollcall_status rollcall_schema_check(const rollcall_engine* engine, const char* json,
                                                   size_t json_len, rollcall_table** out,
                                                   rollcall_error** err);

ROLLCALL_API void rollcall_schema_id(const rollcall_schema* schema, rollcall_str* out);
ROLLCALL_API void rollcall_schema_title(const rollcall_schema* schema, rollcall_str* out);
/* SHA-256 in hexadecimal; two schemas have one digest if they are the same value. */
ROLLCALL_API void rollcall_schema_digest(const rollcall_schema* schema, rollcall_str* out);

/* The whole of it as JSON, from which it can be read again. */
ROLLCALL_API rollcall_status rollcall_schema_json(const rollcall_schema* schema,
                                                  rollcall_output* output, rollcall_error** err);
/* A reference page of the format in Markdown. */
ROLLCALL_API rollcall_status rollcall_schema_page(const rollcall_schema* schema,
                                                  rollcall_output* output, rollcall_error** err);

/* Kinds of objects and their fields, as directories know them: by number, counting from 0. A name
 * is empty, a count 0, for a number that is none. */
#define ROLLCALL_KEY_FIELD 0xFFFEu /* where a field is asked for: the key of the object */
ROLLCALL_API uint32_t rollcall_schema_kind_count(const rollcall_schema* schema);
ROLLCALL_API void rollcall_schema_kind_name(const rollcall_schema* schema, uint32_t kind,
                                            rollcall_str* out);
ROLLCALL_API uint32_t rollcall_schema_field_count(const rollcall_schema* schema, uint32_t kind);
ROLLCALL_API void rollcall_schema_field_name(const rollcall_schema* schema, uint32_t kind,
                                             uint32_t field, rollcall_str* out);
/* Its type as a schema names it: "text", "digits", "integer", "boolean", "choice", "email",
 * "phone", "extension", "mac", "ip", "id", "secret". Values of all types travel as texts; of a
 * phone and a mac what people put between digits does not count when they are compared. */
ROLLCALL_API void rollcall_schema_field_type(const rollcall_schema* schema, uint32_t kind,
                                             uint32_t field, rollcall_str* out);
/* 1 if the field is a secret: shown by a directory only as `true`, if one is set. */
ROLLCALL_API int32_t rollcall_schema_field_is_secret(const rollcall_schema* schema, uint32_t kind,
                                                     uint32_t field);

/* The columns of the file: columns field, header, mandatory (the rule, or empty). */
ROLLCALL_API rollcall_status rollcall_schema_columns(const rollcall_schema* schema,
                                                     rollcall_table** out, rollcall_error** err);

ROLLCALL_API void rollcall_schema_free(rollcall_schema* schema);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_SCHEMA_H */
