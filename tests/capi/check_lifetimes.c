/* Handles: any order of freeing, NULL, and what a host has lent is given back once. */
#include "check.h"
#include "host.h"

typedef struct heap {
  size_t alive, made, left;
} heap;

static void* heap_alloc(void* user, size_t size, size_t align)
{
  heap* of = user;
  void* memory = NULL;
  if (of->left == 0) return NULL;
  if (of->left != SIZE_MAX) --of->left;
  memory = align <= 16 ? malloc(size) : NULL;
  if (memory == NULL) return NULL;
  ++of->made;
  of->alive += size;
  return memory;
}

static void heap_free(void* user, void* memory, size_t size, size_t align)
{
  heap* of = user;
  (void)align;
  of->alive -= size;
  free(memory);
}

static void count_call(void* user)
{
  ++*(int*)user;
}

static void freeing_null_does_nothing(void)
{
  rollcall_engine_free(NULL);
  rollcall_error_free(NULL);
  rollcall_schema_free(NULL);
  rollcall_source_free(NULL);
  rollcall_output_free(NULL);
  rollcall_context_free(NULL);
  rollcall_directory_free(NULL);
  rollcall_report_free(NULL);
  rollcall_plan_free(NULL);
  rollcall_table_free(NULL);
  rollcall_cancel_free(NULL);
  rollcall_steps_free(NULL);
  rollcall_rows_free(NULL);
  rollcall_draft_free(NULL);
  rollcall_loss_free(NULL);
  rollcall_mending_free(NULL);
  rollcall_store_free(NULL);
  rollcall_effect_secrets_free(NULL);
  CHECK(rollcall_table_retain(NULL) == NULL);
}

static void parents_may_go_before_their_children(void)
{
  office of = office_open(NULL);
  rollcall_source* source = source_of(&of, office_file);
  rollcall_report* report = NULL;
  rollcall_table* table = NULL;
  rollcall_outputs outputs = {0};
  rollcall_str text;
  outputs.struct_size = sizeof outputs;
  outputs.keep = ROLLCALL_KEEP_ROWS;
  rollcall_engine_free(of.engine);
  of.engine = NULL;
  CHECK(rollcall_validate(of.schema, source, of.directory, of.context, NULL, &outputs, &report,
                          NULL) == ROLLCALL_OK);
  rollcall_source_free(source);
  office_close(&of);
  CHECK(rollcall_report_table(report, ROLLCALL_TABLE_FINDINGS, &table, NULL) == ROLLCALL_OK);
  rollcall_report_free(report);
  rollcall_table_text(table, 0, 3, &text);
  CHECK(text.len == strlen("value.email") && memcmp(text.ptr, "value.email", text.len) == 0);
  rollcall_table_free(table);
}

/* What one job leaves in hands, each freed by its own function. */
typedef struct hands {
  office of;
  rollcall_report* report;
  rollcall_table* table;
  rollcall_draft* draft;
} hands;

enum { hand_count = 6 };

static void let_go(hands* of, int which)
{
  switch (which) {
    case 0:
      rollcall_engine_free(of->of.engine);
      break;
    case 1:
      rollcall_schema_free(of->of.schema);
      break;
    case 2:
      rollcall_directory_free(of->of.directory);
      break;
    case 3:
      rollcall_report_free(of->report);
      break;
    case 4:
      rollcall_table_free(of->table);
      break;
    default:
      rollcall_draft_free(of->draft);
      break;
  }
}

static void made_and_let_go(const int* order)
{
  hands of = {{NULL, NULL, NULL, NULL}, NULL, NULL, NULL};
  rollcall_source* source;
  rollcall_outputs outputs = {0};
  int i;
  of.of = office_open(NULL);
  source = source_of(&of.of, office_file);
  outputs.struct_size = sizeof outputs;
  outputs.keep = ROLLCALL_KEEP_ROWS;
  CHECK(rollcall_validate(of.of.schema, source, of.of.directory, of.of.context, NULL, &outputs,
                          &of.report, NULL) == ROLLCALL_OK);
  CHECK(rollcall_report_table(of.report, ROLLCALL_TABLE_ROWS, &of.table, NULL) == ROLLCALL_OK);
  CHECK(rollcall_draft_open(of.of.schema, source, of.of.directory, of.of.context, NULL, &of.draft,
                            NULL) == ROLLCALL_OK);
  rollcall_source_free(source);
  for (i = 0; i != hand_count; ++i) {
    let_go(&of, order[i]);
    if (order[i] == 5) of.draft = NULL;
    if (of.draft != NULL) CHECK(rollcall_draft_rows(of.draft) == 3);
  }
  rollcall_context_free(of.of.context);
}

/* Each order in which so many of the hands can be opened, from `at` on. */
static void in_every_order(int* order, int at)
{
  int i;
  if (at == hand_count) made_and_let_go(order);
  for (i = at; i != hand_count; ++i) {
    const int here = order[at];
    order[at] = order[i], order[i] = here;
    in_every_order(order, at + 1);
    order[i] = order[at], order[at] = here;
  }
}

static void handles_may_be_freed_in_every_order(void)
{
  int order[hand_count], i;
  for (i = 0; i != hand_count; ++i) order[i] = i;
  in_every_order(order, 0);
}

