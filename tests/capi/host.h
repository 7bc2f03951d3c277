/* A host of tests, written in C: objects in arrays, from a directory.json and back. */
#ifndef ROLLCALL_TESTS_CAPI_HOST_H
#define ROLLCALL_TESTS_CAPI_HOST_H

#include <rollcall.h>
#include <stdio.h>

typedef struct host host;

/* The schema outlives the host. NULL if the text is no directory.json. */
host* host_new(const rollcall_schema* schema, const char* directory_json);
/* The callbacks, of which `user` is the host. It is freed when the last directory of it is. */
rollcall_host host_callbacks(host* of);
void host_write(const host* of, FILE* file);

#endif
