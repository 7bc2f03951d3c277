/* What is told of jobs and schemas in words, and ways in and out that the others do not take. */
#include "check.h"

static int has(const rollcall_output* output, const char* part)
{
  rollcall_str text;
  rollcall_output_text(output, &text);
  return strstr(text.ptr, part) != NULL;
}

static void a_report_says_what_its_job_was(void)
{
  office of = office_open(NULL);
  rollcall_source* source = source_of(&of, office_file);
  rollcall_output* output = NULL;
  rollcall_report* report = NULL;
  rollcall_str text;
  CHECK(rollcall_output_memory(of.engine, &output, NULL) == ROLLCALL_OK);
  CHECK(rollcall_validate(of.schema, source, of.directory, of.context, NULL, NULL, &report, NULL) ==
        ROLLCALL_OK);
  rollcall_report_action(report, &text);
  CHECK(strcmp(text.ptr, "validate") == 0);
  rollcall_report_sha256(report, &text);
  CHECK(text.len == 64);
  CHECK(rollcall_report_json(report, output, NULL) == ROLLCALL_OK);
  CHECK(has(output, "\"action\": \"validate\"") && has(output, text.ptr));
  CHECK(rollcall_report_summary(report, 0, output, NULL) == ROLLCALL_OK);
  CHECK(has(output, "value.email"));
  CHECK(rollcall_report_summary(report, 1U << 9, output, NULL) == ROLLCALL_ERROR_UNSUPPORTED);
  rollcall_report_free(report);
  rollcall_output_free(output);
  rollcall_source_free(source);
  office_close(&of);
}

static void a_schema_says_which_fields_are_secrets(void)
{
  office of = office_open(NULL);
  const uint32_t count = rollcall_schema_field_count(of.schema, 0);
  uint32_t field;
  rollcall_str title, name, type;
  rollcall_schema_title(of.schema, &title);
  CHECK(title.len != 0);
  for (field = 0; field != count; ++field) {
    const int is_secret = rollcall_schema_field_is_secret(of.schema, 0, field);
    rollcall_schema_field_name(of.schema, 0, field, &name);
    rollcall_schema_field_type(of.schema, 0, field, &type);
    CHECK(is_secret == (strcmp(type.ptr, "secret") == 0));
    if (strcmp(name.ptr, "web_password") == 0) CHECK(is_secret);
    if (strcmp(name.ptr, "email") == 0) CHECK(!is_secret);
  }
  CHECK(!rollcall_schema_field_is_secret(of.schema, 0, count));
  office_close(&of);
}

static void a_plan_goes_to_a_file_and_comes_back_mapped(void)
{
  static const char path[] = "capi_checks.plan";
  office of = office_open(NULL);
  rollcall_source *source = source_of(&of, office_file), *mapped = NULL;
  rollcall_output* output = NULL;
  rollcall_report* report = NULL;
  rollcall_plan* plan = NULL;
  remove(path);
  CHECK(rollcall_output_file(of.engine, path, ROLLCALL_NUL, ROLLCALL_OUTPUT_OWNER_ONLY, &output,
                             NULL) == ROLLCALL_OK);
  CHECK(rollcall_plan_write(of.schema, source, of.directory, of.context, NULL, NULL, output,
                            &report, NULL) == ROLLCALL_OK);
  rollcall_report_free(report);
  rollcall_output_free(output);
  CHECK(rollcall_source_mapped(of.engine, path, ROLLCALL_NUL, &mapped, NULL) == ROLLCALL_OK);
  CHECK(rollcall_plan_open(of.engine, mapped, &plan, NULL) == ROLLCALL_OK);
  rollcall_source_free(mapped);
  CHECK(rollcall_plan_apply(of.schema, plan, of.directory, of.context, NULL, NULL, &report, NULL) ==
        ROLLCALL_OK);
  CHECK(rollcall_report_count(report, ROLLCALL_COUNT_CREATED) == 2);
  rollcall_report_free(report);
  rollcall_plan_free(plan);
  rollcall_source_free(source);
  remove(path);
  office_close(&of);
}

static void an_output_that_was_not_written_leaves_what_was_there(void)
{
  static const char path[] = "capi_checks.txt";
  office of = office_open(NULL);
  rollcall_source* source = NULL;
  rollcall_output* output = NULL;
  rollcall_output* copy = NULL;
  FILE* file = fopen(path, "wb");
  CHECK(file != NULL && fputs("a,b\n1,2\n", file) >= 0 && fclose(file) == 0);
  CHECK(rollcall_output_file(of.engine, path, ROLLCALL_NUL, 0, &output, NULL) == ROLLCALL_OK);
  rollcall_output_free(output);
  CHECK(rollcall_output_memory(of.engine, &copy, NULL) == ROLLCALL_OK);
  CHECK(rollcall_source_file(of.engine, path, ROLLCALL_NUL, &source, NULL) == ROLLCALL_OK);
  CHECK(rollcall_rows_write(of.engine, source, NULL, ROLLCALL_ROWS_CSV, copy, NULL) == ROLLCALL_OK);
  CHECK(has(copy, "1,2"));
  rollcall_source_free(source);
  rollcall_output_free(copy);
  remove(path);
  office_close(&of);
}

