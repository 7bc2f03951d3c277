/* Progress, cancelling, steps, the log: what a host does with a job that runs. */
#include "check.h"
#include "host.h"

static rollcall_status execute_large(const office* of, rollcall_job_options* options,
                                     rollcall_report** report)
{
  char* file = large_file(20000);
  rollcall_source* source = source_of(of, file);
  rollcall_status status;
  options->struct_size = sizeof *options;
  status =
      rollcall_execute(of->schema, source, of->directory, of->context, options, NULL, report, NULL);
  rollcall_source_free(source);
  free(file);
  return status;
}

static void progress_is_told_and_may_stop_a_job(void)
{
  office of = office_open(NULL);
  rollcall_job_options options = {0};
  watch seen = {NULL, 0, 0};
  rollcall_report* report = NULL;
  options.progress = watch_calls;
  options.progress_user = &seen;
  CHECK(execute_large(&of, &options, &report) == ROLLCALL_OK);
  CHECK(seen.calls > 0);
  CHECK(rollcall_report_count(report, ROLLCALL_COUNT_ROWS) == 20000);
  rollcall_report_free(report);
  seen.calls = 0;
  seen.stops_at = 1;
  CHECK(execute_large(&of, &options, &report) == ROLLCALL_ERROR_CANCELLED);
  CHECK(report == NULL && seen.calls == 1);
  office_close(&of);
}

static void a_token_stops_every_job_that_was_given_it(void)
{
  office of = office_open(NULL);
  rollcall_job_options options = {0};
  rollcall_cancel* cancel = NULL;
  watch seen = {NULL, 0, 0};
  CHECK(rollcall_cancel_new(&cancel, NULL) == ROLLCALL_OK);
  CHECK(!rollcall_cancel_is_requested(cancel));
  seen.cancel = cancel;
  options.cancel = cancel;
  options.progress = watch_calls;
  options.progress_user = &seen;
  CHECK(execute_large(&of, &options, NULL) == ROLLCALL_ERROR_CANCELLED);
  CHECK(rollcall_cancel_is_requested(cancel));
  options.progress = NULL;
  CHECK(execute_large(&of, &options, NULL) == ROLLCALL_ERROR_CANCELLED);
  rollcall_cancel_reset(cancel);
  CHECK(execute_large(&of, &options, NULL) == ROLLCALL_OK);
  rollcall_cancel_free(cancel);
  office_close(&of);
}

static void an_export_is_watched_stopped_and_goes_on_by_steps(void)
{
  office of = office_open(NULL);
  rollcall_job_options options = {0};
  rollcall_output* output = NULL;
  rollcall_report* report = NULL;
  rollcall_str text;
  rollcall_status status;
  watch seen = {NULL, 0, 1};
  CHECK(rollcall_output_memory(of.engine, &output, NULL) == ROLLCALL_OK);
  options.struct_size = sizeof options;
  options.progress = watch_calls;
  options.progress_user = &seen;
  CHECK(rollcall_export(of.schema, of.directory, of.context, &options, output, &report, NULL) ==
        ROLLCALL_ERROR_CANCELLED);
  CHECK(report == NULL && seen.calls == 1);
  seen.stops_at = 0;
  CHECK(rollcall_steps_new(of.engine, &options.steps, NULL) == ROLLCALL_OK);
  status = rollcall_export(of.schema, of.directory, of.context, &options, output, &report, NULL);
  CHECK(status == ROLLCALL_MORE && report == NULL && seen.calls == 1);
  while (status == ROLLCALL_MORE) status = rollcall_steps_next(options.steps, 1, &report, NULL);
  CHECK(status == ROLLCALL_OK && seen.calls > 1);
  CHECK(rollcall_report_count(report, ROLLCALL_COUNT_ROWS) == 1);
  rollcall_output_text(output, &text);
  CHECK(strstr(text.ptr, "ann@acme.example") != NULL);
  rollcall_report_free(report);
  rollcall_steps_free(options.steps);
  rollcall_output_free(output);
  office_close(&of);
}

/* Begins a job that goes on by steps; what it was given is freed at once. */
static rollcall_steps* begin_steps(office* of)
{
  static char* file = NULL;
  rollcall_job_options options = {0};
  rollcall_steps* steps = NULL;
  rollcall_source* source;
  free(file);
  file = of != NULL ? large_file(20000) : NULL;
  if (of == NULL) return NULL;
  source = source_of(of, file);
  CHECK(rollcall_steps_new(of->engine, &steps, NULL) == ROLLCALL_OK);
  options.struct_size = sizeof options;
  options.steps = steps;
  CHECK(rollcall_execute(of->schema, source, of->directory, of->context, &options, NULL, NULL,
                         NULL) == ROLLCALL_MORE);
  rollcall_source_free(source);
  return steps;
}

