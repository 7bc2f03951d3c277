/* The numbers of statuses and codes. */ /* clang-format off */
/* Every status below 0, and every code of a finding that all formats share. Made from
 * errors.def and codes.def; `tests/capi/codes.py --update` makes it anew.
 *
 * Codes of a format's own have no number here: they are known by their names. Be prepared for codes
 * that are not listed yet.
 */
#ifndef ROLLCALL_CODES_H
#define ROLLCALL_CODES_H

enum {
  ROLLCALL_ERROR_OUT_OF_MEMORY = -1, /* an allocation failed */
  /* a call was made with arguments or in an order that it does not allow */
  ROLLCALL_ERROR_WRONG_USE = -2,
  ROLLCALL_ERROR_LIMIT_EXCEEDED = -3, /* something would have grown past its limit */
  /* the operating system could not open, read, write, sync or rename a file */
  ROLLCALL_ERROR_FILE_FAILED = -4,
  ROLLCALL_ERROR_DISK_FULL = -5, /* there is no room left to write a file */
  ROLLCALL_ERROR_NOT_FOUND = -6, /* a file or folder that was asked for is not there */
  /* the operating system does not allow this to the running user */
  ROLLCALL_ERROR_NOT_PERMITTED = -7,
  /* a text that rollcall was given does not follow its grammar or shape */
  ROLLCALL_ERROR_MALFORMED = -8,
  /* something that rollcall wrote earlier, or is reading, was changed or cut off */
  ROLLCALL_ERROR_CORRUPT = -9,
  /* this build, this version or this host cannot do what was asked */
  ROLLCALL_ERROR_UNSUPPORTED = -10,
  ROLLCALL_ERROR_CANCELLED = -11, /* the caller asked to stop */
  ROLLCALL_ERROR_HOST_FAILED = -12, /* the host could not be asked, or broke off */
  ROLLCALL_ERROR_BUSY = -13, /* another process or thread holds what is needed */
  ROLLCALL_ERROR_NO_RANDOMNESS = -14, /* the operating system gave no random bytes */
  ROLLCALL_ERROR_INTERNAL = -15 /* rollcall came upon something that it takes to be impossible */
};

