/* Every allocation fails once: malloc is ours here, and with it operator new of the library.
 *
 * Whatever fails, a function says so by ROLLCALL_ERROR_OUT_OF_MEMORY or does without, its
 * out-pointers are NULL if it failed, and nothing is left behind.
 */
#include <errno.h>

#include "arrow_stream.h"
#include "check.h"
#include "counted_malloc.h"
#include "memory_work.h"

int checks_failed = 0;
int checks_made = 0;

static const char directory_json[] =
    "{\"tenant\": {}, \"user\": [{\"id\": \"1\", \"first_name\": \"Ann\", \"last_name\": \"Smith\","
    " \"email\": \"ann@acme.example\", \"extension\": \"101\"}]}";
static const char file[] =
    "First Name,Last Name,Email,Extension\n"
    "Bob,Jones,bob@acme.example,102\n"
    "Carla,Lopez,carla@acme,103\n"
    "Dan,Brown,mailto:dan@acme.example,104\n";

rollcall_status open_office(work* of)
{
  rollcall_error** const err = &of->error;
  DO(of->engine, rollcall_engine_new(NULL, &of->engine, err));
  DO(of->schema, rollcall_schema_builtin(of->engine, "clusterpbx", ROLLCALL_NUL, &of->schema, err));
  DO(of->objects, rollcall_source_memory(of->engine, directory_json, sizeof directory_json - 1,
                                         &of->objects, err));
  DO(of->directory, rollcall_directory_memory(of->schema, of->objects, &of->directory, err));
  DO(of->source, rollcall_source_memory(of->engine, file, sizeof file - 1, &of->source, err));
  DO(of->context, rollcall_context_parse(of->engine, "{\"actor\": {\"role\": \"client\"}}",
                                         ROLLCALL_NUL, &of->context, err));
  DO(of->output, rollcall_output_memory(of->engine, &of->output, err));
  return ROLLCALL_OK;
}

static rollcall_status import(work* of)
{
  rollcall_outputs outputs = {0};
  outputs.struct_size = sizeof outputs;
  outputs.keep = ROLLCALL_KEEP_ROWS;
  outputs.report = of->output;
  DO(of->report, rollcall_execute(of->schema, of->source, of->directory, of->context, NULL,
                                  &outputs, &of->report, &of->error));
  DO(of->table, rollcall_report_table(of->report, ROLLCALL_TABLE_FINDINGS, &of->table, &of->error));
  return ROLLCALL_OK;
}

static rollcall_status plan(work* of)
{
  rollcall_status status;
  DO(of->plan, rollcall_plan_make(of->schema, of->source, of->directory, of->context, NULL, NULL,
                                  &of->plan, NULL, &of->error));
  status = rollcall_plan_save(of->plan, of->output, &of->error);
  if (status < 0) return status;
  DO(of->report, rollcall_plan_apply(of->schema, of->plan, of->directory, of->context, NULL, NULL,
                                     &of->report, &of->error));
  return ROLLCALL_OK;
}

/* Looked at in every way: as bytes, by what stands in it, for people. */
static rollcall_status show_plan(work* of)
{
  rollcall_str text;
  rollcall_status status;
  DO(of->plan, rollcall_plan_make(of->schema, of->source, of->directory, of->context, NULL, NULL,
                                  &of->plan, NULL, &of->error));
  status = rollcall_plan_digest(of->plan, &text, &of->error);
  if (status >= 0) status = rollcall_plan_show(of->plan, NULL, NULL, of->output, NULL, &of->error);
  return status;
}

/* The source of the office becomes what was written to its output. */
static rollcall_status read_output(work* of)
{
  rollcall_str text;
  rollcall_output_text(of->output, &text);
  rollcall_source_free(of->source);
  of->source = NULL;
  DO(of->source, rollcall_source_memory(of->engine, text.ptr, text.len, &of->source, &of->error));
  return ROLLCALL_OK;
}

