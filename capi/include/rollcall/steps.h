/* A job a piece at a time, for an event loop that has no thread to spare.
 *
 *   options.steps = steps;
 *   status = rollcall_execute(..., &options, NULL, NULL, &error);  // ROLLCALL_MORE: nothing yet
 *   while (status == ROLLCALL_MORE) {
 *     ...  // whatever else is to be done
 *     status = rollcall_steps_next(steps, 16, &report, &error);
 *   }
 *
 * Callbacks of the job run within rollcall_steps_next, on the thread that calls it, which may be
 * another each time. Handles that the job was given are its own until it has ended; they may be
 * freed.
 */
#ifndef ROLLCALL_STEPS_H
#define ROLLCALL_STEPS_H

#include "rollcall/base.h"
#include "rollcall/engine.h"
#include "rollcall/error.h"
#include "rollcall/plan.h"
#include "rollcall/report.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rollcall_steps rollcall_steps;

/* For one job after the other. */
ROLLCALL_API rollcall_status rollcall_steps_new(const rollcall_engine* engine, rollcall_steps** out,
                                                rollcall_error** err);

/* Goes on for so many batches (of rows that are judged, or of groups that are applied), at least
 * one. ROLLCALL_MORE: the job has not ended. Else what its function would have returned, and the
 * report is there; once. */
ROLLCALL_API rollcall_status rollcall_steps_next(rollcall_steps* steps, uint64_t batches,
                                                 rollcall_report** report, rollcall_error** err);

/* The plan of a job that made one, once it has ended; else NULL, also while another call has the
 * steps. The caller owns it. */
ROLLCALL_API rollcall_plan* rollcall_steps_take_plan(rollcall_steps* steps);

/* A job that has not ended is interrupted, and nothing calls its callbacks any more but destroy. */
ROLLCALL_API void rollcall_steps_free(rollcall_steps* steps);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_STEPS_H */
