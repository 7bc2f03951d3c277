"""The structs and callbacks of rollcall.h. Made from the header by tools/generate.py.

A handle is a struct of its own without members, so that a plan cannot pass for a schema.
A struct that is filled in here takes no number that it cannot hold.
"""
from ctypes import (CFUNCTYPE, POINTER, Structure, c_char_p, c_int32, c_int64, c_size_t,
                    c_uint8, c_uint32, c_uint64, c_void_p)

from ._numbers import Struct


class rollcall_error(Structure): ...
class rollcall_cancel(Structure): ...
class rollcall_engine(Structure): ...
class rollcall_context(Structure): ...
class rollcall_output(Structure): ...
class ArrowArrayStream(Structure): ...
class rollcall_table(Structure): ...
class rollcall_schema(Structure): ...
class rollcall_source(Structure): ...
class rollcall_directory(Structure): ...
class rollcall_report(Structure): ...
class rollcall_steps(Structure): ...
class rollcall_store(Structure): ...
class rollcall_loss(Structure): ...
class rollcall_draft(Structure): ...
class rollcall_plan(Structure): ...
class rollcall_effect_secrets(Structure): ...
class rollcall_mending(Structure): ...
class rollcall_objects(Structure): ...
class rollcall_answers(Structure): ...
class rollcall_words(Structure): ...
class rollcall_rows(Structure): ...


class rollcall_str(Structure):
    _fields_ = [
        ("ptr", c_void_p),
        ("len", c_size_t),
    ]


rollcall_destroy_fn = CFUNCTYPE(None, c_void_p)
rollcall_alloc_fn = CFUNCTYPE(c_void_p, c_void_p, c_size_t, c_size_t)
rollcall_dealloc_fn = CFUNCTYPE(None, c_void_p, c_void_p, c_size_t, c_size_t)
rollcall_log_fn = CFUNCTYPE(None, c_void_p, c_int32, c_void_p, c_size_t, POINTER(c_int32))


class rollcall_engine_options(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("alloc", rollcall_alloc_fn),
        ("dealloc", rollcall_dealloc_fn),
        ("alloc_user", c_void_p),
        ("log", rollcall_log_fn),
        ("log_user", c_void_p),
        ("log_level", c_int32),
        ("reserved", c_int32),
        ("destroy", rollcall_destroy_fn),
        ("log_destroy", rollcall_destroy_fn),
        ("seed", c_uint64),
        ("now_ms", c_int64),
    ]


rollcall_write_fn = CFUNCTYPE(None, c_void_p, c_void_p, c_size_t, POINTER(c_int32))
rollcall_restart_fn = CFUNCTYPE(None, c_void_p, POINTER(c_int32))
rollcall_publish_fn = CFUNCTYPE(None, c_void_p, POINTER(c_int32))


class rollcall_output_callbacks(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("user", c_void_p),
        ("write", rollcall_write_fn),
        ("restart", rollcall_restart_fn),
        ("publish", rollcall_publish_fn),
        ("destroy", rollcall_destroy_fn),
    ]


class rollcall_column(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("type", c_int32),
        ("rows", c_uint64),
        ("nulls", c_uint64),
        ("validity", POINTER(c_uint8)),
        ("offsets", POINTER(c_int64)),
        ("data", c_void_p),
        ("name", rollcall_str),
    ]


rollcall_read_fn = CFUNCTYPE(
    None, c_void_p, c_void_p, c_size_t, POINTER(c_size_t), POINTER(c_int32))
rollcall_rewind_fn = CFUNCTYPE(None, c_void_p, POINTER(c_int32))


class rollcall_source_callbacks(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("user", c_void_p),
        ("read", rollcall_read_fn),
        ("rewind", rollcall_rewind_fn),
        ("destroy", rollcall_destroy_fn),
    ]


