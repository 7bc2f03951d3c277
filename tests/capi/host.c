/* What a host must do, done simply: every question walks over all objects. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "host_objects.h"

static void* allocated(size_t count, size_t size)
{
  void* memory = calloc(count != 0 ? count : 1, size);
  if (memory == NULL) abort();
  return memory;
}

static char* copied(const char* text, size_t len)
{
  char* copy = allocated(len + 1, 1);
  memcpy(copy, text, len);
  return copy;
}

char* name_of_field(const host* of, uint32_t number, uint32_t field)
{
  rollcall_str name;
  rollcall_schema_field_name(of->schema, number, field, &name);
  return copied(name.ptr, name.len);
}

int is_type(const host* of, uint32_t number, uint32_t field, const char* type)
{
  rollcall_str name;
  rollcall_schema_field_type(of->schema, number, field, &name);
  return strcmp(name.ptr, type) == 0;
}

/* ---- Reading ------------------------------------------------------------------------------- */

static object* add(kind* to, const char* key, size_t len)
{
  object* added;
  to->objects = realloc(to->objects, (to->count + 1) * sizeof *to->objects);
  if (to->objects == NULL) abort();
  added = &to->objects[to->count++];
  added->key = copied(key, len);
  added->fields = allocated(to->field_count, sizeof *added->fields);
  added->from = NULL;
  return added;
}

static void read_object(const host* of, uint32_t number, const json_value* from)
{
  kind* to = &of->kinds[number];
  char* key_name = name_of_field(of, number, ROLLCALL_KEY_FIELD);
  const json_value* key = json_find(from, key_name);
  object* made = add(to, key->text, strlen(key->text));
  uint32_t field;
  made->from = from;
  for (field = 0; field != to->field_count; ++field) {
    char* name = name_of_field(of, number, field);
    const json_value* value = json_find(from, name);
    if (value != NULL && value->text != NULL && value->kind != JSON_NULL)
      made->fields[field] = copied(value->text, strlen(value->text));
    free(name);
  }
  free(key_name);
}

host* host_new(const rollcall_schema* schema, const char* directory_json)
{
  host* made = allocated(1, sizeof *made);
  uint32_t number;
  made->schema = schema;
  made->text = copied(directory_json, strlen(directory_json));
  made->directory = json_read(made->text);
  made->kind_count = rollcall_schema_kind_count(schema);
  made->kinds = allocated(made->kind_count, sizeof *made->kinds);
  for (number = 0; number != made->kind_count; ++number) {
    kind* of = &made->kinds[number];
    const json_value *listed, *each;
    rollcall_str name;
    rollcall_schema_kind_name(schema, number, &name);
    of->name = copied(name.ptr, name.len);
    of->field_count = rollcall_schema_field_count(schema, number);
    listed = json_find(made->directory, of->name);
    of->is_listed = listed != NULL;
    if (listed == NULL) continue;
    for (each = listed->first; each != NULL; each = each->next) read_object(made, number, each);
  }
  return made;
}

static void forget(const kind* of, object* gone)
{
  uint32_t field;
  for (field = 0; field != of->field_count; ++field) free(gone->fields[field]);
  free(gone->fields);
  free(gone->key);
}

static void destroy(void* user)
{
  host* of = user;
  uint32_t number;
  size_t i;
  for (number = 0; number != of->kind_count; ++number) {
    kind* each = &of->kinds[number];
    for (i = 0; i != each->count; ++i) forget(each, &each->objects[i]);
    free(each->objects);
    free(each->name);
  }
  free(of->kinds);
  json_free(of->directory);
  free(of->text);
  free(of);
}

/* ---- Comparing ----------------------------------------------------------------------------- */

/* Without case (of ASCII and Latin-1), and without what stands between digits. */
static char* compared(const host* of, uint32_t number, uint32_t field, const char* text, size_t len)
{
  char* made = allocated(len + 1, 1);
  char* out = made;
  const int is_phone = is_type(of, number, field, "phone");
  const int is_mac = is_type(of, number, field, "mac");
  size_t i;
  for (i = 0; i != len; ++i) {
    const unsigned char sign = (unsigned char)text[i];
    const unsigned char before = i != 0 ? (unsigned char)text[i - 1] : 0;
    if (is_phone && strchr(" .-()", sign) != NULL) continue;
    if (is_mac && strchr(":-.", sign) != NULL) continue;
    if (before == 0xC3 && sign >= 0x80 && sign <= 0x9E && sign != 0x97)
      *out++ = (char)(sign + 0x20);
    else
      *out++ = sign < 0x80 ? (char)tolower(sign) : (char)sign;
  }
  *out = '\0';
  return made;
}

