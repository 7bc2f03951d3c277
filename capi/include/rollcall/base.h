/* What all of the C ABI shares: statuses, texts, verdicts of callbacks, the version. */
#ifndef ROLLCALL_BASE_H
#define ROLLCALL_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifndef ROLLCALL_API
#if defined(__GNUC__)
#define ROLLCALL_API __attribute__((visibility("default")))
#else
#define ROLLCALL_API
#endif
#endif

/* ROLLCALL_DEPRECATED(since, use): before a function that will be gone with the next SONAME. Define
 * ROLLCALL_NO_DEPRECATED_WARNINGS to hear nothing of it. */
#if defined(__GNUC__) && !defined(ROLLCALL_NO_DEPRECATED_WARNINGS)
#define ROLLCALL_DEPRECATED(since, use) \
  __attribute__((deprecated("since rollcall " since "; use " use)))
#else
#define ROLLCALL_DEPRECATED(since, use)
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* 0: done. Above 0: done, and there is something to know. Below 0: an error (rollcall/codes.h lists
 * them). Values are never given to anything else; be prepared for ones that are not listed yet. */
typedef int32_t rollcall_status;
enum {
  ROLLCALL_OK = 0,
  ROLLCALL_MORE = 1 /* and there is more: call again */
};

/* A text that is borrowed, UTF-8, with a zero byte behind it that does not count. `ptr` is NULL
 * where there is none, which an empty text is not. This struct is never changed. */
typedef struct rollcall_str {
  const char* ptr;
  size_t len;
} rollcall_str;

#define ROLLCALL_NUL SIZE_MAX

/* What a callback writes into `*verdict` before it returns. It is STOP when the callback is called,
 * so one that breaks off (an exception of another language) stops what is under way. */
enum {
  ROLLCALL_STOP = 0,
  ROLLCALL_CONTINUE = 1,
  ROLLCALL_SKIP = 2 /* goes on without: what that means stands at the callback */
};

/* Called exactly once with the `user` of the callbacks that it was given with, when nothing will
 * call them any more; also if the function that took them failed. */
typedef void (*rollcall_destroy_fn)(void* user);

/* The version of the library that is loaded: major << 16 | minor << 8 | patch. */
ROLLCALL_API uint32_t rollcall_version(void);
/* "0.1.0". */
ROLLCALL_API const char* rollcall_version_text(void);
/* A JSON object: version, abi (the number in the SONAME), compiler, build (type), features (those
 * that can be left out: "sqlite"), kernels (that this processor can run). */
ROLLCALL_API const char* rollcall_build_info(void);
/* "file_failed"; "unknown_status" for a number that is none. */
ROLLCALL_API const char* rollcall_status_name(rollcall_status status);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_BASE_H */
