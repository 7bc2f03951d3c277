/* rollcall: bulk user changes for phone systems, from C and from all that can call C.
 *
 *   rollcall_engine *engine = NULL;
 *   rollcall_schema *schema = NULL;
 *   rollcall_error *error = NULL;
 *   if (rollcall_engine_new(NULL, &engine, &error) < 0) ...
 *   if (rollcall_schema_builtin(engine, "clusterpbx", SIZE_MAX, &schema, &error) < 0) ...
 *
 * Rules that hold for every function:
 *
 *   Owning     What comes out of an out-pointer (`X **out`) is the caller's, who frees it with
 *              X_free. What a function returns, or writes into a rollcall_str, is borrowed from
 *              the handle that was asked and lives as long as it does. Handles may be freed in any
 *              order: each keeps alive inside what it needs. X_free(NULL) does nothing.
 *   Failing    A function that can fail returns a rollcall_status and takes, as its last argument,
 *              where an error object goes; that may be NULL. What is wrong with a file, an actor or
 *              a host's data is no failure but a finding. After a failure every out-pointer is
 *              NULL, and nothing but the error is to be freed.
 *   Texts      go in as pointer and length in bytes, UTF-8; ROLLCALL_NUL as length means: up to the
 *              first zero byte. A NULL text is an empty one.
 *   Structs    of the caller begin with `struct_size`, sizeof as he was compiled. Members are only
 *              ever added at the end, and zero is the default of each. A NULL pointer to options is
 *              all defaults, and what is `reserved` stays 0. In structs that rollcall fills in
 *              for the caller, members that it does not know become 0. Structs that rollcall hands
 *              out are reached by pointers and may grow.
 *   Threads    A function that takes a handle by pointer to const may run beside any other that
 *              does so. Who takes a handle that is not const has it for himself meanwhile.
 *              Callbacks run on the thread that called, and must not use handles of the call that
 *              is under way.
 *
 * No function changes locale, environment or signal handlers, prints, or ends the process.
 */
#ifndef ROLLCALL_H
#define ROLLCALL_H

#include "rollcall/base.h"
#include "rollcall/cancel.h"
#include "rollcall/codes.h"
#include "rollcall/context.h"
#include "rollcall/convert.h"
#include "rollcall/directory.h"
#include "rollcall/draft.h"
#include "rollcall/effect_secrets.h"
#include "rollcall/engine.h"
#include "rollcall/error.h"
#include "rollcall/explain.h"
#include "rollcall/fix.h"
#include "rollcall/host.h"
#include "rollcall/job.h"
#include "rollcall/output.h"
#include "rollcall/plan.h"
#include "rollcall/reading.h"
#include "rollcall/report.h"
#include "rollcall/rows.h"
#include "rollcall/schema.h"
#include "rollcall/source.h"
#include "rollcall/steps.h"
#include "rollcall/store.h"
#include "rollcall/store_history.h"
#include "rollcall/table.h"

#endif /* ROLLCALL_H */