static rollcall_status read_report(work* of)
{
  rollcall_status status = import(of);
  if (status >= 0) status = read_output(of);
  if (status < 0) return status;
  rollcall_table_free(of->table);
  of->table = NULL;
  rollcall_report_free(of->report);
  of->report = NULL;
  DO(of->report, rollcall_report_read(of->engine, of->source, &of->report, &of->error));
  DO(of->table, rollcall_report_table(of->report, ROLLCALL_TABLE_CHANGES, &of->table, &of->error));
  return ROLLCALL_OK;
}

/* What a consumer of Arrow is told by numbers of errno. */
static rollcall_status status_of(int code)
{
  CHECK(code == 0 || code == ENOMEM);
  return code == 0 ? ROLLCALL_OK : ROLLCALL_ERROR_OUT_OF_MEMORY;
}

static rollcall_status stream(work* of)
{
  struct ArrowArrayStream stream = {0};
  struct ArrowSchema schema = {0};
  struct ArrowArray array = {0};
  rollcall_status status = import(of);
  if (status < 0) return status;
  status = rollcall_table_arrow(of->table, &stream, &of->error);
  CHECK((status < 0) == (stream.release == NULL));
  if (status < 0) return status;
  status = status_of(stream.get_schema(&stream, &schema));
  if (status >= 0) status = status_of(stream.get_next(&stream, &array));
  if (schema.release != NULL) schema.release(&schema);
  if (array.release != NULL) array.release(&array);
  stream.release(&stream);
  return status;
}

/* A host that knows one user, who has the extension 102, and does whatever it is given. */
static void know_one(void* user, uint32_t kind, uint32_t field, const rollcall_str* values,
                     size_t count, rollcall_objects* sink, int32_t* verdict)
{
  const rollcall_schema* schema = user;
  const rollcall_str key = {"1", 1};
  rollcall_str fields[64] = {{NULL, 0}};
  const uint32_t field_count = rollcall_schema_field_count(schema, kind);
  size_t i;
  *verdict = ROLLCALL_CONTINUE;
  for (i = 0; i != count; ++i) {
    if (field >= field_count || strcmp(values[i].ptr, "102") != 0) continue;
    fields[field] = values[i];
    if (rollcall_objects_add(sink, i, &key, fields, field_count) < 0) *verdict = ROLLCALL_STOP;
  }
}

static void count_one(void* user, uint32_t kind, uint64_t* count, int32_t* verdict)
{
  (void)user;
  *count = kind == 0;
  *verdict = ROLLCALL_CONTINUE;
}

static void do_all(void* user, const rollcall_group* const* groups, size_t count,
                   rollcall_answers* sink, int32_t* verdict)
{
  static const rollcall_str keys[] = {{"2", 1}, {"3", 1}};
  size_t i;
  (void)user, (void)groups;
  for (i = 0; i != count; ++i)
    if (rollcall_answers_add(sink, i, ROLLCALL_ANSWER_APPLIED, keys + i, 1, NULL, 0) < 0) return;
  *verdict = ROLLCALL_CONTINUE;
}

static rollcall_status open_host(work* of)
{
  rollcall_host host = {0};
  host.struct_size = sizeof host;
  host.user = of->schema;
  host.find = know_one;
  host.count = count_one;
  host.apply = do_all;
  rollcall_directory_free(of->directory);
  of->directory = NULL;
  DO(of->directory, rollcall_directory_host(of->schema, &host, &of->directory, &of->error));
  return ROLLCALL_OK;
}

static rollcall_status ask_a_host(work* of)
{
  const rollcall_status status = open_host(of);
  return status < 0 ? status : import(of);
}

static rollcall_status go_by_steps(work* of)
{
  rollcall_job_options options = {0};
  rollcall_status status = open_host(of);
  if (status < 0) return status;
  DO(of->steps, rollcall_steps_new(of->engine, &of->steps, &of->error));
  options.struct_size = sizeof options;
  options.steps = of->steps;
  status = rollcall_execute(of->schema, of->source, of->directory, of->context, &options, NULL,
                            NULL, &of->error);
  while (status == ROLLCALL_MORE) {
    status = rollcall_steps_next(of->steps, 1, &of->report, &of->error);
    CHECK((status == ROLLCALL_OK) == (of->report != NULL));
  }
  return status;
}