class rollcall_reading(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("delimiter", c_int32),
        ("quote", c_int32),
        ("escape", c_int32),
        ("encoding", c_int32),
        ("kernel", c_int32),
        ("reserved", c_int32),
        ("field_bytes", c_uint64),
        ("row_bytes", c_uint64),
        ("columns", c_uint64),
        ("file_bytes", c_uint64),
        ("rows", c_uint64),
    ]


class rollcall_progress(Structure):
    _fields_ = [
        ("job", c_uint64),
        ("step", c_int32),
        ("reserved", c_int32),
        ("rows", c_uint64),
        ("bytes", c_uint64),
        ("groups", c_uint64),
        ("groups_planned", c_uint64),
    ]


rollcall_progress_fn = CFUNCTYPE(None, c_void_p, POINTER(rollcall_progress), POINTER(c_int32))


class rollcall_job_options(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("reading", POINTER(rollcall_reading)),
        ("file_name", c_char_p),
        ("spool_folder", c_char_p),
        ("store", POINTER(rollcall_store)),
        ("progress", rollcall_progress_fn),
        ("progress_user", c_void_p),
        ("cancel", POINTER(rollcall_cancel)),
        ("steps", POINTER(rollcall_steps)),
        ("stopped_as", c_int32),
        ("stale", c_int32),
        ("source", POINTER(rollcall_source)),
        ("threads", c_uint32),
        ("reserved", c_uint32),
        ("source_path", c_char_p),
    ]


class rollcall_outputs(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("report", POINTER(rollcall_output)),
        ("result", POINTER(rollcall_output)),
        ("error_rows", POINTER(rollcall_output)),
        ("error_log", POINTER(rollcall_output)),
        ("error_log_json", POINTER(rollcall_output)),
        ("findings", POINTER(rollcall_output)),
        ("findings_form", c_int32),
        ("keep", c_uint32),
        ("secrets", POINTER(rollcall_output)),
    ]


class rollcall_convert_options(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("reading", POINTER(rollcall_reading)),
        ("file_name", c_char_p),
        ("map", POINTER(rollcall_source)),
        ("fill_fields", POINTER(rollcall_str)),
        ("fill_values", POINTER(rollcall_str)),
        ("fill_count", c_size_t),
        ("directory", POINTER(rollcall_directory)),
        ("progress", rollcall_progress_fn),
        ("progress_user", c_void_p),
        ("cancel", POINTER(rollcall_cancel)),
    ]


class rollcall_draft_options(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("reading", POINTER(rollcall_reading)),
        ("undo_bytes", c_uint64),
        ("progress", rollcall_progress_fn),
        ("progress_user", c_void_p),
        ("cancel", POINTER(rollcall_cancel)),
    ]


class rollcall_draft_counts(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("rows", c_uint64),
        ("created", c_uint64),
        ("updated", c_uint64),
        ("unchanged", c_uint64),
        ("rejected", c_uint64),
        ("with_warnings", c_uint64),
    ]


class rollcall_show_options(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("columns", c_uint64),
        ("name", c_char_p),
        ("spool_folder", c_char_p),
    ]


class rollcall_store_options(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("vfs", c_char_p),
        ("busy_ms", c_uint32),
        ("reserved", c_uint32),
    ]


class rollcall_purged(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("jobs", c_uint64),
        ("files", c_uint64),
        ("secrets", c_uint64),
        ("effects", c_uint64),
        ("others", c_uint64),
        ("other_jobs", POINTER(POINTER(rollcall_table))),
    ]


class rollcall_fix_options(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("reading", POINTER(rollcall_reading)),
        ("file_name", c_char_p),
        ("lineage", POINTER(rollcall_output)),
        ("preview", POINTER(rollcall_output)),
        ("columns", c_uint64),
        ("progress", rollcall_progress_fn),
        ("progress_user", c_void_p),
        ("cancel", POINTER(rollcall_cancel)),
    ]


