/* The thread contract: what is const may be used by many threads at a time. Run under the thread
 * sanitizer, which sees what a test cannot. */
#include <pthread.h>
#include <sched.h>

#include "check.h"

enum { thread_count = 4, rounds = 10 };

typedef struct shared {
  const office* of;
  rollcall_cancel* cancel;
  const rollcall_report* report;
  rollcall_table* table;
} shared;

static void in_threads(void* (*function)(void*), shared* with)
{
  pthread_t threads[thread_count];
  int i;
  for (i = 0; i != thread_count; ++i) CHECK(pthread_create(&threads[i], NULL, function, with) == 0);
  for (i = 0; i != thread_count; ++i) {
    void* wrong = NULL; /* a thread says by a pointer that something was not as it should be */
    CHECK(pthread_join(threads[i], &wrong) == 0 && wrong == NULL);
  }
}

/* Each thread has source, directory and outputs of its own; schema, context and engine are shared.
 */
static void* validate(void* user)
{
  const shared* with = user;
  void* wrong = NULL;
  int i;
  for (i = 0; i != rounds; ++i) {
    rollcall_source *source = NULL, *objects = NULL;
    rollcall_directory* directory = NULL;
    rollcall_report* report = NULL;
    rollcall_outputs outputs = {0};
    rollcall_status status;
    outputs.struct_size = sizeof outputs;
    outputs.keep = ROLLCALL_KEEP_ROWS;
    rollcall_source_memory(with->of->engine, office_file, strlen(office_file), &source, NULL);
    rollcall_source_memory(with->of->engine, office_directory, strlen(office_directory), &objects,
                           NULL);
    status = rollcall_directory_memory(with->of->schema, objects, &directory, NULL);
    if (status >= 0)
      status = rollcall_execute(with->of->schema, source, directory, with->of->context, NULL,
                                &outputs, &report, NULL);
    if (status != ROLLCALL_OK || rollcall_report_count(report, ROLLCALL_COUNT_CREATED) != 2)
      wrong = user;
    rollcall_report_free(report);
    rollcall_directory_free(directory);
    rollcall_source_free(objects);
    rollcall_source_free(source);
  }
  return wrong;
}

static void a_schema_is_used_by_many_threads(void)
{
  office of = office_open(NULL);
  shared with = {NULL, NULL, NULL, NULL};
  with.of = &of;
  in_threads(validate, &with);
  office_close(&of);
}

static void* read_report(void* user)
{
  const shared* with = user;
  int i;
  for (i = 0; i != rounds; ++i) {
    rollcall_table *rows = NULL, *again = rollcall_table_retain(with->table);
    rollcall_column column = {0};
    rollcall_str text;
    column.struct_size = sizeof column;
    rollcall_report_table(with->report, ROLLCALL_TABLE_ROWS, &rows, NULL);
    rollcall_table_column(rows, 0, &column, NULL);
    rollcall_table_text(again, 0, 3, &text);
    rollcall_report_format(with->report, &text);
    rollcall_table_free(again);
    rollcall_table_free(rows);
  }
  return NULL;
}

static void a_report_and_its_tables_are_read_by_many_threads(void)
{
  office of = office_open(NULL);
  rollcall_source* source = source_of(&of, office_file);
  rollcall_report* report = NULL;
  rollcall_outputs outputs = {0};
  shared with = {NULL, NULL, NULL, NULL};
  outputs.struct_size = sizeof outputs;
  outputs.keep = ROLLCALL_KEEP_ROWS;
  CHECK(rollcall_validate(of.schema, source, of.directory, of.context, NULL, &outputs, &report,
                          NULL) == ROLLCALL_OK);
  with.of = &of;
  with.report = report;
  CHECK(rollcall_report_table(report, ROLLCALL_TABLE_FINDINGS, &with.table, NULL) == ROLLCALL_OK);
  in_threads(read_report, &with);
  rollcall_table_free(with.table);
  rollcall_report_free(report);
  rollcall_source_free(source);
  office_close(&of);
}

static void* request(void* user)
{
  rollcall_cancel_request(((const shared*)user)->cancel);
  return NULL;
}

/* Has the token requested by another thread, and waits until it was: the job is in its middle. */
static void wait_for_request(void* user, const rollcall_progress* progress, int32_t* verdict)
{
  const shared* with = user;
  pthread_t thread;
  (void)progress;
  CHECK(pthread_create(&thread, NULL, request, user) == 0);
  while (!rollcall_cancel_is_requested(with->cancel)) sched_yield();
  pthread_join(thread, NULL);
  *verdict = ROLLCALL_CONTINUE;
}

static void a_token_is_requested_from_other_threads(void)
{
  office of = office_open(NULL);
  char* file = large_file(20000);
  rollcall_source* source = source_of(&of, file);
  rollcall_job_options options = {0};
  shared with = {NULL, NULL, NULL, NULL};
  options.struct_size = sizeof options;
  CHECK(rollcall_cancel_new(&with.cancel, NULL) == ROLLCALL_OK);
  options.cancel = with.cancel;
  options.progress = wait_for_request;
  options.progress_user = &with;
  CHECK(rollcall_validate(of.schema, source, of.directory, of.context, &options, NULL, NULL,
                          NULL) == ROLLCALL_ERROR_CANCELLED);
  rollcall_cancel_reset(with.cancel);
  options.progress = NULL;
  CHECK(rollcall_validate(of.schema, source, of.directory, of.context, &options, NULL, NULL,
                          NULL) == ROLLCALL_OK);
  rollcall_cancel_free(with.cancel);
  rollcall_source_free(source);
  free(file);
  office_close(&of);
}