static const char store_path[] = "capi_memory.db";

/* One with a user in it, made beforehand. */
static void make_store(void)
{
  work of = {0};
  remove(store_path);
  CHECK(open_office(&of) == ROLLCALL_OK);
  CHECK(rollcall_store_create(of.engine, store_path, ROLLCALL_NUL, NULL, &of.store, NULL) ==
        ROLLCALL_OK);
  rollcall_source_free(of.objects);
  CHECK(rollcall_source_memory(of.engine, directory_json, sizeof directory_json - 1, &of.objects,
                               NULL) == ROLLCALL_OK);
  CHECK(rollcall_store_fill(of.store, of.objects, NULL) == ROLLCALL_OK);
  close_all(&of);
}

static rollcall_status look_into_store(work* of)
{
  rollcall_error** const err = &of->error;
  DO(of->store, rollcall_store_open(of->engine, store_path, ROLLCALL_NUL, NULL, &of->store, err));
  rollcall_directory_free(of->directory);
  of->directory = NULL;
  DO(of->directory, rollcall_store_directory(of->store, of->schema, &of->directory, err));
  DO(of->table, rollcall_store_jobs(of->store, NULL, &of->table, err));
  DO(of->report, rollcall_validate(of->schema, of->source, of->directory, of->context, NULL, NULL,
                                   &of->report, err));
  return rollcall_store_dump(of->store, of->output, err);
}

static rollcall_status read_rows(work* of)
{
  DO(of->rows, rollcall_rows_open(of->engine, of->source, NULL, &of->rows, &of->error));
  DO(of->table, rollcall_rows_next(of->rows, 0, &of->table, &of->error));
  return rollcall_schema_json(of->schema, of->output, &of->error);
}

/* Opened, edited in every way, asked, saved and carried out. */
static rollcall_status edit(work* of)
{
  static const rollcall_str block[] = {{"Eve", 3}, {"Gray", 4}};
  rollcall_error** const err = &of->error;
  rollcall_status status;
  DO(of->draft, rollcall_draft_open(of->schema, of->source, of->directory, of->context, NULL,
                                    &of->draft, err));
  status = rollcall_draft_set(of->draft, 1, 2, "carla@acme.example", ROLLCALL_NUL, err);
  if (status >= 0) status = rollcall_draft_insert(of->draft, 2, block, 1, 2, err);
  if (status >= 0) status = rollcall_draft_paste(of->draft, 3, 2, block, 1, 2, err);
  if (status >= 0) status = rollcall_draft_remove(of->draft, 0, 1, err);
  if (status >= 0) status = rollcall_draft_undo(of->draft, NULL, err);
  if (status < 0) return status;
  DO(of->table, rollcall_draft_findings(of->draft, 0, 10, &of->table, err));
  status = rollcall_draft_save(of->draft, of->output, err);
  if (status < 0) return status;
  rollcall_source_free(of->source);
  of->source = NULL;
  DO(of->source, rollcall_draft_source(of->draft, &of->source, err));
  DO(of->report, rollcall_execute(of->schema, of->source, of->directory, of->context, NULL, NULL,
                                  &of->report, err));
  return ROLLCALL_OK;
}

static rollcall_status convert(work* of)
{
  rollcall_error** const err = &of->error;
  DO(of->to, rollcall_schema_builtin(of->engine, "ctu", ROLLCALL_NUL, &of->to, err));
  DO(of->loss, rollcall_convert(of->schema, of->to, of->source, of->context, NULL, of->output, NULL,
                                &of->loss, err));
  DO(of->table, rollcall_loss_table(of->loss, ROLLCALL_LOSS_TABLE_SOURCE, &of->table, err));
  return ROLLCALL_OK;
}

