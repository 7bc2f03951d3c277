/* The objects of a host as a directory.json, with what was in it and is none of its objects. */
#include <stdlib.h>
#include <string.h>

#include "host_objects.h"

static void put_raw(FILE* file, const json_value* member)
{
  json_put_text(file, member->name);
  fputs(": ", file);
  fwrite(member->raw, 1, member->raw_len, file);
}

static int is_field(const host* of, uint32_t number, const char* name)
{
  uint32_t field;
  int found = 0;
  for (field = 0; field <= of->kinds[number].field_count && !found; ++field) {
    char* have = name_of_field(of, number,
                               field == of->kinds[number].field_count ? ROLLCALL_KEY_FIELD : field);
    found = strcmp(have, name) == 0;
    free(have);
  }
  return found;
}

static void put_object(const host* of, uint32_t number, const object* each, FILE* file)
{
  const json_value* member = each->from != NULL ? each->from->first : NULL;
  uint32_t field;
  char* name = name_of_field(of, number, ROLLCALL_KEY_FIELD);
  fputc('{', file);
  json_put_text(file, name);
  fputs(": ", file);
  json_put_text(file, each->key);
  free(name);
  for (field = 0; field != of->kinds[number].field_count; ++field) {
    const char* value = each->fields[field];
    if (value == NULL) continue;
    name = name_of_field(of, number, field);
    fputs(", ", file);
    json_put_text(file, name);
    fputs(": ", file);
    if (is_type(of, number, field, "boolean") || is_type(of, number, field, "integer") ||
        is_type(of, number, field, "secret"))
      fputs(value, file);
    else
      json_put_text(file, value);
    free(name);
  }
  for (; member != NULL; member = member->next) {
    if (is_field(of, number, member->name)) continue;
    fputs(", ", file);
    put_raw(file, member);
  }
  fputc('}', file);
}

static int is_kind(const host* of, const char* name)
{
  uint32_t number;
  for (number = 0; number != of->kind_count; ++number)
    if (strcmp(of->kinds[number].name, name) == 0) return 1;
  return 0;
}

void host_write(const host* of, FILE* file)
{
  const json_value* member;
  uint32_t number;
  size_t i;
  const char* between = "";
  fputc('{', file);
  for (member = of->directory->first; member != NULL; member = member->next) {
    if (is_kind(of, member->name)) continue;
    fputs(between, file);
    put_raw(file, member);
    between = ",\n ";
  }
  for (number = 0; number != of->kind_count; ++number) {
    const kind* each = &of->kinds[number];
    if (!each->is_listed && each->count == 0) continue;
    fputs(between, file);
    between = ",\n ";
    json_put_text(file, each->name);
    fputs(": [", file);
    for (i = 0; i != each->count; ++i) {
      if (i != 0) fputs(",\n   ", file);
      put_object(of, number, &each->objects[i], file);
    }
    fputc(']', file);
  }
  fputs("}\n", file);
}
