/* Where the bytes of a file come from. A source is read by one call at a time, each from the start.
 */
#ifndef ROLLCALL_SOURCE_H
#define ROLLCALL_SOURCE_H

#include "rollcall/base.h"
#include "rollcall/engine.h"
#include "rollcall/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rollcall_source rollcall_source;

/* A file, or a pipe, which can be read once. */
ROLLCALL_API rollcall_status rollcall_source_file(const rollcall_engine* engine, const char* path,
                                                  size_t path_len, rollcall_source** out,
                                                  rollcall_error** err);

/* A file that is mapped into memory: faster, but only for files to which nobody writes. Who cuts it
 * short meanwhile kills the process. */
ROLLCALL_API rollcall_status rollcall_source_mapped(const rollcall_engine* engine, const char* path,
                                                    size_t path_len, rollcall_source** out,
                                                    rollcall_error** err);

/* Bytes that the caller keeps alive and unchanged until the source is freed, and every call and
 * handle that was given it is done with it. */
ROLLCALL_API rollcall_status rollcall_source_memory(const rollcall_engine* engine, const void* data,
                                                    size_t size, rollcall_source** out,
                                                    rollcall_error** err);

/* Puts at most `room` bytes at `into` and says in `*got` how many; 0, as it is when this is called,
 * is the end. */
typedef void (*rollcall_read_fn)(void* user, void* into, size_t room, size_t* got,
                                 int32_t* verdict);
/* Goes back to the first byte. SKIP: it cannot. */
typedef void (*rollcall_rewind_fn)(void* user, int32_t* verdict);

typedef struct rollcall_source_callbacks {
  uint32_t struct_size;
  uint32_t flags; /* 0 */
  void* user;
  rollcall_read_fn read;
  rollcall_rewind_fn rewind; /* NULL: the bytes can be had once */
  rollcall_destroy_fn destroy;
} rollcall_source_callbacks;

ROLLCALL_API rollcall_status rollcall_source_callback(const rollcall_engine* engine,
                                                      const rollcall_source_callbacks* callbacks,
                                                      rollcall_source** out, rollcall_error** err);

ROLLCALL_API void rollcall_source_free(rollcall_source* source);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_SOURCE_H */
