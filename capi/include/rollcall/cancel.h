/* Stops what is under way, from anywhere. */
#ifndef ROLLCALL_CANCEL_H
#define ROLLCALL_CANCEL_H

#include "rollcall/base.h"
#include "rollcall/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rollcall_cancel rollcall_cancel;

ROLLCALL_API rollcall_status rollcall_cancel_new(rollcall_cancel** out, rollcall_error** err);

/* From any thread and from signal handlers. Jobs that were given the token stop between two batches
 * with ROLLCALL_ERROR_CANCELLED, or as rollcall_job_options.stopped_as says. It stays requested. */
ROLLCALL_API void rollcall_cancel_request(const rollcall_cancel* cancel);

/* 1 if it was requested, else 0. */
ROLLCALL_API int32_t rollcall_cancel_is_requested(const rollcall_cancel* cancel);

/* For the next job. No job that was given it may be under way. */
ROLLCALL_API void rollcall_cancel_reset(rollcall_cancel* cancel);

/* Jobs that are under way keep what they need of it. */
ROLLCALL_API void rollcall_cancel_free(rollcall_cancel* cancel);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_CANCEL_H */
