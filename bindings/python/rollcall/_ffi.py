"""The functions of rollcall.h: what each returns and takes.

Made from the header by tools/generate.py.
"""
from ctypes import (POINTER, c_char_p, c_int32, c_int64, c_size_t, c_uint32, c_uint64, c_void_p)
from typing import Any

from ._ffi_types import (
    ArrowArrayStream, rollcall_answers, rollcall_audit_filter, rollcall_cancel, rollcall_column,
    rollcall_context, rollcall_convert_options, rollcall_directory, rollcall_draft,
    rollcall_draft_counts, rollcall_draft_options, rollcall_effect_secrets, rollcall_engine,
    rollcall_engine_options, rollcall_error, rollcall_fix_options, rollcall_host,
    rollcall_job_filter, rollcall_job_options, rollcall_loss, rollcall_mending,
    rollcall_objects, rollcall_output, rollcall_output_callbacks, rollcall_outputs,
    rollcall_plan, rollcall_purged, rollcall_reading, rollcall_report, rollcall_rows,
    rollcall_schema, rollcall_show_options, rollcall_source, rollcall_source_callbacks,
    rollcall_steps, rollcall_store, rollcall_store_options, rollcall_str, rollcall_table,
    rollcall_words)

P = POINTER
E = P(P(rollcall_error))

FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {
    "rollcall_version": (c_uint32, []),
    "rollcall_version_text": (c_char_p, []),
    "rollcall_build_info": (c_char_p, []),
    "rollcall_status_name": (c_char_p, [c_int32]),
    "rollcall_error_status": (c_int32, [P(rollcall_error)]),
    "rollcall_error_message": (None, [P(rollcall_error), P(rollcall_str)]),
    "rollcall_error_details": (None, [P(rollcall_error), P(rollcall_str)]),
    "rollcall_error_free": (None, [P(rollcall_error)]),
    "rollcall_cancel_new": (c_int32, [P(P(rollcall_cancel)), E]),
    "rollcall_cancel_request": (None, [P(rollcall_cancel)]),
    "rollcall_cancel_is_requested": (c_int32, [P(rollcall_cancel)]),
    "rollcall_cancel_reset": (None, [P(rollcall_cancel)]),
    "rollcall_cancel_free": (None, [P(rollcall_cancel)]),
    "rollcall_engine_new": (c_int32, [P(rollcall_engine_options), P(P(rollcall_engine)), E]),
    "rollcall_engine_free": (None, [P(rollcall_engine)]),
    "rollcall_context_new": (c_int32, [
        P(rollcall_engine), c_char_p, c_size_t, c_char_p, c_size_t, P(P(rollcall_context)), E]),
    "rollcall_context_parse": (c_int32, [
        P(rollcall_engine), c_char_p, c_size_t, P(P(rollcall_context)), E]),
    "rollcall_context_set_option": (c_int32, [
        P(rollcall_context), c_char_p, c_size_t, c_char_p, c_size_t, E]),
    "rollcall_context_set_fact": (c_int32, [
        P(rollcall_context), c_char_p, c_size_t, c_char_p, c_size_t, E]),
    "rollcall_context_free": (None, [P(rollcall_context)]),
    "rollcall_output_memory": (c_int32, [P(rollcall_engine), P(P(rollcall_output)), E]),
    "rollcall_output_text": (None, [P(rollcall_output), P(rollcall_str)]),
    "rollcall_output_file": (c_int32, [
        P(rollcall_engine), c_char_p, c_size_t, c_uint32, P(P(rollcall_output)), E]),
    "rollcall_output_callback": (c_int32, [
        P(rollcall_engine), P(rollcall_output_callbacks), P(P(rollcall_output)), E]),
    "rollcall_output_free": (None, [P(rollcall_output)]),
    "rollcall_table_rows": (c_uint64, [P(rollcall_table)]),
    "rollcall_table_columns": (c_uint32, [P(rollcall_table)]),
    "rollcall_table_column": (c_int32, [P(rollcall_table), c_uint32, P(rollcall_column), E]),
    "rollcall_table_find": (c_int32, [P(rollcall_table), c_char_p, c_size_t]),
    "rollcall_table_text": (None, [P(rollcall_table), c_uint64, c_uint32, P(rollcall_str)]),
    "rollcall_table_number": (c_int64, [P(rollcall_table), c_uint64, c_uint32]),
    "rollcall_table_arrow": (c_int32, [P(rollcall_table), P(ArrowArrayStream), E]),
    "rollcall_table_retain": (P(rollcall_table), [P(rollcall_table)]),
    "rollcall_table_free": (None, [P(rollcall_table)]),
    "rollcall_formats": (c_int32, [P(rollcall_engine), P(P(rollcall_table)), E]),
    "rollcall_schema_builtin": (c_int32, [
        P(rollcall_engine), c_char_p, c_size_t, P(P(rollcall_schema)), E]),
    "rollcall_schema_parse": (c_int32, [
        P(rollcall_engine), c_char_p, c_size_t, P(P(rollcall_schema)), E]),
    "rollcall_schema_check": (c_int32, [
        P(rollcall_engine), c_char_p, c_size_t, P(P(rollcall_table)), E]),
    "rollcall_schema_id": (None, [P(rollcall_schema), P(rollcall_str)]),
    "rollcall_schema_title": (None, [P(rollcall_schema), P(rollcall_str)]),
    "rollcall_schema_digest": (None, [P(rollcall_schema), P(rollcall_str)]),
    "rollcall_schema_json": (c_int32, [P(rollcall_schema), P(rollcall_output), E]),
    "rollcall_schema_page": (c_int32, [P(rollcall_schema), P(rollcall_output), E]),
    "rollcall_schema_kind_count": (c_uint32, [P(rollcall_schema)]),
    "rollcall_schema_kind_name": (None, [P(rollcall_schema), c_uint32, P(rollcall_str)]),
    "rollcall_schema_field_count": (c_uint32, [P(rollcall_schema), c_uint32]),
    "rollcall_schema_field_name": (None, [P(rollcall_schema), c_uint32, c_uint32, P(rollcall_str)]),
    "rollcall_schema_field_type": (None, [P(rollcall_schema), c_uint32, c_uint32, P(rollcall_str)]),
    "rollcall_schema_field_is_secret": (c_int32, [P(rollcall_schema), c_uint32, c_uint32]),
    "rollcall_schema_columns": (c_int32, [P(rollcall_schema), P(P(rollcall_table)), E]),
    "rollcall_schema_free": (None, [P(rollcall_schema)]),
    "rollcall_source_file": (c_int32, [
        P(rollcall_engine), c_char_p, c_size_t, P(P(rollcall_source)), E]),
    "rollcall_source_mapped": (c_int32, [
        P(rollcall_engine), c_char_p, c_size_t, P(P(rollcall_source)), E]),
    "rollcall_source_memory": (c_int32, [
        P(rollcall_engine), c_void_p, c_size_t, P(P(rollcall_source)), E]),
    "rollcall_source_callback": (c_int32, [
        P(rollcall_engine), P(rollcall_source_callbacks), P(P(rollcall_source)), E]),
    "rollcall_source_free": (None, [P(rollcall_source)]),
    "rollcall_directory_memory": (c_int32, [
        P(rollcall_schema), P(rollcall_source), P(P(rollcall_directory)), E]),
    "rollcall_directory_write": (c_int32, [P(rollcall_directory), P(rollcall_output), E]),
    "rollcall_directory_free": (None, [P(rollcall_directory)]),
    "rollcall_report_state": (c_int32, [P(rollcall_report)]),
    "rollcall_report_refusal": (c_int32, [P(rollcall_report)]),
    "rollcall_report_count": (c_uint64, [P(rollcall_report), c_int32]),
    "rollcall_report_code_count": (c_uint64, [P(rollcall_report), c_char_p, c_size_t]),
    "rollcall_report_job": (c_uint64, [P(rollcall_report)]),
    "rollcall_report_format": (None, [P(rollcall_report), P(rollcall_str)]),
    "rollcall_report_action": (None, [P(rollcall_report), P(rollcall_str)]),
    "rollcall_report_sha256": (None, [P(rollcall_report), P(rollcall_str)]),
    "rollcall_report_json": (c_int32, [P(rollcall_report), P(rollcall_output), E]),
    "rollcall_report_summary": (c_int32, [P(rollcall_report), c_uint32, P(rollcall_output), E]),
    "rollcall_report_table": (c_int32, [P(rollcall_report), c_int32, P(P(rollcall_table)), E]),
    "rollcall_report_read": (c_int32, [
        P(rollcall_engine), P(rollcall_source), P(P(rollcall_report)), E]),
    "rollcall_report_free": (None, [P(rollcall_report)]),
    "rollcall_validate": (c_int32, [
        P(rollcall_schema), P(rollcall_source), P(rollcall_directory), P(rollcall_context),
        P(rollcall_job_options), P(rollcall_outputs), P(P(rollcall_report)), E]),
    "rollcall_execute": (c_int32, [
        P(rollcall_schema), P(rollcall_source), P(rollcall_directory), P(rollcall_context),
        P(rollcall_job_options), P(rollcall_outputs), P(P(rollcall_report)), E]),
    "rollcall_refuse_unreadable": (c_int32, [
        P(rollcall_schema), P(rollcall_directory), P(rollcall_error), c_int32,
        P(rollcall_context), P(rollcall_job_options), P(rollcall_outputs),
        P(P(rollcall_report)), E]),
    "rollcall_missing_right": (c_int32, [
        P(rollcall_schema), P(rollcall_directory), P(rollcall_context), c_int32,
        P(P(rollcall_table)), E]),
    "rollcall_template": (c_int32, [
        P(rollcall_schema), P(rollcall_directory), P(rollcall_context), P(rollcall_job_options),
        P(rollcall_output), P(P(rollcall_report)), E]),
    "rollcall_export": (c_int32, [
        P(rollcall_schema), P(rollcall_directory), P(rollcall_context), P(rollcall_job_options),
        P(rollcall_output), P(P(rollcall_report)), E]),
    "rollcall_convert": (c_int32, [
        P(rollcall_schema), P(rollcall_schema), P(rollcall_source), P(rollcall_context),
        P(rollcall_convert_options), P(rollcall_output), P(rollcall_output),
        P(P(rollcall_loss)), E]),
    "rollcall_convert_unreadable": (c_int32, [
        P(rollcall_schema), P(rollcall_schema), P(rollcall_error), c_char_p, c_size_t,
        P(P(rollcall_loss)), E]),
    "rollcall_loss_state": (c_int32, [P(rollcall_loss)]),
    "rollcall_loss_refusal": (c_int32, [P(rollcall_loss)]),
    "rollcall_loss_count": (c_uint64, [P(rollcall_loss), c_int32]),
    "rollcall_loss_json": (c_int32, [P(rollcall_loss), P(rollcall_output), E]),
    "rollcall_loss_page": (c_int32, [P(rollcall_loss), c_char_p, c_size_t, P(rollcall_output), E]),
    "rollcall_loss_table": (c_int32, [P(rollcall_loss), c_int32, P(P(rollcall_table)), E]),
    "rollcall_loss_free": (None, [P(rollcall_loss)]),
    "rollcall_draft_open": (c_int32, [
        P(rollcall_schema), P(rollcall_source), P(rollcall_directory), P(rollcall_context),
        P(rollcall_draft_options), P(P(rollcall_draft)), E]),
    "rollcall_draft_new": (c_int32, [
        P(rollcall_schema), P(rollcall_directory), P(rollcall_context),
        P(rollcall_draft_options), P(P(rollcall_draft)), E]),
    "rollcall_draft_rows": (c_uint64, [P(rollcall_draft)]),
    "rollcall_draft_columns": (c_int32, [P(rollcall_draft), P(P(rollcall_table)), E]),
    "rollcall_draft_cell": (c_int32, [P(rollcall_draft), c_uint64, c_uint64, P(rollcall_str), E]),
    "rollcall_draft_cells": (c_int32, [
        P(rollcall_draft), c_uint64, c_uint64, P(P(rollcall_table)), E]),
    "rollcall_draft_set": (c_int32, [P(rollcall_draft), c_uint64, c_uint64, c_char_p, c_size_t, E]),
    "rollcall_draft_set_cells": (c_int32, [
        P(rollcall_draft), P(c_uint64), P(c_uint64), P(rollcall_str), c_size_t, E]),
    "rollcall_draft_insert": (c_int32, [
        P(rollcall_draft), c_uint64, P(rollcall_str), c_size_t, c_size_t, E]),
    "rollcall_draft_remove": (c_int32, [P(rollcall_draft), c_uint64, c_uint64, E]),
    "rollcall_draft_paste": (c_int32, [
        P(rollcall_draft), c_uint64, c_uint64, P(rollcall_str), c_size_t, c_size_t, E]),
    "rollcall_draft_can_undo": (c_int32, [P(rollcall_draft)]),
    "rollcall_draft_can_redo": (c_int32, [P(rollcall_draft)]),
    "rollcall_draft_undo": (c_int32, [P(rollcall_draft), P(c_int32), E]),
    "rollcall_draft_redo": (c_int32, [P(rollcall_draft), P(c_int32), E]),
    "rollcall_draft_is_refused": (c_int32, [P(rollcall_draft)]),
    "rollcall_draft_file_findings": (c_int32, [P(rollcall_draft), P(P(rollcall_table)), E]),
    "rollcall_draft_check": (c_int32, [P(rollcall_draft), P(P(rollcall_table)), E]),
    "rollcall_draft_row": (c_int32, [P(rollcall_draft), c_uint64, P(c_int32), P(c_int32), E]),
    "rollcall_draft_count_rows": (c_int32, [P(rollcall_draft), P(rollcall_draft_counts), E]),
    "rollcall_draft_findings": (c_int32, [
        P(rollcall_draft), c_uint64, c_uint64, P(P(rollcall_table)), E]),
    "rollcall_draft_given_key": (c_int32, [P(rollcall_draft), c_uint64, P(rollcall_str), E]),
    "rollcall_draft_drawn": (c_int32, [P(rollcall_draft), c_uint64, c_uint64, P(rollcall_str), E]),
    "rollcall_draft_refresh": (c_int32, [P(rollcall_draft), E]),
    "rollcall_draft_save": (c_int32, [P(rollcall_draft), P(rollcall_output), E]),
    "rollcall_draft_source": (c_int32, [P(rollcall_draft), P(P(rollcall_source)), E]),
    "rollcall_draft_reading": (c_int32, [P(rollcall_draft), P(rollcall_reading), E]),
    "rollcall_draft_free": (None, [P(rollcall_draft)]),
    "rollcall_plan_make": (c_int32, [
        P(rollcall_schema), P(rollcall_source), P(rollcall_directory), P(rollcall_context),
        P(rollcall_job_options), P(rollcall_outputs), P(P(rollcall_plan)),
        P(P(rollcall_report)), E]),
    "rollcall_plan_write": (c_int32, [
        P(rollcall_schema), P(rollcall_source), P(rollcall_directory), P(rollcall_context),
        P(rollcall_job_options), P(rollcall_outputs), P(rollcall_output), P(P(rollcall_report)),
        E]),
    "rollcall_plan_open": (c_int32, [
        P(rollcall_engine), P(rollcall_source), P(P(rollcall_plan)), E]),
    "rollcall_plan_save": (c_int32, [P(rollcall_plan), P(rollcall_output), E]),
    "rollcall_plan_digest": (c_int32, [P(rollcall_plan), P(rollcall_str), E]),
    "rollcall_plan_format": (c_int32, [P(rollcall_plan), P(rollcall_str), E]),
    "rollcall_plan_source_path": (c_int32, [P(rollcall_plan), P(rollcall_str), E]),
    "rollcall_plan_show": (c_int32, [
        P(rollcall_plan), P(rollcall_schema), P(rollcall_show_options), P(rollcall_output),
        P(c_int32), E]),
    "rollcall_plan_apply": (c_int32, [
        P(rollcall_schema), P(rollcall_plan), P(rollcall_directory), P(rollcall_context),
        P(rollcall_job_options), P(rollcall_outputs), P(P(rollcall_report)), E]),
    "rollcall_plan_free": (None, [P(rollcall_plan)]),
    "rollcall_store_create": (c_int32, [
        P(rollcall_engine), c_char_p, c_size_t, P(rollcall_store_options), P(P(rollcall_store)),
        E]),
    "rollcall_store_open": (c_int32, [
        P(rollcall_engine), c_char_p, c_size_t, P(rollcall_store_options), P(P(rollcall_store)),
        E]),
    "rollcall_store_id": (None, [P(rollcall_store), P(rollcall_str)]),
    "rollcall_store_can_only_look": (c_int32, [P(rollcall_store)]),
    "rollcall_store_fill": (c_int32, [P(rollcall_store), P(rollcall_source), E]),
    "rollcall_store_dump": (c_int32, [P(rollcall_store), P(rollcall_output), E]),
    "rollcall_store_directory": (c_int32, [
        P(rollcall_store), P(rollcall_schema), P(P(rollcall_directory)), E]),
    "rollcall_store_check": (c_int32, [P(rollcall_store), E]),
    "rollcall_store_free": (None, [P(rollcall_store)]),
    "rollcall_job_schema": (c_int32, [P(rollcall_store), c_uint64, P(P(rollcall_schema)), E]),
    "rollcall_job_resume": (c_int32, [
        P(rollcall_store), c_uint64, P(rollcall_schema), P(rollcall_directory),
        P(rollcall_context), P(rollcall_job_options), P(rollcall_outputs),
        P(P(rollcall_report)), E]),
    "rollcall_job_undo": (c_int32, [
        P(rollcall_store), c_uint64, P(rollcall_schema), P(rollcall_directory),
        P(rollcall_context), P(rollcall_job_options), P(rollcall_outputs),
        P(P(rollcall_report)), E]),
    "rollcall_job_undo_plan": (c_int32, [
        P(rollcall_store), c_uint64, P(rollcall_schema), P(rollcall_directory),
        P(rollcall_context), P(rollcall_job_options), P(P(rollcall_plan)),
        P(P(rollcall_report)), E]),
    "rollcall_job_execute": (c_int32, [
        P(rollcall_store), c_uint64, P(rollcall_schema), P(rollcall_directory),
        P(rollcall_context), P(rollcall_job_options), P(rollcall_outputs),
        P(P(rollcall_report)), E]),
    "rollcall_job_retry": (c_int32, [
        P(rollcall_store), c_uint64, P(rollcall_schema), P(rollcall_directory),
        P(rollcall_context), P(rollcall_job_options), P(rollcall_outputs),
        P(P(rollcall_report)), E]),
    "rollcall_job_download": (c_int32, [
        P(rollcall_store), c_uint64, c_char_p, c_size_t, P(rollcall_directory),
        P(rollcall_output), E]),
    "rollcall_job_take_secrets": (c_int32, [
        P(rollcall_store), c_uint64, P(rollcall_output), P(c_uint64), E]),
    "rollcall_job_cancel": (c_int32, [P(rollcall_store), c_uint64, E]),
    "rollcall_job_purge": (c_int32, [P(rollcall_store), c_uint64, P(rollcall_purged), E]),
    "rollcall_effect_secrets_open": (c_int32, [
        P(rollcall_store), c_uint64, P(rollcall_directory), P(P(rollcall_effect_secrets)), E]),
    "rollcall_effect_secrets_find": (c_int32, [
        P(rollcall_effect_secrets), c_uint64, c_char_p, c_size_t, c_char_p, c_size_t,
        P(rollcall_output), E]),
    "rollcall_effect_secrets_free": (None, [P(rollcall_effect_secrets)]),
    "rollcall_codes": (c_int32, [P(rollcall_engine), P(P(rollcall_table)), E]),
    "rollcall_explain": (c_int32, [
        P(rollcall_engine), P(rollcall_schema), c_char_p, c_size_t, P(rollcall_output), E]),
    "rollcall_explain_status": (c_int32, [P(rollcall_engine), c_int32, P(rollcall_output), E]),
    "rollcall_limits": (c_int32, [P(rollcall_engine), P(P(rollcall_table)), E]),
    "rollcall_fix": (c_int32, [
        P(rollcall_schema), P(rollcall_source), P(rollcall_directory), P(rollcall_context),
        P(rollcall_fix_options), P(rollcall_output), P(P(rollcall_mending)), E]),
    "rollcall_mending_refusal": (c_int32, [P(rollcall_mending)]),
    "rollcall_mending_count": (c_uint64, [P(rollcall_mending), c_int32]),
    "rollcall_mending_json": (c_int32, [P(rollcall_mending), P(rollcall_output), E]),
    "rollcall_mending_summary": (c_int32, [
        P(rollcall_mending), c_char_p, c_size_t, P(rollcall_output), E]),
    "rollcall_mending_table": (c_int32, [P(rollcall_mending), c_int32, P(P(rollcall_table)), E]),
    "rollcall_mending_free": (None, [P(rollcall_mending)]),
    "rollcall_objects_add": (c_int32, [
        P(rollcall_objects), c_size_t, P(rollcall_str), P(rollcall_str), c_size_t]),
    "rollcall_objects_add_many": (c_int32, [
        P(rollcall_objects), c_size_t, P(c_size_t), P(rollcall_str), P(rollcall_str), c_size_t]),
    "rollcall_answers_add": (c_int32, [
        P(rollcall_answers), c_size_t, c_int32, P(rollcall_str), c_size_t, c_char_p, c_size_t]),
    "rollcall_words_set": (c_int32, [P(rollcall_words), c_char_p, c_size_t]),
    "rollcall_directory_host": (c_int32, [
        P(rollcall_schema), P(rollcall_host), P(P(rollcall_directory)), E]),
    "rollcall_rows_open": (c_int32, [
        P(rollcall_engine), P(rollcall_source), P(rollcall_reading), P(P(rollcall_rows)), E]),
    "rollcall_rows_next": (c_int32, [P(rollcall_rows), c_uint64, P(P(rollcall_table)), E]),
    "rollcall_rows_faults": (c_int32, [P(rollcall_rows), P(P(rollcall_table)), E]),
    "rollcall_rows_encoding": (c_int32, [P(rollcall_rows)]),
    "rollcall_rows_delimiter": (c_int32, [P(rollcall_rows)]),
    "rollcall_rows_free": (None, [P(rollcall_rows)]),
    "rollcall_rows_write": (c_int32, [
        P(rollcall_engine), P(rollcall_source), P(rollcall_reading), c_int32,
        P(rollcall_output), E]),
    "rollcall_steps_new": (c_int32, [P(rollcall_engine), P(P(rollcall_steps)), E]),
    "rollcall_steps_next": (c_int32, [P(rollcall_steps), c_uint64, P(P(rollcall_report)), E]),
    "rollcall_steps_take_plan": (P(rollcall_plan), [P(rollcall_steps)]),
    "rollcall_steps_free": (None, [P(rollcall_steps)]),
    "rollcall_store_jobs": (c_int32, [
        P(rollcall_store), P(rollcall_job_filter), P(P(rollcall_table)), E]),
    "rollcall_store_job": (c_int32, [P(rollcall_store), c_uint64, P(rollcall_output), E]),
    "rollcall_store_job_details": (c_int32, [P(rollcall_store), c_uint64, P(rollcall_output), E]),
    "rollcall_store_job_page": (c_int32, [
        P(rollcall_store), c_uint64, P(rollcall_schema), P(P(rollcall_table)), E]),
    "rollcall_store_purge_expired": (c_int32, [
        P(rollcall_store), c_uint64, c_uint64, P(rollcall_purged), E]),
    "rollcall_store_purge_ended": (c_int32, [P(rollcall_store), P(rollcall_purged), E]),
    "rollcall_store_effects": (c_int32, [P(rollcall_store), P(P(rollcall_table)), E]),
    "rollcall_store_effect_secret": (c_int32, [
        P(rollcall_store), c_uint64, c_char_p, c_size_t, c_char_p, c_size_t, P(rollcall_output),
        E]),
    "rollcall_store_effect_done": (c_int32, [P(rollcall_store), c_uint64, E]),
    "rollcall_store_audit": (c_int32, [
        P(rollcall_store), P(rollcall_audit_filter), P(P(rollcall_table)), E]),
    "rollcall_store_accesses": (c_int32, [
        P(rollcall_store), P(rollcall_audit_filter), P(P(rollcall_table)), E]),
    "rollcall_store_note": (c_int32, [
        P(rollcall_store), c_char_p, c_size_t, c_char_p, c_size_t, c_uint64, c_char_p, c_size_t,
        E]),
    "rollcall_store_note_by": (c_int32, [
        P(rollcall_store), P(rollcall_context), c_char_p, c_size_t, c_uint64, c_char_p,
        c_size_t, E]),
}
