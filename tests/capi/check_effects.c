/* Effects that wait in a store: the secrets that they need, made ones and those of the file. */
#include "check.h"

static const char path[] = "capi_effects.db";
static const char objects[] =
    "{\"tenant\": {\"name\": \"acme\", \"pin_notification\": \"email_and_display\"},"
    " \"user\": []}";
static const char actor[] =
    "{\"actor\": {\"name\": \"office@acme.example\", \"role\": \"company_admin\","
    " \"telco_admin\": false}}";
static const char file[] =
    "Type,LastName,Email,Extension,PIN,SysPIN\n"
    "User,One,one@acme.example,201,908172,y\n"
    "User,Two,two@acme.example,202,,y\n";

/* A job of two users, each with a mail to be sent: one PIN is in the file, one was made. */
typedef struct mails {
  office of;
  rollcall_schema* schema;
  rollcall_store* store;
  rollcall_directory* directory;
  rollcall_table* effects;
  uint64_t job;
} mails;

static void remove_files(void)
{
  remove(path);
  remove("capi_effects.db-jobs");
  remove("capi_effects.db-wal");
  remove("capi_effects.db-shm");
}

static mails mails_open(void)
{
  mails made = {{NULL, NULL, NULL, NULL}, NULL, NULL, NULL, NULL, 0};
  rollcall_job_options options = {0};
  rollcall_context* context = NULL;
  rollcall_report* report = NULL;
  rollcall_source* source;
  remove_files();
  made.of = office_open(NULL);
  CHECK(rollcall_schema_builtin(made.of.engine, "subscriber_import", ROLLCALL_NUL, &made.schema,
                                NULL) == ROLLCALL_OK);
  CHECK(rollcall_store_create(made.of.engine, path, ROLLCALL_NUL, NULL, &made.store, NULL) ==
        ROLLCALL_OK);
  source = source_of(&made.of, objects);
  CHECK(rollcall_store_fill(made.store, source, NULL) == ROLLCALL_OK);
  rollcall_source_free(source);
  CHECK(rollcall_store_directory(made.store, made.schema, &made.directory, NULL) == ROLLCALL_OK);
  CHECK(rollcall_context_parse(made.of.engine, actor, ROLLCALL_NUL, &context, NULL) == ROLLCALL_OK);
  options.struct_size = sizeof options;
  options.store = made.store;
  source = source_of(&made.of, file);
  CHECK(rollcall_execute(made.schema, source, made.directory, context, &options, NULL, &report,
                         NULL) == ROLLCALL_OK);
  made.job = rollcall_report_job(report);
  rollcall_report_free(report);
  rollcall_source_free(source);
  rollcall_context_free(context);
  CHECK(rollcall_store_effects(made.store, &made.effects, NULL) == ROLLCALL_OK);
  CHECK(rollcall_table_rows(made.effects) == 2);
  return made;
}

/* Lets go what `of` has left. */
static void mails_close(mails* of)
{
  rollcall_table_free(of->effects);
  rollcall_directory_free(of->directory);
  rollcall_store_free(of->store);
  rollcall_schema_free(of->schema);
  office_close(&of->of);
  remove_files();
}

/* What the handle of the PIN stands for, copied into `pin`; by the handle if there are `secrets`,
 * else by the store itself. */
static rollcall_status pin_of(const mails* of, rollcall_effect_secrets* secrets, uint64_t row,
                              char* pin, size_t room)
{
  const uint64_t effect = (uint64_t)rollcall_table_number(of->effects, row, 0);
  rollcall_output* output = NULL;
  rollcall_str operation, fields, text;
  rollcall_status status;
  char handle[200], said[400];
  rollcall_table_text(of->effects, row, 2, &operation);
  rollcall_table_text(of->effects, row, 4, &fields);
  CHECK(operation.len + 10 < sizeof handle && fields.len < sizeof said);
  sprintf(handle, "%.*s/0/pin", (int)operation.len, operation.ptr);
  sprintf(said, "%.*s", (int)fields.len, fields.ptr);
  CHECK(strstr(said, handle) != NULL);
  CHECK(rollcall_output_memory(of->of.engine, &output, NULL) == ROLLCALL_OK);
  if (secrets != NULL)
    status = rollcall_effect_secrets_find(secrets, effect, operation.ptr, operation.len, handle,
                                          ROLLCALL_NUL, output, NULL);
  else
    status = rollcall_store_effect_secret(of->store, of->job, operation.ptr, operation.len, handle,
                                          ROLLCALL_NUL, output, NULL);
  rollcall_output_text(output, &text);
  pin[0] = '\0';
  if (status == ROLLCALL_OK && text.len < room) memcpy(pin, text.ptr, text.len + 1);
  rollcall_output_free(output);
  return status;
}

static void an_effect_is_given_the_secret_that_came_from_the_file(void)
{
  mails in = mails_open();
  rollcall_effect_secrets* secrets = NULL;
  char pin[20], made[20];
  CHECK(rollcall_effect_secrets_open(in.store, 99, NULL, &secrets, NULL) ==
        ROLLCALL_ERROR_NOT_FOUND);
  CHECK(secrets == NULL);
  CHECK(rollcall_effect_secrets_open(in.store, in.job, NULL, &secrets, NULL) == ROLLCALL_OK);
  CHECK(pin_of(&in, secrets, 0, pin, sizeof pin) == ROLLCALL_OK && strcmp(pin, "908172") == 0);
  CHECK(pin_of(&in, secrets, 1, made, sizeof made) == ROLLCALL_OK && made[0] != '\0');
  CHECK(pin_of(&in, NULL, 0, pin, sizeof pin) == ROLLCALL_ERROR_NOT_FOUND);
  CHECK(pin_of(&in, NULL, 1, pin, sizeof pin) == ROLLCALL_OK && strcmp(pin, made) == 0);
  CHECK(pin_of(&in, secrets, 0, pin, sizeof pin) == ROLLCALL_OK && strcmp(pin, "908172") == 0);
  CHECK(rollcall_store_effect_done(in.store, (uint64_t)rollcall_table_number(in.effects, 0, 0),
                                   NULL) == ROLLCALL_OK);
  CHECK(pin_of(&in, secrets, 0, pin, sizeof pin) == ROLLCALL_ERROR_NOT_FOUND);
  CHECK(rollcall_job_purge(in.store, in.job, NULL, NULL) == ROLLCALL_OK);
  CHECK(pin_of(&in, secrets, 1, pin, sizeof pin) == ROLLCALL_ERROR_NOT_FOUND);
  rollcall_effect_secrets_free(secrets);
  mails_close(&in);
}

static void secrets_of_effects_keep_store_and_directory(void)
{
  mails in = mails_open();
  rollcall_effect_secrets* secrets = NULL;
  char pin[20];
  CHECK(rollcall_effect_secrets_open(in.store, in.job, in.directory, &secrets, NULL) ==
        ROLLCALL_OK);
  rollcall_directory_free(in.directory);
  in.directory = NULL;
  rollcall_store_free(in.store);
  in.store = NULL;
  CHECK(pin_of(&in, secrets, 0, pin, sizeof pin) == ROLLCALL_OK && strcmp(pin, "908172") == 0);
  rollcall_effect_secrets_free(secrets);
  mails_close(&in);
}

void check_effects(void)
{
  if (strstr(rollcall_build_info(), "sqlite") == NULL) return;
  CLAIM("an effect is given the secret that came from the file",
        an_effect_is_given_the_secret_that_came_from_the_file);
  CLAIM("secrets of effects keep store and directory", secrets_of_effects_keep_store_and_directory);
}