static int validate_with(heap* of, rollcall_error** error)
{
  rollcall_engine_options options = {0};
  rollcall_engine* engine = NULL;
  rollcall_schema* schema = NULL;
  rollcall_source *bytes = NULL, *source = NULL;
  rollcall_directory* directory = NULL;
  rollcall_context* context = NULL;
  rollcall_report* report = NULL;
  rollcall_outputs outputs = {0};
  rollcall_status status;
  options.struct_size = sizeof options;
  options.alloc = heap_alloc;
  options.dealloc = heap_free;
  options.alloc_user = of;
  outputs.struct_size = sizeof outputs;
  outputs.keep = ROLLCALL_KEEP_ROWS;
  status = rollcall_engine_new(&options, &engine, error);
  if (status >= 0)
    status = rollcall_schema_builtin(engine, "clusterpbx", ROLLCALL_NUL, &schema, error);
  if (status >= 0)
    status =
        rollcall_source_memory(engine, office_directory, strlen(office_directory), &bytes, error);
  if (status >= 0) status = rollcall_directory_memory(schema, bytes, &directory, error);
  if (status >= 0)
    status = rollcall_source_memory(engine, office_file, strlen(office_file), &source, error);
  if (status >= 0)
    status = rollcall_context_new(engine, NULL, 0, "client", ROLLCALL_NUL, &context, error);
  if (status >= 0)
    status = rollcall_execute(schema, source, directory, context, NULL, &outputs, &report, error);
  CHECK((status >= 0) == (report != NULL));
  rollcall_report_free(report);
  rollcall_context_free(context);
  rollcall_source_free(source);
  rollcall_source_free(bytes);
  rollcall_directory_free(directory);
  rollcall_schema_free(schema);
  rollcall_engine_free(engine);
  return status;
}

static void memory_of_the_host_is_used_and_given_back_whenever_it_runs_out(void)
{
  heap of = {0, 0, SIZE_MAX};
  size_t most, left;
  CHECK(validate_with(&of, NULL) == ROLLCALL_OK);
  CHECK(of.made > 20 && of.alive == 0);
  most = of.made;
  for (left = 0; left != most; ++left) {
    rollcall_error* error = NULL;
    of.left = left;
    CHECK(validate_with(&of, &error) == ROLLCALL_ERROR_OUT_OF_MEMORY);
    CHECK(rollcall_error_status(error) == ROLLCALL_ERROR_OUT_OF_MEMORY);
    CHECK(of.alive == 0);
    rollcall_error_free(error);
  }
}

static void what_a_host_lends_is_destroyed_once_also_if_it_is_refused(void)
{
  office of = office_open(NULL);
  rollcall_source_callbacks reads = {0};
  rollcall_output_callbacks writes = {0};
  rollcall_host lent = {0};
  rollcall_engine_options options = {0};
  rollcall_source* source = NULL;
  rollcall_output* output = NULL;
  rollcall_directory* directory = NULL;
  rollcall_engine* engine = NULL;
  int calls = 0;
  reads.struct_size = sizeof reads;
  reads.user = &calls;
  reads.destroy = count_call;
  CHECK(rollcall_source_callback(of.engine, &reads, &source, NULL) == ROLLCALL_ERROR_WRONG_USE);
  CHECK(calls == 1 && source == NULL);
  writes.struct_size = sizeof writes;
  writes.user = &calls;
  writes.destroy = count_call;
  CHECK(rollcall_output_callback(of.engine, &writes, &output, NULL) == ROLLCALL_ERROR_WRONG_USE);
  CHECK(calls == 2 && output == NULL);
  lent.struct_size = sizeof lent;
  lent.user = &calls;
  lent.destroy = count_call;
  CHECK(rollcall_directory_host(of.schema, &lent, &directory, NULL) == ROLLCALL_ERROR_WRONG_USE);
  CHECK(calls == 3 && directory == NULL);
  lent = host_callbacks(host_new(of.schema, office_directory));
  lent.scan = NULL; /* and no count: nobody could say how many objects there are */
  CHECK(rollcall_directory_host(of.schema, &lent, &directory, NULL) == ROLLCALL_ERROR_WRONG_USE);
  CHECK(directory == NULL);
  options.struct_size = sizeof options;
  options.alloc_user = &calls;
  options.destroy = count_call;
  options.log_user = &calls;
  options.log_destroy = count_call;
  options.alloc = heap_alloc;
  CHECK(rollcall_engine_new(&options, &engine, NULL) == ROLLCALL_ERROR_WRONG_USE);
  CHECK(calls == 5 && engine == NULL);
  office_close(&of);
}

void check_lifetimes(void)
{
  CLAIM("freeing NULL does nothing", freeing_null_does_nothing);
  CLAIM("parents may go before their children", parents_may_go_before_their_children);
  CLAIM("handles may be freed in every order", handles_may_be_freed_in_every_order);
  CLAIM("memory of the host is used, and given back whenever it runs out",
        memory_of_the_host_is_used_and_given_back_whenever_it_runs_out);
  CLAIM("what a host lends is destroyed once, also if it is refused",
        what_a_host_lends_is_destroyed_once_also_if_it_is_refused);
}
