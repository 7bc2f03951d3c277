/* Callbacks of a host that stop, come back, or say what is not so: the call fails by name, and all
 * is well afterwards. */
#include "check.h"
#include "host.h"

/* A host of tests (host.h) with something wrong in front of it. */
typedef struct liar {
  rollcall_host honest;
  const char* what;
  const office* of;
  rollcall_directory* directory;
  rollcall_status back; /* what coming back said */
  int lied, applied, destroyed;
} liar;

static int is(const liar* of, const char* what)
{
  return strcmp(of->what, what) == 0;
}

static void come_back(liar* of)
{
  rollcall_source* source = source_of(of->of, office_file);
  of->back = rollcall_validate(of->of->schema, source, of->directory, of->of->context, NULL, NULL,
                               NULL, NULL);
  rollcall_source_free(source);
}

/* Ann again, of whom no text says how long it is. */
static void find_by_zero_byte(const liar* of, uint32_t field, const rollcall_str* values,
                              size_t count, rollcall_objects* sink)
{
  const rollcall_schema* schema = of->of->schema;
  const uint32_t field_count = rollcall_schema_field_count(schema, 0);
  const rollcall_str key = {"1", ROLLCALL_NUL};
  rollcall_str fields[64] = {{NULL, 0}}, name;
  uint32_t i;
  size_t asked;
  for (i = 0; i != field_count; ++i) {
    rollcall_schema_field_name(schema, 0, i, &name);
    if (strcmp(name.ptr, "email") == 0) fields[i].ptr = "ann@acme.example";
    if (strcmp(name.ptr, "extension") == 0) fields[i].ptr = "102";
    fields[i].len = ROLLCALL_NUL;
  }
  for (asked = 0; asked != count; ++asked)
    if (field < field_count && fields[field].ptr != NULL &&
        strcmp(fields[field].ptr, values[asked].ptr) == 0)
      CHECK(rollcall_objects_add(sink, asked, &key, fields, field_count) == ROLLCALL_OK);
}

static void lie(liar* of, rollcall_status said, rollcall_status wanted)
{
  ++of->lied;
  CHECK(said == wanted);
}

static void lying_find(void* user, uint32_t kind, uint32_t field, const rollcall_str* values,
                       size_t count, rollcall_objects* sink, int32_t* verdict)
{
  liar* of = user;
  const rollcall_str key = {"1", 1}, none = {NULL, 0};
  const uint32_t has = rollcall_schema_field_count(of->of->schema, kind);
  rollcall_str fields[64] = {{NULL, 0}};
  CHECK(*verdict == ROLLCALL_STOP && has < 64);
  if (is(of, "find does not return")) return; /* as when an exception flies over it */
  if (is(of, "find comes back")) come_back(of);
  if (is(of, "an object not asked for"))
    lie(of, rollcall_objects_add(sink, count, &key, fields, has), ROLLCALL_ERROR_WRONG_USE);
  if (is(of, "too few fields") && has != 0)
    lie(of, rollcall_objects_add(sink, 0, &key, fields, has - 1), ROLLCALL_ERROR_WRONG_USE);
  if (is(of, "too many fields"))
    lie(of, rollcall_objects_add(sink, 0, &key, fields, has + 1), ROLLCALL_ERROR_WRONG_USE);
  if (is(of, "no key"))
    lie(of, rollcall_objects_add(sink, 0, &none, fields, has), ROLLCALL_ERROR_WRONG_USE);
  if (is(of, "lengths up to the zero byte") && kind == 0) {
    find_by_zero_byte(of, field, values, count, sink);
    *verdict = ROLLCALL_CONTINUE;
    return;
  }
  of->honest.find(of->honest.user, kind, field, values, count, sink, verdict);
}

static void lying_apply(void* user, const rollcall_group* const* groups, size_t count,
                        rollcall_answers* sink, int32_t* verdict)
{
  liar* of = user;
  CHECK(*verdict == ROLLCALL_STOP);
  ++of->applied;
  if (is(of, "apply does not return")) return;
  if (is(of, "apply comes back")) come_back(of);
  if (is(of, "no answer")) {
    *verdict = ROLLCALL_CONTINUE;
    return;
  }
  if (is(of, "lengths up to the zero byte")) {
    const rollcall_str made = {"77", ROLLCALL_NUL};
    size_t i;
    for (i = 0; i != count; ++i)
      CHECK(rollcall_answers_add(sink, i, ROLLCALL_ANSWER_APPLIED, &made, 1, NULL, 0) ==
            ROLLCALL_OK);
    *verdict = ROLLCALL_CONTINUE;
    return;
  }
  if (is(of, "an unknown answer"))
    lie(of, rollcall_answers_add(sink, 0, 17, NULL, 0, NULL, 0), ROLLCALL_ERROR_UNSUPPORTED);
  if (is(of, "an answer not asked for"))
    lie(of, rollcall_answers_add(sink, count, ROLLCALL_ANSWER_REFUSED, NULL, 0, NULL, 0),
        ROLLCALL_ERROR_WRONG_USE);
  of->honest.apply(of->honest.user, groups, count, sink, verdict);
  if (is(of, "a second answer"))
    lie(of, rollcall_answers_add(sink, 0, ROLLCALL_ANSWER_REFUSED, NULL, 0, NULL, 0),
        ROLLCALL_ERROR_WRONG_USE);
}

