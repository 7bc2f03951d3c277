/* Files that are mended. */
#include "check.h"

static const char damaged[] =
    "First Name,Last Name,Email,Extension\n"
    "Bob,Jones,mailto:bob@acme.example,102\n"
    "Carla,Lopez,nowhere,103\n";

static int has(const rollcall_output* output, const char* text)
{
  rollcall_str all;
  rollcall_output_text(output, &all);
  return strstr(all.ptr, text) != NULL;
}

static void fixes_are_made_in_a_copy_and_listed(void)
{
  office of = office_open(NULL);
  rollcall_source* source = source_of(&of, damaged);
  rollcall_fix_options options = {0};
  rollcall_output *copy = NULL, *told = NULL;
  rollcall_mending* mending = NULL;
  rollcall_table* table = NULL;
  rollcall_str cell, all;
  options.struct_size = sizeof options;
  options.flags = ROLLCALL_FIX_KEEP_FIXES;
  CHECK(rollcall_output_memory(of.engine, &copy, NULL) == ROLLCALL_OK);
  CHECK(rollcall_output_memory(of.engine, &told, NULL) == ROLLCALL_OK);
  options.lineage = told;
  CHECK(rollcall_fix(of.schema, source, of.directory, of.context, &options, copy, &mending, NULL) ==
        ROLLCALL_OK);
  rollcall_output_text(copy, &all);
  CHECK(strcmp(all.ptr,
               "First Name,Last Name,Email,Extension\n"
               "Bob,Jones,bob@acme.example,102\n"
               "Carla,Lopez,nowhere,103\n") == 0);
  CHECK(has(told, "mailto:bob@acme.example"));
  CHECK(rollcall_mending_refusal(mending) == ROLLCALL_REFUSAL_NONE);
  CHECK(rollcall_mending_count(mending, ROLLCALL_MENDING_ROWS) == 2);
  CHECK(rollcall_mending_count(mending, ROLLCALL_MENDING_CERTAIN) == 1);
  CHECK(rollcall_mending_count(mending, ROLLCALL_MENDING_BAD_AFTER) == 1);
  CHECK(rollcall_mending_count(mending, 99) == 0);
  CHECK(rollcall_mending_table(mending, ROLLCALL_MENDING_TABLE_FIXES, &table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 1 && rollcall_table_number(table, 0, 1) == 2);
  rollcall_table_text(table, 0, 5, &cell);
  CHECK(cell.len == 16 && memcmp(cell.ptr, "bob@acme.example", 16) == 0);
  rollcall_table_free(table);
  CHECK(rollcall_mending_table(mending, ROLLCALL_MENDING_TABLE_FINDINGS, &table, NULL) ==
        ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) == 0);
  rollcall_table_free(table);
  CHECK(rollcall_mending_table(mending, 99, &table, NULL) == ROLLCALL_ERROR_WRONG_USE);
  CHECK(rollcall_mending_json(mending, told, NULL) == ROLLCALL_OK && has(told, "\"fix\""));
  CHECK(rollcall_mending_summary(mending, "--unsafe", ROLLCALL_NUL, told, NULL) == ROLLCALL_OK);
  rollcall_mending_free(mending);
  rollcall_output_free(told);
  rollcall_output_free(copy);
  rollcall_source_free(source);
  office_close(&of);
}

