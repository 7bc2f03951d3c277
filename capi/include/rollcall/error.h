/* Why a function failed. The caller owns an error; nothing is kept per thread or process. */
#ifndef ROLLCALL_ERROR_H
#define ROLLCALL_ERROR_H

#include "rollcall/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rollcall_error rollcall_error;

ROLLCALL_API rollcall_status rollcall_error_status(const rollcall_error* error);

/* One sentence without a full stop, outermost step first: "reading users.csv: no space left on
 * device (disk_full)". */
ROLLCALL_API void rollcall_error_message(const rollcall_error* error, rollcall_str* out);

/* The same for programs, a JSON object: status, name, detail, os_error (errno, or 0), trail (what
 * was being done, innermost first). */
ROLLCALL_API void rollcall_error_details(const rollcall_error* error, rollcall_str* out);

/* The error of running out of memory needs none: it is always the same object, and freeing it does
 * nothing. */
ROLLCALL_API void rollcall_error_free(rollcall_error* error);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_ERROR_H */
