/* From one vendor's format to another's, and what was lost. */
#include "check.h"

static const char users[] =
    "ID,First Name,Last Name,Email,Extension,Web Passwords\n"
    ",Bob,Jones,bob@acme.example,102,Se-cret-12\n"
    ",Carla,Lopez,carla@acme.example,,\n";

typedef struct conversion {
  office of;
  rollcall_schema* to;
  rollcall_source* source;
  rollcall_output *result, *report;
  rollcall_loss* loss;
} conversion;

static conversion conversion_open(const char* text)
{
  conversion made = {{NULL, NULL, NULL, NULL}, NULL, NULL, NULL, NULL, NULL};
  made.of = office_open(NULL);
  made.source = source_of(&made.of, text);
  CHECK(rollcall_schema_builtin(made.of.engine, "ctu", ROLLCALL_NUL, &made.to, NULL) ==
        ROLLCALL_OK);
  CHECK(rollcall_output_memory(made.of.engine, &made.result, NULL) == ROLLCALL_OK);
  CHECK(rollcall_output_memory(made.of.engine, &made.report, NULL) == ROLLCALL_OK);
  return made;
}

static rollcall_status convert(conversion* with, const rollcall_convert_options* options)
{
  return rollcall_convert(with->of.schema, with->to, with->source, with->of.context, options,
                          with->result, with->report, &with->loss, NULL);
}

static void conversion_close(conversion* with)
{
  rollcall_loss_free(with->loss);
  rollcall_output_free(with->report);
  rollcall_output_free(with->result);
  rollcall_source_free(with->source);
  rollcall_schema_free(with->to);
  office_close(&with->of);
}

static int has(const rollcall_output* output, const char* text)
{
  rollcall_str all;
  rollcall_output_text(output, &all);
  return strstr(all.ptr, text) != NULL;
}

static int cell_is(const rollcall_table* table, uint64_t row, const char* column, const char* text)
{
  const int32_t at = rollcall_table_find(table, column, ROLLCALL_NUL);
  rollcall_str cell;
  CHECK(at >= 0);
  rollcall_table_text(table, row, (uint32_t)at, &cell);
  return cell.len == strlen(text) && memcmp(cell.ptr, text, cell.len) == 0;
}

