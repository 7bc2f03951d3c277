/* Just enough JSON for a host of tests: a text as a tree, and texts as JSON again. */
#ifndef ROLLCALL_TESTS_CAPI_JSON_H
#define ROLLCALL_TESTS_CAPI_JSON_H

#include <stddef.h>
#include <stdio.h>

typedef enum json_kind { JSON_NULL, JSON_BARE, JSON_TEXT, JSON_LIST, JSON_OBJECT } json_kind;

/* A value: `text` is what a text says, or a number, true or false as it stands; `raw` the bytes in
 * the text that was read. Of a member `name` is its own. */
typedef struct json_value {
  json_kind kind;
  char* name;
  char* text;
  const char* raw;
  size_t raw_len;
  struct json_value* first; /* of a list or an object */
  struct json_value* next;
} json_value;

/* NULL if it is no JSON. The text outlives the values. */
json_value* json_read(const char* text);
void json_free(json_value* value);
/* A member, or one within a member by a dotted name; NULL if there is none. */
const json_value* json_find(const json_value* object, const char* name);
void json_put_text(FILE* file, const char* text);

#endif
