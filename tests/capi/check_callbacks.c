/* Callbacks that stop, come back, or say what is not so: the call fails by name, and all is well
 * afterwards. */
#include "check.h"
#include "host.h"

/* A host of tests (host.h) with something wrong in front of it. */
typedef struct liar {
  rollcall_host honest;
  const char* what;
  const office* of;
  rollcall_directory* directory;
  rollcall_status back; /* what coming back said */
  int applied, destroyed;
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

static void lying_find(void* user, uint32_t kind, uint32_t field, const rollcall_str* values,
                       size_t count, rollcall_objects* sink, int32_t* verdict)
{
  liar* of = user;
  const rollcall_str key = {"1", 1}, none = {NULL, 0};
  rollcall_str fields[64] = {{NULL, 0}};
  CHECK(*verdict == ROLLCALL_STOP);
  if (is(of, "find does not return")) return; /* as when an exception flies over it */
  if (is(of, "find comes back")) come_back(of);
  if (is(of, "an object not asked for"))
    CHECK(rollcall_objects_add(sink, count, &key, fields, 20) == ROLLCALL_ERROR_WRONG_USE);
  if (is(of, "too few fields"))
    CHECK(rollcall_objects_add(sink, 0, &key, fields, 1) == ROLLCALL_ERROR_WRONG_USE);
  if (is(of, "no key"))
    CHECK(rollcall_objects_add(sink, 0, &none, fields, 1) == ROLLCALL_ERROR_WRONG_USE);
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
  of->honest.apply(of->honest.user, groups, count, sink, verdict);
  if (is(of, "a second answer"))
    CHECK(rollcall_answers_add(sink, 0, ROLLCALL_ANSWER_APPLIED, NULL, 0, NULL, 0) ==
          ROLLCALL_ERROR_WRONG_USE);
  if (is(of, "an answer not asked for"))
    CHECK(rollcall_answers_add(sink, count, ROLLCALL_ANSWER_REFUSED, NULL, 0, NULL, 0) ==
          ROLLCALL_ERROR_WRONG_USE);
  if (is(of, "an unknown answer"))
    CHECK(rollcall_answers_add(sink, count - 1, 17, NULL, 0, NULL, 0) < 0);
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
  (void)user, (void)is_default, (void)name, (void)name_len;
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
  with->applied = with->destroyed = 0;
  with->back = ROLLCALL_OK;
  lying = with->honest;
  lying.user = with;
  lying.find = lying_find;
  lying.apply = lying_apply;
  lying.destroy = liar_gone;
  lying.scan = honest_scan;
  lying.next_id = honest_next_id;
  lying.lists = NULL;
  lying.setting = is(with, "a setting that is no JSON") ? bad_setting : NULL;
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
  const char* const whats[] = {
      "an object not asked for",  "too few fields",          "no key",
      "a second answer",          "an answer not asked for", "an unknown answer",
      "a setting that is no JSON"};
  size_t i;
  for (i = 0; i != sizeof whats / sizeof *whats; ++i) {
    liar with = {.what = "nothing"};
    rollcall_status status;
    with.what = whats[i];
    status = execute_with(&with, NULL);
    if (is(&with, "a setting that is no JSON") && status == ROLLCALL_OK) continue; /* not asked */
    CHECK(status < 0);
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

static void a_group_without_an_answer_is_unknown(void)
{
  liar with = {.what = "no answer"};
  rollcall_report* report = NULL;
  CHECK(execute_with(&with, &report) == ROLLCALL_OK);
  CHECK(rollcall_report_count(report, ROLLCALL_COUNT_UNKNOWN) == 2);
  rollcall_report_free(report);
}

/* ---- Sources and outputs ----------------------------------------------------------------------
 */

typedef struct bytes {
  const char* text;
  size_t size, at, piece;
  int lies, stops, rewinds, writes, restarts, publishes;
} bytes;

static void read_bytes(void* user, void* into, size_t room, size_t* got, int32_t* verdict)
{
  bytes* of = user;
  size_t size = of->size - of->at;
  if (of->stops && of->at != 0) return;
  if (size > room) size = room;
  if (size > of->piece) size = of->piece;
  memcpy(into, of->text + of->at, size);
  of->at += size;
  *got = of->lies ? room + 1 : size;
  *verdict = ROLLCALL_CONTINUE;
}

static void rewind_bytes(void* user, int32_t* verdict)
{
  bytes* of = user;
  ++of->rewinds;
  of->at = 0;
  *verdict = ROLLCALL_CONTINUE;
}

static void write_bytes(void* user, const char* data, size_t size, int32_t* verdict)
{
  bytes* of = user;
  (void)data, (void)size;
  ++of->writes;
  if (!of->stops) *verdict = ROLLCALL_CONTINUE;
}

static void publish_bytes(void* user, int32_t* verdict)
{
  bytes* of = user;
  ++of->publishes;
  *verdict = ROLLCALL_CONTINUE;
}

static rollcall_status validate_bytes(const office* of, bytes* from, bytes* to, uint32_t threads,
                                      rollcall_report** report)
{
  rollcall_source_callbacks reads = {0};
  rollcall_output_callbacks writes = {0};
  rollcall_job_options options = {0};
  rollcall_outputs outputs = {0};
  rollcall_source* source = NULL;
  rollcall_status status;
  reads.struct_size = sizeof reads;
  reads.user = from;
  reads.read = read_bytes;
  reads.rewind = rewind_bytes;
  writes.struct_size = sizeof writes;
  writes.user = to;
  writes.write = write_bytes;
  writes.publish = publish_bytes;
  options.struct_size = sizeof options;
  options.threads = threads;
  outputs.struct_size = sizeof outputs;
  CHECK(rollcall_source_callback(of->engine, &reads, &source, NULL) == ROLLCALL_OK);
  CHECK(rollcall_output_callback(of->engine, &writes, &outputs.report, NULL) == ROLLCALL_OK);
  status = rollcall_validate(of->schema, source, of->directory, of->context, &options, &outputs,
                             report, NULL);
  rollcall_output_free(outputs.report);
  rollcall_source_free(source);
  return status;
}

static void a_file_may_come_byte_by_byte_and_go_to_a_callback(void)
{
  office of = office_open(NULL);
  uint32_t threads;
  for (threads = 0; threads != 3; ++threads) {
    bytes from = {.text = office_file, .size = strlen(office_file), .piece = 1};
    bytes to = {.text = NULL};
    rollcall_report* report = NULL;
    CHECK(validate_bytes(&of, &from, &to, threads, &report) == ROLLCALL_OK);
    CHECK(rollcall_report_count(report, ROLLCALL_COUNT_ROWS) == 3);
    CHECK(to.writes != 0 && to.publishes == 1);
    rollcall_report_free(report);
  }
  office_close(&of);
}

static void sources_and_outputs_that_stop_or_lie_fail_the_call_or_refuse_the_file(void)
{
  office of = office_open(NULL);
  bytes lies = {.text = office_file, .size = strlen(office_file), .piece = 8, .lies = 1};
  bytes stops = {.text = office_file, .size = strlen(office_file), .piece = 8, .stops = 1};
  bytes good = {.text = office_file, .size = strlen(office_file), .piece = 8};
  bytes to = {.text = NULL}, stopping = {.text = NULL, .stops = 1};
  rollcall_report* report = NULL;
  rollcall_status status = validate_bytes(&of, &lies, &to, 1, &report);
  CHECK(status < 0 || rollcall_report_refusal(report) == ROLLCALL_REFUSAL_FILE);
  rollcall_report_free(report);
  status = validate_bytes(&of, &stops, &to, 1, &report);
  CHECK(status < 0 || rollcall_report_refusal(report) == ROLLCALL_REFUSAL_FILE);
  rollcall_report_free(report);
  CHECK(validate_bytes(&of, &good, &stopping, 1, &report) == ROLLCALL_ERROR_HOST_FAILED);
  CHECK(report == NULL);
  office_close(&of);
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
  CLAIM("a group without an answer is unknown", a_group_without_an_answer_is_unknown);
  CLAIM("a file may come byte by byte, and go to a callback",
        a_file_may_come_byte_by_byte_and_go_to_a_callback);
  CLAIM("sources and outputs that stop or lie fail the call, or refuse the file",
        sources_and_outputs_that_stop_or_lie_fail_the_call_or_refuse_the_file);
}
