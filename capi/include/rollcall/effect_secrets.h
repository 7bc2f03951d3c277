/* The secrets that effects of a job need, for who does them where the host is the store itself:
 * made ones, and those that the file gave. (A host of callbacks was given both with its groups.)
 *
 * A secret of the file is kept nowhere but in the file. It is read again from the source that the
 * store has, side by side with the plan; who asks for the effects of a job in the order of
 * rollcall_store_effects has both read once.
 */
#ifndef ROLLCALL_EFFECT_SECRETS_H
#define ROLLCALL_EFFECT_SECRETS_H

#include "rollcall/base.h"
#include "rollcall/directory.h"
#include "rollcall/error.h"
#include "rollcall/output.h"
#include "rollcall/store.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rollcall_effect_secrets rollcall_effect_secrets;

/* Of one job. `directory` is the host of the job's format; NULL: the store's own. Asking is a call
 * with the store, and with that directory. */
ROLLCALL_API rollcall_status rollcall_effect_secrets_open(rollcall_store* store, uint64_t job,
                                                          rollcall_directory* directory,
                                                          rollcall_effect_secrets** out,
                                                          rollcall_error** err);

/* Writes what a handle in the fields of an effect stands for; `effect` and `operation` are those of
 * its row in rollcall_store_effects. Not found if it is no handle of this effect, if the effect
 * waits no more (it was done, or its row undone), or if the secret is gone: purged, or with a file
 * that the store was never given. */
ROLLCALL_API rollcall_status rollcall_effect_secrets_find(
    rollcall_effect_secrets* secrets, uint64_t effect, const char* operation, size_t operation_len,
    const char* handle, size_t handle_len, rollcall_output* output, rollcall_error** err);

ROLLCALL_API void rollcall_effect_secrets_free(rollcall_effect_secrets* secrets);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_EFFECT_SECRETS_H */
