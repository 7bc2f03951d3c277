/* Runs all claims about the C ABI, and says how many there were. */
#include "check.h"

int checks_failed = 0;
int checks_made = 0;

const char office_directory[] =
    "{\"tenant\": {}, \"user\": [{\"id\": \"1\", \"first_name\": \"Ann\", \"last_name\": \"Smith\","
    " \"email\": \"ann@acme.example\", \"extension\": \"101\"}]}";

const char office_file[] =
    "First Name,Last Name,Email,Extension\n"
    "Bob,Jones,bob@acme.example,102\n"
    "Carla,Lopez,carla@acme,103\n"
    "Dan,Brown,dan@acme.example,104\n";

office office_open(const rollcall_engine_options* options)
{
  office made = {NULL, NULL, NULL, NULL};
  rollcall_source* source = NULL;
  CHECK(rollcall_engine_new(options, &made.engine, NULL) == ROLLCALL_OK);
  CHECK(rollcall_schema_builtin(made.engine, "clusterpbx", ROLLCALL_NUL, &made.schema, NULL) ==
        ROLLCALL_OK);
  source = source_of(&made, office_directory);
  CHECK(rollcall_directory_memory(made.schema, source, &made.directory, NULL) == ROLLCALL_OK);
  CHECK(rollcall_context_new(made.engine, "ops@acme", ROLLCALL_NUL, "client", ROLLCALL_NUL,
                             &made.context, NULL) == ROLLCALL_OK);
  rollcall_source_free(source);
  return made;
}

void office_close(office* of)
{
  rollcall_context_free(of->context);
  rollcall_directory_free(of->directory);
  rollcall_schema_free(of->schema);
  rollcall_engine_free(of->engine);
}

rollcall_source* source_of(const office* of, const char* text)
{
  rollcall_source* source = NULL;
  CHECK(rollcall_source_memory(of->engine, text, strlen(text), &source, NULL) == ROLLCALL_OK);
  return source;
}

char* large_file(unsigned rows)
{
  static const char header[] = "First Name,Last Name,Email,Extension\n";
  char* text = malloc(sizeof header + (size_t)rows * 64);
  size_t used = sizeof header - 1;
  unsigned i;
  if (text == NULL) abort();
  memcpy(text, header, sizeof header);
  for (i = 0; i != rows; ++i)
    used += (size_t)sprintf(text + used, "Ann,Smith,ann%u@acme.example,%u\n", i, 1000000 + i);
  return text;
}

void watch_calls(void* user, const rollcall_progress* progress, int32_t* verdict)
{
  watch* of = user;
  CHECK(*verdict == ROLLCALL_STOP);
  CHECK(progress->step >= ROLLCALL_STEP_JUDGES && progress->step <= ROLLCALL_STEP_TELLS);
  ++of->calls;
  if (of->cancel != NULL) rollcall_cancel_request(of->cancel);
  if (of->calls != of->stops_at) *verdict = ROLLCALL_CONTINUE;
}

int main(void)
{
  check_errors();
  check_lifetimes();
  check_tables();
  check_arrow();
  check_callbacks();
  check_streams();
  check_running();
  check_steps();
  check_rows();
  check_plans();
  check_threads();
  check_words();
  check_drafts();
  check_convert();
  check_fix();
  check_store();
  check_effects();
  printf("%d checks, %d do not hold\n", checks_made, checks_failed);
  return checks_failed != 0;
}
