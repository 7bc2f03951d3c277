/* A host of one's own: what it must answer, and do, as callbacks.
 *
 * Every question is a batch: one call a kind and batch of rows, never one a row. Values travel as
 * canonical text (`true`, `+442071838750`, `aa:bb:cc:dd:ee:ff`), null as a rollcall_str whose ptr
 * is NULL; of a secret only `true`, if one is set. Kinds and fields are numbers of the schema
 * (rollcall_schema_kind_name). What callbacks are handed lives until they return. They answer
 * through sinks, only within the call; what they answer is copied.
 */
#ifndef ROLLCALL_HOST_H
#define ROLLCALL_HOST_H

#include "rollcall/base.h"
#include "rollcall/directory.h"
#include "rollcall/error.h"
#include "rollcall/schema.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Sinks ------------------------------------------------------------------------------------
 * Their functions fail with wrong use for what makes no sense: a number past the end, a number of
 * fields that the kind does not have, an answer given twice. The call that is under way then fails
 * as well, whatever the verdict. */

typedef struct rollcall_objects rollcall_objects;
/* Shows an object. `asked` is the index of the value that was asked for, 0 where nothing was;
 * `fields` are all fields of the kind, in its order. */
ROLLCALL_API rollcall_status rollcall_objects_add(rollcall_objects* sink, size_t asked,
                                                  const rollcall_str* key,
                                                  const rollcall_str* fields, size_t field_count);
/* Several at once: `fields` are those of the first, then those of the second, and so on, each as
 * many. */
ROLLCALL_API rollcall_status rollcall_objects_add_many(rollcall_objects* sink, size_t count,
                                                       const size_t* asked,
                                                       const rollcall_str* keys,
                                                       const rollcall_str* fields,
                                                       size_t field_count);

typedef struct rollcall_answers rollcall_answers;
enum {
  ROLLCALL_ANSWER_APPLIED = 0,
  ROLLCALL_ANSWER_REFUSED = 1, /* nothing of it was done */
  ROLLCALL_ANSWER_UNKNOWN = 2  /* nobody can tell */
};
/* Answers for a group, or an operation, by its index. `keys`: of each change, the key that the
 * object has now; NULL with 0: those that the changes name. `why` is the host's own word. */
ROLLCALL_API rollcall_status rollcall_answers_add(rollcall_answers* sink, size_t group,
                                                  int32_t answer, const rollcall_str* keys,
                                                  size_t key_count, const char* why,
                                                  size_t why_len);

typedef struct rollcall_words rollcall_words;
/* Answers with a text. */
ROLLCALL_API rollcall_status rollcall_words_set(rollcall_words* sink, const char* text,
                                                size_t text_len);

/* ---- What is to be done -----------------------------------------------------------------------
 */

enum { ROLLCALL_OP_CREATE = 0, ROLLCALL_OP_UPDATE = 1, ROLLCALL_OP_DELETE = 2 };

enum {
  ROLLCALL_SECRET_NONE = 0,
  ROLLCALL_SECRET_COLUMN = 1,   /* from the file */
  ROLLCALL_SECRET_GENERATED = 2 /* made by rollcall */
};

/* A field and what it gets. `before` and `after` are null where there is nothing; of a secret
 * `before` is `true` if one was set, `after` is null, and `secret_value` is the value: it is
 * written down by nobody but the host, who keeps it as hosts keep secrets. With `is_given_key` it
 * gets the key of the last change before it, or it itself, that `gives_key`, else of the first of
 * the group that does; `after` is a guess at it. */
typedef struct rollcall_field_change {
  uint32_t field;
  int32_t secret; /* ROLLCALL_SECRET_... */
  int32_t is_given_key;
  int32_t reserved;
  rollcall_str name;
  rollcall_str before;
  rollcall_str after;
  rollcall_str secret_value;
} rollcall_field_change;

/* A create says all its fields that are not null. Its key is null if the host gives it, or is what
 * the host was expected to give: if that is taken by now, it gives another. */
typedef struct rollcall_change {
  int32_t op; /* ROLLCALL_OP_... */
  uint32_t kind;
  int32_t gives_key; /* 1: the host gives the key */
  int32_t reserved;
  rollcall_str kind_name;
  rollcall_str key;
  const rollcall_field_change* const* fields;
  size_t field_count;
} rollcall_change;

