/* Who imports, and which options of the format are on. */
#ifndef ROLLCALL_CONTEXT_H
#define ROLLCALL_CONTEXT_H

#include "rollcall/base.h"
#include "rollcall/engine.h"
#include "rollcall/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rollcall_context rollcall_context;

/* Functions that take a context take NULL for nobody without options. */
ROLLCALL_API rollcall_status rollcall_context_new(const rollcall_engine* engine, const char* name,
                                                  size_t name_len, const char* role,
                                                  size_t role_len, rollcall_context** out,
                                                  rollcall_error** err);

/* From a context.json: {"actor": {"name": "ops@acme", "role": "client"}, "options": {...}}. */
ROLLCALL_API rollcall_status rollcall_context_parse(const rollcall_engine* engine, const char* json,
                                                    size_t json_len, rollcall_context** out,
                                                    rollcall_error** err);

/* An option of the job by its name in the format; the value is JSON: `true`, `3`, `"text"`. */
ROLLCALL_API rollcall_status rollcall_context_set_option(rollcall_context* context,
                                                         const char* name, size_t name_len,
                                                         const char* json, size_t json_len,
                                                         rollcall_error** err);

/* A fact of the actor, likewise: "permission_group", "teams". */
ROLLCALL_API rollcall_status rollcall_context_set_fact(rollcall_context* context, const char* name,
                                                       size_t name_len, const char* json,
                                                       size_t json_len, rollcall_error** err);

ROLLCALL_API void rollcall_context_free(rollcall_context* context);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_CONTEXT_H */
