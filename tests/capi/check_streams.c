/* Callbacks of sources and outputs, which may stop and lie as those of a host. */
#include "check.h"

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

static void sources_and_outputs_that_stop_or_lie_fail_the_call(void)
{
  office of = office_open(NULL);
  const bytes whole = {.text = office_file, .size = strlen(office_file), .piece = 8};
  bytes lies = whole, stops = whole, good = whole;
  bytes to = {.text = NULL}, stopping = {.text = NULL, .stops = 1};
  rollcall_report* report = NULL;
  lies.lies = 1;
  stops.stops = 1;
  CHECK(validate_bytes(&of, &lies, &to, 1, &report) == ROLLCALL_ERROR_HOST_FAILED);
  CHECK(report == NULL && lies.at != 0);
  CHECK(validate_bytes(&of, &stops, &to, 1, &report) == ROLLCALL_ERROR_HOST_FAILED);
  CHECK(report == NULL && stops.at == stops.piece && to.publishes == 0);
  CHECK(validate_bytes(&of, &good, &stopping, 1, &report) == ROLLCALL_ERROR_HOST_FAILED);
  CHECK(report == NULL && stopping.writes == 1 && stopping.publishes == 0);
  office_close(&of);
}

void check_streams(void)
{
  CLAIM("a file may come byte by byte, and go to a callback",
        a_file_may_come_byte_by_byte_and_go_to_a_callback);
  CLAIM("sources and outputs that stop or lie fail the call",
        sources_and_outputs_that_stop_or_lie_fail_the_call);
}