static void a_job_goes_on_by_steps_and_comes_to_the_same(void)
{
  office of = office_open(NULL);
  rollcall_steps* steps = begin_steps(&of);
  rollcall_report* report = NULL;
  rollcall_status status;
  int calls = 0;
  do {
    status = rollcall_steps_next(steps, 1, &report, NULL);
    CHECK((status == ROLLCALL_MORE) == (report == NULL));
    ++calls;
  } while (status == ROLLCALL_MORE);
  CHECK(status == ROLLCALL_OK && calls > 3);
  CHECK(rollcall_report_count(report, ROLLCALL_COUNT_CREATED) == 20000);
  CHECK(rollcall_steps_take_plan(steps) == NULL);
  CHECK(rollcall_steps_next(steps, 1, NULL, NULL) == ROLLCALL_ERROR_WRONG_USE);
  rollcall_report_free(report);
  rollcall_steps_free(steps);
  begin_steps(NULL);
  office_close(&of);
}

static void steps_may_be_freed_in_the_middle_of_a_job(void)
{
  office of = office_open(NULL);
  rollcall_steps* steps = begin_steps(&of);
  rollcall_job_options options = {0};
  rollcall_source* source = source_of(&of, office_file);
  CHECK(rollcall_steps_next(steps, 2, NULL, NULL) == ROLLCALL_MORE);
  /* the directory is the job's until it has ended */
  CHECK(rollcall_validate(of.schema, source, of.directory, of.context, NULL, NULL, NULL, NULL) ==
        ROLLCALL_ERROR_BUSY);
  options.struct_size = sizeof options;
  options.steps = steps;
  rollcall_steps_free(steps);
  CHECK(rollcall_validate(of.schema, source, of.directory, of.context, NULL, NULL, NULL, NULL) ==
        ROLLCALL_OK);
  steps = begin_steps(&of); /* and before the first step */
  rollcall_steps_free(steps);
  rollcall_source_free(source);
  begin_steps(NULL);
  office_close(&of);
}

typedef struct told {
  char text[4096];
  int stops;
} told;

static void take_log(void* user, int32_t level, const char* message, size_t message_len,
                     int32_t* verdict)
{
  told* of = user;
  const size_t used = strlen(of->text);
  CHECK(level >= ROLLCALL_LOG_ERROR && level <= ROLLCALL_LOG_DEBUG);
  CHECK(strlen(message) == message_len);
  snprintf(of->text + used, sizeof of->text - used, "%s\n", message);
  if (!of->stops) *verdict = ROLLCALL_CONTINUE;
}

static void the_log_is_told_of_jobs_and_never_of_cells(void)
{
  told log = {"", 0};
  rollcall_engine_options options = {0};
  office of;
  rollcall_source* source;
  options.struct_size = sizeof options;
  options.log = take_log;
  options.log_user = &log;
  options.log_level = ROLLCALL_LOG_DEBUG;
  of = office_open(&options);
  source = source_of(&of, office_file);
  CHECK(rollcall_validate(of.schema, source, of.directory, of.context, NULL, NULL, NULL, NULL) ==
        ROLLCALL_OK);
  CHECK(strstr(log.text, "validate begins") != NULL);
  CHECK(strstr(log.text, "validate partial, rows: 3") != NULL);
  CHECK(strstr(log.text, "acme.example") == NULL && strstr(log.text, "Jones") == NULL);
  log.stops = 1;
  CHECK(rollcall_validate(of.schema, source, of.directory, of.context, NULL, NULL, NULL, NULL) ==
        ROLLCALL_ERROR_CANCELLED);
  rollcall_source_free(source);
  office_close(&of);
}

static void stop_applying(void* user, const rollcall_group* const* groups, size_t count,
                          rollcall_answers* sink, int32_t* verdict)
{
  (void)user, (void)groups, (void)count, (void)sink, (void)verdict; /* which is STOP */
}

static void nothing_of_a_cell_is_in_the_log_of_a_host_that_fails(void)
{
  static const char marked[] =
      "First Name,Last Name,Email,Extension,Web Passwords\n"
      "Zzyzx,Qwxq,zzyzx@qwxq.example,102,S3cret-Zzyzx-1\n";
  told log = {"", 0};
  rollcall_engine_options options = {0};
  office of;
  rollcall_source* source;
  rollcall_host callbacks;
  rollcall_directory* directory = NULL;
  options.struct_size = sizeof options;
  options.log = take_log;
  options.log_user = &log;
  options.log_level = ROLLCALL_LOG_DEBUG;
  of = office_open(&options);
  source = source_of(&of, marked);
  callbacks = host_callbacks(host_new(of.schema, office_directory));
  callbacks.apply = stop_applying;
  CHECK(rollcall_directory_host(of.schema, &callbacks, &directory, NULL) == ROLLCALL_OK);
  CHECK(rollcall_execute(of.schema, source, directory, of.context, NULL, NULL, NULL, NULL) ==
        ROLLCALL_ERROR_HOST_FAILED);
  CHECK(strstr(log.text, "find: values") != NULL);
  CHECK(strstr(log.text, "apply: groups 1") != NULL);
  CHECK(strstr(log.text, "execute: ") != NULL && strstr(log.text, "host_failed") != NULL);
  CHECK(strstr(log.text, "zyzx") == NULL && strstr(log.text, "wxq") == NULL);
  CHECK(strstr(log.text, "102") == NULL && strstr(log.text, "S3cret") == NULL);
  rollcall_directory_free(directory);
  rollcall_source_free(source);
  office_close(&of);
}

