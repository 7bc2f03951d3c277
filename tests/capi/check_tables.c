/* Tables: columns where they lie, cells for looking, and the same through an Arrow stream. */
#include "arrow_stream.h"
#include "check.h"

static rollcall_report* validated(const office* of, const char* file, uint32_t keep)
{
  rollcall_source* source = source_of(of, file);
  rollcall_report* report = NULL;
  rollcall_outputs outputs = {0};
  outputs.struct_size = sizeof outputs;
  outputs.keep = keep;
  CHECK(rollcall_validate(of->schema, source, of->directory, of->context, NULL, &outputs, &report,
                          NULL) == ROLLCALL_OK);
  rollcall_source_free(source);
  return report;
}

static int says(const rollcall_table* table, uint64_t row, const char* column, const char* text)
{
  const int32_t found = rollcall_table_find(table, column, ROLLCALL_NUL);
  rollcall_str cell;
  if (found < 0) return 0;
  rollcall_table_text(table, row, (uint32_t)found, &cell);
  if (text == NULL) return cell.ptr == NULL;
  return cell.ptr != NULL && cell.len == strlen(text) && memcmp(cell.ptr, text, cell.len) == 0;
}

static void a_report_has_the_tables_that_were_kept(void)
{
  office of = office_open(NULL);
  rollcall_report* report = validated(&of, office_file, ROLLCALL_KEEP_ROWS);
  rollcall_table* table = NULL;
  CHECK(rollcall_report_count(report, ROLLCALL_COUNT_ROWS) == 3);
  CHECK(rollcall_report_count(report, ROLLCALL_COUNT_CREATED) == 2);
  CHECK(rollcall_report_count(report, ROLLCALL_COUNT_REJECTED) == 1);
  CHECK(rollcall_report_code_count(report, "value.email", ROLLCALL_NUL) == 1);
  CHECK(rollcall_report_state(report) == ROLLCALL_STATE_PARTIAL);
  CHECK(rollcall_report_table(report, ROLLCALL_TABLE_ROWS, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 3);
  CHECK(says(table, 0, "outcome", "created") && says(table, 1, "outcome", "rejected"));
  rollcall_table_free(table);
  CHECK(rollcall_report_table(report, ROLLCALL_TABLE_CHANGES, &table, NULL) == ROLLCALL_OK);
  CHECK(says(table, 0, "op", "create") && says(table, 0, "kind", "user"));
  CHECK(says(table, 0, "field", "first_name") && says(table, 0, "after", "Bob"));
  CHECK(says(table, 0, "before", NULL));
  rollcall_table_free(table);
  CHECK(rollcall_report_table(report, ROLLCALL_TABLE_CODES, &table, NULL) == ROLLCALL_OK);
  CHECK(says(table, 0, "code", "value.email") && rollcall_table_number(table, 0, 1) == 1);
  rollcall_table_free(table);
  CHECK(rollcall_report_table(report, 99, &table, NULL) == ROLLCALL_ERROR_WRONG_USE);
  rollcall_report_free(report);
  office_close(&of);
}

static void findings_are_the_same_whatever_else_was_kept(void)
{
  office of = office_open(NULL);
  const uint32_t kept[] = {ROLLCALL_KEEP_FINDINGS, ROLLCALL_KEEP_ROWS};
  size_t i;
  for (i = 0; i != 2; ++i) {
    rollcall_report* report = validated(&of, office_file, kept[i]);
    rollcall_table* table = NULL;
    CHECK(rollcall_report_table(report, ROLLCALL_TABLE_FINDINGS, &table, NULL) == ROLLCALL_OK);
    CHECK(rollcall_table_rows(table) == 1 && rollcall_table_columns(table) == 10);
    CHECK(rollcall_table_number(table, 0, 0) == 2 && rollcall_table_number(table, 0, 1) == 3);
    CHECK(says(table, 0, "code", "value.email") && says(table, 0, "severity", "error"));
    CHECK(says(table, 0, "column", "Email") && says(table, 0, "value", "carla@acme"));
    CHECK(!says(table, 0, "message", NULL));
    rollcall_table_free(table);
    CHECK((rollcall_report_table(report, ROLLCALL_TABLE_ROWS, &table, NULL) == ROLLCALL_OK) ==
          (kept[i] == ROLLCALL_KEEP_ROWS));
    rollcall_table_free(table);
    rollcall_report_free(report);
  }
  office_close(&of);
}

static void a_guess_stands_beside_what_is_certain(void)
{
  static const char file[] =
      "ID,First Name,Last Name,Email,Extension\n"
      ",Eve,Stone,mailto:eve@acme.example,2O1\n";
  office of = office_open(NULL);
  const uint32_t kept[] = {ROLLCALL_KEEP_FINDINGS, ROLLCALL_KEEP_ROWS};
  size_t i;
  for (i = 0; i != 2; ++i) {
    rollcall_report* report = validated(&of, file, kept[i]);
    rollcall_table* table = NULL;
    CHECK(rollcall_report_table(report, ROLLCALL_TABLE_FINDINGS, &table, NULL) == ROLLCALL_OK);
    CHECK(rollcall_table_rows(table) == 2);
    CHECK(says(table, 0, "fix", "eve@acme.example") && says(table, 0, "unsafe_fix", NULL));
    CHECK(says(table, 1, "fix", NULL) && says(table, 1, "unsafe_fix", "201"));
    rollcall_table_free(table);
    rollcall_report_free(report);
  }
  office_close(&of);
}

static void what_is_about_the_file_has_a_table_also_when_it_is_refused(void)
{
  office of = office_open(NULL);
  rollcall_report* report = validated(&of, "Nothing,Known\n1,2\n", ROLLCALL_KEEP_FINDINGS);
  rollcall_table* table = NULL;
  CHECK(rollcall_report_refusal(report) == ROLLCALL_REFUSAL_FILE);
  CHECK(rollcall_report_table(report, ROLLCALL_TABLE_FILE_FINDINGS, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) != 0 && says(table, 0, "row", NULL));
  rollcall_table_free(table);
  rollcall_report_free(report);
  office_close(&of);
}

static void a_column_lies_in_arrays(void)
{
  office of = office_open(NULL);
  rollcall_report* report = validated(&of, office_file, ROLLCALL_KEEP_ROWS);
  rollcall_table* table = NULL;
  rollcall_column column = {0};
  struct newer {
    rollcall_column known;
    uint64_t unknown;
  } newer;
  CHECK(rollcall_report_table(report, ROLLCALL_TABLE_ROWS, &table, NULL) == ROLLCALL_OK);
  column.struct_size = sizeof column;
  CHECK(rollcall_table_column(table, 0, &column, NULL) == ROLLCALL_OK);
  CHECK(column.type == ROLLCALL_COLUMN_UINT64 && column.rows == 3 && column.nulls == 0);
  CHECK(column.validity == NULL && column.offsets == NULL);
  CHECK(((const uint64_t*)column.data)[2] == 3);
  CHECK(rollcall_table_column(table, 2, &column, NULL) == ROLLCALL_OK);
  CHECK(strcmp(column.name.ptr, "key") == 0 && column.type == ROLLCALL_COLUMN_TEXT);
  CHECK(column.offsets[0] == 0 && column.offsets[3] >= column.offsets[2]);
  CHECK(rollcall_table_column(table, 99, &column, NULL) == ROLLCALL_ERROR_WRONG_USE);
  memset(&newer, 0xff, sizeof newer);
  newer.known.struct_size = sizeof newer;
  CHECK(rollcall_table_column(table, 0, &newer.known, NULL) == ROLLCALL_OK);
  CHECK(newer.known.rows == 3 && newer.unknown == 0); /* and nothing of it is left as it was */
  column.struct_size = 0;
  CHECK(rollcall_table_column(table, 0, &column, NULL) == ROLLCALL_ERROR_WRONG_USE);
  rollcall_table_free(table);
  rollcall_report_free(report);
  office_close(&of);
}

static void are_the_same(const rollcall_table* one, const rollcall_table* other)
{
  rollcall_column column = {0};
  uint64_t row;
  uint32_t i;
  CHECK(rollcall_table_rows(one) == rollcall_table_rows(other));
  CHECK(rollcall_table_columns(one) == rollcall_table_columns(other));
  for (i = 0; i != rollcall_table_columns(one); ++i) {
    column.struct_size = sizeof column;
    CHECK(rollcall_table_column(one, i, &column, NULL) == ROLLCALL_OK);
    CHECK(rollcall_table_find(other, column.name.ptr, column.name.len) == (int32_t)i);
    for (row = 0; row != rollcall_table_rows(one); ++row) {
      rollcall_str text, again;
      rollcall_table_text(one, row, i, &text);
      rollcall_table_text(other, row, i, &again);
      CHECK((text.ptr == NULL) == (again.ptr == NULL) && text.len == again.len);
      CHECK(text.ptr == NULL || memcmp(text.ptr, again.ptr, text.len) == 0);
      CHECK(rollcall_table_number(one, row, i) == rollcall_table_number(other, row, i));
    }
  }
}

static void say_the_same(const office* of, const rollcall_report* one, const rollcall_report* other)
{
  rollcall_output *line = NULL, *again = NULL;
  rollcall_str text, other_text;
  int32_t which;
  CHECK(rollcall_report_state(one) == rollcall_report_state(other));
  CHECK(rollcall_report_refusal(one) == rollcall_report_refusal(other));
  for (which = ROLLCALL_COUNT_ROWS; which <= ROLLCALL_COUNT_BYTES; ++which)
    CHECK(rollcall_report_count(one, which) == rollcall_report_count(other, which));
  for (which = ROLLCALL_TABLE_ROWS; which <= ROLLCALL_TABLE_CODES; ++which) {
    rollcall_table *table = NULL, *other_table = NULL;
    CHECK(rollcall_report_table(one, which, &table, NULL) == ROLLCALL_OK);
    CHECK(rollcall_report_table(other, which, &other_table, NULL) == ROLLCALL_OK);
    are_the_same(table, other_table);
    rollcall_table_free(other_table);
    rollcall_table_free(table);
  }
  CHECK(rollcall_output_memory(of->engine, &line, NULL) == ROLLCALL_OK);
  CHECK(rollcall_output_memory(of->engine, &again, NULL) == ROLLCALL_OK);
  CHECK(rollcall_report_json(one, line, NULL) == ROLLCALL_OK);
  CHECK(rollcall_report_json(other, again, NULL) == ROLLCALL_OK);
  rollcall_output_text(line, &text);
  rollcall_output_text(again, &other_text);
  CHECK(strcmp(text.ptr, other_text.ptr) == 0);
  rollcall_output_free(again);
  rollcall_output_free(line);
}

/* A file with something to say of rows and of itself, and one that is refused. */
static void a_report_that_was_kept_is_read_again(void)
{
  static const struct {
    const char* text;
    int32_t refusal;
    uint64_t findings;
  } files[] = {
      {"First Name,Last Name,Email,Extension,Extensoin\n"
       "Bob,Jones,bob@acme.example,102,\n"
       "Carla,Lopez,carla@acme,103,\n",
       ROLLCALL_REFUSAL_NONE, 2},
      {"First Name,Email,Extensoin\nBob,bob@acme.example,102\n", ROLLCALL_REFUSAL_FILE, 3}};
  office of = office_open(NULL);
  size_t i;
  for (i = 0; i != sizeof files / sizeof *files; ++i) {
    rollcall_source *source = source_of(&of, files[i].text), *kept = NULL;
    rollcall_output* output = NULL;
    rollcall_report *report = NULL, *again = NULL;
    rollcall_outputs outputs = {0};
    rollcall_str text;
    CHECK(rollcall_output_memory(of.engine, &output, NULL) == ROLLCALL_OK);
    outputs.struct_size = sizeof outputs;
    outputs.report = output;
    outputs.keep = ROLLCALL_KEEP_ROWS;
    CHECK(rollcall_validate(of.schema, source, of.directory, of.context, NULL, &outputs, &report,
                            NULL) == ROLLCALL_OK);
    rollcall_output_text(output, &text);
    CHECK(rollcall_source_memory(of.engine, text.ptr, text.len, &kept, NULL) == ROLLCALL_OK);
    CHECK(rollcall_report_read(of.engine, kept, &again, NULL) == ROLLCALL_OK);
    CHECK(rollcall_report_refusal(again) == files[i].refusal);
    CHECK(rollcall_report_count(again, ROLLCALL_COUNT_FINDINGS) == files[i].findings);
    say_the_same(&of, report, again);
    rollcall_report_free(again);
    rollcall_report_free(report);
    rollcall_source_free(kept);
    rollcall_output_free(output);
    rollcall_source_free(source);
  }
  office_close(&of);
}

void check_tables(void)
{
  CLAIM("a report has the tables that were kept", a_report_has_the_tables_that_were_kept);
  CLAIM("findings are the same whatever else was kept",
        findings_are_the_same_whatever_else_was_kept);
  CLAIM("a guess stands beside what is certain", a_guess_stands_beside_what_is_certain);
  CLAIM("what is about the file has a table, also when it is refused",
        what_is_about_the_file_has_a_table_also_when_it_is_refused);
  CLAIM("a column lies in arrays", a_column_lies_in_arrays);
  CLAIM("a report that was kept is read again", a_report_that_was_kept_is_read_again);
}

/* ---- Arrow ---------------------------------------------------------------------------------- */

/* Reads a stream to its end, keeps nothing, and counts what it has released. */
typedef struct seen {
  uint64_t rows, batches, text_bytes, nulls;
} seen;

static void read_column(const struct ArrowArray* array, const char* format, seen* into)
{
  const uint8_t* validity = array->buffers[0];
  int64_t i;
  CHECK(array->offset == 0);
  CHECK(array->n_buffers == (strcmp(format, "U") == 0 ? 3 : 2));
  for (i = 0; i != array->length; ++i)
    if (validity != NULL && (validity[i / 8] >> (i % 8) & 1) == 0) ++into->nulls;
  if (strcmp(format, "U") == 0) {
    const int64_t* offsets = array->buffers[1];
    into->text_bytes += (uint64_t)(offsets[array->length] - offsets[0]);
  }
}

static seen read_stream(struct ArrowArrayStream* stream)
{
  seen all = {0, 0, 0, 0};
  struct ArrowSchema schema;
  struct ArrowArray array;
  int64_t i;
  CHECK(stream->get_schema(stream, &schema) == 0);
  CHECK(strcmp(schema.format, "+s") == 0);
  for (;;) {
    CHECK(stream->get_next(stream, &array) == 0);
    if (array.release == NULL) break;
    CHECK(array.n_children == schema.n_children);
    for (i = 0; i != array.n_children; ++i) {
      CHECK(array.children[i]->length == array.length);
      read_column(array.children[i], schema.children[i]->format, &all);
    }
    all.rows += (uint64_t)array.length;
    ++all.batches;
    array.release(&array);
    CHECK(array.release == NULL);
  }
  schema.release(&schema);
  CHECK(schema.release == NULL);
  return all;
}

static void a_stream_has_every_row_and_null_in_batches(void)
{
  office of = office_open(NULL);
  char* file = large_file(70000);
  rollcall_report* report = validated(&of, file, ROLLCALL_KEEP_ROWS);
  rollcall_table* table = NULL;
  struct ArrowArrayStream stream;
  rollcall_column column = {0};
  uint64_t nulls = 0, text_bytes = 0;
  uint32_t i;
  seen all;
  CHECK(rollcall_report_table(report, ROLLCALL_TABLE_ROWS, &table, NULL) == ROLLCALL_OK);
  rollcall_report_free(report);
  CHECK(rollcall_table_arrow(table, &stream, NULL) == ROLLCALL_OK);
  all = read_stream(&stream);
  stream.release(&stream);
  CHECK(stream.release == NULL);
  column.struct_size = sizeof column;
  for (i = 0; i != rollcall_table_columns(table); ++i) {
    CHECK(rollcall_table_column(table, i, &column, NULL) == ROLLCALL_OK);
    nulls += column.nulls;
    if (column.offsets != NULL) text_bytes += (uint64_t)column.offsets[column.rows];
  }
  CHECK(all.rows == 70000 && all.batches == 2);
  CHECK(all.nulls == nulls && all.text_bytes == text_bytes && text_bytes != 0);
  rollcall_table_free(table);
  free(file);
  office_close(&of);
}

static void count_freed(void* user)
{
  ++*(int*)user;
}

static void each_part_of_a_stream_keeps_the_table_until_it_is_released(void)
{
  rollcall_engine_options options = {0};
  office of;
  rollcall_report* report;
  rollcall_table* table = NULL;
  struct ArrowArrayStream stream;
  struct ArrowSchema schema;
  struct ArrowArray array, moved;
  int gone = 0;
  options.struct_size = sizeof options;
  options.log_user = &gone;
  options.log_destroy = count_freed; /* with the engine, which goes with its last table */
  of = office_open(&options);
  report = validated(&of, office_file, ROLLCALL_KEEP_ROWS);
  CHECK(rollcall_report_table(report, ROLLCALL_TABLE_ROWS, &table, NULL) == ROLLCALL_OK);
  rollcall_report_free(report);
  CHECK(rollcall_table_arrow(table, &stream, NULL) == ROLLCALL_OK);
  CHECK(stream.get_schema(&stream, &schema) == 0);
  CHECK(stream.get_next(&stream, &array) == 0);
  rollcall_table_free(table);
  office_close(&of);
  stream.release(&stream);
  CHECK(gone == 0);
  schema.release(&schema);
  CHECK(gone == 0);
  moved = *array.children[0]; /* as the interface lets a reader do */
  array.children[0]->release = NULL;
  array.release(&array);
  CHECK(gone == 0);
  CHECK(((const uint64_t*)moved.buffers[1])[2] == 3);
  moved.release(&moved);
  CHECK(gone == 1);
}

void check_arrow(void)
{
  CLAIM("a stream has every row and null, in batches", a_stream_has_every_row_and_null_in_batches);
  CLAIM("each part of a stream keeps the table until it is released",
        each_part_of_a_stream_keeps_the_table_until_it_is_released);
}