static void a_file_that_is_refused_is_not_mended(void)
{
  office of = office_open(NULL);
  rollcall_source* source = source_of(&of, "Nonsense\n1\n");
  rollcall_mending* mending = NULL;
  rollcall_table* table = NULL;
  rollcall_output* copy = NULL;
  rollcall_fix_options options = {0};
  CHECK(rollcall_output_memory(of.engine, &copy, NULL) == ROLLCALL_OK);
  CHECK(rollcall_fix(of.schema, source, of.directory, of.context, NULL, NULL, &mending, NULL) ==
        ROLLCALL_OK);
  CHECK(rollcall_mending_refusal(mending) == ROLLCALL_REFUSAL_FILE);
  CHECK(rollcall_mending_table(mending, ROLLCALL_MENDING_TABLE_FINDINGS, &table, NULL) ==
        ROLLCALL_OK);
  CHECK(rollcall_table_rows(table) > 0);
  rollcall_table_free(table);
  CHECK(rollcall_mending_table(mending, ROLLCALL_MENDING_TABLE_FIXES, &table, NULL) ==
        ROLLCALL_ERROR_WRONG_USE); /* it was not kept */
  options.struct_size = sizeof options;
  options.flags = 1U << 31;
  CHECK(rollcall_fix(of.schema, source, of.directory, of.context, &options, NULL, NULL, NULL) ==
        ROLLCALL_ERROR_UNSUPPORTED);
  options.flags = 0;
  options.lineage = copy;
  CHECK(rollcall_fix(of.schema, source, of.directory, of.context, &options, copy, NULL, NULL) ==
        ROLLCALL_ERROR_WRONG_USE); /* one output is given twice */
  options.preview = copy;
  CHECK(rollcall_fix(of.schema, source, of.directory, of.context, &options, NULL, NULL, NULL) ==
        ROLLCALL_ERROR_WRONG_USE);
  rollcall_mending_free(mending);
  rollcall_output_free(copy);
  rollcall_source_free(source);
  office_close(&of);
}

static void mending_is_watched_and_may_be_stopped(void)
{
  office of = office_open(NULL);
  char* file = large_file(20000);
  rollcall_source* source = source_of(&of, file);
  rollcall_fix_options options = {0};
  rollcall_mending* mending = NULL;
  rollcall_cancel* cancel = NULL;
  watch seen = {NULL, 0, 0};
  CHECK(rollcall_cancel_new(&cancel, NULL) == ROLLCALL_OK);
  options.struct_size = sizeof options;
  options.progress = watch_calls;
  options.progress_user = &seen;
  CHECK(rollcall_fix(of.schema, source, of.directory, of.context, &options, NULL, &mending, NULL) ==
        ROLLCALL_OK);
  CHECK(seen.calls > 0 && rollcall_mending_count(mending, ROLLCALL_MENDING_ROWS) == 20000);
  rollcall_mending_free(mending);
  seen.calls = 0;
  seen.stops_at = 1;
  CHECK(rollcall_fix(of.schema, source, of.directory, of.context, &options, NULL, &mending, NULL) ==
        ROLLCALL_ERROR_CANCELLED);
  CHECK(mending == NULL && seen.calls == 1);
  options.progress = NULL;
  options.cancel = cancel;
  rollcall_cancel_request(cancel);
  CHECK(rollcall_fix(of.schema, source, of.directory, of.context, &options, NULL, NULL, NULL) ==
        ROLLCALL_ERROR_CANCELLED);
  rollcall_cancel_reset(cancel);
  CHECK(rollcall_fix(of.schema, source, of.directory, of.context, &options, NULL, NULL, NULL) ==
        ROLLCALL_OK);
  /* as a caller has it who knows no members after `columns` */
  rollcall_cancel_request(cancel);
  options.struct_size = (uint32_t)offsetof(rollcall_fix_options, progress);
  CHECK(rollcall_fix(of.schema, source, of.directory, of.context, &options, NULL, NULL, NULL) ==
        ROLLCALL_OK);
  rollcall_cancel_free(cancel);
  rollcall_source_free(source);
  free(file);
  office_close(&of);
}

void check_fix(void)
{
  CLAIM("fixes are made in a copy, and listed", fixes_are_made_in_a_copy_and_listed);
  CLAIM("a file that is refused is not mended", a_file_that_is_refused_is_not_mended);
  CLAIM("mending is watched, and may be stopped", mending_is_watched_and_may_be_stopped);
}