/* Comes back from a job with what the job has for itself. */
typedef struct returning {
  const office* of;
  rollcall_source* source;
  rollcall_output* output;
  rollcall_steps* steps;
  int calls;
} returning;

static void come_back(void* user, const rollcall_progress* progress, int32_t* verdict)
{
  returning* of = user;
  rollcall_outputs outputs = {0};
  rollcall_source* other = source_of(of->of, office_file);
  rollcall_source* objects = source_of(of->of, office_directory);
  rollcall_directory* directory = NULL;
  (void)progress;
  ++of->calls;
  outputs.struct_size = sizeof outputs;
  outputs.report = of->output;
  CHECK(rollcall_directory_memory(of->of->schema, objects, &directory, NULL) == ROLLCALL_OK);
  CHECK(rollcall_validate(of->of->schema, of->source, directory, of->of->context, NULL, NULL, NULL,
                          NULL) == ROLLCALL_ERROR_BUSY);
  CHECK(rollcall_validate(of->of->schema, other, directory, of->of->context, NULL, &outputs, NULL,
                          NULL) == ROLLCALL_ERROR_BUSY);
  CHECK(rollcall_validate(of->of->schema, other, of->of->directory, of->of->context, NULL, NULL,
                          NULL, NULL) == ROLLCALL_ERROR_BUSY);
  CHECK(rollcall_steps_next(of->steps, 1, NULL, NULL) == ROLLCALL_ERROR_BUSY);
  CHECK(rollcall_validate(of->of->schema, other, directory, of->of->context, NULL, NULL, NULL,
                          NULL) == ROLLCALL_OK); /* with others of one's own */
  rollcall_directory_free(directory);
  rollcall_source_free(objects);
  rollcall_source_free(other);
  *verdict = ROLLCALL_CONTINUE;
}

static void what_a_job_has_for_itself_is_busy(void)
{
  office of = office_open(NULL);
  rollcall_job_options options = {0};
  rollcall_outputs outputs = {0};
  rollcall_report* report = NULL;
  rollcall_status status;
  returning user = {NULL, NULL, NULL, NULL, 0};
  user.of = &of;
  user.source = source_of(&of, office_file);
  CHECK(rollcall_output_memory(of.engine, &user.output, NULL) == ROLLCALL_OK);
  CHECK(rollcall_steps_new(of.engine, &user.steps, NULL) == ROLLCALL_OK);
  outputs.struct_size = sizeof outputs;
  outputs.report = user.output;
  options.struct_size = sizeof options;
  options.steps = user.steps;
  options.progress = come_back;
  options.progress_user = &user;
  status = rollcall_validate(of.schema, user.source, of.directory, of.context, &options, &outputs,
                             NULL, NULL);
  CHECK(status == ROLLCALL_MORE);
  while (status == ROLLCALL_MORE) status = rollcall_steps_next(user.steps, 1, &report, NULL);
  CHECK(status == ROLLCALL_OK && user.calls > 0);
  CHECK(rollcall_report_count(report, ROLLCALL_COUNT_ROWS) == 3);
  rollcall_report_free(report);
  rollcall_steps_free(user.steps);
  rollcall_output_free(user.output);
  rollcall_source_free(user.source);
  office_close(&of);
}

void check_running(void)
{
  CLAIM("progress is told, and may stop a job", progress_is_told_and_may_stop_a_job);
  CLAIM("a token stops every job that was given it", a_token_stops_every_job_that_was_given_it);
  CLAIM("an export is watched, stopped, and goes on by steps",
        an_export_is_watched_stopped_and_goes_on_by_steps);
  CLAIM("a job goes on by steps, and comes to the same",
        a_job_goes_on_by_steps_and_comes_to_the_same);
  CLAIM("steps may be freed in the middle of a job", steps_may_be_freed_in_the_middle_of_a_job);
  CLAIM("the log is told of jobs, and never of cells", the_log_is_told_of_jobs_and_never_of_cells);
  CLAIM("nothing of a cell is in the log of a host that fails",
        nothing_of_a_cell_is_in_the_log_of_a_host_that_fails);
  CLAIM("what a job has for itself is busy", what_a_job_has_for_itself_is_busy);
}