static object* find_object(const host* of, uint32_t number, const char* key, size_t len)
{
  kind* in = &of->kinds[number];
  char* wanted = compared(of, number, ROLLCALL_KEY_FIELD, key, len);
  object* found = NULL;
  size_t i;
  for (i = 0; i != in->count && found == NULL; ++i) {
    object* each = &in->objects[i];
    char* have = compared(of, number, ROLLCALL_KEY_FIELD, each->key, strlen(each->key));
    if (strcmp(have, wanted) == 0) found = each;
    free(have);
  }
  free(wanted);
  return found;
}

/* ---- Questions ----------------------------------------------------------------------------- */

static rollcall_str str_of(const char* text)
{
  rollcall_str made = {text, text != NULL ? strlen(text) : 0};
  return made;
}

static void show(const kind* of, const object* shown, size_t asked, rollcall_objects* sink)
{
  rollcall_str* fields = allocated(of->field_count, sizeof *fields);
  const rollcall_str key = str_of(shown->key);
  uint32_t i;
  for (i = 0; i != of->field_count; ++i) fields[i] = str_of(shown->fields[i]);
  rollcall_objects_add(sink, asked, &key, fields, of->field_count);
  free(fields);
}

static void find(void* user, uint32_t number, uint32_t field, const rollcall_str* values,
                 size_t count, rollcall_objects* sink, int32_t* verdict)
{
  const host* of = user;
  const kind* in = &of->kinds[number];
  size_t asked, i;
  for (asked = 0; asked != count; ++asked) {
    char* wanted = compared(of, number, field, values[asked].ptr, values[asked].len);
    for (i = 0; i != in->count; ++i) {
      const object* each = &in->objects[i];
      const char* value = field == ROLLCALL_KEY_FIELD ? each->key : each->fields[field];
      char* have = value != NULL ? compared(of, number, field, value, strlen(value)) : NULL;
      if (have != NULL && strcmp(have, wanted) == 0) show(in, each, asked, sink);
      free(have);
    }
    free(wanted);
  }
  *verdict = ROLLCALL_CONTINUE;
}

static void scan(void* user, uint32_t number, rollcall_objects* sink, int32_t* verdict)
{
  const host* of = user;
  const kind* in = &of->kinds[number];
  size_t i;
  for (i = 0; i != in->count; ++i) show(in, &in->objects[i], 0, sink);
  *verdict = ROLLCALL_CONTINUE;
}

static void lists(void* user, uint32_t number, int32_t* yes, int32_t* verdict)
{
  const host* of = user;
  *yes = of->kinds[number].is_listed;
  *verdict = ROLLCALL_CONTINUE;
}

static uint64_t next_of(const kind* in)
{
  uint64_t next = 1;
  size_t i;
  for (i = 0; i != in->count; ++i) {
    const char* key = in->objects[i].key;
    const uint64_t number = strtoull(key, NULL, 10);
    if (key[strspn(key, "0123456789")] == '\0' && number >= next) next = number + 1;
  }
  return next;
}

static void next_id(void* user, uint32_t number, uint64_t* next, int32_t* verdict)
{
  const host* of = user;
  *next = next_of(&of->kinds[number]);
  *verdict = ROLLCALL_CONTINUE;
}

static void setting(void* user, int32_t is_default, const char* name, size_t name_len,
                    rollcall_words* sink, int32_t* verdict)
{
  const host* of = user;
  const json_value* in = json_find(of->directory, is_default ? "defaults" : "tenant");
  const json_value* found = json_find(in, name);
  (void)name_len;
  *verdict = ROLLCALL_SKIP;
  if (found == NULL) return;
  rollcall_words_set(sink, found->raw, found->raw_len);
  *verdict = ROLLCALL_CONTINUE;
}

/* ---- What is to be done -------------------------------------------------------------------- */

static int can_be_done(const host* of, const rollcall_group* group)
{
  size_t i;
  for (i = 0; i != group->change_count; ++i) {
    const rollcall_change* change = group->changes[i];
    const int is_there = change->key.ptr != NULL &&
                         find_object(of, change->kind, change->key.ptr, change->key.len) != NULL;
    if (is_there == (change->op == ROLLCALL_OP_CREATE) && !(is_there && change->gives_key))
      return 0;
  }
  return 1;
}