static void what_two_formats_share_goes_over_and_the_rest_is_listed(void)
{
  conversion with = conversion_open(users);
  rollcall_table* table = NULL;
  rollcall_output* told = NULL;
  CHECK(convert(&with, NULL) == ROLLCALL_OK);
  CHECK(has(with.result, "bob@acme.example") && !has(with.result, "Se-cret-12"));
  CHECK(has(with.report, "\"convert\": {\"from\": \"clusterpbx\", \"to\": \"ctu\""));
  CHECK(!has(with.report, "Se-cret-12"));
  CHECK(rollcall_loss_refusal(with.loss) == ROLLCALL_REFUSAL_NONE);
  CHECK(rollcall_loss_state(with.loss) != ROLLCALL_STATE_QUEUED);
  CHECK(rollcall_loss_count(with.loss, ROLLCALL_LOSS_ROWS) == 2);
  CHECK(rollcall_loss_count(with.loss, ROLLCALL_LOSS_WRITTEN) == 2);
  CHECK(rollcall_loss_count(with.loss, 99) == 0);

  CHECK(rollcall_loss_table(with.loss, ROLLCALL_LOSS_TABLE_SOURCE, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 6);
  CHECK(cell_is(table, 3, "column", "Email") && cell_is(table, 3, "why", "carried"));
  CHECK(rollcall_table_number(table, 3, 4) == 2 && rollcall_table_number(table, 3, 5) == 0);
  CHECK(cell_is(table, 3, "examples", "[]"));
  rollcall_table_free(table);
  CHECK(rollcall_loss_table(with.loss, ROLLCALL_LOSS_TABLE_TARGET, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) > 0 && rollcall_table_find(table, "missing", 7) == 5);
  rollcall_table_free(table);
  CHECK(rollcall_loss_table(with.loss, ROLLCALL_LOSS_TABLE_REMARKS, &table, NULL) == ROLLCALL_OK);
  rollcall_table_free(table);
  CHECK(rollcall_loss_table(with.loss, ROLLCALL_LOSS_TABLE_FINDINGS, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_columns(table) == 10);
  rollcall_table_free(table);
  CHECK(rollcall_loss_table(with.loss, 99, &table, NULL) == ROLLCALL_ERROR_WRONG_USE);
  CHECK(table == NULL);

  CHECK(rollcall_output_memory(with.of.engine, &told, NULL) == ROLLCALL_OK);
  CHECK(rollcall_loss_json(with.loss, told, NULL) == ROLLCALL_OK && has(told, "\"written\": 2"));
  CHECK(rollcall_loss_page(with.loss, "the file", ROLLCALL_NUL, told, NULL) == ROLLCALL_OK);
  CHECK(has(told, "the file"));
  rollcall_output_free(told);
  conversion_close(&with);
}

static void a_map_and_what_is_filled_in_are_the_callers(void)
{
  conversion with = conversion_open(users);
  rollcall_convert_options options = {0};
  rollcall_str fields[1], values[1];
  options.struct_size = sizeof options;
  options.flags = ROLLCALL_CONVERT_WITH_SECRETS;
  options.map = source_of(&with.of, "field,from,to\nfirst_name,BOB,Robert\n");
  fields[0].ptr = "extension", fields[0].len = 9;
  values[0].ptr = "177", values[0].len = 3;
  options.fill_fields = fields;
  options.fill_values = values;
  options.fill_count = 1;
  CHECK(convert(&with, &options) == ROLLCALL_OK);
  CHECK(has(with.result, "Robert") && !has(with.result, "Bob"));
  rollcall_source_free((rollcall_source*)options.map);
  rollcall_loss_free(with.loss);

  options.map = source_of(&with.of, "field,from,to\nnonsense,a,b\n");
  CHECK(convert(&with, &options) == ROLLCALL_ERROR_MALFORMED && with.loss == NULL);
  rollcall_source_free((rollcall_source*)options.map);
  options.map = NULL;
  fields[0].ptr = "nonsense", fields[0].len = 8;
  CHECK(convert(&with, &options) == ROLLCALL_ERROR_WRONG_USE && with.loss == NULL);
  options.fill_fields = NULL;
  CHECK(convert(&with, &options) == ROLLCALL_ERROR_WRONG_USE);
  conversion_close(&with);
}

static void cancel_at_once(void* user, const rollcall_progress* progress, int32_t* verdict)
{
  (void)progress;
  ++*(int*)user;
  *verdict = ROLLCALL_STOP;
}

static void a_conversion_is_refused_or_stopped_by_name(void)
{
  conversion with = conversion_open("Nonsense\n1\n");
  rollcall_convert_options options = {0};
  rollcall_source* missing = NULL;
  rollcall_error* why = NULL;
  int told = 0;
  CHECK(convert(&with, NULL) == ROLLCALL_OK);
  CHECK(rollcall_loss_refusal(with.loss) == ROLLCALL_REFUSAL_FILE);
  CHECK(rollcall_loss_state(with.loss) == ROLLCALL_STATE_FAILED);
  rollcall_loss_free(with.loss);
  rollcall_source_free(with.source);
  with.source = source_of(&with.of, users);
  options.struct_size = sizeof options;
  options.progress = cancel_at_once;
  options.progress_user = &told;
  CHECK(convert(&with, &options) == ROLLCALL_ERROR_CANCELLED && with.loss == NULL && told == 1);
  CHECK(rollcall_convert(with.of.schema, with.of.schema, with.source, with.of.context, NULL,
                         with.result, NULL, NULL, NULL) == ROLLCALL_ERROR_WRONG_USE);
  CHECK(rollcall_convert(with.of.schema, with.to, with.source, with.of.context, NULL, with.result,
                         with.result, NULL, NULL) == ROLLCALL_ERROR_WRONG_USE);

  CHECK(rollcall_source_file(with.of.engine, "/nowhere/users.csv", ROLLCALL_NUL, &missing, &why) <
        0);
  CHECK(rollcall_convert_unreadable(with.of.schema, with.to, why, "users.csv", ROLLCALL_NUL,
                                    &with.loss, NULL) == ROLLCALL_OK);
  CHECK(rollcall_loss_refusal(with.loss) == ROLLCALL_REFUSAL_FILE);
  rollcall_error_free(why);
  conversion_close(&with);
}

void check_convert(void)
{
  CLAIM("what two formats share goes over, and the rest is listed",
        what_two_formats_share_goes_over_and_the_rest_is_listed);
  CLAIM("a map, and what is filled in, are the caller's",
        a_map_and_what_is_filled_in_are_the_callers);
  CLAIM("a conversion is refused or stopped by name", a_conversion_is_refused_or_stopped_by_name);
}
