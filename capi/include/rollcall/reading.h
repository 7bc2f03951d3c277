/* How a file is read: what separates its cells, its encoding, how much it may hold. */
#ifndef ROLLCALL_READING_H
#define ROLLCALL_READING_H

#include "rollcall/base.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
  ROLLCALL_ENCODING_UTF_8 = 0, /* a byte order mark goes before what is said here */
  ROLLCALL_ENCODING_UTF_16LE = 1,
  ROLLCALL_ENCODING_UTF_16BE = 2,
  ROLLCALL_ENCODING_WINDOWS_1252 = 3,
  ROLLCALL_ENCODING_LATIN_1 = 4
};

enum {
  ROLLCALL_KERNEL_BEST = 0, /* the fastest that this processor has */
  ROLLCALL_KERNEL_SWAR = 1,
  ROLLCALL_KERNEL_AVX2 = 2,
  ROLLCALL_KERNEL_AVX512 = 3,
  ROLLCALL_KERNEL_NEON = 4
};

enum {
  ROLLCALL_READING_LENIENT = 1, /* misplaced quotes are repaired and warned of */
  ROLLCALL_READING_NO_QUOTE = 2 /* no sign quotes */
};

/* Signs are ASCII. What a limit of 0 stands for, and how far one can be raised, rollcall_limits
 * lists. */
typedef struct rollcall_reading {
  uint32_t struct_size;
  uint32_t flags;    /* ROLLCALL_READING_... */
  int32_t delimiter; /* 0: found out */
  int32_t quote;     /* 0: `"` */
  int32_t escape;    /* 0: none */
  int32_t encoding;  /* ROLLCALL_ENCODING_... */
  int32_t kernel;    /* ROLLCALL_KERNEL_...; one that is not there is unsupported */
  int32_t reserved;
  uint64_t field_bytes;
  uint64_t row_bytes;
  uint64_t columns;
  uint64_t file_bytes;
  uint64_t rows;
} rollcall_reading;

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_READING_H */
