/* What a host of tests is made of: read and changed in host.c, written in host_write.c. */
#ifndef ROLLCALL_TESTS_CAPI_HOST_OBJECTS_H
#define ROLLCALL_TESTS_CAPI_HOST_OBJECTS_H

#include "host.h"
#include "json.h"

typedef struct object {
  char* key;
  char** fields;          /* NULL: null */
  const json_value* from; /* as it was read, or NULL */
} object;

typedef struct kind {
  char* name;
  int is_listed;
  uint32_t field_count;
  object* objects;
  size_t count;
} kind;

struct host {
  const rollcall_schema* schema;
  char* text; /* of the directory.json */
  json_value* directory;
  kind* kinds;
  uint32_t kind_count;
};

/* Of the schema; whoever asks frees it. */
char* name_of_field(const host* of, uint32_t number, uint32_t field);
int is_type(const host* of, uint32_t number, uint32_t field, const char* type);

#endif
