/* Drafts: a file that is edited, and judged again where an edit can touch it. */
#include "check.h"

static rollcall_draft* draft_of(const office* of, const char* text)
{
  rollcall_source* source = source_of(of, text);
  rollcall_draft* draft = NULL;
  CHECK(rollcall_draft_open(of->schema, source, of->directory, of->context, NULL, &draft, NULL) ==
        ROLLCALL_OK);
  rollcall_source_free(source);
  return draft;
}

static int cell_is(rollcall_draft* draft, uint64_t row, uint64_t column, const char* text)
{
  rollcall_str cell;
  if (rollcall_draft_cell(draft, row, column, &cell, NULL) < 0) return 0;
  return cell.ptr != NULL && strcmp(cell.ptr, text) == 0;
}

static rollcall_str str(const char* text)
{
  rollcall_str made = {NULL, 0};
  made.ptr = text;
  made.len = strlen(text);
  return made;
}

/* The rows that were judged since this was last asked, as a set of bits. */
static unsigned judged(rollcall_draft* draft)
{
  rollcall_table* table = NULL;
  unsigned rows = 0;
  uint64_t i;
  CHECK(rollcall_draft_check(draft, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_find(table, "row_index", ROLLCALL_NUL) == 0);
  for (i = 0; i != rollcall_table_rows(table); ++i)
    rows |= 1U << (unsigned)rollcall_table_number(table, i, 0);
  rollcall_table_free(table);
  return rows;
}

static int code_is(rollcall_draft* draft, uint64_t row, const char* code)
{
  rollcall_table* table = NULL;
  rollcall_str said = {NULL, 0};
  int is = 0;
  CHECK(rollcall_draft_findings(draft, row, 1, &table, NULL) == ROLLCALL_OK);
  if (rollcall_table_rows(table) == 0) {
    is = code == NULL;
  } else if (code != NULL) {
    const int32_t at = rollcall_table_find(table, "code", ROLLCALL_NUL);
    rollcall_table_text(table, 0, (uint32_t)at, &said);
    is = said.len == strlen(code) && memcmp(said.ptr, code, said.len) == 0;
    CHECK(rollcall_table_number(table, 0, 0) == (int64_t)row);
  }
  rollcall_table_free(table);
  return is;
}

static int row_is(rollcall_draft* draft, uint64_t row, int32_t wanted)
{
  int32_t is = -1, has_findings = -1;
  CHECK(rollcall_draft_row(draft, row, &is, &has_findings, NULL) == ROLLCALL_OK);
  CHECK(has_findings == (is == ROLLCALL_DRAFT_REJECTED));
  return is == wanted;
}

static void an_edit_has_those_rows_judged_again_that_it_can_touch(void)
{
  office of = office_open(NULL);
  rollcall_draft* draft = draft_of(&of, office_file);
  rollcall_draft_counts counts = {0};
  CHECK(rollcall_draft_rows(draft) == 3 && !rollcall_draft_is_refused(draft));
  CHECK(judged(draft) == 7 && judged(draft) == 0);
  CHECK(row_is(draft, 0, ROLLCALL_DRAFT_CREATED) && row_is(draft, 1, ROLLCALL_DRAFT_REJECTED));
  CHECK(code_is(draft, 0, NULL) && code_is(draft, 1, "value.email"));

  CHECK(cell_is(draft, 1, 2, "carla@acme"));
  CHECK(rollcall_draft_set(draft, 1, 2, "carla@acme.example", ROLLCALL_NUL, NULL) == ROLLCALL_OK);
  CHECK(judged(draft) == 2 && code_is(draft, 1, NULL));
  CHECK(row_is(draft, 1, ROLLCALL_DRAFT_CREATED));

  CHECK(rollcall_draft_set(draft, 2, 3, "102", 3, NULL) == ROLLCALL_OK);
  CHECK(judged(draft) == 5); /* it asks for what row 0 has */
  CHECK(code_is(draft, 2, "claim.duplicate_in_file"));
  counts.struct_size = sizeof counts;
  CHECK(rollcall_draft_count_rows(draft, &counts, NULL) == ROLLCALL_OK);
  CHECK(counts.rows == 3 && counts.created == 2 && counts.rejected == 1);
  memset(&counts, 0x7f, sizeof counts); /* of a caller who knows no member after `rows` */
  counts.struct_size = (uint32_t)offsetof(rollcall_draft_counts, created);
  CHECK(rollcall_draft_count_rows(draft, &counts, NULL) == ROLLCALL_OK && counts.rows == 3);
  CHECK(counts.created == UINT64_C(0x7f7f7f7f7f7f7f7f));
  counts.struct_size = 0;
  CHECK(rollcall_draft_count_rows(draft, &counts, NULL) == ROLLCALL_ERROR_WRONG_USE);
  rollcall_draft_free(draft);
  office_close(&of);
}

static void edits_are_taken_back_and_done_again(void)
{
  office of = office_open(NULL);
  rollcall_draft* draft = draft_of(&of, office_file);
  const uint64_t rows[] = {0, 2}, columns[] = {0, 1};
  rollcall_str values[2], block[4];
  int32_t done = -1;
  CHECK(!rollcall_draft_can_undo(draft) && !rollcall_draft_can_redo(draft));
  CHECK(rollcall_draft_undo(draft, &done, NULL) == ROLLCALL_OK && done == 0);

  values[0] = str("Bea"), values[1] = str("Black");
  CHECK(rollcall_draft_set_cells(draft, rows, columns, values, 2, NULL) == ROLLCALL_OK);
  CHECK(cell_is(draft, 0, 0, "Bea") && cell_is(draft, 2, 1, "Black"));

  block[0] = str("Eve"), block[1] = str("Gray"), block[2] = str("Fay"), block[3] = str("Hill");
  CHECK(rollcall_draft_insert(draft, 1, block, 2, 2, NULL) == ROLLCALL_OK);
  CHECK(rollcall_draft_rows(draft) == 5 && cell_is(draft, 2, 1, "Hill"));
  CHECK(cell_is(draft, 2, 3, ""));
  CHECK(rollcall_draft_paste(draft, 4, 2, block, 2, 2, NULL) == ROLLCALL_OK);
  CHECK(rollcall_draft_rows(draft) == 6 && cell_is(draft, 5, 3, "Hill"));
  CHECK(rollcall_draft_remove(draft, 0, 2, NULL) == ROLLCALL_OK);
  CHECK(rollcall_draft_rows(draft) == 4 && cell_is(draft, 0, 0, "Fay"));

  do CHECK(rollcall_draft_undo(draft, &done, NULL) == ROLLCALL_OK);
  while (done);
  CHECK(!rollcall_draft_can_undo(draft) && rollcall_draft_can_redo(draft));
  CHECK(rollcall_draft_rows(draft) == 3 && cell_is(draft, 0, 0, "Bob"));
  do CHECK(rollcall_draft_redo(draft, &done, NULL) == ROLLCALL_OK);
  while (done);
  CHECK(rollcall_draft_rows(draft) == 4 && cell_is(draft, 0, 0, "Fay"));
  rollcall_draft_free(draft);
  office_close(&of);
}

static void a_draft_comes_in_tables(void)
{
  office of = office_open(NULL);
  rollcall_draft* draft =
      draft_of(&of, "First Name,Nonsense,Web Passwords\nBob,x,Se-cret-12\nC,,\n");
  rollcall_table* table = NULL;
  rollcall_str text;
  CHECK(rollcall_draft_columns(draft, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 3);
  rollcall_table_text(table, 0, 1, &text);
  CHECK(text.len == 10 && memcmp(text.ptr, "first_name", 10) == 0);
  rollcall_table_text(table, 1, 1, &text);
  CHECK(text.ptr == NULL);
  CHECK(rollcall_table_number(table, 0, 2) == 0 && rollcall_table_number(table, 2, 2) == 1);
  rollcall_table_free(table);

  CHECK(rollcall_draft_cells(draft, 1, 100, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 1 && rollcall_table_columns(table) == 3);
  rollcall_table_text(table, 0, 0, &text);
  CHECK(text.len == 1 && text.ptr[0] == 'C');
  rollcall_table_free(table);
  CHECK(rollcall_draft_cells(draft, 99, 1, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 0);
  rollcall_table_free(table);

  CHECK(rollcall_draft_is_refused(draft)); /* other columns must be there */
  CHECK(row_is(draft, 0, ROLLCALL_DRAFT_UNJUDGED));
  CHECK(rollcall_draft_file_findings(draft, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) > 0 && rollcall_table_columns(table) == 10);
  rollcall_table_free(table);
  rollcall_draft_free(draft);
  office_close(&of);
}

static void a_draft_is_saved_and_carried_out(void)
{
  office of = office_open(NULL);
  rollcall_draft* draft = draft_of(&of, "First Name;Last Name;Email;Extension\nBob;Jones;b;102\n");
  rollcall_reading reading = {0};
  rollcall_job_options options = {0};
  rollcall_output* output = NULL;
  rollcall_source* source = NULL;
  rollcall_plan* plan = NULL;
  rollcall_report* report = NULL;
  rollcall_str text;
  reading.struct_size = sizeof reading;
  options.struct_size = sizeof options;
  options.reading = &reading;
  CHECK(rollcall_draft_source(draft, &source, NULL) == ROLLCALL_OK);
  CHECK(rollcall_draft_reading(draft, &reading, NULL) == ROLLCALL_OK);
  CHECK(reading.delimiter == ';' && reading.quote == '"' && reading.struct_size == sizeof reading);
  CHECK(rollcall_draft_set(draft, 0, 2, "bob@acme.example", ROLLCALL_NUL, NULL) == ROLLCALL_OK);
  CHECK(rollcall_draft_given_key(draft, 0, &text, NULL) == ROLLCALL_OK);
  CHECK(text.ptr != NULL && strcmp(text.ptr, "2") == 0);
  CHECK(rollcall_draft_drawn(draft, 0, 3, &text, NULL) == ROLLCALL_OK && text.ptr == NULL);

  CHECK(rollcall_output_memory(of.engine, &output, NULL) == ROLLCALL_OK);
  CHECK(rollcall_draft_save(draft, output, NULL) == ROLLCALL_OK);
  rollcall_output_text(output, &text);
  CHECK(strcmp(text.ptr,
               "First Name;Last Name;Email;Extension\nBob;Jones;bob@acme.example;102\n") == 0);

  CHECK(rollcall_plan_make(of.schema, source, of.directory, of.context, &options, NULL, &plan, NULL,
                           NULL) == ROLLCALL_OK);
  CHECK(rollcall_plan_apply(of.schema, plan, of.directory, of.context, NULL, NULL, &report, NULL) ==
        ROLLCALL_OK);
  CHECK(rollcall_report_count(report, ROLLCALL_COUNT_CREATED) == 1);
  rollcall_report_free(report);
  CHECK(row_is(draft, 0, ROLLCALL_DRAFT_CREATED)); /* as it was judged */
  CHECK(rollcall_draft_refresh(draft, NULL) == ROLLCALL_OK);
  CHECK(row_is(draft, 0, ROLLCALL_DRAFT_REJECTED) && code_is(draft, 0, "claim.taken"));

  rollcall_draft_free(draft); /* the source keeps it */
  CHECK(rollcall_validate(of.schema, source, of.directory, of.context, &options, NULL, &report,
                          NULL) == ROLLCALL_OK);
  CHECK(rollcall_report_count(report, ROLLCALL_COUNT_REJECTED) == 1);
  rollcall_report_free(report);
  rollcall_plan_free(plan);
  rollcall_source_free(source);
  rollcall_output_free(output);
  office_close(&of);
}

static void a_draft_begins_with_the_header_of_the_template(void)
{
  office of = office_open(NULL);
  rollcall_draft* draft = NULL;
  rollcall_str row[3];
  CHECK(rollcall_draft_new(of.schema, of.directory, of.context, NULL, &draft, NULL) == ROLLCALL_OK);
  CHECK(rollcall_draft_rows(draft) == 0);
  row[0] = str(""), row[1] = str("Bob"), row[2] = str("Jones");
  CHECK(rollcall_draft_insert(draft, 0, row, 1, 3, NULL) == ROLLCALL_OK);
  CHECK(cell_is(draft, 0, 1, "Bob") && judged(draft) == 1);
  rollcall_draft_free(draft);
  office_close(&of);
}

static void what_is_not_there_is_no_place_for_an_edit(void)
{
  office of = office_open(NULL);
  rollcall_draft* draft = draft_of(&of, office_file);
  rollcall_draft_options options = {0};
  rollcall_reading reading = {0};
  rollcall_source* source = source_of(&of, office_file);
  rollcall_draft* none = NULL;
  rollcall_str cell;
  CHECK(rollcall_draft_set(draft, 3, 0, "x", 1, NULL) == ROLLCALL_ERROR_WRONG_USE);
  CHECK(rollcall_draft_set(draft, 0, 99, "x", 1, NULL) == ROLLCALL_ERROR_WRONG_USE);
  CHECK(rollcall_draft_cell(draft, 3, 0, &cell, NULL) == ROLLCALL_ERROR_WRONG_USE);
  CHECK(cell.ptr == NULL);
  CHECK(rollcall_draft_remove(draft, 2, 2, NULL) == ROLLCALL_ERROR_WRONG_USE);
  CHECK(rollcall_draft_insert(draft, 4, NULL, 1, 0, NULL) == ROLLCALL_ERROR_WRONG_USE);
  CHECK(rollcall_draft_insert(draft, 0, NULL, 1, 1, NULL) == ROLLCALL_ERROR_WRONG_USE);
  CHECK(rollcall_draft_set_cells(draft, NULL, NULL, NULL, 1, NULL) == ROLLCALL_ERROR_WRONG_USE);
  CHECK(!rollcall_draft_can_undo(draft));
  options.struct_size = sizeof options;
  options.reading = &reading;
  reading.struct_size = sizeof reading;
  reading.flags = ROLLCALL_READING_NO_QUOTE;
  CHECK(rollcall_draft_open(of.schema, source, of.directory, of.context, &options, &none, NULL) ==
        ROLLCALL_ERROR_UNSUPPORTED);
  CHECK(none == NULL);
  rollcall_source_free(source);
  rollcall_draft_free(draft);
  office_close(&of);
}

typedef struct returning {
  rollcall_draft* draft;
  rollcall_status while_read;
} returning;

static void come_back(void* user, const rollcall_progress* progress, int32_t* verdict)
{
  returning* of = user;
  (void)progress;
  of->while_read = rollcall_draft_set(of->draft, 0, 0, "x", 1, NULL);
  *verdict = ROLLCALL_CONTINUE;
}

static void nobody_edits_a_draft_while_a_job_reads_it(void)
{
  office of = office_open(NULL);
  returning user = {NULL, ROLLCALL_OK};
  rollcall_job_options options = {0};
  rollcall_source* source = NULL;
  rollcall_report* report = NULL;
  user.draft = draft_of(&of, office_file);
  options.struct_size = sizeof options;
  options.progress = come_back;
  options.progress_user = &user;
  CHECK(rollcall_draft_source(user.draft, &source, NULL) == ROLLCALL_OK);
  CHECK(rollcall_execute(of.schema, source, of.directory, of.context, &options, NULL, &report,
                         NULL) == ROLLCALL_OK);
  CHECK(user.while_read == ROLLCALL_ERROR_BUSY);
  CHECK(rollcall_report_count(report, ROLLCALL_COUNT_CREATED) == 2);
  CHECK(rollcall_draft_set(user.draft, 0, 0, "x", 1, NULL) == ROLLCALL_OK);
  rollcall_report_free(report);
  rollcall_source_free(source);
  rollcall_draft_free(user.draft);
  office_close(&of);
}

static void a_draft_is_watched_and_judging_it_may_be_stopped(void)
{
  office of = office_open(NULL);
  rollcall_source* source = source_of(&of, office_file);
  rollcall_draft_options options = {0};
  rollcall_cancel* cancel = NULL;
  rollcall_draft* draft = NULL;
  rollcall_table* table = NULL;
  watch seen = {NULL, 0, 0};
  CHECK(rollcall_cancel_new(&cancel, NULL) == ROLLCALL_OK);
  options.struct_size = sizeof options;
  options.progress = watch_calls;
  options.progress_user = &seen;
  options.cancel = cancel;
  seen.stops_at = 1;
  CHECK(rollcall_draft_open(of.schema, source, of.directory, of.context, &options, &draft, NULL) ==
        ROLLCALL_ERROR_CANCELLED);
  CHECK(draft == NULL && seen.calls == 1);
  seen.stops_at = 0;
  CHECK(rollcall_draft_open(of.schema, source, of.directory, of.context, &options, &draft, NULL) ==
        ROLLCALL_OK);
  CHECK(seen.calls > 1);
  rollcall_cancel_request(cancel);
  CHECK(rollcall_draft_check(draft, &table, NULL) == ROLLCALL_ERROR_CANCELLED && table == NULL);
  rollcall_cancel_reset(cancel);
  CHECK(judged(draft) == 7); /* as if nobody had stopped it */
  CHECK(code_is(draft, 1, "value.email"));
  rollcall_cancel_free(cancel);
  CHECK(rollcall_draft_set(draft, 1, 2, "carla@acme.example", ROLLCALL_NUL, NULL) == ROLLCALL_OK);
  CHECK(judged(draft) == 2);
  rollcall_draft_free(draft);
  rollcall_source_free(source);
  office_close(&of);
}

void check_drafts(void)
{
  CLAIM("an edit has those rows judged again that it can touch",
        an_edit_has_those_rows_judged_again_that_it_can_touch);
  CLAIM("edits are taken back and done again", edits_are_taken_back_and_done_again);
  CLAIM("a draft comes in tables", a_draft_comes_in_tables);
  CLAIM("a draft is saved and carried out", a_draft_is_saved_and_carried_out);
  CLAIM("a draft begins with the header of the template",
        a_draft_begins_with_the_header_of_the_template);
  CLAIM("what is not there is no place for an edit", what_is_not_there_is_no_place_for_an_edit);
  CLAIM("a draft is watched, and judging it may be stopped",
        a_draft_is_watched_and_judging_it_may_be_stopped);
  CLAIM("nobody edits a draft while a job reads it", nobody_edits_a_draft_while_a_job_reads_it);
}
