/* Jobs by steps over a host of callbacks: it is asked within a step, on the thread of that step,
 * and never again once the job was given up. */
#include <pthread.h>

#include "check.h"
#include "host.h"

enum { file_rows = 1000 };

typedef struct asked_host {
  rollcall_host honest;
  pthread_t stepping;
  int is_stepping, finds, applies, stops_at, destroyed;
} asked_host;

static asked_host* called(void* user)
{
  asked_host* of = user;
  CHECK(of->is_stepping && pthread_equal(of->stepping, pthread_self()));
  return of;
}

static void asked_find(void* user, uint32_t kind, uint32_t field, const rollcall_str* values,
                       size_t count, rollcall_objects* sink, int32_t* verdict)
{
  asked_host* of = called(user);
  ++of->finds;
  of->honest.find(of->honest.user, kind, field, values, count, sink, verdict);
}

static void asked_apply(void* user, const rollcall_group* const* groups, size_t count,
                        rollcall_answers* sink, int32_t* verdict)
{
  asked_host* of = called(user);
  if (++of->applies == of->stops_at) return; /* the verdict is STOP */
  of->honest.apply(of->honest.user, groups, count, sink, verdict);
}

static void asked_scan(void* user, uint32_t kind, rollcall_objects* sink, int32_t* verdict)
{
  asked_host* of = called(user);
  of->honest.scan(of->honest.user, kind, sink, verdict);
}

static void asked_next_id(void* user, uint32_t kind, uint64_t* next, int32_t* verdict)
{
  asked_host* of = called(user);
  of->honest.next_id(of->honest.user, kind, next, verdict);
}

static void asked_gone(void* user)
{
  asked_host* of = user;
  ++of->destroyed;
  of->honest.destroy(of->honest.user);
}

/* A job that has begun, and what it is stepped with. */
typedef struct stepped {
  office of;
  asked_host host;
  char* file;
  rollcall_directory* directory;
  rollcall_steps* steps;
} stepped;

static void begin(stepped* job, int stops_at)
{
  rollcall_job_options options = {0};
  rollcall_source* source;
  rollcall_host callbacks;
  memset(job, 0, sizeof *job);
  job->of = office_open(NULL);
  job->file = large_file(file_rows);
  job->host.honest = host_callbacks(host_new(job->of.schema, office_directory));
  job->host.stops_at = stops_at;
  callbacks = job->host.honest;
  callbacks.user = &job->host;
  callbacks.find = asked_find;
  callbacks.apply = asked_apply;
  callbacks.scan = asked_scan;
  callbacks.next_id = asked_next_id;
  callbacks.destroy = asked_gone;
  callbacks.lists = NULL;
  callbacks.setting = NULL;
  CHECK(rollcall_directory_host(job->of.schema, &callbacks, &job->directory, NULL) == ROLLCALL_OK);
  CHECK(rollcall_steps_new(job->of.engine, &job->steps, NULL) == ROLLCALL_OK);
  source = source_of(&job->of, job->file);
  options.struct_size = sizeof options;
  options.steps = job->steps;
  CHECK(rollcall_execute(job->of.schema, source, job->directory, job->of.context, &options, NULL,
                         NULL, NULL) == ROLLCALL_MORE);
  CHECK(job->host.finds == 0 && job->host.applies == 0);
  rollcall_source_free(source);
}

static rollcall_status next_step(stepped* job, rollcall_report** report)
{
  rollcall_status status;
  job->host.stepping = pthread_self();
  job->host.is_stepping = 1;
  status = rollcall_steps_next(job->steps, 1, report, NULL);
  job->host.is_stepping = 0;
  return status;
}

static void end(stepped* job)
{
  rollcall_steps_free(job->steps);
  rollcall_directory_free(job->directory);
  CHECK(job->host.destroyed == 1);
  office_close(&job->of);
  free(job->file);
}

static void a_host_is_asked_within_a_step_and_on_its_thread(void)
{
  stepped job;
  rollcall_report* report = NULL;
  rollcall_status status;
  begin(&job, 0);
  do status = next_step(&job, &report);
  while (status == ROLLCALL_MORE);
  CHECK(status == ROLLCALL_OK);
  CHECK(rollcall_report_count(report, ROLLCALL_COUNT_CREATED) == file_rows);
  CHECK(job.host.finds > 0 && job.host.applies > 2);
  rollcall_report_free(report);
  end(&job);
}

static void a_host_that_stops_ends_a_job_by_steps(void)
{
  stepped job;
  rollcall_report* report = NULL;
  rollcall_status status;
  begin(&job, 2);
  do status = next_step(&job, &report);
  while (status == ROLLCALL_MORE);
  CHECK(status == ROLLCALL_ERROR_HOST_FAILED && report == NULL);
  CHECK(job.host.applies == 2);
  CHECK(next_step(&job, &report) == ROLLCALL_ERROR_WRONG_USE); /* it is over */
  end(&job);
}

static void a_job_that_is_given_up_after_any_step_asks_its_host_nothing_more(void)
{
  rollcall_status status = ROLLCALL_MORE;
  int steps;
  for (steps = 0; status == ROLLCALL_MORE; ++steps) {
    stepped job;
    rollcall_report* report = NULL;
    int done, finds, applies;
    begin(&job, 0);
    for (done = 0; done != steps && status == ROLLCALL_MORE; ++done)
      status = next_step(&job, &report);
    finds = job.host.finds;
    applies = job.host.applies;
    end(&job);
    CHECK(job.host.finds == finds && job.host.applies == applies);
    rollcall_report_free(report);
  }
  CHECK(status == ROLLCALL_OK && steps > 4);
}

void check_steps(void)
{
  CLAIM("a host is asked within a step, and on its thread",
        a_host_is_asked_within_a_step_and_on_its_thread);
  CLAIM("a host that stops ends a job by steps", a_host_that_stops_ends_a_job_by_steps);
  CLAIM("a job that is given up after any step asks its host nothing more",
        a_job_that_is_given_up_after_any_step_asks_its_host_nothing_more);
}
