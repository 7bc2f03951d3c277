/* A command line that speaks to the C ABI only, as much of it as the conformance cases ask for.
 *
 * ROLLCALL_DRIVER names modes: `host`: the objects are those of a host in C (host.h), by callbacks;
 * `steps`: jobs go on by steps. Else the objects are in memory or in a database, jobs are one call.
 */
#include <rollcall.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

enum { SUCCEEDED = 0, PARTIAL = 1, REFUSED = 3, STALE = 4, NOT_ALLOWED = 5, FAILED = 6 };

typedef struct asked {
  const char *verb, *file, *report, *result, *error_rows, *directory, *directory_out, *format,
      *context, *db, *output, *encoding;
  int atomic;
} asked;

static rollcall_engine* engine;
static rollcall_error* error;

static int fail(void)
{
  rollcall_str message;
  rollcall_error_message(error, &message);
  fprintf(stderr, "driver: %s\n", message.ptr);
  rollcall_error_free(error);
  error = NULL;
  return FAILED;
}

static const char* value_of(int argc, char** argv, const char* name)
{
  int i;
  for (i = 2; i + 1 < argc; ++i)
    if (strcmp(argv[i], name) == 0) return argv[i + 1];
  return NULL;
}

static int has_word(int argc, char** argv, const char* word)
{
  int i;
  for (i = 2; i < argc; ++i)
    if (strcmp(argv[i], word) == 0) return 1;
  return 0;
}

static int32_t encoding_of(const char* name)
{
  static const char* const names[] = {"utf-8", "utf-16le", "utf-16be", "windows-1252", "latin-1"};
  int32_t i;
  for (i = 0; name != NULL && i != ROLLCALL_ENCODING_LATIN_1 + 1; ++i)
    if (strcmp(names[i], name) == 0) return i;
  return ROLLCALL_ENCODING_UTF_8;
}

static char* read_file(const char* path)
{
  FILE* file = fopen(path, "rb");
  char* text = NULL;
  size_t size = 0, got;
  if (file == NULL) abort();
  do {
    text = realloc(text, size + 65537);
    if (text == NULL) abort();
    got = fread(text + size, 1, 65536, file);
    size += got;
  } while (got != 0);
  text[size] = '\0';
  fclose(file);
  return text;
}

static int is_mode(const char* mode)
{
  const char* asked_for = getenv("ROLLCALL_DRIVER");
  return asked_for != NULL && strstr(asked_for, mode) != NULL;
}

static rollcall_status open_output(const char* path, rollcall_output** out)
{
  if (path == NULL) return ROLLCALL_OK;
  return rollcall_output_file(engine, path, ROLLCALL_NUL, 0, out, &error);
}

/* ---- The host, whichever it is ----------------------------------------------------------------
 */

typedef struct objects {
  rollcall_directory* directory;
  rollcall_store* store;
  host* in_c;
} objects;

static rollcall_status open_objects(const asked* of, const rollcall_schema* schema, objects* out)
{
  rollcall_source* source = NULL;
  rollcall_status status;
  if (of->db != NULL) {
    status = rollcall_store_open(engine, of->db, ROLLCALL_NUL, NULL, &out->store, &error);
    if (status < 0) return status;
    return rollcall_store_directory(out->store, schema, &out->directory, &error);
  }
  if (is_mode("host") && of->directory != NULL) {
    char* text = read_file(of->directory);
    rollcall_host callbacks;
    out->in_c = host_new(schema, text);
    free(text);
    callbacks = host_callbacks(out->in_c);
    return rollcall_directory_host(schema, &callbacks, &out->directory, &error);
  }
  if (of->directory != NULL) {
    status = rollcall_source_file(engine, of->directory, ROLLCALL_NUL, &source, &error);
    if (status < 0) return status;
  }
  status = rollcall_directory_memory(schema, source, &out->directory, &error);
  rollcall_source_free(source);
  return status;
}