class rollcall_field_change(Structure):
    _fields_ = [
        ("field", c_uint32),
        ("secret", c_int32),
        ("is_given_key", c_int32),
        ("reserved", c_int32),
        ("name", rollcall_str),
        ("before", rollcall_str),
        ("after", rollcall_str),
        ("secret_value", rollcall_str),
    ]


class rollcall_change(Structure):
    _fields_ = [
        ("op", c_int32),
        ("kind", c_uint32),
        ("gives_key", c_int32),
        ("reserved", c_int32),
        ("kind_name", rollcall_str),
        ("key", rollcall_str),
        ("fields", POINTER(POINTER(rollcall_field_change))),
        ("field_count", c_size_t),
    ]


class rollcall_group(Structure):
    _fields_ = [
        ("operation", rollcall_str),
        ("changes", POINTER(POINTER(rollcall_change))),
        ("change_count", c_size_t),
    ]


rollcall_find_fn = CFUNCTYPE(
    None, c_void_p, c_uint32, c_uint32, POINTER(rollcall_str), c_size_t,
    POINTER(rollcall_objects), POINTER(c_int32))
rollcall_scan_fn = CFUNCTYPE(None, c_void_p, c_uint32, POINTER(rollcall_objects), POINTER(c_int32))
rollcall_count_fn = CFUNCTYPE(None, c_void_p, c_uint32, POINTER(c_uint64), POINTER(c_int32))
rollcall_lists_fn = CFUNCTYPE(None, c_void_p, c_uint32, POINTER(c_int32), POINTER(c_int32))
rollcall_next_id_fn = CFUNCTYPE(None, c_void_p, c_uint32, POINTER(c_uint64), POINTER(c_int32))
rollcall_nearest_fn = CFUNCTYPE(
    None, c_void_p, c_uint32, c_uint32, c_void_p, c_size_t, POINTER(rollcall_words),
    POINTER(c_int32))
rollcall_setting_fn = CFUNCTYPE(
    None, c_void_p, c_int32, c_void_p, c_size_t, POINTER(rollcall_words), POINTER(c_int32))
rollcall_apply_fn = CFUNCTYPE(
    None, c_void_p, POINTER(POINTER(rollcall_group)), c_size_t, POINTER(rollcall_answers),
    POINTER(c_int32))
rollcall_probe_fn = CFUNCTYPE(
    None, c_void_p, POINTER(rollcall_str), c_size_t, POINTER(rollcall_answers), POINTER(c_int32))


class rollcall_host(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("user", c_void_p),
        ("find", rollcall_find_fn),
        ("apply", rollcall_apply_fn),
        ("scan", rollcall_scan_fn),
        ("count", rollcall_count_fn),
        ("lists", rollcall_lists_fn),
        ("next_id", rollcall_next_id_fn),
        ("nearest", rollcall_nearest_fn),
        ("setting", rollcall_setting_fn),
        ("probe", rollcall_probe_fn),
        ("destroy", rollcall_destroy_fn),
    ]


class rollcall_job_filter(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("states", c_uint32),
        ("kind", c_char_p),
        ("format", c_char_p),
        ("actor", c_char_p),
        ("file", c_char_p),
        ("rows_min", c_uint64),
        ("rows_max", c_uint64),
        ("created_min", c_uint64),
        ("created_max", c_uint64),
        ("errors_min", c_uint64),
        ("errors_max", c_uint64),
        ("since_ms", c_int64),
        ("until_ms", c_int64),
        ("from", c_uint64),
        ("before", c_uint64),
        ("most", c_uint64),
        ("flags", c_uint32),
        ("reserved", c_uint32),
    ]


class rollcall_audit_filter(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("kind", c_char_p),
        ("key", c_char_p),
        ("field", c_char_p),
        ("actor", c_char_p),
        ("job", c_uint64),
        ("since_ms", c_int64),
        ("until_ms", c_int64),
        ("before", c_uint64),
        ("most", c_uint64),
    ]