enum {
  ROLLCALL_CODE_FILE_UNREADABLE = 1001, /* file.unreadable */
  ROLLCALL_CODE_FILE_TYPE = 1002, /* file.type */
  ROLLCALL_CODE_FILE_TOO_LARGE = 1003, /* file.too_large */
  ROLLCALL_CODE_FILE_TOO_MANY_ROWS = 1004, /* file.too_many_rows */
  ROLLCALL_CODE_FILE_NO_ENTRIES = 1005, /* file.no_entries */
  ROLLCALL_CODE_FILE_ENCODING_HINT = 1006, /* file.encoding_hint */
  ROLLCALL_CODE_HEADER_MISSING = 1101, /* header.missing */
  ROLLCALL_CODE_HEADER_MISSING_COLUMN = 1102, /* header.missing_column */
  ROLLCALL_CODE_HEADER_DUPLICATE_COLUMN = 1103, /* header.duplicate_column */
  ROLLCALL_CODE_HEADER_UNKNOWN_COLUMN = 1104, /* header.unknown_column */
  ROLLCALL_CODE_TENANT_SETTING = 1201, /* tenant.setting */
  ROLLCALL_CODE_TENANT_NAME = 1202, /* tenant.name */
  ROLLCALL_CODE_ACTOR_NOT_ALLOWED = 1301, /* actor.not_allowed */
  ROLLCALL_CODE_TEXT_ENCODING = 2001, /* text.encoding */
  ROLLCALL_CODE_TEXT_CONTROL_CHARACTER = 2002, /* text.control_character */
  ROLLCALL_CODE_CSV_QUOTE = 2101, /* csv.quote */
  ROLLCALL_CODE_CSV_UNCLOSED_QUOTE = 2102, /* csv.unclosed_quote */
  ROLLCALL_CODE_CSV_FIELD_TOO_LARGE = 2103, /* csv.field_too_large */
  ROLLCALL_CODE_CSV_ROW_TOO_LARGE = 2104, /* csv.row_too_large */
  ROLLCALL_CODE_CSV_REPAIRED = 2105, /* csv.repaired */
  ROLLCALL_CODE_ROW_EXTRA_CELLS = 2201, /* row.extra_cells */
  ROLLCALL_CODE_ROW_SHORT = 2202, /* row.short */
  ROLLCALL_CODE_VALUE_REQUIRED = 3001, /* value.required */
  ROLLCALL_CODE_VALUE_BOOLEAN = 3002, /* value.boolean */
  ROLLCALL_CODE_VALUE_CHOICE = 3003, /* value.choice */
  ROLLCALL_CODE_VALUE_DIGITS = 3004, /* value.digits */
  ROLLCALL_CODE_VALUE_INTEGER = 3005, /* value.integer */
  ROLLCALL_CODE_VALUE_RANGE = 3006, /* value.range */
  ROLLCALL_CODE_VALUE_EMAIL = 3007, /* value.email */
  ROLLCALL_CODE_VALUE_PHONE = 3008, /* value.phone */
  ROLLCALL_CODE_VALUE_EXTENSION = 3009, /* value.extension */
  ROLLCALL_CODE_VALUE_MAC = 3010, /* value.mac */
  ROLLCALL_CODE_VALUE_ID = 3011, /* value.id */
  ROLLCALL_CODE_VALUE_CHARACTERS = 3012, /* value.characters */
  ROLLCALL_CODE_VALUE_TOO_SHORT = 3013, /* value.too_short */
  ROLLCALL_CODE_VALUE_TOO_LONG = 3014, /* value.too_long */
  ROLLCALL_CODE_VALUE_SPREADSHEET_DAMAGE = 3015, /* value.spreadsheet_damage */
  ROLLCALL_CODE_VALUE_PLUS_RESTORED = 3016, /* value.plus_restored */
  ROLLCALL_CODE_VALUE_LEADING_ZERO_LOST = 3017, /* value.leading_zero_lost */
  ROLLCALL_CODE_VALUE_IP = 3018, /* value.ip */
  ROLLCALL_CODE_EXTENSION_RANGE = 3019, /* extension.range */
  ROLLCALL_CODE_SECRET_POLICY = 3101, /* secret.policy */
  ROLLCALL_CODE_SECRET_WEAK = 3102, /* secret.weak */
  ROLLCALL_CODE_OBJECT_UNKNOWN = 4001, /* object.unknown */
  ROLLCALL_CODE_OBJECT_NOT_ELIGIBLE = 4002, /* object.not_eligible */
  ROLLCALL_CODE_REFERENCE_UNKNOWN = 4101, /* reference.unknown */
  ROLLCALL_CODE_AUTHORITY_RANK = 4201, /* authority.rank */
  ROLLCALL_CODE_AUTHORITY_TEAM = 4202, /* authority.team */
  ROLLCALL_CODE_AUTHORITY_COLUMN = 4203, /* authority.column */
  ROLLCALL_CODE_ROW_REPEATS_KEY = 4301, /* row.repeats_key */
  ROLLCALL_CODE_VALUE_CLEARED = 4302, /* value.cleared */
  ROLLCALL_CODE_VALUE_IGNORED = 4303, /* value.ignored */
  ROLLCALL_CODE_EXTENSION_POOL_EMPTY = 4401, /* extension.pool_empty */
  ROLLCALL_CODE_EXTENSION_LIMIT = 4402, /* extension.limit */
  ROLLCALL_CODE_CLAIM_TAKEN = 5001, /* claim.taken */
  ROLLCALL_CODE_CLAIM_DUPLICATE_IN_FILE = 5002, /* claim.duplicate_in_file */
  ROLLCALL_CODE_CLAIM_MOVED = 5003, /* claim.moved */
  ROLLCALL_CODE_CLAIM_CONTESTED = 5004, /* claim.contested */
  ROLLCALL_CODE_PLAN_STALE = 6001, /* plan.stale */
  ROLLCALL_CODE_PLAN_USED = 6002, /* plan.used */
  ROLLCALL_CODE_PLAN_INVALID = 6003, /* plan.invalid */
  ROLLCALL_CODE_OBJECT_STALE = 6101, /* object.stale */
  ROLLCALL_CODE_HOST_REFUSED = 6201, /* host.refused */
  ROLLCALL_CODE_HOST_NO_ANSWER = 6202, /* host.no_answer */
  ROLLCALL_CODE_HOST_FAILED = 6203, /* host.failed */
  ROLLCALL_CODE_UNDO_CONFLICT = 6301, /* undo.conflict */
  ROLLCALL_CODE_UNDO_NOT_REVERSIBLE = 6302, /* undo.not_reversible */
  ROLLCALL_CODE_CONVERT_CHECK = 7001, /* convert.check */
  ROLLCALL_CODE_CONVERT_NOTHING_LEFT = 7002 /* convert.nothing_left */
};

#endif /* ROLLCALL_CODES_H */