static void remove_object(const host* of, const rollcall_change* change)
{
  kind* in = &of->kinds[change->kind];
  object* gone = find_object(of, change->kind, change->key.ptr, change->key.len);
  forget(in, gone);
  memmove(gone, gone + 1, (size_t)(in->objects + in->count - (gone + 1)) * sizeof *gone);
  --in->count;
}

static char* create(const host* of, const rollcall_change* change)
{
  kind* in = &of->kinds[change->kind];
  char number[32];
  const int is_free = change->key.ptr != NULL &&
                      find_object(of, change->kind, change->key.ptr, change->key.len) == NULL;
  if (is_free) return add(in, change->key.ptr, change->key.len)->key;
  snprintf(number, sizeof number, "%llu", (unsigned long long)next_of(in));
  return add(in, number, strlen(number))->key;
}

/* The fields that get a value, or those that lose theirs. */
static void put_fields(const host* of, const rollcall_change* change, const char* key,
                       const char* given_key, int sets)
{
  object* to = find_object(of, change->kind, key, strlen(key));
  size_t i;
  for (i = 0; i != change->field_count; ++i) {
    const rollcall_field_change* field = change->fields[i];
    const char* value = field->is_given_key && given_key != NULL ? given_key
                        : field->secret != ROLLCALL_SECRET_NONE  ? "true"
                                                                 : field->after.ptr;
    const size_t len = value == field->after.ptr ? field->after.len : strlen(value);
    if ((value != NULL) != sets) continue;
    free(to->fields[field->field]);
    to->fields[field->field] = value != NULL ? copied(value, len) : NULL;
  }
}

static void do_group(const host* of, const rollcall_group* group, size_t number,
                     rollcall_answers* sink)
{
  char** keys = allocated(group->change_count, sizeof *keys);
  rollcall_str* said = allocated(group->change_count, sizeof *said);
  const char* given_key = NULL;
  int op, sets;
  size_t i;
  for (op = ROLLCALL_OP_DELETE; op >= ROLLCALL_OP_CREATE; op -= 2)
    for (i = 0; i != group->change_count; ++i) {
      const rollcall_change* change = group->changes[i];
      if (change->op != op) continue;
      if (op == ROLLCALL_OP_DELETE) {
        remove_object(of, change);
      } else {
        const char* key = create(of, change);
        keys[i] = copied(key, strlen(key));
      }
    }
  for (i = 0; i != group->change_count; ++i) {
    const rollcall_change* change = group->changes[i];
    if (keys[i] == NULL) keys[i] = copied(change->key.ptr, change->key.len);
    if (given_key == NULL && change->gives_key) given_key = keys[i];
    said[i] = str_of(keys[i]);
  }
  for (sets = 0; sets != 2; ++sets) {
    const char* last = given_key;
    for (i = 0; i != group->change_count; ++i) {
      const rollcall_change* change = group->changes[i];
      if (change->gives_key) last = keys[i];
      if (change->op != ROLLCALL_OP_DELETE) put_fields(of, change, keys[i], last, sets);
    }
  }
  rollcall_answers_add(sink, number, ROLLCALL_ANSWER_APPLIED, said, group->change_count, NULL, 0);
  for (i = 0; i != group->change_count; ++i) free(keys[i]);
  free(said);
  free(keys);
}

static void apply(void* user, const rollcall_group* const* groups, size_t count,
                  rollcall_answers* sink, int32_t* verdict)
{
  const host* of = user;
  size_t i;
  for (i = 0; i != count; ++i) {
    if (can_be_done(of, groups[i]))
      do_group(of, groups[i], i, sink);
    else
      rollcall_answers_add(sink, i, ROLLCALL_ANSWER_REFUSED, NULL, 0, "not so", ROLLCALL_NUL);
  }
  *verdict = ROLLCALL_CONTINUE;
}

rollcall_host host_callbacks(host* of)
{
  rollcall_host callbacks = {0};
  callbacks.struct_size = sizeof callbacks;
  callbacks.user = of;
  callbacks.find = find;
  callbacks.apply = apply;
  callbacks.scan = scan;
  callbacks.lists = lists;
  callbacks.next_id = next_id;
  callbacks.setting = setting;
  callbacks.destroy = destroy;
  return callbacks;
}
