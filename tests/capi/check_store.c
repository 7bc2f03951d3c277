/* Jobs that a store remembers: looked at, undone, tried again, carried out, removed. */
#include <stddef.h>

#include "check.h"

static const char store_path[] = "capi_checks.db";

typedef struct archive {
  office of;
  rollcall_store* store;
  rollcall_directory* directory;
} archive;

static int has_store(void)
{
  return strstr(rollcall_build_info(), "sqlite") != NULL;
}

static archive archive_open(void)
{
  archive made;
  rollcall_source* source;
  remove(store_path);
  remove("capi_checks.db-jobs");
  remove("capi_checks.db-wal");
  remove("capi_checks.db-shm");
  made.of = office_open(NULL);
  made.store = NULL;
  made.directory = NULL;
  CHECK(rollcall_store_create(made.of.engine, store_path, ROLLCALL_NUL, NULL, &made.store, NULL) ==
        ROLLCALL_OK);
  source = source_of(&made.of, office_directory);
  CHECK(rollcall_store_fill(made.store, source, NULL) == ROLLCALL_OK);
  CHECK(rollcall_store_directory(made.store, made.of.schema, &made.directory, NULL) == ROLLCALL_OK);
  rollcall_source_free(source);
  return made;
}

static void archive_close(archive* of)
{
  CHECK(rollcall_store_check(of->store, NULL) == ROLLCALL_OK);
  rollcall_store_free(of->store); /* its directory keeps it open */
  rollcall_directory_free(of->directory);
  office_close(&of->of);
  remove(store_path);
  remove("capi_checks.db-jobs");
}

static uint64_t job_of(const archive* in, int executes)
{
  rollcall_source* source = source_of(&in->of, office_file);
  rollcall_job_options options = {0};
  rollcall_report* report = NULL;
  uint64_t job;
  options.struct_size = sizeof options;
  options.store = in->store;
  options.file_name = "users.csv";
  CHECK((executes ? rollcall_execute : rollcall_validate)(in->of.schema, source, in->directory,
                                                          in->of.context, &options, NULL, &report,
                                                          NULL) == ROLLCALL_OK);
  job = rollcall_report_job(report);
  rollcall_report_free(report);
  rollcall_source_free(source);
  return job;
}

static int dump_has(const archive* in, const char* part)
{
  rollcall_output* output = NULL;
  rollcall_str text;
  int found;
  CHECK(rollcall_output_memory(in->of.engine, &output, NULL) == ROLLCALL_OK);
  CHECK(rollcall_store_dump(in->store, output, NULL) == ROLLCALL_OK);
  rollcall_output_text(output, &text);
  found = strstr(text.ptr, part) != NULL;
  rollcall_output_free(output);
  return found;
}