static rollcall_status write_objects(const asked* of, const objects* from)
{
  rollcall_output* output = NULL;
  rollcall_status status;
  if (of->directory_out == NULL) return ROLLCALL_OK;
  if (from->in_c != NULL) {
    FILE* file = fopen(of->directory_out, "wb");
    if (file == NULL) abort();
    host_write(from->in_c, file);
    fclose(file);
    return ROLLCALL_OK;
  }
  status = open_output(of->directory_out, &output);
  if (status >= 0) status = rollcall_directory_write(from->directory, output, &error);
  rollcall_output_free(output);
  return status;
}

/* ---- Jobs --------------------------------------------------------------------------------------
 */

static const char* base_name(const char* path)
{
  const char* slash = strrchr(path, '/');
  return slash != NULL ? slash + 1 : path;
}

static int exit_of(const rollcall_report* report)
{
  switch (rollcall_report_refusal(report)) {
    case ROLLCALL_REFUSAL_ACTOR:
      return NOT_ALLOWED;
    case ROLLCALL_REFUSAL_FILE:
      return REFUSED;
    case ROLLCALL_REFUSAL_STALE:
      return STALE;
    default:
      return rollcall_report_state(report) == ROLLCALL_STATE_SUCCEEDED ? SUCCEEDED : PARTIAL;
  }
}

static rollcall_status import(const asked* of, const rollcall_schema* schema,
                              const rollcall_context* context, const objects* in,
                              rollcall_job_options* options, rollcall_report** report)
{
  rollcall_outputs outputs = {0};
  rollcall_source* source = NULL;
  rollcall_status status = open_output(of->report, &outputs.report);
  const int executes = strcmp(of->verb, "execute") == 0;
  outputs.struct_size = sizeof outputs;
  if (status >= 0) status = open_output(of->result, &outputs.result);
  if (status >= 0) status = open_output(of->error_rows, &outputs.error_rows);
  if (status >= 0) {
    options->file_name = base_name(of->file);
    status = rollcall_source_file(engine, of->file, ROLLCALL_NUL, &source, &error);
    if (status < 0) {
      rollcall_error* why = error;
      status = rollcall_refuse_unreadable(
          schema, in->directory, why, executes ? ROLLCALL_ACTION_EXECUTE : ROLLCALL_ACTION_VALIDATE,
          context, options, &outputs, report, &error);
      rollcall_error_free(why);
    } else {
      status = (executes ? rollcall_execute : rollcall_validate)(
          schema, source, in->directory, context, options, &outputs, report, &error);
    }
  }
  rollcall_source_free(source);
  rollcall_output_free(outputs.report);
  rollcall_output_free(outputs.result);
  rollcall_output_free(outputs.error_rows);
  return status;
}

static rollcall_status write_out(const asked* of, const rollcall_schema* schema,
                                 const rollcall_context* context, const objects* in,
                                 const rollcall_job_options* options, rollcall_output** output,
                                 rollcall_report** report)
{
  const rollcall_status status = rollcall_output_memory(engine, output, &error);
  if (status < 0) return status;
  return (strcmp(of->verb, "template") == 0 ? rollcall_template : rollcall_export)(
      schema, in->directory, context, options, *output, report, &error);
}

static void print(const rollcall_output* output)
{
  rollcall_str text;
  rollcall_output_text(output, &text);
  fwrite(text.ptr, 1, text.len, stdout);
}

