/* What everything else is made with: memory, log, clock and chance. */
#ifndef ROLLCALL_ENGINE_H
#define ROLLCALL_ENGINE_H

#include "rollcall/base.h"
#include "rollcall/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rollcall_engine rollcall_engine;

/* Memory that grows with the data comes from here; small objects of control use malloc. NULL when
 * there is none. Both may be called from any thread that rollcall works on, also from several at a
 * time. `align` is a power of two; `free` gets size and align as they were asked for. */
typedef void* (*rollcall_alloc_fn)(void* user, size_t size, size_t align);
typedef void (*rollcall_dealloc_fn)(void* user, void* memory, size_t size, size_t align);

/* Never with the value of a cell, whatever the level. STOP ends the job of which it is told. */
typedef void (*rollcall_log_fn)(void* user, int32_t level, const char* message, size_t message_len,
                                int32_t* verdict);
enum {
  ROLLCALL_LOG_ERROR = 1, /* what failed */
  ROLLCALL_LOG_INFO = 2,  /* jobs that begin and end */
  ROLLCALL_LOG_DEBUG = 3  /* what a directory is asked */
};

enum {
  ROLLCALL_ENGINE_SEEDED = 1 /* chance is made of `seed`: for tests, no secret is one */
};

typedef struct rollcall_engine_options {
  uint32_t struct_size;
  uint32_t flags;              /* ROLLCALL_ENGINE_... */
  rollcall_alloc_fn alloc;     /* NULL: operator new */
  rollcall_dealloc_fn dealloc; /* given if `alloc` is */
  void* alloc_user;
  rollcall_log_fn log; /* NULL: nobody is told */
  void* log_user;
  int32_t log_level; /* the highest that is told; 0: ROLLCALL_LOG_INFO */
  int32_t reserved;
  rollcall_destroy_fn destroy; /* of `alloc_user` */
  rollcall_destroy_fn log_destroy;
  uint64_t seed;
  int64_t now_ms; /* what the clock says, UTC since 1970, for ever; 0: the machine's clock */
} rollcall_engine_options;

ROLLCALL_API rollcall_status rollcall_engine_new(const rollcall_engine_options* options,
                                                 rollcall_engine** out, rollcall_error** err);
/* What was made with it lives on. */
ROLLCALL_API void rollcall_engine_free(rollcall_engine* engine);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_ENGINE_H */
