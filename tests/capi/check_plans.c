/* Schemas and plans: described, kept, shown, carried out once. */
#include "check.h"

static int text_has(const rollcall_output* output, const char* part)
{
  rollcall_str text;
  rollcall_output_text(output, &text);
  return strstr(text.ptr, part) != NULL;
}

static void a_schema_is_the_same_by_its_json(void)
{
  office of = office_open(NULL);
  rollcall_output *json = NULL, *page = NULL;
  rollcall_schema* again = NULL;
  rollcall_table* table = NULL;
  rollcall_str text, one, other;
  CHECK(rollcall_output_memory(of.engine, &json, NULL) == ROLLCALL_OK);
  CHECK(rollcall_output_memory(of.engine, &page, NULL) == ROLLCALL_OK);
  CHECK(rollcall_schema_json(of.schema, json, NULL) == ROLLCALL_OK);
  rollcall_output_text(json, &text);
  CHECK(rollcall_schema_parse(of.engine, text.ptr, text.len, &again, NULL) == ROLLCALL_OK);
  rollcall_schema_digest(of.schema, &one);
  rollcall_schema_digest(again, &other);
  CHECK(one.len == 64 && strcmp(one.ptr, other.ptr) == 0);
  rollcall_schema_id(again, &one);
  CHECK(strcmp(one.ptr, "clusterpbx") == 0);
  CHECK(rollcall_schema_page(again, page, NULL) == ROLLCALL_OK && text_has(page, "First Name"));
  CHECK(rollcall_schema_kind_count(again) > 1);
  rollcall_schema_kind_name(again, 0, &one);
  CHECK(strcmp(one.ptr, "user") == 0);
  rollcall_schema_field_name(again, 0, ROLLCALL_KEY_FIELD, &one);
  CHECK(strcmp(one.ptr, "id") == 0);
  rollcall_schema_field_name(again, 99, 0, &one);
  CHECK(one.len == 0);
  CHECK(rollcall_schema_columns(again, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) > 10);
  rollcall_table_free(table);
  CHECK(rollcall_formats(of.engine, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 5);
  rollcall_table_free(table);
  rollcall_schema_free(again);
  rollcall_output_free(page);
  rollcall_output_free(json);
  office_close(&of);
}

static void a_faulty_schema_is_refused_with_its_faults(void)
{
  office of = office_open(NULL);
  static const char json[] = "{\"id\": \"x\", \"columns\": [{\"fields\": 3}]}";
  rollcall_schema* schema = NULL;
  rollcall_table* table = NULL;
  CHECK(rollcall_schema_parse(of.engine, json, ROLLCALL_NUL, &schema, NULL) ==
        ROLLCALL_ERROR_MALFORMED);
  CHECK(rollcall_schema_check(of.engine, json, ROLLCALL_NUL, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) != 0);
  rollcall_table_free(table);
  office_close(&of);
}

static rollcall_plan* planned(const office* of, rollcall_report** report)
{
  rollcall_source* source = source_of(of, office_file);
  rollcall_plan* plan = NULL;
  rollcall_job_options options = {0};
  options.struct_size = sizeof options;
  options.source_path = "/srv/users.csv";
  CHECK(rollcall_plan_make(of->schema, source, of->directory, of->context, &options, NULL, &plan,
                           report, NULL) == ROLLCALL_OK);
  rollcall_source_free(source);
  return plan;
}

static void a_plan_is_kept_shown_and_carried_out(void)
{
  office of = office_open(NULL);
  rollcall_report* report = NULL;
  rollcall_plan *plan = planned(&of, &report), *again = NULL;
  rollcall_output *kept = NULL, *page = NULL, *objects = NULL;
  rollcall_source *source = NULL, *file = source_of(&of, office_file);
  rollcall_job_options options = {0};
  rollcall_str text, digest;
  int32_t is_whole = 0;
  CHECK(plan != NULL && rollcall_report_count(report, ROLLCALL_COUNT_CREATED) == 2);
  rollcall_report_free(report);
  CHECK(rollcall_output_memory(of.engine, &kept, NULL) == ROLLCALL_OK);
  CHECK(rollcall_output_memory(of.engine, &page, NULL) == ROLLCALL_OK);
  CHECK(rollcall_output_memory(of.engine, &objects, NULL) == ROLLCALL_OK);
  CHECK(rollcall_plan_save(plan, kept, NULL) == ROLLCALL_OK);
  CHECK(rollcall_plan_digest(plan, &digest, NULL) == ROLLCALL_OK && digest.len == 64);
  rollcall_output_text(kept, &text);
  CHECK(strstr(text.ptr, digest.ptr) != NULL);
  CHECK(rollcall_source_memory(of.engine, text.ptr, text.len, &source, NULL) == ROLLCALL_OK);
  CHECK(rollcall_plan_open(of.engine, source, &again, NULL) == ROLLCALL_OK);
  rollcall_source_free(source);
  rollcall_plan_free(plan);
  CHECK(rollcall_plan_format(again, &text, NULL) == ROLLCALL_OK);
  CHECK(strcmp(text.ptr, "clusterpbx") == 0);
  CHECK(rollcall_plan_source_path(again, &text, NULL) == ROLLCALL_OK);
  CHECK(strcmp(text.ptr, "/srv/users.csv") == 0);
  CHECK(rollcall_plan_show(again, NULL, NULL, page, &is_whole, NULL) == ROLLCALL_OK);
  CHECK(is_whole == 1 && text_has(page, "Bob"));
  options.struct_size = sizeof options;
  options.source = file;
  CHECK(rollcall_plan_apply(of.schema, again, of.directory, of.context, &options, NULL, &report,
                            NULL) == ROLLCALL_OK);
  CHECK(rollcall_report_count(report, ROLLCALL_COUNT_CREATED) == 2);
  rollcall_report_free(report);
  CHECK(rollcall_directory_write(of.directory, objects, NULL) == ROLLCALL_OK);
  CHECK(text_has(objects, "bob@acme.example"));
  /* what it was made for is no longer so */
  CHECK(rollcall_plan_apply(of.schema, again, of.directory, of.context, &options, NULL, &report,
                            NULL) == ROLLCALL_OK);
  CHECK(rollcall_report_refusal(report) == ROLLCALL_REFUSAL_STALE);
  rollcall_report_free(report);
  rollcall_plan_free(again);
  rollcall_source_free(file);
  rollcall_output_free(objects);
  rollcall_output_free(page);
  rollcall_output_free(kept);
  office_close(&of);
}

/* Two plans of one source: whoever reads one of them has the source for himself. */
static void the_source_of_a_plan_is_read_by_one_call_at_a_time(void)
{
  office of = office_open(NULL);
  rollcall_plan *plan = planned(&of, NULL), *one = NULL, *other = NULL;
  rollcall_output* kept = NULL;
  rollcall_source* source = NULL;
  rollcall_steps* steps = NULL;
  rollcall_report* report = NULL;
  rollcall_job_options options = {0};
  rollcall_status status;
  rollcall_str text;
  CHECK(rollcall_output_memory(of.engine, &kept, NULL) == ROLLCALL_OK);
  CHECK(rollcall_plan_save(plan, kept, NULL) == ROLLCALL_OK);
  rollcall_output_text(kept, &text);
  CHECK(rollcall_source_memory(of.engine, text.ptr, text.len, &source, NULL) == ROLLCALL_OK);
  CHECK(rollcall_plan_open(of.engine, source, &one, NULL) == ROLLCALL_OK);
  CHECK(rollcall_plan_open(of.engine, source, &other, NULL) == ROLLCALL_OK);
  CHECK(rollcall_steps_new(of.engine, &steps, NULL) == ROLLCALL_OK);
  options.struct_size = sizeof options;
  options.source = source; /* which is no file that was planned */
  CHECK(rollcall_plan_apply(of.schema, one, of.directory, of.context, &options, NULL, NULL, NULL) ==
        ROLLCALL_ERROR_WRONG_USE);
  options.source = NULL;
  options.steps = steps;
  CHECK(rollcall_plan_apply(of.schema, one, of.directory, of.context, &options, NULL, NULL, NULL) ==
        ROLLCALL_MORE);
  CHECK(rollcall_plan_digest(other, &text, NULL) == ROLLCALL_ERROR_BUSY);
  CHECK(rollcall_plan_save(other, kept, NULL) == ROLLCALL_ERROR_BUSY);
  CHECK(rollcall_plan_show(other, NULL, NULL, kept, NULL, NULL) == ROLLCALL_ERROR_BUSY);
  CHECK(rollcall_report_read(of.engine, source, &report, NULL) == ROLLCALL_ERROR_BUSY);
  do status = rollcall_steps_next(steps, 1, &report, NULL);
  while (status == ROLLCALL_MORE);
  CHECK(status == ROLLCALL_OK && rollcall_report_count(report, ROLLCALL_COUNT_CREATED) == 2);
  CHECK(rollcall_plan_digest(other, &text, NULL) == ROLLCALL_OK && text.len == 64);
  rollcall_report_free(report);
  rollcall_steps_free(steps);
  rollcall_source_free(source);
  rollcall_output_free(kept);
  rollcall_plan_free(other);
  rollcall_plan_free(one);
  rollcall_plan_free(plan);
  office_close(&of);
}

static void of_a_file_that_is_refused_there_is_no_plan(void)
{
  office of = office_open(NULL);
  rollcall_source* source = source_of(&of, "Nothing,Known\n1,2\n");
  rollcall_report* report = NULL;
  rollcall_plan* plan = NULL;
  CHECK(rollcall_plan_make(of.schema, source, of.directory, of.context, NULL, NULL, &plan, &report,
                           NULL) == ROLLCALL_OK);
  CHECK(plan == NULL && rollcall_report_refusal(report) == ROLLCALL_REFUSAL_FILE);
  rollcall_report_free(report);
  rollcall_source_free(source);
  office_close(&of);
}

static void an_actor_without_a_right_is_told_so(void)
{
  office of = office_open(NULL);
  rollcall_context* reseller = NULL;
  rollcall_table* table = NULL;
  CHECK(rollcall_context_new(of.engine, "r", ROLLCALL_NUL, "reseller", ROLLCALL_NUL, &reseller,
                             NULL) == ROLLCALL_OK);
  CHECK(rollcall_missing_right(of.schema, of.directory, of.context, ROLLCALL_ACTION_EXECUTE, &table,
                               NULL) == ROLLCALL_OK);
  CHECK(table == NULL);
  CHECK(rollcall_missing_right(of.schema, of.directory, reseller, ROLLCALL_ACTION_EXECUTE, &table,
                               NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 1);
  rollcall_table_free(table);
  CHECK(rollcall_context_set_option(reseller, "x", ROLLCALL_NUL, "[1, 2", ROLLCALL_NUL, NULL) < 0);
  CHECK(rollcall_context_set_option(reseller, "x", ROLLCALL_NUL, "1}, \"actor\": {\"role\": \"a\"",
                                    ROLLCALL_NUL, NULL) == ROLLCALL_ERROR_MALFORMED);
  CHECK(rollcall_context_set_fact(reseller, "teams", ROLLCALL_NUL, "[\"a\"]", ROLLCALL_NUL, NULL) ==
        ROLLCALL_OK);
  rollcall_context_free(reseller);
  office_close(&of);
}

void check_plans(void)
{
  CLAIM("a schema is the same by its JSON", a_schema_is_the_same_by_its_json);
  CLAIM("a faulty schema is refused with its faults", a_faulty_schema_is_refused_with_its_faults);
  CLAIM("a plan is kept, shown and carried out", a_plan_is_kept_shown_and_carried_out);
  CLAIM("the source of a plan is read by one call at a time",
        the_source_of_a_plan_is_read_by_one_call_at_a_time);
  CLAIM("of a file that is refused there is no plan", of_a_file_that_is_refused_there_is_no_plan);
  CLAIM("an actor without a right is told so", an_actor_without_a_right_is_told_so);
}
