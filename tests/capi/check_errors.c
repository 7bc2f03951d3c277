/* Statuses, errors, options: what a caller may get wrong is said, and nothing is lost by it. */
#include "check.h"

static void a_failure_is_an_object_with_status_sentence_and_details(void)
{
  office of = office_open(NULL);
  rollcall_schema* schema = of.schema;
  rollcall_error* error = NULL;
  rollcall_str text;
  CHECK(rollcall_schema_builtin(of.engine, "nonesuch", ROLLCALL_NUL, &schema, &error) ==
        ROLLCALL_ERROR_NOT_FOUND);
  CHECK(schema == NULL);
  CHECK(rollcall_error_status(error) == ROLLCALL_ERROR_NOT_FOUND);
  rollcall_error_message(error, &text);
  CHECK(strstr(text.ptr, "nonesuch") != NULL && text.ptr[text.len] == '\0');
  rollcall_error_details(error, &text);
  CHECK(strstr(text.ptr, "\"name\": \"not_found\"") != NULL);
  rollcall_error_free(error);
  CHECK(rollcall_schema_builtin(of.engine, "nonesuch", ROLLCALL_NUL, &schema, NULL) ==
        ROLLCALL_ERROR_NOT_FOUND);
  office_close(&of);
}

static void a_success_leaves_no_error(void)
{
  rollcall_engine* engine = NULL;
  int nothing;
  rollcall_error* error = (rollcall_error*)&nothing;
  CHECK(rollcall_engine_new(NULL, &engine, &error) == ROLLCALL_OK);
  CHECK(error == NULL);
  rollcall_engine_free(engine);
}

static void what_is_null_and_must_not_be_is_wrong_use(void)
{
  office of = office_open(NULL);
  rollcall_report* report = NULL;
  rollcall_table* table = NULL;
  rollcall_str text;
  CHECK(rollcall_engine_new(NULL, NULL, NULL) == ROLLCALL_ERROR_WRONG_USE);
  CHECK(rollcall_formats(NULL, &table, NULL) == ROLLCALL_ERROR_WRONG_USE);
  CHECK(rollcall_validate(NULL, NULL, NULL, NULL, NULL, NULL, &report, NULL) ==
        ROLLCALL_ERROR_WRONG_USE);
  CHECK(rollcall_validate(of.schema, NULL, of.directory, NULL, NULL, NULL, &report, NULL) ==
        ROLLCALL_ERROR_WRONG_USE);
  CHECK(rollcall_table_rows(NULL) == 0 && rollcall_table_columns(NULL) == 0);
  rollcall_table_text(NULL, 0, 0, &text);
  CHECK(text.ptr == NULL);
  CHECK(rollcall_report_count(NULL, ROLLCALL_COUNT_ROWS) == 0);
  office_close(&of);
}

static void options_of_older_and_newer_callers_are_understood(void)
{
  struct newer {
    rollcall_engine_options known;
    uint64_t unknown;
  } newer;
  rollcall_engine_options options;
  rollcall_engine* engine = NULL;
  memset(&newer, 0, sizeof newer);
  newer.known.struct_size = (uint32_t)sizeof newer;
  CHECK(rollcall_engine_new(&newer.known, &engine, NULL) == ROLLCALL_OK);
  rollcall_engine_free(engine);
  newer.unknown = 1;
  CHECK(rollcall_engine_new(&newer.known, &engine, NULL) == ROLLCALL_ERROR_UNSUPPORTED);
  CHECK(engine == NULL);
  memset(&options, 0, sizeof options);
  CHECK(rollcall_engine_new(&options, &engine, NULL) == ROLLCALL_ERROR_WRONG_USE);
  options.struct_size = (uint32_t)(offsetof(rollcall_engine_options, flags) + sizeof options.flags);
  CHECK(rollcall_engine_new(&options, &engine, NULL) == ROLLCALL_OK);
  rollcall_engine_free(engine);
  options.struct_size = (uint32_t)sizeof options;
  options.flags = 1U << 31;
  CHECK(rollcall_engine_new(&options, &engine, NULL) == ROLLCALL_ERROR_UNSUPPORTED);
}

