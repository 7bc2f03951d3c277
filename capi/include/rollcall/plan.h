/* Plans: what an import will do, kept, looked at, and done exactly so, or refused by name. */
#ifndef ROLLCALL_PLAN_H
#define ROLLCALL_PLAN_H

#include "rollcall/base.h"
#include "rollcall/engine.h"
#include "rollcall/error.h"
#include "rollcall/job.h"
#include "rollcall/output.h"
#include "rollcall/report.h"
#include "rollcall/source.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rollcall_plan rollcall_plan;

/* Judges a file as rollcall_validate does, and keeps in memory what executing it would do. Of a
 * file that is refused there is no plan: `*plan` is NULL. */
ROLLCALL_API rollcall_status
rollcall_plan_make(const rollcall_schema* schema, rollcall_source* source,
                   rollcall_directory* directory, const rollcall_context* context,
                   const rollcall_job_options* options, const rollcall_outputs* outputs,
                   rollcall_plan** plan, rollcall_report** report, rollcall_error** err);

/* The same into an output: for plans that are larger than memory should hold. */
ROLLCALL_API rollcall_status
rollcall_plan_write(const rollcall_schema* schema, rollcall_source* source,
                    rollcall_directory* directory, const rollcall_context* context,
                    const rollcall_job_options* options, const rollcall_outputs* outputs,
                    rollcall_output* plan, rollcall_report** report, rollcall_error** err);

/* A plan that was kept. Whether it is one is asked when it is used. The source can be rewound (a
 * file, memory); the handle is still the caller's. Whatever reads the plan has the source for
 * itself meanwhile: who comes with it then, or with another plan of it, gets busy. */
ROLLCALL_API rollcall_status rollcall_plan_open(const rollcall_engine* engine,
                                                rollcall_source* source, rollcall_plan** out,
                                                rollcall_error** err);

/* Its bytes: JSON Lines (docs/reference/plan.md). */
ROLLCALL_API rollcall_status rollcall_plan_save(rollcall_plan* plan, rollcall_output* output,
                                                rollcall_error** err);

/* What stands in it: the SHA-256 over all of it in hexadecimal, the format that it was made for,
 * where its file lies. Each is empty where the plan does not say so, or is none; the digest is what
 * stands there, not what it should be. Borrowed from the plan. */
ROLLCALL_API rollcall_status rollcall_plan_digest(rollcall_plan* plan, rollcall_str* out,
                                                  rollcall_error** err);
ROLLCALL_API rollcall_status rollcall_plan_format(rollcall_plan* plan, rollcall_str* out,
                                                  rollcall_error** err);
ROLLCALL_API rollcall_status rollcall_plan_source_path(rollcall_plan* plan, rollcall_str* out,
                                                       rollcall_error** err);

typedef struct rollcall_show_options {
  uint32_t struct_size;
  uint32_t flags;           /* ROLLCALL_SUMMARY_COLOUR */
  uint64_t columns;         /* how wide; 0: 100 */
  const char* name;         /* of what is shown, zero-terminated; NULL: none */
  const char* spool_folder; /* NULL: "/tmp" */
} rollcall_show_options;

/* The plan for people: what needs a look, then every change. `schema` is that of a format of one's
 * own; NULL otherwise. `*is_whole` is 1, or 0 if it is not what was written: that is said first. */
ROLLCALL_API rollcall_status rollcall_plan_show(rollcall_plan* plan, const rollcall_schema* schema,
                                                const rollcall_show_options* options,
                                                rollcall_output* output, int32_t* is_whole,
                                                rollcall_error** err);

/* Carries it out. One that is no good, or was used, is refused with its finding; so is one that is
 * stale, unless the options say otherwise. */
ROLLCALL_API rollcall_status rollcall_plan_apply(const rollcall_schema* schema, rollcall_plan* plan,
                                                 rollcall_directory* directory,
                                                 const rollcall_context* context,
                                                 const rollcall_job_options* options,
                                                 const rollcall_outputs* outputs,
                                                 rollcall_report** report, rollcall_error** err);

ROLLCALL_API void rollcall_plan_free(rollcall_plan* plan);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_PLAN_H */
