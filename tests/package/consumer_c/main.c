/* A program that takes rollcall's C library from its package: opens a format that is built in. */
#include <stdio.h>

#include <rollcall.h>

int main(void)
{
  rollcall_engine* engine = NULL;
  rollcall_schema* schema = NULL;
  rollcall_str id;
  rollcall_status status = rollcall_engine_new(NULL, &engine, NULL);
  if (status >= 0) {
    status = rollcall_schema_builtin(engine, "clusterpbx", ROLLCALL_NUL, &schema, NULL);
  }
  if (status >= 0) {
    rollcall_schema_id(schema, &id);
    printf("%s %s\n", rollcall_version_text(), id.ptr);
  }
  rollcall_schema_free(schema);
  rollcall_engine_free(engine);
  return status >= 0 ? 0 : 1;
}