/* One directory for all: whoever comes while it is in use is told so, and nothing goes wrong. */
static void* validate_with_one_directory(void* user)
{
  const shared* with = user;
  void* wrong = NULL;
  int i;
  for (i = 0; i != rounds; ++i) {
    rollcall_source* source = NULL;
    rollcall_status status;
    rollcall_source_memory(with->of->engine, office_file, strlen(office_file), &source, NULL);
    status = rollcall_validate(with->of->schema, source, with->of->directory, with->of->context,
                               NULL, NULL, NULL, NULL);
    if (status != ROLLCALL_OK && status != ROLLCALL_ERROR_BUSY) wrong = user;
    rollcall_source_free(source);
  }
  return wrong;
}

static void a_directory_that_is_in_use_is_busy(void)
{
  office of = office_open(NULL);
  shared with = {NULL, NULL, NULL, NULL};
  with.of = &of;
  in_threads(validate_with_one_directory, &with);
  office_close(&of);
}

static void* step(void* user)
{
  rollcall_steps_next(user, 1, NULL, NULL);
  return NULL;
}

static void steps_go_on_in_whichever_thread(void)
{
  office of = office_open(NULL);
  char* file = large_file(20000);
  rollcall_source* source = source_of(&of, file);
  rollcall_job_options options = {0};
  rollcall_report* report = NULL;
  rollcall_status status;
  int i;
  options.struct_size = sizeof options;
  CHECK(rollcall_steps_new(of.engine, &options.steps, NULL) == ROLLCALL_OK);
  CHECK(rollcall_execute(of.schema, source, of.directory, of.context, &options, NULL, NULL, NULL) ==
        ROLLCALL_MORE);
  for (i = 0; i != 3; ++i) {
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, step, options.steps) == 0);
    pthread_join(thread, NULL);
  }
  do {
    status = rollcall_steps_next(options.steps, 100, &report, NULL);
  } while (status == ROLLCALL_MORE);
  CHECK(status == ROLLCALL_OK);
  CHECK(rollcall_report_count(report, ROLLCALL_COUNT_CREATED) == 20000);
  rollcall_report_free(report);
  rollcall_steps_free(options.steps);
  rollcall_source_free(source);
  free(file);
  office_close(&of);
}

typedef struct taker {
  rollcall_steps* steps;
  rollcall_cancel* enough;
  rollcall_plan* plan;
} taker;

static void* take_plan(void* user)
{
  taker* of = user;
  while (of->plan == NULL && !rollcall_cancel_is_requested(of->enough))
    of->plan = rollcall_steps_take_plan(of->steps);
  return NULL;
}

/* Whoever comes while another has the steps gets nothing, or is told that they are busy. */
static void a_plan_is_taken_from_steps_once(void)
{
  office of = office_open(NULL);
  rollcall_source* source = source_of(&of, office_file);
  rollcall_job_options options = {0};
  rollcall_status status;
  taker other = {NULL, NULL, NULL};
  rollcall_plan* plan;
  pthread_t thread;
  options.struct_size = sizeof options;
  CHECK(rollcall_steps_new(of.engine, &options.steps, NULL) == ROLLCALL_OK);
  CHECK(rollcall_cancel_new(&other.enough, NULL) == ROLLCALL_OK);
  CHECK(rollcall_plan_make(of.schema, source, of.directory, of.context, &options, NULL, NULL, NULL,
                           NULL) == ROLLCALL_MORE);
  other.steps = options.steps;
  CHECK(pthread_create(&thread, NULL, take_plan, &other) == 0);
  do {
    status = rollcall_steps_next(options.steps, 1, NULL, NULL);
  } while (status == ROLLCALL_MORE || status == ROLLCALL_ERROR_BUSY);
  CHECK(status == ROLLCALL_OK);
  plan = rollcall_steps_take_plan(options.steps);
  rollcall_cancel_request(other.enough);
  pthread_join(thread, NULL);
  if (plan == NULL && other.plan == NULL) plan = rollcall_steps_take_plan(options.steps);
  CHECK((plan == NULL) != (other.plan == NULL));
  rollcall_plan_free(plan);
  rollcall_plan_free(other.plan);
  rollcall_cancel_free(other.enough);
  rollcall_steps_free(options.steps);
  rollcall_source_free(source);
  office_close(&of);
}

void check_threads(void)
{
  CLAIM("a schema is used by many threads", a_schema_is_used_by_many_threads);
  CLAIM("a report and its tables are read by many threads",
        a_report_and_its_tables_are_read_by_many_threads);
  CLAIM("a token is requested from other threads", a_token_is_requested_from_other_threads);
  CLAIM("a directory that is in use is busy", a_directory_that_is_in_use_is_busy);
  CLAIM("a plan is taken from steps once", a_plan_is_taken_from_steps_once);
  CLAIM("steps go on in whichever thread", steps_go_on_in_whichever_thread);
}