static void honest_scan(void* user, uint32_t kind, rollcall_objects* sink, int32_t* verdict)
{
  const liar* of = user;
  of->honest.scan(of->honest.user, kind, sink, verdict);
}

static void honest_next_id(void* user, uint32_t kind, uint64_t* next, int32_t* verdict)
{
  const liar* of = user;
  of->honest.next_id(of->honest.user, kind, next, verdict);
}

static void bad_setting(void* user, int32_t is_default, const char* name, size_t name_len,
                        rollcall_words* sink, int32_t* verdict)
{
  (void)is_default, (void)name, (void)name_len;
  ++*(int*)user;
  rollcall_words_set(sink, "{no json", ROLLCALL_NUL);
  *verdict = ROLLCALL_CONTINUE;
}

static void liar_gone(void* user)
{
  liar* of = user;
  ++of->destroyed;
  of->honest.destroy(of->honest.user);
}

/* Executes a file with such a host; the status, and through it the report if there is one. */
static rollcall_status execute_with(liar* with, rollcall_report** report)
{
  office of = office_open(NULL);
  rollcall_host lying;
  rollcall_source* source = source_of(&of, office_file);
  rollcall_status status;
  with->honest = host_callbacks(host_new(of.schema, office_directory));
  with->of = &of;
  with->directory = NULL;
  with->lied = with->applied = with->destroyed = 0;
  with->back = ROLLCALL_OK;
  lying = with->honest;
  lying.user = with;
  lying.find = lying_find;
  lying.apply = lying_apply;
  lying.destroy = liar_gone;
  lying.scan = honest_scan;
  lying.next_id = honest_next_id;
  lying.lists = NULL;
  lying.setting = NULL;
  CHECK(rollcall_directory_host(of.schema, &lying, &with->directory, NULL) == ROLLCALL_OK);
  status =
      rollcall_execute(of.schema, source, with->directory, of.context, NULL, NULL, report, NULL);
  rollcall_source_free(source);
  rollcall_directory_free(with->directory);
  CHECK(with->destroyed == 1);
  office_close(&of);
  return status;
}

static void an_honest_host_gets_its_changes(void)
{
  liar with = {.what = "nothing"};
  rollcall_report* report = NULL;
  CHECK(execute_with(&with, &report) == ROLLCALL_OK);
  CHECK(rollcall_report_count(report, ROLLCALL_COUNT_CREATED) == 2 && with.applied == 1);
  rollcall_report_free(report);
}

static void a_callback_that_does_not_say_otherwise_stops_the_call(void)
{
  liar finds = {.what = "find does not return"}, applies = {.what = "apply does not return"};
  rollcall_report* report = NULL;
  CHECK(execute_with(&finds, &report) == ROLLCALL_ERROR_HOST_FAILED);
  CHECK(report == NULL && finds.applied == 0);
  CHECK(execute_with(&applies, &report) == ROLLCALL_ERROR_HOST_FAILED);
  CHECK(report == NULL && applies.applied == 1);
}

static void a_callback_that_comes_back_with_its_own_directory_is_told_that_it_is_busy(void)
{
  const char* const whats[] = {"find comes back", "apply comes back"};
  size_t i;
  for (i = 0; i != 2; ++i) {
    liar with = {.what = "nothing"};
    with.what = whats[i];
    CHECK(execute_with(&with, NULL) == ROLLCALL_OK);
    CHECK(with.back == ROLLCALL_ERROR_BUSY);
  }
}

