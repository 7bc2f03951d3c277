/* What memory.c has fail at every allocation, and the pieces of it that are elsewhere. */
#ifndef ROLLCALL_TESTS_CAPI_MEMORY_WORK_H
#define ROLLCALL_TESTS_CAPI_MEMORY_WORK_H

#include "check.h"

/* All that was opened for a piece of work. */
typedef struct work {
  rollcall_engine* engine;
  rollcall_schema* schema;
  rollcall_source *objects, *source;
  rollcall_directory* directory;
  rollcall_context* context;
  rollcall_output* output;
  rollcall_plan* plan;
  rollcall_report* report;
  rollcall_table* table;
  rollcall_rows* rows;
  rollcall_draft* draft;
  rollcall_schema* to;
  rollcall_loss* loss;
  rollcall_mending* mending;
  rollcall_steps* steps;
  rollcall_store* store;
  rollcall_effect_secrets* secrets;
  rollcall_error* error;
} work;

/* Goes on to the next call if the last one succeeded; one that failed has made nothing. */
#define DO(made_by_it, call)                              \
  do {                                                    \
    const rollcall_status status_ = (call);               \
    if (status_ < 0) {                                    \
      CHECK((made_by_it) == NULL);                        \
      CHECK(rollcall_error_status(of->error) == status_); \
      return status_;                                     \
    }                                                     \
  } while (0)

rollcall_status open_office(work* of);
void close_all(work* of);

/* memory_effects.c: a store with an effect that waits, and asking for what it needs. */
void make_effects(void);
void remove_effects(void);
rollcall_status find_secret(work* of);

#endif
