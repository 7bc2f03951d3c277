/* Where texts and files go that rollcall writes: into memory, into a file, or to a callback. */
#ifndef ROLLCALL_OUTPUT_H
#define ROLLCALL_OUTPUT_H

#include "rollcall/base.h"
#include "rollcall/engine.h"
#include "rollcall/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rollcall_output rollcall_output;

/* A text that grows: every call that writes into it writes behind what is there. */
ROLLCALL_API rollcall_status rollcall_output_memory(const rollcall_engine* engine,
                                                    rollcall_output** out, rollcall_error** err);

/* What is in it; empty of one that is not memory. Until something is written into it. */
ROLLCALL_API void rollcall_output_text(const rollcall_output* output, rollcall_str* out);

enum {
  ROLLCALL_OUTPUT_OWNER_ONLY = 1 /* nobody else may read it, and what was there does not say who */
};

/* A file that is written beside `path` and takes its place when it is whole, in one step: a job
 * does so at its end, every other function that writes into it when it is done. Until then, and if
 * anything fails, what was there is untouched. It can be written once. */
ROLLCALL_API rollcall_status rollcall_output_file(const rollcall_engine* engine, const char* path,
                                                  size_t path_len, uint32_t flags,
                                                  rollcall_output** out, rollcall_error** err);

typedef void (*rollcall_write_fn)(void* user, const char* data, size_t size, int32_t* verdict);
/* Takes back all that was written. */
typedef void (*rollcall_restart_fn)(void* user, int32_t* verdict);
/* The output is whole: now it may be where people look for it. */
typedef void (*rollcall_publish_fn)(void* user, int32_t* verdict);

typedef struct rollcall_output_callbacks {
  uint32_t struct_size;
  uint32_t flags; /* 0 */
  void* user;
  rollcall_write_fn write;
  rollcall_restart_fn restart; /* NULL: what was written stays, and files are mostly read twice */
  rollcall_publish_fn publish; /* NULL: nothing is to be done */
  rollcall_destroy_fn destroy;
} rollcall_output_callbacks;

ROLLCALL_API rollcall_status rollcall_output_callback(const rollcall_engine* engine,
                                                      const rollcall_output_callbacks* callbacks,
                                                      rollcall_output** out, rollcall_error** err);

ROLLCALL_API void rollcall_output_free(rollcall_output* output);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_OUTPUT_H */