static void a_host_that_says_what_is_not_so_fails_the_call(void)
{
  static const struct {
    const char* what;
    rollcall_status status;
  } lies[] = {{"an object not asked for", ROLLCALL_ERROR_WRONG_USE},
              {"too few fields", ROLLCALL_ERROR_WRONG_USE},
              {"too many fields", ROLLCALL_ERROR_WRONG_USE},
              {"no key", ROLLCALL_ERROR_WRONG_USE},
              {"a second answer", ROLLCALL_ERROR_WRONG_USE},
              {"an answer not asked for", ROLLCALL_ERROR_WRONG_USE},
              {"an unknown answer", ROLLCALL_ERROR_UNSUPPORTED}};
  size_t i;
  for (i = 0; i != sizeof lies / sizeof *lies; ++i) {
    liar with = {.what = "nothing"};
    rollcall_report* report = NULL;
    with.what = lies[i].what;
    CHECK(execute_with(&with, &report) == lies[i].status);
    CHECK(report == NULL && with.lied == 1);
  }
}

/* Bob wants 102, which Ann has here; Dan is created. */
static void a_length_may_be_up_to_the_zero_byte_in_answers_too(void)
{
  liar with = {.what = "lengths up to the zero byte"};
  rollcall_report* report = NULL;
  CHECK(execute_with(&with, &report) == ROLLCALL_OK);
  CHECK(with.applied == 1 && rollcall_report_count(report, ROLLCALL_COUNT_CREATED) == 1);
  CHECK(rollcall_report_code_count(report, "claim.taken", ROLLCALL_NUL) == 1);
  rollcall_report_free(report);
}

static void count_nothing(void* user, uint32_t kind, uint64_t* count, int32_t* verdict)
{
  (void)user, (void)kind;
  *count = 0;
  *verdict = ROLLCALL_CONTINUE;
}

static void find_nothing(void* user, uint32_t kind, uint32_t field, const rollcall_str* values,
                         size_t count, rollcall_objects* sink, int32_t* verdict)
{
  (void)user, (void)kind, (void)field, (void)values, (void)count, (void)sink;
  *verdict = ROLLCALL_SKIP;
}

static void a_setting_that_is_no_json_fails_the_call(void)
{
  office of = office_open(NULL);
  rollcall_schema* schema = NULL;
  rollcall_directory* directory = NULL;
  rollcall_source* source = source_of(&of, office_file);
  rollcall_report* report = NULL;
  rollcall_context* admin = NULL;
  rollcall_host lying = {0};
  int asked = 0;
  lying.struct_size = sizeof lying;
  lying.user = &asked;
  lying.find = find_nothing;
  lying.apply = lying_apply; /* never asked */
  lying.count = count_nothing;
  lying.setting = bad_setting;
  CHECK(rollcall_schema_builtin(of.engine, "extension_generator", ROLLCALL_NUL, &schema, NULL) ==
        ROLLCALL_OK);
  CHECK(rollcall_context_new(of.engine, "ops", ROLLCALL_NUL, "admin", ROLLCALL_NUL, &admin, NULL) ==
        ROLLCALL_OK);
  CHECK(rollcall_directory_host(schema, &lying, &directory, NULL) == ROLLCALL_OK);
  CHECK(rollcall_validate(schema, source, directory, admin, NULL, NULL, &report, NULL) ==
        ROLLCALL_ERROR_MALFORMED);
  CHECK(report == NULL && asked == 1);
  rollcall_source_free(source);
  rollcall_directory_free(directory);
  rollcall_context_free(admin);
  rollcall_schema_free(schema);
  office_close(&of);
}

static void a_group_without_an_answer_is_unknown(void)
{
  liar with = {.what = "no answer"};
  rollcall_report* report = NULL;
  CHECK(execute_with(&with, &report) == ROLLCALL_OK);
  CHECK(rollcall_report_count(report, ROLLCALL_COUNT_UNKNOWN) == 2);
  rollcall_report_free(report);
}

void check_callbacks(void)
{
  CLAIM("an honest host gets its changes", an_honest_host_gets_its_changes);
  CLAIM("a callback that does not say otherwise stops the call",
        a_callback_that_does_not_say_otherwise_stops_the_call);
  CLAIM("a callback that comes back with its own directory is told that it is busy",
        a_callback_that_comes_back_with_its_own_directory_is_told_that_it_is_busy);
  CLAIM("a host that says what is not so fails the call",
        a_host_that_says_what_is_not_so_fails_the_call);
  CLAIM("a length may be up to the zero byte in answers, too",
        a_length_may_be_up_to_the_zero_byte_in_answers_too);
  CLAIM("a setting that is no JSON fails the call", a_setting_that_is_no_json_fails_the_call);
  CLAIM("a group without an answer is unknown", a_group_without_an_answer_is_unknown);
}
