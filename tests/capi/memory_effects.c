/* The secret of an effect that waits in a store, asked for while allocations fail. */
#include "memory_work.h"

static const char store_path[] = "capi_memory_effects.db";
static const char staff_json[] =
    "{\"tenant\": {\"name\": \"acme\", \"pin_notification\": \"email_and_display\"}, \"user\": []}";
static const char staff[] =
    "Type,LastName,Email,Extension,PIN,SysPIN\n"
    "User,Ek,ek@acme.example,301,719402,y\n";
static const char admin[] =
    "{\"actor\": {\"name\": \"Kay\", \"role\": \"company_admin\", \"telco_admin\": false}}";

/* Of the one effect there is. */
static uint64_t job, effect;
static char operation[100], handle[120];

/* What is in the office is of another format: these go before it. */
static void take_staff(work* of)
{
  rollcall_schema_free(of->schema);
  rollcall_source_free(of->objects);
  rollcall_source_free(of->source);
  rollcall_context_free(of->context);
  rollcall_directory_free(of->directory);
  of->directory = NULL;
  CHECK(rollcall_schema_builtin(of->engine, "subscriber_import", ROLLCALL_NUL, &of->schema, NULL) ==
        ROLLCALL_OK);
  CHECK(rollcall_source_memory(of->engine, staff_json, sizeof staff_json - 1, &of->objects, NULL) ==
        ROLLCALL_OK);
  CHECK(rollcall_source_memory(of->engine, staff, sizeof staff - 1, &of->source, NULL) ==
        ROLLCALL_OK);
  CHECK(rollcall_context_parse(of->engine, admin, ROLLCALL_NUL, &of->context, NULL) == ROLLCALL_OK);
}

void make_effects(void)
{
  work of = {0};
  rollcall_job_options options = {0};
  rollcall_str text;
  remove_effects();
  CHECK(open_office(&of) == ROLLCALL_OK);
  take_staff(&of);
  CHECK(rollcall_store_create(of.engine, store_path, ROLLCALL_NUL, NULL, &of.store, NULL) ==
        ROLLCALL_OK);
  CHECK(rollcall_store_fill(of.store, of.objects, NULL) == ROLLCALL_OK);
  CHECK(rollcall_store_directory(of.store, of.schema, &of.directory, NULL) == ROLLCALL_OK);
  options.struct_size = sizeof options;
  options.store = of.store;
  CHECK(rollcall_execute(of.schema, of.source, of.directory, of.context, &options, NULL, &of.report,
                         NULL) == ROLLCALL_OK);
  job = rollcall_report_job(of.report);
  CHECK(rollcall_store_effects(of.store, &of.table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(of.table) == 1);
  effect = (uint64_t)rollcall_table_number(of.table, 0, 0);
  rollcall_table_text(of.table, 0, 2, &text);
  CHECK(text.len < sizeof operation);
  sprintf(operation, "%.*s", (int)text.len, text.ptr);
  sprintf(handle, "%s/0/pin", operation);
  close_all(&of);
}

void remove_effects(void)
{
  remove(store_path);
  remove("capi_memory_effects.db-jobs");
}

rollcall_status find_secret(work* of)
{
  rollcall_error** const err = &of->error;
  rollcall_str text;
  rollcall_status status;
  DO(of->store, rollcall_store_open(of->engine, store_path, ROLLCALL_NUL, NULL, &of->store, err));
  DO(of->secrets, rollcall_effect_secrets_open(of->store, job, NULL, &of->secrets, err));
  status = rollcall_effect_secrets_find(of->secrets, effect, operation, ROLLCALL_NUL, handle,
                                        ROLLCALL_NUL, of->output, err);
  rollcall_output_text(of->output, &text);
  CHECK((status == ROLLCALL_OK) == (text.len == 6 && strcmp(text.ptr, "719402") == 0));
  return status;
}
