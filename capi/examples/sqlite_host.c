/* A phone system that keeps its users in a table of its own, and lets rollcall change them.
 *
 *   sqlite_host phones.db users.csv
 *
 * It answers what rollcall asks by SQL, and does what is to be done in one transaction a batch. The
 * database may be there; else it is made, with one user in it.
 */
#include <rollcall.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { USER = 0 }; /* the first kind of the format; the others are none of our business */

typedef struct phones {
  sqlite3* db;
  const rollcall_schema* schema;
  uint32_t field_count;
} phones;

/* "id", or a field of the format, which is a column of our table. */
static const char* column_of(const phones* of, uint32_t field)
{
  rollcall_str name;
  rollcall_schema_field_name(of->schema, USER, field, &name);
  return name.ptr;
}

static int run(sqlite3* db, const char* sql)
{
  return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static sqlite3_stmt* prepared(sqlite3* db, char* sql)
{
  sqlite3_stmt* statement = NULL;
  if (sql == NULL || sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
    statement = NULL;
  sqlite3_free(sql);
  return statement;
}

/* ---- What rollcall asks -----------------------------------------------------------------------
 */

/* A row of "SELECT * FROM user": the id, then the fields in the order of the format. */
static void show(const phones* of, sqlite3_stmt* row, size_t asked, rollcall_objects* sink)
{
  rollcall_str texts[64];
  uint32_t i;
  for (i = 0; i != of->field_count + 1; ++i) {
    texts[i].ptr = (const char*)sqlite3_column_text(row, (int)i);
    texts[i].len = (size_t)sqlite3_column_bytes(row, (int)i);
  }
  rollcall_objects_add(sink, asked, &texts[0], &texts[1], of->field_count);
}

static void find(void* user, uint32_t kind, uint32_t field, const rollcall_str* values,
                 size_t count, rollcall_objects* sink, int32_t* verdict)
{
  const phones* of = user;
  sqlite3_stmt* rows;
  size_t i;
  int step = SQLITE_DONE;
  if (kind != USER) {
    *verdict = ROLLCALL_SKIP; /* we have none of them */
    return;
  }
  rows = prepared(of->db, sqlite3_mprintf("SELECT * FROM user WHERE \"%w\" = ? COLLATE NOCASE",
                                          column_of(of, field)));
  for (i = 0; rows != NULL && i != count && step == SQLITE_DONE; ++i) {
    sqlite3_bind_text(rows, 1, values[i].ptr, (int)values[i].len, SQLITE_STATIC);
    while ((step = sqlite3_step(rows)) == SQLITE_ROW) show(of, rows, i, sink);
    sqlite3_reset(rows);
  }
  /* A verdict that is not written is STOP, so every way out of here but this one stops. */
  if (rows != NULL && step == SQLITE_DONE) *verdict = ROLLCALL_CONTINUE;
  sqlite3_finalize(rows);
}

static void scan(void* user, uint32_t kind, rollcall_objects* sink, int32_t* verdict)
{
  const phones* of = user;
  sqlite3_stmt* rows = prepared(of->db, sqlite3_mprintf("SELECT * FROM user"));
  int step = SQLITE_DONE;
  while (rows != NULL && kind == USER && (step = sqlite3_step(rows)) == SQLITE_ROW)
    show(of, rows, 0, sink);
  if (rows != NULL && step == SQLITE_DONE) *verdict = ROLLCALL_CONTINUE;
  sqlite3_finalize(rows);
}

/* We know all users, and nothing of the phone models, profiles and templates that they name. */
static void lists(void* user, uint32_t kind, int32_t* yes, int32_t* verdict)
{
  (void)user;
  *yes = kind == USER;
  *verdict = ROLLCALL_CONTINUE;
}

/* ---- What rollcall wants done -----------------------------------------------------------------
 */

enum { CHANGES_MAX = 16 };

/* What is said of a group once it is sure. */
typedef struct answer {
  int done;
  size_t count;
  char ids[CHANGES_MAX][32]; /* keys, a change each */
  char why[128];             /* it was not done */
} answer;

/* The key that we gave: that of the last change up to this one that got one, else the first. */
static const char* given_key(const rollcall_group* group, const answer* made, size_t change)
{
  const char* found = NULL;
  size_t i;
  for (i = 0; i != group->change_count; ++i)
    if (group->changes[i]->gives_key && (i <= change || found == NULL)) found = made->ids[i];
  return found;
}

static int is_done_to_one(const phones* of, char* sql)
{
  const int done = sql != NULL && run(of->db, sql) && sqlite3_changes(of->db) == 1;
  sqlite3_free(sql);
  return done;
}

static int set_fields(const phones* of, const rollcall_group* group, const answer* made,
                      size_t change)
{
  const rollcall_change* to = group->changes[change];
  size_t i;
  for (i = 0; i != to->field_count; ++i) {
    const rollcall_field_change* field = to->fields[i];
    const char* value = field->after.ptr;
    /* What a host does with a secret is its own affair; this one keeps that there is one. */
    if (field->secret != ROLLCALL_SECRET_NONE) value = "true";
    if (field->is_given_key) value = given_key(group, made, change);
    if (!is_done_to_one(of, sqlite3_mprintf("UPDATE user SET \"%w\" = %Q WHERE id = %Q",
                                            field->name.ptr, value, made->ids[change])))
      return 0;
  }
  return 1;
}

/* An object goes or comes, or its key is noted. */
static int begin_change(const phones* of, const rollcall_change* change, char* id, size_t id_size)
{
  snprintf(id, id_size, "%s", change->key.ptr != NULL ? change->key.ptr : "");
  if (change->op == ROLLCALL_OP_DELETE)
    return is_done_to_one(of, sqlite3_mprintf("DELETE FROM user WHERE id = %Q", id));
  if (change->op != ROLLCALL_OP_CREATE) return 1;
  if (!run(of->db, "INSERT INTO user DEFAULT VALUES")) return 0;
  snprintf(id, id_size, "%lld", (long long)sqlite3_last_insert_rowid(of->db));
  return 1;
}

/* A group as a whole, or nothing of it. Keys are given before fields ask for them. */
static void do_group(const phones* of, const rollcall_group* group, answer* made)
{
  size_t i;
  /* An error may have ended the transaction; then a savepoint would be one of its own. */
  int done = group->change_count <= CHANGES_MAX && !sqlite3_get_autocommit(of->db) &&
             run(of->db, "SAVEPOINT one");
  for (i = 0; done && i != group->change_count; ++i)
    done = begin_change(of, group->changes[i], made->ids[i], sizeof made->ids[i]);
  for (i = 0; done && i != group->change_count; ++i)
    if (group->changes[i]->op != ROLLCALL_OP_DELETE) done = set_fields(of, group, made, i);
  made->done = done && run(of->db, "RELEASE one");
  made->count = group->change_count;
  if (made->done) return;
  snprintf(made->why, sizeof made->why, "%s", sqlite3_errmsg(of->db));
  run(of->db, "ROLLBACK TO one; RELEASE one");
}

static void say(const answer* made, size_t number, rollcall_answers* sink)
{
  rollcall_str keys[CHANGES_MAX];
  size_t i;
  if (!made->done) {
    rollcall_answers_add(sink, number, ROLLCALL_ANSWER_REFUSED, NULL, 0, made->why, ROLLCALL_NUL);
    return;
  }
  for (i = 0; i != made->count; ++i) {
    keys[i].ptr = made->ids[i];
    keys[i].len = strlen(made->ids[i]);
  }
  rollcall_answers_add(sink, number, ROLLCALL_ANSWER_APPLIED, keys, made->count, NULL, 0);
}

/* An answer counts from when it is given, so nothing is answered before it is in the database. What
 * cannot be committed is taken back, and the verdict stays STOP. */
static void apply(void* user, const rollcall_group* const* groups, size_t count,
                  rollcall_answers* sink, int32_t* verdict)
{
  const phones* of = user;
  answer* answers = calloc(count != 0 ? count : 1, sizeof *answers);
  size_t i;
  if (answers != NULL && run(of->db, "BEGIN IMMEDIATE")) {
    for (i = 0; i != count; ++i) do_group(of, groups[i], &answers[i]);
    if (run(of->db, "COMMIT")) {
      for (i = 0; i != count; ++i) say(&answers[i], i, sink);
      *verdict = ROLLCALL_CONTINUE;
    } else {
      run(of->db, "ROLLBACK");
    }
  }
  free(answers);
}

/* ---- The program ------------------------------------------------------------------------------
 */

static int has_users(sqlite3* db)
{
  sqlite3_stmt* tables =
      prepared(db, sqlite3_mprintf("SELECT 1 FROM sqlite_master WHERE name = 'user'"));
  const int found = tables != NULL && sqlite3_step(tables) == SQLITE_ROW;
  sqlite3_finalize(tables);
  return found;
}

static int open_phones(phones* of, const char* path)
{
  char* sql;
  uint32_t i;
  int made;
  if (sqlite3_open(path, &of->db) != SQLITE_OK) return 0;
  if (has_users(of->db)) return 1;
  sql = sqlite3_mprintf("CREATE TABLE user (id INTEGER PRIMARY KEY");
  for (i = 0; i != of->field_count; ++i)
    sql = sqlite3_mprintf("%z, \"%w\" TEXT", sql, column_of(of, i));
  sql = sqlite3_mprintf("%z)", sql);
  made = sql != NULL && run(of->db, sql) &&
         run(of->db,
             "INSERT INTO user (id, first_name, last_name, email, extension)"
             " VALUES (1, 'Ann', 'Smith', 'ann@acme.example', '101')");
  sqlite3_free(sql);
  return made;
}

static int failed(rollcall_error* error)
{
  rollcall_str message;
  rollcall_error_message(error, &message);
  fprintf(stderr, "%s\n", message.ptr);
  rollcall_error_free(error);
  return 2;
}

static void print_findings(const rollcall_report* report)
{
  rollcall_table* findings = NULL;
  rollcall_str message;
  uint64_t row;
  rollcall_report_table(report, ROLLCALL_TABLE_FINDINGS, &findings, NULL);
  for (row = 0; row != rollcall_table_rows(findings); ++row) {
    rollcall_table_text(findings, row, 6, &message);
    printf("row %lld: %.*s\n", (long long)rollcall_table_number(findings, row, 0), (int)message.len,
           message.ptr);
  }
  rollcall_table_free(findings);
}

int main(int argc, char** argv)
{
  phones of = {NULL, NULL, 0};
  rollcall_engine* engine = NULL;
  rollcall_schema* schema = NULL;
  rollcall_directory* directory = NULL;
  rollcall_context* context = NULL;
  rollcall_source* source = NULL;
  rollcall_report* report = NULL;
  rollcall_error* error = NULL;
  rollcall_host host = {0};
  rollcall_outputs outputs = {0};
  int code = 0;
  if (argc != 3) return 2;
  host.struct_size = sizeof host;
  host.user = &of;
  host.find = find;
  host.scan = scan;
  host.lists = lists;
  host.apply = apply;
  outputs.struct_size = sizeof outputs;
  outputs.keep = ROLLCALL_KEEP_FINDINGS;
  if (rollcall_engine_new(NULL, &engine, &error) < 0 ||
      rollcall_schema_builtin(engine, "clusterpbx", ROLLCALL_NUL, &schema, &error) < 0)
    return failed(error);
  of.schema = schema;
  of.field_count = rollcall_schema_field_count(schema, USER);
  if (of.field_count > 63 || !open_phones(&of, argv[1])) {
    fprintf(stderr, "%s cannot be opened\n", argv[1]);
    return 2;
  }
  if (rollcall_directory_host(schema, &host, &directory, &error) < 0 ||
      rollcall_context_new(engine, "ops", ROLLCALL_NUL, "client", ROLLCALL_NUL, &context, &error) <
          0 ||
      rollcall_source_file(engine, argv[2], ROLLCALL_NUL, &source, &error) < 0 ||
      rollcall_execute(schema, source, directory, context, NULL, &outputs, &report, &error) < 0) {
    code = failed(error);
  } else {
    print_findings(report);
    printf("%llu created, %llu updated, %llu rejected\n",
           (unsigned long long)rollcall_report_count(report, ROLLCALL_COUNT_CREATED),
           (unsigned long long)rollcall_report_count(report, ROLLCALL_COUNT_UPDATED),
           (unsigned long long)rollcall_report_count(report, ROLLCALL_COUNT_REJECTED));
  }
  rollcall_report_free(report);
  rollcall_source_free(source);
  rollcall_context_free(context);
  rollcall_directory_free(directory);
  rollcall_schema_free(schema);
  rollcall_engine_free(engine);
  sqlite3_close(of.db);
  return code;
}
