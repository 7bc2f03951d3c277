/* Claims in C: each check function says what it claims, and counts what does not hold. */
#ifndef ROLLCALL_TESTS_CAPI_CHECK_H
#define ROLLCALL_TESTS_CAPI_CHECK_H

#include <rollcall.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern int checks_failed;
extern int checks_made;

#define CHECK(claim)                                                             \
  do {                                                                           \
    ++checks_made;                                                               \
    if (!(claim)) {                                                              \
      ++checks_failed;                                                           \
      fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #claim); \
    }                                                                            \
  } while (0)

/* Runs a check function under its claim. */
#define CLAIM(text, function)                                         \
  do {                                                                \
    const int before = checks_failed;                                 \
    function();                                                       \
    if (checks_failed != before) fprintf(stderr, "  in: %s\n", text); \
  } while (0)

/* An engine, a schema, a directory in memory with one user, and who may import. */
typedef struct office {
  rollcall_engine* engine;
  rollcall_schema* schema;
  rollcall_directory* directory;
  rollcall_context* context;
} office;

extern const char office_directory[];
extern const char office_file[]; /* three rows: a new user, a wrong email, one more new user */

office office_open(const rollcall_engine_options* options);
void office_close(office* of);
rollcall_source* source_of(const office* of, const char* text);
/* A file of so many rows, each a new user; to be freed. */
char* large_file(unsigned rows);

/* Who is told of progress (watch_calls): may ask for a stop by a token, and may stop himself. */
typedef struct watch {
  const rollcall_cancel* cancel;
  int calls, stops_at;
} watch;
void watch_calls(void* user, const rollcall_progress* progress, int32_t* verdict);

void check_errors(void);
void check_lifetimes(void);
void check_tables(void);
void check_arrow(void);
void check_callbacks(void);
void check_streams(void);
void check_running(void);
void check_steps(void);
void check_rows(void);
void check_store(void);
void check_effects(void);
void check_plans(void);
void check_threads(void);
void check_words(void);
void check_drafts(void);
void check_convert(void);
void check_fix(void);

#endif
