/* Every allocation fails once: malloc is ours here, and with it operator new of the library.
 *
 * Whatever fails, a function says so by ROLLCALL_ERROR_OUT_OF_MEMORY or does without, its
 * out-pointers are NULL if it failed, and nothing is left behind.
 */
#include <errno.h>

#include "check.h"

int checks_failed = 0;
int checks_made = 0;

extern void* __libc_malloc(size_t size);
extern void* __libc_realloc(void* memory, size_t size);
extern void* __libc_memalign(size_t align, size_t size);
extern void __libc_free(void* memory);
void* aligned_alloc(size_t align, size_t size); /* C11's */

enum { UNLIMITED = -1 };

static long left = UNLIMITED; /* so many allocations succeed */
static long alive = 0;        /* were made and not given back */
static long made = 0;
static int counts = 0;

static int may_allocate(void)
{
  if (!counts) return 1;
  if (left == 0) {
    errno = ENOMEM;
    return 0;
  }
  if (left != UNLIMITED) --left;
  ++made;
  ++alive;
  return 1;
}

void* malloc(size_t size)
{
  return may_allocate() ? __libc_malloc(size) : NULL;
}

void* aligned_alloc(size_t align, size_t size)
{
  return may_allocate() ? __libc_memalign(align, size) : NULL;
}

void* calloc(size_t count, size_t size)
{
  void* memory = may_allocate() ? __libc_malloc(count * size) : NULL;
  return memory != NULL ? memset(memory, 0, count * size) : NULL;
}

void* realloc(void* memory, size_t size)
{
  if (memory == NULL) return malloc(size);
  if (counts && left == 0) return NULL;
  return __libc_realloc(memory, size);
}

void free(void* memory)
{
  if (counts && memory != NULL) --alive;
  __libc_free(memory);
}

static const char directory_json[] =
    "{\"tenant\": {}, \"user\": [{\"id\": \"1\", \"first_name\": \"Ann\", \"last_name\": \"Smith\","
    " \"email\": \"ann@acme.example\", \"extension\": \"101\"}]}";
static const char file[] =
    "First Name,Last Name,Email,Extension\n"
    "Bob,Jones,bob@acme.example,102\n"
    "Carla,Lopez,carla@acme,103\n"
    "Dan,Brown,mailto:dan@acme.example,104\n";

/* All that was opened for a piece of work. */
typedef struct work {
  rollcall_engine* engine;
  rollcall_schema* schema;
  rollcall_source *objects, *source;
  rollcall_directory* directory;
  rollcall_context* context;
  rollcall_output* output;
  rollcall_plan* plan;
  rollcall_report* report;
  rollcall_table* table;
  rollcall_rows* rows;
  rollcall_draft* draft;
  rollcall_schema* to;
  rollcall_loss* loss;
  rollcall_mending* mending;
  rollcall_steps* steps;
  rollcall_error* error;
} work;

/* Goes on to the next call if the last one succeeded; one that failed has made nothing. */
#define DO(made_by_it, call)                              \
  do {                                                    \
    const rollcall_status status_ = (call);               \
    if (status_ < 0) {                                    \
      CHECK((made_by_it) == NULL);                        \
      CHECK(rollcall_error_status(of->error) == status_); \
      return status_;                                     \
    }                                                     \
  } while (0)

static rollcall_status open_office(work* of)
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

static void close_all(work* of)
{
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
  rollcall_schema_free(of->schema);
  rollcall_engine_free(of->engine);
  rollcall_error_free(of->error);
}

/* The status of a piece of work for which so many allocations succeed. */
static rollcall_status try(rollcall_status (*does)(work*), long allocations)
{
  work of = {0};
  rollcall_status status;
  counts = 1;
  left = allocations;
  made = alive = 0;
  status = open_office(&of);
  if (status >= 0) status = does(&of);
  left = UNLIMITED;
  close_all(&of);
  counts = 0;
  return status;
}

static long all_points(const char* name, rollcall_status (*does)(work*))
{
  long most, point, done_without = 0;
  CHECK(try(does, UNLIMITED) >= 0); /* what is made once and kept is made now */
  CHECK(try(does, UNLIMITED) >= 0);
  CHECK(alive == 0);
  most = made;
  for (point = 0; point != most; ++point) {
    const rollcall_status status = try(does, point);
    CHECK(status >= 0 || status == ROLLCALL_ERROR_OUT_OF_MEMORY);
    CHECK(alive == 0);
    done_without += status >= 0;
  }
  printf("%s: %ld allocations, each failed once, %ld done without\n", name, most, done_without);
  return most;
}

int main(void)
{
  long points = all_points("importing", import);
  points += all_points("planning", plan);
  points += all_points("reading rows", read_rows);
  points += all_points("editing a draft", edit);
  points += all_points("converting", convert);
  points += all_points("mending", mend);
  points += all_points("asking in vain", ask_in_vain);
  CHECK(points > 1000);
  printf("%d checks, %d do not hold\n", checks_made, checks_failed);
  return checks_failed != 0;
}
