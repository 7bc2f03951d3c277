/* The host's objects: in memory, in an SQLite database (rollcall/store.h), or answered by callbacks
 * (rollcall/host.h). A directory is for the format that it was made with. */
#ifndef ROLLCALL_DIRECTORY_H
#define ROLLCALL_DIRECTORY_H

#include "rollcall/base.h"
#include "rollcall/engine.h"
#include "rollcall/error.h"
#include "rollcall/output.h"
#include "rollcall/schema.h"
#include "rollcall/source.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rollcall_directory rollcall_directory;

/* In memory. From a directory.json, or with NULL one that knows of no objects. */
ROLLCALL_API rollcall_status rollcall_directory_memory(const rollcall_schema* schema,
                                                       rollcall_source* source,
                                                       rollcall_directory** out,
                                                       rollcall_error** err);

/* Writes out what is in it as a directory.json. Unsupported of one that is callbacks. */
ROLLCALL_API rollcall_status rollcall_directory_write(rollcall_directory* directory,
                                                      rollcall_output* output,
                                                      rollcall_error** err);

ROLLCALL_API void rollcall_directory_free(rollcall_directory* directory);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_DIRECTORY_H */