static void what_is_reserved_asks_for_what_is_not_known(void)
{
  office of = office_open(NULL);
  rollcall_source* source = source_of(&of, office_file);
  rollcall_engine_options engines = {0};
  rollcall_reading reading = {0};
  rollcall_job_options jobs = {0};
  rollcall_store_options stores = {0};
  rollcall_engine* engine = NULL;
  rollcall_rows* rows = NULL;
  rollcall_store* store = NULL;
  engines.struct_size = sizeof engines;
  engines.reserved = 1;
  CHECK(rollcall_engine_new(&engines, &engine, NULL) == ROLLCALL_ERROR_UNSUPPORTED);
  reading.struct_size = sizeof reading;
  reading.reserved = -1;
  CHECK(rollcall_rows_open(of.engine, source, &reading, &rows, NULL) == ROLLCALL_ERROR_UNSUPPORTED);
  jobs.struct_size = sizeof jobs;
  jobs.reserved = 1;
  CHECK(rollcall_validate(of.schema, source, of.directory, of.context, &jobs, NULL, NULL, NULL) ==
        ROLLCALL_ERROR_UNSUPPORTED);
  stores.struct_size = sizeof stores;
  stores.reserved = 1;
  CHECK(rollcall_store_open(of.engine, "nowhere.db", ROLLCALL_NUL, &stores, &store, NULL) ==
        ROLLCALL_ERROR_UNSUPPORTED);
  CHECK(engine == NULL && rows == NULL && store == NULL);
  rollcall_source_free(source);
  office_close(&of);
}

static void every_status_has_a_name_and_a_page(void)
{
  office of = office_open(NULL);
  rollcall_output* output = NULL;
  int32_t status;
  for (status = ROLLCALL_ERROR_INTERNAL; status != ROLLCALL_OK; ++status) {
    CHECK(strcmp(rollcall_status_name(status), "unknown_status") != 0);
    CHECK(rollcall_output_memory(of.engine, &output, NULL) == ROLLCALL_OK);
    CHECK(rollcall_explain_status(of.engine, status, output, NULL) == ROLLCALL_OK);
    rollcall_output_free(output);
  }
  CHECK(strcmp(rollcall_status_name(ROLLCALL_OK), "ok") == 0);
  CHECK(strcmp(rollcall_status_name(-1000), "unknown_status") == 0);
  office_close(&of);
}

static void the_version_and_how_it_was_built_are_said(void)
{
  const unsigned version = rollcall_version();
  const char* const info = rollcall_build_info();
  char text[32];
  snprintf(text, sizeof text, "%u.%u.%u", version >> 16, version >> 8 & 0xffU, version & 0xffU);
  CHECK(version != 0 && strcmp(rollcall_version_text(), text) == 0);
  CHECK(strstr(info, text) != NULL && strstr(info, "\"abi\": 1") != NULL);
  CHECK(strstr(info, "\"compiler\": ") != NULL && strstr(info, "\"build\": ") != NULL);
  CHECK(strstr(info, "\"features\": [") != NULL && strstr(info, "\"kernels\": [") != NULL);
}

static void codes_are_explained_and_limits_listed(void)
{
  office of = office_open(NULL);
  rollcall_output* output = NULL;
  rollcall_table* table = NULL;
  rollcall_str text;
  CHECK(rollcall_codes(of.engine, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) > 30);
  CHECK(rollcall_table_number(table, 0, 0) == ROLLCALL_CODE_FILE_UNREADABLE);
  rollcall_table_free(table);
  CHECK(rollcall_limits(of.engine, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 5);
  rollcall_table_free(table);
  CHECK(rollcall_output_memory(of.engine, &output, NULL) == ROLLCALL_OK);
  CHECK(rollcall_explain(of.engine, NULL, "value.email", ROLLCALL_NUL, output, NULL) ==
        ROLLCALL_OK);
  CHECK(rollcall_explain(of.engine, of.schema, "mac.required", ROLLCALL_NUL, output, NULL) ==
        ROLLCALL_OK);
  rollcall_output_text(output, &text);
  CHECK(strstr(text.ptr, "value.email") != NULL && strstr(text.ptr, "mac.required") != NULL);
  CHECK(rollcall_explain(of.engine, NULL, "mac.required", ROLLCALL_NUL, output, NULL) ==
        ROLLCALL_ERROR_NOT_FOUND);
  rollcall_output_free(output);
  office_close(&of);
}

void check_errors(void)
{
  CLAIM("a failure is an object with status, sentence and details",
        a_failure_is_an_object_with_status_sentence_and_details);
  CLAIM("a success leaves no error", a_success_leaves_no_error);
  CLAIM("what is NULL and must not be is wrong use", what_is_null_and_must_not_be_is_wrong_use);
  CLAIM("options of older and newer callers are understood",
        options_of_older_and_newer_callers_are_understood);
  CLAIM("what is reserved asks for what is not known", what_is_reserved_asks_for_what_is_not_known);
  CLAIM("every status has a name and a page", every_status_has_a_name_and_a_page);
  CLAIM("the version and how it was built are said", the_version_and_how_it_was_built_are_said);
  CLAIM("codes are explained, limits listed", codes_are_explained_and_limits_listed);
}
