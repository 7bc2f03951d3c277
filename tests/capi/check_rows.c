/* Rows of a file as they are. */
#include "check.h"

static void rows_come_in_tables_of_their_header(void)
{
  office of = office_open(NULL);
  rollcall_source* source = source_of(&of, "ID;Name;Note\n1;\"Smith; Ann\";ok\n2;Bob\n3;C;x;y\n");
  rollcall_rows* rows = NULL;
  rollcall_table* table = NULL;
  rollcall_str cell;
  CHECK(rollcall_rows_open(of.engine, source, NULL, &rows, NULL) == ROLLCALL_OK);
  CHECK(rollcall_rows_delimiter(rows) == ';');
  CHECK(rollcall_rows_encoding(rows) == ROLLCALL_ENCODING_UTF_8);
  CHECK(rollcall_rows_next(rows, 2, &table, NULL) == ROLLCALL_MORE);
  CHECK(rollcall_table_rows(table) == 2 && rollcall_table_columns(table) == 6);
  CHECK(rollcall_table_find(table, "Name", ROLLCALL_NUL) == 4);
  rollcall_table_text(table, 0, 4, &cell);
  CHECK(cell.len == 10 && memcmp(cell.ptr, "Smith; Ann", 10) == 0);
  rollcall_table_text(table, 1, 5, &cell);
  CHECK(cell.ptr == NULL); /* the row is short */
  CHECK(rollcall_table_number(table, 1, 1) == 3);
  rollcall_table_free(table);
  CHECK(rollcall_rows_next(rows, 0, &table, NULL) == ROLLCALL_MORE);
  CHECK(rollcall_table_rows(table) == 1 && rollcall_table_number(table, 0, 2) == 1);
  rollcall_table_free(table);
  CHECK(rollcall_rows_next(rows, 0, &table, NULL) == ROLLCALL_OK && table == NULL);
  CHECK(rollcall_rows_next(rows, 0, &table, NULL) == ROLLCALL_OK && table == NULL);
  rollcall_rows_free(rows);
  rollcall_source_free(source);
  office_close(&of);
}

static void an_empty_cell_is_a_text_and_one_that_is_not_there_is_null(void)
{
  office of = office_open(NULL);
  rollcall_source* source = source_of(&of, "ID,Note,Last\n1,,\n2,\n"); /* no note has a byte */
  rollcall_rows* rows = NULL;
  rollcall_table* table = NULL;
  rollcall_str cell;
  CHECK(rollcall_rows_open(of.engine, source, NULL, &rows, NULL) == ROLLCALL_OK);
  CHECK(rollcall_rows_next(rows, 0, &table, NULL) == ROLLCALL_MORE);
  rollcall_table_text(table, 1, 4, &cell);
  CHECK(cell.ptr != NULL && cell.len == 0);
  rollcall_table_text(table, 0, 5, &cell);
  CHECK(cell.ptr != NULL && cell.len == 0);
  rollcall_table_text(table, 1, 5, &cell);
  CHECK(cell.ptr == NULL);
  rollcall_table_free(table);
  rollcall_rows_free(rows);
  rollcall_source_free(source);
  office_close(&of);
}