static void a_job_is_remembered_and_can_be_asked_about(void)
{
  archive in = archive_open();
  const uint64_t job = job_of(&in, 1);
  rollcall_job_filter filter = {0};
  rollcall_table* table = NULL;
  rollcall_output* output = NULL;
  rollcall_str text;
  CHECK(job == 1);
  CHECK(rollcall_store_jobs(in.store, NULL, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 1 && rollcall_table_number(table, 0, 0) == 1);
  CHECK(rollcall_table_number(table, 0, 12) == 3);
  rollcall_table_free(table);
  filter.struct_size = sizeof filter;
  filter.states = 1U << ROLLCALL_STATE_SUCCEEDED;
  CHECK(rollcall_store_jobs(in.store, &filter, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 0);
  rollcall_table_free(table);
  filter.states = 0;
  filter.errors_min = 1;
  CHECK(rollcall_store_jobs(in.store, &filter, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 1);
  rollcall_table_free(table);
  filter.errors_min = 2;
  CHECK(rollcall_store_jobs(in.store, &filter, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 0);
  rollcall_table_free(table);
  filter.errors_min = 0;
  filter.rows_max = 3;
  filter.flags = ROLLCALL_JOBS_ROWS_MAX;
  CHECK(rollcall_store_jobs(in.store, &filter, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 1);
  rollcall_table_free(table);
  filter.flags |= ROLLCALL_JOBS_ERRORS_MAX; /* without errors: there is none */
  CHECK(rollcall_store_jobs(in.store, &filter, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 0);
  rollcall_table_free(table);
  filter.flags = 8;
  CHECK(rollcall_store_jobs(in.store, &filter, &table, NULL) == ROLLCALL_ERROR_UNSUPPORTED);
  CHECK(rollcall_output_memory(in.of.engine, &output, NULL) == ROLLCALL_OK);
  CHECK(rollcall_store_job(in.store, job, output, NULL) == ROLLCALL_OK);
  CHECK(rollcall_store_job_details(in.store, job, output, NULL) == ROLLCALL_OK);
  rollcall_output_text(output, &text);
  CHECK(strstr(text.ptr, "\"artifacts\"") != NULL);
  CHECK(strstr(text.ptr, "\"effects_waiting\": 0,") != NULL);
  CHECK(rollcall_store_job(in.store, 99, output, NULL) == ROLLCALL_ERROR_NOT_FOUND);
  CHECK(rollcall_store_effect_secret(in.store, job, "op", ROLLCALL_NUL, "op/0/x", ROLLCALL_NUL,
                                     output, NULL) == ROLLCALL_ERROR_NOT_FOUND);
  rollcall_output_free(output);
  CHECK(rollcall_store_audit(in.store, NULL, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 2);
  rollcall_table_free(table);
  CHECK(rollcall_store_note(in.store, "ops", ROLLCALL_NUL, "see", ROLLCALL_NUL, job, NULL, 0,
                            NULL) == ROLLCALL_OK);
  CHECK(rollcall_store_note_by(in.store, in.of.context, "see", ROLLCALL_NUL, job, "no", 2, NULL) ==
        ROLLCALL_OK);
  CHECK(rollcall_store_note_by(in.store, NULL, "list jobs", ROLLCALL_NUL, 0, NULL, 0, NULL) ==
        ROLLCALL_OK);
  CHECK(rollcall_store_accesses(in.store, NULL, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 3);
  rollcall_table_text(table, 1, 6, &text);
  CHECK(text.len == 6 && memcmp(text.ptr, "client", 6) == 0);
  rollcall_table_text(table, 2, 6, &text);
  CHECK(text.ptr == NULL);
  rollcall_table_free(table);
  CHECK(rollcall_store_effects(in.store, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 0);
  rollcall_table_free(table);
  CHECK(rollcall_store_effect_done(in.store, 1, NULL) == ROLLCALL_ERROR_NOT_FOUND);
  CHECK(rollcall_store_job_page(in.store, job, NULL, &table, NULL) == ROLLCALL_OK);
  rollcall_table_free(table);
  archive_close(&in);
}

static void a_job_is_undone_and_tried_again(void)
{
  archive in = archive_open();
  const uint64_t job = job_of(&in, 1);
  rollcall_report* report = NULL;
  rollcall_plan* plan = NULL;
  rollcall_error* error = NULL;
  CHECK(dump_has(&in, "bob@acme.example"));
  CHECK(rollcall_job_retry(in.store, job, NULL, NULL, in.of.context, NULL, NULL, &report, NULL) ==
        ROLLCALL_OK);
  CHECK(rollcall_report_count(report, ROLLCALL_COUNT_ROWS) == 1);
  rollcall_report_free(report);
  CHECK(rollcall_job_undo_plan(in.store, job, NULL, NULL, in.of.context, NULL, &plan, &report,
                               NULL) == ROLLCALL_OK);
  CHECK(plan != NULL && dump_has(&in, "bob@acme.example"));
  rollcall_plan_free(plan);
  rollcall_report_free(report);
  CHECK(rollcall_job_undo(in.store, job, in.of.schema, in.directory, in.of.context, NULL, NULL,
                          &report, NULL) == ROLLCALL_OK);
  CHECK(rollcall_report_job(report) > job && !dump_has(&in, "bob@acme.example"));
  rollcall_report_free(report);
  CHECK(rollcall_job_resume(in.store, job, NULL, NULL, in.of.context, NULL, NULL, &report,
                            &error) == ROLLCALL_ERROR_WRONG_USE);
  rollcall_error_free(error);
  archive_close(&in);
}

static void findings_alone_are_kept_of_what_follows_on_a_job(void)
{
  archive in = archive_open();
  const uint64_t job = job_of(&in, 1);
  rollcall_outputs outputs = {0};
  rollcall_report* report = NULL;
  rollcall_table* table = NULL;
  outputs.struct_size = sizeof outputs;
  outputs.keep = ROLLCALL_KEEP_FINDINGS;
  CHECK(rollcall_job_retry(in.store, job, NULL, NULL, in.of.context, NULL, &outputs, &report,
                           NULL) == ROLLCALL_OK);
  CHECK(rollcall_report_table(report, ROLLCALL_TABLE_FINDINGS, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 1);
  rollcall_table_free(table);
  CHECK(rollcall_report_table(report, ROLLCALL_TABLE_ROWS, &table, NULL) ==
        ROLLCALL_ERROR_WRONG_USE);
  rollcall_report_free(report);
  CHECK(rollcall_job_undo(in.store, job, NULL, NULL, in.of.context, NULL, &outputs, &report,
                          NULL) == ROLLCALL_OK);
  CHECK(rollcall_report_table(report, ROLLCALL_TABLE_FINDINGS, &table, NULL) == ROLLCALL_OK);
  rollcall_table_free(table);
  rollcall_report_free(report);
  archive_close(&in);
}

static void a_validation_is_carried_out_once(void)
{
  archive in = archive_open();
  const uint64_t job = job_of(&in, 0);
  rollcall_report* report = NULL;
  rollcall_schema* schema = NULL;
  rollcall_status status;
  CHECK(!dump_has(&in, "bob@acme.example"));
  CHECK(rollcall_job_schema(in.store, job, &schema, NULL) == ROLLCALL_OK);
  rollcall_schema_free(schema);
  CHECK(rollcall_job_execute(in.store, job, NULL, NULL, in.of.context, NULL, NULL, &report, NULL) ==
        ROLLCALL_OK);
  CHECK(rollcall_report_count(report, ROLLCALL_COUNT_CREATED) == 2);
  CHECK(dump_has(&in, "bob@acme.example"));
  rollcall_report_free(report);
  report = NULL;
  status =
      rollcall_job_execute(in.store, job, NULL, NULL, in.of.context, NULL, NULL, &report, NULL);
  CHECK(status < 0 || rollcall_report_refusal(report) != ROLLCALL_REFUSAL_NONE);
  rollcall_report_free(report);
  archive_close(&in);
}

static void what_a_job_left_behind_is_written_again_until_it_is_purged(void)
{
  archive in = archive_open();
  const uint64_t job = job_of(&in, 1);
  rollcall_output* output = NULL;
  rollcall_error* error = NULL;
  rollcall_str text;
  rollcall_purged gone = {0};
  uint64_t count = 99;
  CHECK(rollcall_output_memory(in.of.engine, &output, NULL) == ROLLCALL_OK);
  CHECK(rollcall_job_download(in.store, job, "source", ROLLCALL_NUL, NULL, output, NULL) ==
        ROLLCALL_OK);
  rollcall_output_text(output, &text);
  CHECK(strcmp(text.ptr, office_file) == 0);
  CHECK(rollcall_job_download(in.store, job, "report", ROLLCALL_NUL, in.directory, output, NULL) ==
        ROLLCALL_OK);
  CHECK(rollcall_job_download(in.store, job, "nonesuch", ROLLCALL_NUL, NULL, output, NULL) ==
        ROLLCALL_ERROR_WRONG_USE);
  CHECK(rollcall_job_take_secrets(in.store, job, output, &count, NULL) == ROLLCALL_OK);
  CHECK(count > 0);
  CHECK(rollcall_job_take_secrets(in.store, job, output, &count, NULL) == ROLLCALL_ERROR_NOT_FOUND);
  CHECK(rollcall_job_cancel(in.store, job, NULL) == ROLLCALL_ERROR_WRONG_USE);
  CHECK(rollcall_job_purge(in.store, job, &gone, NULL) == ROLLCALL_ERROR_WRONG_USE);
  gone.struct_size = sizeof gone;
  CHECK(rollcall_job_purge(in.store, job, &gone, NULL) == ROLLCALL_OK);
  CHECK(gone.jobs == 1 && gone.files > 0 && gone.secrets == 0 && gone.effects == 0);
  CHECK(gone.others == 0 && gone.other_jobs == NULL);
  CHECK(rollcall_job_download(in.store, job, "source", ROLLCALL_NUL, NULL, output, &error) ==
        ROLLCALL_ERROR_NOT_FOUND);
  rollcall_error_free(error);
  CHECK(rollcall_store_purge_expired(in.store, 0, 0, &gone, NULL) == ROLLCALL_OK);
  CHECK(gone.jobs == 0 && gone.files == 0);
  CHECK(rollcall_job_purge(in.store, job, NULL, NULL) == ROLLCALL_OK);
  rollcall_output_free(output);
  archive_close(&in);
}

static void who_still_has_the_file_of_a_job_that_is_purged_is_named(void)
{
  archive in = archive_open();
  const uint64_t first = job_of(&in, 0), second = job_of(&in, 0);
  rollcall_purged gone = {0};
  rollcall_table* others = NULL;
  gone.struct_size = sizeof gone;
  gone.other_jobs = &others;
  CHECK(rollcall_job_purge(in.store, 99, &gone, NULL) == ROLLCALL_ERROR_NOT_FOUND);
  CHECK(others == NULL);
  CHECK(rollcall_job_purge(in.store, first, &gone, NULL) == ROLLCALL_OK);
  CHECK(gone.others == 1 && gone.other_jobs == &others);
  CHECK(rollcall_table_rows(others) == 1 && rollcall_table_number(others, 0, 0) == (int64_t)second);
  rollcall_table_free(others);
  gone.struct_size = (uint32_t)offsetof(rollcall_purged, others); /* who knows nothing of them */
  gone.others = 7;
  CHECK(rollcall_job_purge(in.store, second, &gone, NULL) == ROLLCALL_OK);
  CHECK(gone.jobs == 1 && gone.others == 7);
  gone.struct_size = sizeof gone;
  CHECK(rollcall_store_purge_ended(in.store, &gone, NULL) == ROLLCALL_OK);
  CHECK(gone.jobs == 2 && gone.others == 0 && rollcall_table_rows(others) == 0);
  rollcall_table_free(others);
  CHECK(rollcall_store_job(in.store, first, NULL, NULL) == ROLLCALL_ERROR_NOT_FOUND);
  archive_close(&in);
}

static void a_store_is_opened_again_and_one_that_is_there_is_not_made_anew(void)
{
  archive in = archive_open();
  rollcall_store* again = NULL;
  rollcall_str one, other;
  CHECK(rollcall_store_create(in.of.engine, store_path, ROLLCALL_NUL, NULL, &again, NULL) ==
        ROLLCALL_ERROR_WRONG_USE);
  CHECK(rollcall_store_open(in.of.engine, store_path, ROLLCALL_NUL, NULL, &again, NULL) ==
        ROLLCALL_OK);
  rollcall_store_id(in.store, &one);
  rollcall_store_id(again, &other);
  CHECK(one.len != 0 && strcmp(one.ptr, other.ptr) == 0);
  CHECK(rollcall_store_can_only_look(again) == 0);
  rollcall_store_free(again);
  archive_close(&in);
}

void check_store(void)
{
  if (!has_store()) return;
  CLAIM("a job is remembered, and can be asked about", a_job_is_remembered_and_can_be_asked_about);
  CLAIM("a job is undone, and tried again", a_job_is_undone_and_tried_again);
  CLAIM("findings alone are kept of what follows on a job",
        findings_alone_are_kept_of_what_follows_on_a_job);
  CLAIM("a validation is carried out once", a_validation_is_carried_out_once);
  CLAIM("what a job left behind is written again until it is purged",
        what_a_job_left_behind_is_written_again_until_it_is_purged);
  CLAIM("who still has the file of a job that is purged is named",
        who_still_has_the_file_of_a_job_that_is_purged_is_named);
  CLAIM("a store is opened again, and one that is there is not made anew",
        a_store_is_opened_again_and_one_that_is_there_is_not_made_anew);
}