static rollcall_status mend(work* of)
{
  rollcall_error** const err = &of->error;
  rollcall_fix_options options = {0};
  options.struct_size = sizeof options;
  options.flags = ROLLCALL_FIX_KEEP_FIXES;
  DO(of->mending, rollcall_fix(of->schema, of->source, of->directory, of->context, &options,
                               of->output, &of->mending, err));
  DO(of->table, rollcall_mending_table(of->mending, ROLLCALL_MENDING_TABLE_FIXES, &of->table, err));
  return ROLLCALL_OK;
}

/* What cannot be is said, or that there is no memory to say it: by status and object alike. */
static rollcall_status ask_in_vain(work* of)
{
  const rollcall_status status =
      rollcall_schema_builtin(of->engine, "nonesuch", ROLLCALL_NUL, &of->to, &of->error);
  CHECK(of->to == NULL && rollcall_error_status(of->error) == status);
  return status == ROLLCALL_ERROR_NOT_FOUND ? ROLLCALL_OK : status;
}

void close_all(work* of)
{
  rollcall_effect_secrets_free(of->secrets);
  rollcall_mending_free(of->mending);
  rollcall_draft_free(of->draft);
  rollcall_loss_free(of->loss);
  rollcall_schema_free(of->to);
  rollcall_steps_free(of->steps);
  rollcall_rows_free(of->rows);
  rollcall_table_free(of->table);
  rollcall_report_free(of->report);
  rollcall_plan_free(of->plan);
  rollcall_output_free(of->output);
  rollcall_context_free(of->context);
  rollcall_source_free(of->source);
  rollcall_source_free(of->objects);
  rollcall_directory_free(of->directory);
  rollcall_store_free(of->store);
  rollcall_schema_free(of->schema);
  rollcall_engine_free(of->engine);
  rollcall_error_free(of->error);
}

/* The status of a piece of work for which so many allocations succeed. */
static rollcall_status try(rollcall_status (*does)(work*), long allocations)
{
  work of = {0};
  rollcall_status status;
  count_allocations(allocations);
  status = open_office(&of);
  if (status >= 0) status = does(&of);
  let_allocations_succeed();
  close_all(&of);
  stop_counting();
  return status;
}

static long all_points(const char* name, rollcall_status (*does)(work*))
{
  long most, point, done_without = 0;
  CHECK(try(does, ALL_OF_THEM) >= 0); /* what is made once and kept is made now */
  CHECK(try(does, ALL_OF_THEM) >= 0);
  CHECK(allocations_alive() == 0);
  most = allocations_made();
  for (point = 0; point != most; ++point) {
    const rollcall_status status = try(does, point);
    CHECK(status >= 0 || status == ROLLCALL_ERROR_OUT_OF_MEMORY);
    CHECK(allocations_alive() == 0);
    done_without += status >= 0;
  }
  printf("%s: %ld allocations, each failed once, %ld done without\n", name, most, done_without);
  return most;
}

int main(void)
{
  long points = all_points("importing", import);
  points += all_points("planning", plan);
  points += all_points("showing a plan", show_plan);
  points += all_points("reading rows", read_rows);
  points += all_points("reading a report", read_report);
  points += all_points("handing out a stream", stream);
  points += all_points("asking a host", ask_a_host);
  points += all_points("going by steps", go_by_steps);
  points += all_points("editing a draft", edit);
  points += all_points("converting", convert);
  points += all_points("mending", mend);
  points += all_points("asking in vain", ask_in_vain);
  if (strstr(rollcall_build_info(), "sqlite") != NULL) {
    make_store();
    points += all_points("looking into a store", look_into_store);
    make_effects();
    points += all_points("finding the secret of an effect", find_secret);
    remove_effects();
    remove(store_path);
    remove("capi_memory.db-jobs");
  }
  CHECK(points > 1000);
  printf("%d checks, %d do not hold\n", checks_made, checks_failed);
  return checks_failed != 0;
}