/* What is done as a whole or not at all. Values that one object gives up and another gets are in
 * one group, in any order: release all, then set all. `operation` names it for ever; null: nobody
 * will ask about it again. */
typedef struct rollcall_group {
  rollcall_str operation;
  const rollcall_change* const* changes;
  size_t change_count;
} rollcall_group;

/* ---- Questions --------------------------------------------------------------------------------
 */

/* Shows the objects that have one of these values in a field (or as their key:
 * ROLLCALL_KEY_FIELD), in any order; several may share one. Values compare without case, telephone
 * numbers and MAC addresses in their plain form. What is not there is not shown. SKIP: there is
 * none of them. */
typedef void (*rollcall_find_fn)(void* user, uint32_t kind, uint32_t field,
                                 const rollcall_str* values, size_t count, rollcall_objects* sink,
                                 int32_t* verdict);

/* Shows all objects of a kind, in any order. SKIP: it cannot, and an export is not supported. */
typedef void (*rollcall_scan_fn)(void* user, uint32_t kind, rollcall_objects* sink,
                                 int32_t* verdict);

/* How many objects of a kind there are. SKIP: scan and count them. */
typedef void (*rollcall_count_fn)(void* user, uint32_t kind, uint64_t* count, int32_t* verdict);

/* Whether the directory knows all objects of a kind: `*lists` is 1 when this is called. Of a kind
 * that is not listed nothing can be said to be missing. Asked once, when the directory is made. */
typedef void (*rollcall_lists_fn)(void* user, uint32_t kind, int32_t* lists, int32_t* verdict);

/* The number that the next object of a kind whose keys the host gives will have; the ones after it
 * count up from there. UINT64_MAX: none is left. SKIP: it cannot tell. */
typedef void (*rollcall_next_id_fn)(void* user, uint32_t kind, uint64_t* next, int32_t* verdict);

/* The value of a field that is most like this text, for "did you mean". SKIP: none is. */
typedef void (*rollcall_nearest_fn)(void* user, uint32_t kind, uint32_t field, const char* text,
                                    size_t text_len, rollcall_words* sink, int32_t* verdict);

/* A setting of the tenant, or, if `is_default` is 1, what all tenants have where theirs is missing,
 * as JSON: `"London"`, `3`, `["a", "b"]`. What is inside an object is asked for by its dotted name.
 * SKIP: there is none. */
typedef void (*rollcall_setting_fn)(void* user, int32_t is_default, const char* name,
                                    size_t name_len, rollcall_words* sink, int32_t* verdict);

/* Applies groups in their order, each as a whole, and answers for every one of them. Refused is one
 * that creates what is there, or updates or deletes what is not. Within a group first what is
 * deleted goes, then what is created comes, then fields are cleared, then set. STOP: the job breaks
 * off; groups that were not answered for were not touched, unless the host cannot know. An answer
 * counts from when it is given, also if STOP follows: who commits does that before he answers. An
 * operation whose answer was lost may be given again: it is done once, and answered as before. */
typedef void (*rollcall_apply_fn)(void* user, const rollcall_group* const* groups, size_t count,
                                  rollcall_answers* sink, int32_t* verdict);

/* What became of operations that were given to apply and not answered for. SKIP: nobody can tell.
 */
typedef void (*rollcall_probe_fn)(void* user, const rollcall_str* operations, size_t count,
                                  rollcall_answers* sink, int32_t* verdict);

/* `find` and `apply` must be there, and `scan` or `count`: a job asks how many objects there are.
 * Any other that is NULL is as if it always said SKIP (and `lists`: all kinds). */
typedef struct rollcall_host {
  uint32_t struct_size;
  uint32_t flags; /* 0 */
  void* user;
  rollcall_find_fn find;
  rollcall_apply_fn apply;
  rollcall_scan_fn scan;
  rollcall_count_fn count;
  rollcall_lists_fn lists;
  rollcall_next_id_fn next_id;
  rollcall_nearest_fn nearest;
  rollcall_setting_fn setting;
  rollcall_probe_fn probe;
  rollcall_destroy_fn destroy;
} rollcall_host;

/* A call that is stopped by a callback fails with ROLLCALL_ERROR_HOST_FAILED. */
ROLLCALL_API rollcall_status rollcall_directory_host(const rollcall_schema* schema,
                                                     const rollcall_host* host,
                                                     rollcall_directory** out,
                                                     rollcall_error** err);

#ifdef __cplusplus
}
#endif

#endif /* ROLLCALL_HOST_H */