static void a_text_ends_where_its_length_says(void)
{
  static const char zeros[] =
      "First Name,Last Name,Email,Extension\nB\0b,Jones,bob@x.example,102\n";
  office of = office_open(NULL);
  rollcall_source* source = NULL;
  rollcall_rows* rows = NULL;
  rollcall_table* table = NULL;
  rollcall_schema* schema = NULL;
  rollcall_str text;
  CHECK(rollcall_schema_builtin(of.engine, "ctu and more", 3, &schema, NULL) == ROLLCALL_OK);
  rollcall_schema_id(schema, &text);
  CHECK(text.len == 3 && strcmp(text.ptr, "ctu") == 0);
  rollcall_schema_free(schema);
  CHECK(rollcall_schema_builtin(of.engine, "ctu", 2, &schema, NULL) == ROLLCALL_ERROR_NOT_FOUND);
  CHECK(rollcall_source_memory(of.engine, zeros, sizeof zeros - 1, &source, NULL) == ROLLCALL_OK);
  CHECK(rollcall_rows_open(of.engine, source, NULL, &rows, NULL) == ROLLCALL_OK);
  CHECK(rollcall_rows_next(rows, 0, &table, NULL) == ROLLCALL_MORE);
  rollcall_table_text(table, 0, 3, &text);
  CHECK(text.len == 3 && memcmp(text.ptr, "B\0b", 3) == 0);
  rollcall_table_free(table);
  rollcall_rows_free(rows);
  rollcall_source_free(source);
  office_close(&of);
}

/* Two users at once, each with no field but the first. */
static void show_two(void* user, uint32_t kind, rollcall_objects* sink, int32_t* verdict)
{
  const uint32_t count = rollcall_schema_field_count(user, kind);
  const size_t asked[2] = {0, 0};
  const rollcall_str keys[2] = {{"7", 1}, {"8", 1}};
  rollcall_str fields[128] = {{NULL, 0}};
  CHECK(count <= 64);
  fields[0].ptr = "Ann";
  fields[0].len = 3;
  fields[count].ptr = "Zoe";
  fields[count].len = 3;
  CHECK(rollcall_objects_add_many(sink, 2, asked, keys, fields, count) == ROLLCALL_OK);
  *verdict = ROLLCALL_CONTINUE;
}

static void find_none(void* user, uint32_t kind, uint32_t field, const rollcall_str* values,
                      size_t count, rollcall_objects* sink, int32_t* verdict)
{
  (void)user, (void)kind, (void)field, (void)values, (void)count, (void)sink;
  *verdict = ROLLCALL_SKIP;
}

static void apply_none(void* user, const rollcall_group* const* groups, size_t count,
                       rollcall_answers* sink, int32_t* verdict)
{
  (void)user, (void)groups, (void)count, (void)sink;
  *verdict = ROLLCALL_CONTINUE;
}

static void a_host_may_show_many_objects_at_once(void)
{
  office of = office_open(NULL);
  rollcall_host host = {0};
  rollcall_directory* directory = NULL;
  rollcall_output* output = NULL;
  host.struct_size = sizeof host;
  host.user = of.schema;
  host.find = find_none;
  host.scan = show_two;
  host.apply = apply_none;
  CHECK(rollcall_directory_host(of.schema, &host, &directory, NULL) == ROLLCALL_OK);
  CHECK(rollcall_output_memory(of.engine, &output, NULL) == ROLLCALL_OK);
  CHECK(rollcall_export(of.schema, directory, of.context, NULL, output, NULL, NULL) == ROLLCALL_OK);
  CHECK(has(output, "7,Ann,") && has(output, "8,Zoe,"));
  CHECK(rollcall_directory_write(directory, output, NULL) == ROLLCALL_ERROR_UNSUPPORTED);
  rollcall_output_free(output);
  rollcall_directory_free(directory);
  office_close(&of);
}

void check_words(void)
{
  CLAIM("a report says what its job was", a_report_says_what_its_job_was);
  CLAIM("a schema says which fields are secrets", a_schema_says_which_fields_are_secrets);
  CLAIM("a plan goes to a file, and comes back mapped",
        a_plan_goes_to_a_file_and_comes_back_mapped);
  CLAIM("an output that was not written leaves what was there",
        an_output_that_was_not_written_leaves_what_was_there);
  CLAIM("a text ends where its length says", a_text_ends_where_its_length_says);
  CLAIM("a host may show many objects at once", a_host_may_show_many_objects_at_once);
}