static void faults_of_rows_are_a_table(void)
{
  office of = office_open(NULL);
  rollcall_source* source = source_of(&of, "a,b\n1,x\n2,y\"z\n3,\xff\n");
  rollcall_rows* rows = NULL;
  rollcall_table *table = NULL, *faults = NULL;
  rollcall_str cell;
  CHECK(rollcall_rows_open(of.engine, source, NULL, &rows, NULL) == ROLLCALL_OK);
  CHECK(rollcall_rows_next(rows, 0, &table, NULL) == ROLLCALL_MORE);
  CHECK(rollcall_rows_faults(rows, &faults, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(faults) == 2 && rollcall_table_number(faults, 0, 0) == 2);
  rollcall_table_text(faults, 0, 4, &cell);
  CHECK(cell.len == 9 && memcmp(cell.ptr, "csv.quote", 9) == 0);
  rollcall_table_text(table, 2, 4, &cell);
  CHECK(cell.len == 3 && memcmp(cell.ptr, "\xef\xbf\xbd", 3) == 0);
  rollcall_table_free(faults);
  rollcall_table_free(table);
  rollcall_rows_free(rows);
  rollcall_source_free(source);
  office_close(&of);
}

/* The rows before an error come first, then the error, and then nothing more. */
static void an_error_comes_behind_the_rows_before_it(void)
{
  office of = office_open(NULL);
  rollcall_source* source = source_of(&of, "a,b\n1,x\n2,y\n3,z\n");
  rollcall_reading reading = {0};
  rollcall_rows* rows = NULL;
  rollcall_table* table = NULL;
  reading.struct_size = sizeof reading;
  reading.rows = 2;
  CHECK(rollcall_rows_open(of.engine, source, &reading, &rows, NULL) == ROLLCALL_OK);
  CHECK(rollcall_rows_next(rows, 0, &table, NULL) == ROLLCALL_MORE);
  CHECK(rollcall_table_rows(table) == 2);
  rollcall_table_free(table);
  CHECK(rollcall_rows_next(rows, 0, &table, NULL) == ROLLCALL_ERROR_LIMIT_EXCEEDED);
  CHECK(table == NULL);
  CHECK(rollcall_rows_next(rows, 0, &table, NULL) == ROLLCALL_ERROR_WRONG_USE);
  rollcall_rows_free(rows);
  rollcall_source_free(source);
  office_close(&of);
}

static void a_limit_that_is_passed_ends_the_rows_by_name(void)
{
  office of = office_open(NULL);
  rollcall_source* source = source_of(&of, "a,b\n1,x\n2,y\n3,z\n");
  rollcall_reading reading = {0};
  rollcall_rows* rows = NULL;
  rollcall_table* table = NULL;
  rollcall_status status;
  reading.struct_size = sizeof reading;
  reading.rows = 2;
  CHECK(rollcall_rows_open(of.engine, source, &reading, &rows, NULL) == ROLLCALL_OK);
  do {
    status = rollcall_rows_next(rows, 1, &table, NULL);
    rollcall_table_free(table);
  } while (status == ROLLCALL_MORE);
  CHECK(status == ROLLCALL_ERROR_LIMIT_EXCEEDED);
  rollcall_rows_free(rows);
  reading.encoding = 99;
  CHECK(rollcall_rows_open(of.engine, source, &reading, &rows, NULL) == ROLLCALL_ERROR_UNSUPPORTED);
  reading.encoding = 0;
  reading.delimiter = 0x1F600;
  CHECK(rollcall_rows_open(of.engine, source, &reading, &rows, NULL) == ROLLCALL_ERROR_WRONG_USE);
  rollcall_source_free(source);
  office_close(&of);
}

static void a_file_is_written_again_clean(void)
{
  office of = office_open(NULL);
  rollcall_source* source = source_of(&of, "a;b\n1;\"x\"\n");
  rollcall_output* output = NULL;
  rollcall_str text;
  CHECK(rollcall_output_memory(of.engine, &output, NULL) == ROLLCALL_OK);
  CHECK(rollcall_rows_write(of.engine, source, NULL, ROLLCALL_ROWS_CSV, output, NULL) ==
        ROLLCALL_OK);
  rollcall_output_text(output, &text);
  CHECK(strcmp(text.ptr, "a,b\r\n1,x\r\n") == 0);
  CHECK(rollcall_rows_write(of.engine, source, NULL, ROLLCALL_ROWS_COUNT, output, NULL) ==
        ROLLCALL_OK);
  rollcall_output_text(output, &text);
  CHECK(strstr(text.ptr, "\"rows\": 1") != NULL);
  CHECK(rollcall_rows_write(of.engine, source, NULL, 99, output, NULL) ==
        ROLLCALL_ERROR_UNSUPPORTED);
  rollcall_output_free(output);
  rollcall_source_free(source);
  office_close(&of);
}

void check_rows(void)
{
  CLAIM("rows come in tables of their header", rows_come_in_tables_of_their_header);
  CLAIM("an empty cell is a text, and one that is not there is null",
        an_empty_cell_is_a_text_and_one_that_is_not_there_is_null);
  CLAIM("faults of rows are a table", faults_of_rows_are_a_table);
  CLAIM("an error comes behind the rows before it", an_error_comes_behind_the_rows_before_it);
  CLAIM("a limit that is passed ends the rows, by name",
        a_limit_that_is_passed_ends_the_rows_by_name);
  CLAIM("a file is written again, clean", a_file_is_written_again_clean);
}