static rollcall_status run(const asked* of, const rollcall_schema* schema,
                           const rollcall_context* context, const objects* in,
                           rollcall_report** report)
{
  rollcall_job_options options = {0};
  rollcall_reading reading = {0};
  rollcall_steps* steps = NULL;
  rollcall_output* output = NULL;
  rollcall_status status = ROLLCALL_OK;
  options.struct_size = sizeof options;
  options.store = in->store;
  reading.struct_size = sizeof reading;
  reading.encoding = encoding_of(of->encoding);
  options.reading = &reading;
  options.flags = of->atomic ? ROLLCALL_JOB_ATOMIC : 0;
  if (is_mode("steps")) {
    status = rollcall_steps_new(engine, &steps, &error);
    if (status < 0) return status;
    options.steps = steps;
  }
  if (of->file != NULL) {
    status = import(of, schema, context, in, &options, report);
  } else {
    status = write_out(of, schema, context, in, &options, &output, report);
  }
  while (status == ROLLCALL_MORE) status = rollcall_steps_next(steps, 1, report, &error);
  if (status >= 0 && output != NULL) print(output);
  rollcall_output_free(output);
  rollcall_steps_free(steps);
  return status;
}

static int do_job(const asked* of)
{
  rollcall_schema* schema = NULL;
  rollcall_context* context = NULL;
  rollcall_report* report = NULL;
  objects in = {0};
  int code;
  rollcall_status status =
      rollcall_schema_builtin(engine, of->format, ROLLCALL_NUL, &schema, &error);
  if (status >= 0 && of->context != NULL) {
    char* text = read_file(of->context);
    status = rollcall_context_parse(engine, text, ROLLCALL_NUL, &context, &error);
    free(text);
  }
  if (status >= 0) status = open_objects(of, schema, &in);
  if (status >= 0) status = run(of, schema, context, &in, &report);
  if (status >= 0) status = write_objects(of, &in);
  code = status < 0 ? fail() : exit_of(report);
  rollcall_store_free(in.store); /* before its directory, which keeps it open */
  rollcall_directory_free(in.directory);
  rollcall_context_free(context);
  rollcall_schema_free(schema);
  rollcall_report_free(report);
  return code;
}

/* ---- A database --------------------------------------------------------------------------------
 */

static int init(const asked* of)
{
  rollcall_store* store = NULL;
  rollcall_source* source = NULL;
  rollcall_status status =
      rollcall_store_create(engine, of->file, ROLLCALL_NUL, NULL, &store, &error);
  if (status >= 0)
    status = rollcall_source_file(engine, of->directory, ROLLCALL_NUL, &source, &error);
  if (status >= 0) status = rollcall_store_fill(store, source, &error);
  rollcall_source_free(source);
  rollcall_store_free(store);
  return status < 0 ? fail() : SUCCEEDED;
}

static int dump(const asked* of)
{
  rollcall_store* store = NULL;
  rollcall_output* output = NULL;
  rollcall_status status =
      rollcall_store_open(engine, of->file, ROLLCALL_NUL, NULL, &store, &error);
  if (status >= 0) status = open_output(of->output, &output);
  if (status >= 0) status = rollcall_store_dump(store, output, &error);
  rollcall_output_free(output);
  rollcall_store_free(store);
  return status < 0 ? fail() : SUCCEEDED;
}

int main(int argc, char** argv)
{
  asked of = {0};
  int code;
  if (argc < 2) return FAILED;
  of.verb = argv[1];
  of.file = argc > 2 && argv[2][0] != '-' ? argv[2] : NULL;
  of.report = value_of(argc, argv, "--report");
  of.result = value_of(argc, argv, "--result");
  of.error_rows = value_of(argc, argv, "--error-rows");
  of.directory = value_of(argc, argv, "--directory");
  of.directory_out = value_of(argc, argv, "--directory-out");
  of.format = value_of(argc, argv, "--format");
  of.context = value_of(argc, argv, "--context");
  of.db = value_of(argc, argv, "--db");
  of.output = value_of(argc, argv, "-o");
  of.encoding = value_of(argc, argv, "--encoding");
  of.atomic = has_word(argc, argv, "--atomic");
  if (rollcall_engine_new(NULL, &engine, &error) < 0) return fail();
  if (strcmp(of.verb, "init") == 0)
    code = init(&of);
  else if (strcmp(of.verb, "dump") == 0)
    code = dump(&of);
  else
    code = do_job(&of);
  rollcall_engine_free(engine);
  return code;
}
