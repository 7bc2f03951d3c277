"""What every format has in common, said slowly and plainly: a file is read, its rows are checked
one by one, their claims settled, their changes planned and their outcomes counted.

Nothing is clever, and all state is lists and maps. Numbers in comments (`spec E33`, `spec 4`) are
those of the specification.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from changes import apply
from kinds import Bad, cleaned, fold, plain_text, trimmed
from reading import Header, Record, decoded, detected_delimiter, read_header, records_of
from rows import Cell, Column, Job, Row

OUTCOMES = ("created", "updated", "unchanged", "rejected", "withheld", "stale", "failed", "unknown")


class Format:
    """What a format adds. `keys`: its kinds and their keys, in the order of changes (spec F2)."""

    name = ""
    keys: dict[str, str] = {}
    columns: list[Column] = []
    result_columns: tuple[str, ...] = ()
    key_is_given_by_host = False
    rows_act_in_turn = False  # claims `take`: each row on the state that those before it left

    def is_allowed(self, job: Job) -> bool:
        raise NotImplementedError

    def faults_of_settings(self, job: Job) -> list[str]:
        """The codes `tenant.*`, one for each setting that is no good (spec M15)."""
        return []

    def fault_of_file(self, job: Job, data_rows: int) -> str | None:
        """The first code `file.*`."""
        return None

    def columns_for(self, job: Job) -> list[Column]:
        """Some columns depend on the tenant."""
        return self.columns

    def before_cells(self, job: Job, row: Row) -> None:
        """What is to be done with a row that could be read before its cells are looked at."""

    def check(self, job: Job, row: Row) -> None:
        """Steps 2 to 4, the cells having been looked at; step 5 too where rows act in turn."""

    def settle(self, job: Job) -> None:
        """Step 5, the claims, and what is judged after them."""

    def plan(self, job: Job, row: Row) -> None:
        """The changes, effects and key of a row that is not rejected."""

    # --- what formats ask for ---------------------------------------------------------------------

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def find(self, job: Job, kind: str, key: str) -> dict | None:
        """The object with this key, without case (spec E23)."""
        for found in job.objects(kind):
            if fold(trimmed(found[self.keys[kind]])) == fold(key):
                return found
        return None

    def look_up(self, job: Job, row: Row, column: str, kind: str) -> None:
        """Step 3: what is found is kept in the directory's own spelling."""
        cell = row[column]
        if not cell.is_good() or job.is_open(kind):
            return
        found = self.find(job, kind, cell.value)
        if found is None:
            row.error("reference.unknown", column)
        else:
            cell.value = found[self.keys[kind]]

    def warn_of_lost_zero(
        self, row: Row, column: str, extensions: list[str], existing: list[Any]
    ) -> None:
        """With one to three zeros in front it equals one that exists (spec E26)."""
        known = {plain_text(extension) for extension in existing}
        if any(
            zeros + extension in known for extension in extensions for zeros in ("0", "00", "000")
        ):
            row.warn("value.leading_zero_lost", column)


# --- a job ----------------------------------------------------------------------------------------


def run(format: Format, job: Job) -> tuple[list[dict], dict, dict]:
    """The report's rows, what the job line says, and the after-directory."""
    refusals = read(format, job)
    if refusals:
        return [], job_line(job, refused=refusals), job.directory
    columns = format.columns_for(job)
    for row in job.rows:
        if row.is_readable:
            format.before_cells(job, row)
            read_cells(columns, row)
            format.check(job, row)
        if format.rows_act_in_turn:
            act(format, job, row)
    format.settle(job)
    for row in job.rows:
        if not format.rows_act_in_turn:
            act(format, job, row)
    if job.is_atomic and any(row.is_rejected() for row in job.rows):
        for row in job.rows:
            withhold(format, row)
        job.now = job.directory
    return [row_line(row) for row in job.rows], job_line(job), job.now


def read(format: Format, job: Job) -> list[tuple[str, str, str | None]]:
    """Role, settings, file, header: the first stage that refuses ends the job (spec E43)."""
    if not format.is_allowed(job):
        return [("error", "actor.not_allowed", None)]
    faults = format.faults_of_settings(job)
    if faults:
        return [("error", fault, None) for fault in faults]
    columns = format.columns_for(job)
    text = decoded(job.source)
    filled = []
    for record in records_of(text, detected_delimiter(text, columns)):
        if record.is_blank():
            job.blank_rows += 1
        else:
            filled.append(record)
    fault = format.fault_of_file(job, len(filled[1:]))
    if fault:
        return [("error", fault, None)]
    job.header = read_header(filled[0] if filled else None, columns, format.result_columns)
    if job.header.is_refused():
        return job.header.findings
    for number, record in enumerate(filled[1:], start=1):
        job.rows.append(read_row(columns, job.header, number, record))
    return []


def read_row(columns: list[Column], header: Header, number: int, record: Record) -> Row:
    """What can be said before any cell is understood (spec E10)."""
    row = Row(number, record.line)
    for place, text in enumerate(record.cells):
        if any(
            unicodedata.category(letter) == "Cc" and letter not in "\t\r\n" for letter in text
        ):  # spec E9
            row.error(
                "text.control_character", header.names[place] if place < len(header.names) else None
            )
    if not row.is_rejected():
        if len(record.cells) < len(header.names):
            row.warn("row.short", None)
        if any(trimmed(text) for text in record.cells[len(header.names) :]):
            row.error("row.extra_cells", None)
    row.is_readable = not row.is_rejected()
    for column in columns:
        place = header.places.get(column.name)
        if place is None:
            row.cells[column.name] = Cell(column.name, "absent")
        else:
            text = record.cells[place] if place < len(record.cells) else ""
            row.cells[column.name] = Cell(header.names[place], "raw", text)
    return row


def read_cells(columns: list[Column], row: Row) -> None:
    """Step 1: one finding a cell, the first that fails; all cells are looked at."""
    for column in columns:
        cell = row[column.name]
        if cell.state == "raw":
            cell.state = "good" if trimmed(cell.text) else "blank"  # spec E6, of secrets too
        if cell.state == "blank" and column.is_required:
            row.error("value.required", column.name)
        if cell.state != "good":
            continue
        if not column.kind.is_secret:  # a secret is taken as typed (spec E7)
            cell.text = cleaned(cell.text)
        try:
            cell.value = column.kind.read(cell.text)
        except Bad as fault:
            cell.state = "bad"
            row.error(str(fault), column.name)


def act(format: Format, job: Job, row: Row) -> None:
    """The outcome of a row, and what it makes of the directory (spec 5)."""
    if row.is_rejected():
        row.outcome = "rejected"
        return
    format.plan(job, row)
    own = row.changes[0]["op"] if row.changes else None
    row.outcome = {None: "unchanged", "create": "created", "update": "updated"}[own]
    for change in row.changes:
        apply(format.keys, job.now, change)


def withhold(format: Format, row: Row) -> None:
    """Rows without a change stay unchanged; a key from the host is null then (spec E39)."""
    if row.outcome == "created" and format.key_is_given_by_host:
        row.key = None
    if row.outcome in ("created", "updated"):
        row.outcome = "withheld"
    row.changes, row.effects = [], []


# --- the report (files: report.jsonl) -------------------------------------------------------------


def row_line(row: Row) -> dict:
    return {
        "row": row.number,
        "line": row.line,
        "key": row.key,
        "outcome": row.outcome,
        "changes": row.changes,
        "effects": row.effects,
        "findings": shown(row.findings),
        "contests": row.contests,
    }


def shown(findings: list[tuple[str, str, str | None]]) -> list[dict]:
    return [
        {"severity": severity, "code": code, "column": column}
        for severity, code, column in findings
    ]


def job_line(job: Job, refused: list[tuple[str, str, str | None]] | None = None) -> dict:
    """A refused job counts nothing but warnings (spec F6)."""
    rows = [] if refused else job.rows
    findings = refused or job.header.findings
    warnings = [
        f for f in [*findings, *(f for row in rows for f in row.findings)] if f[0] == "warning"
    ]
    counts = {outcome: sum(row.outcome == outcome for row in rows) for outcome in OUTCOMES}
    return {
        "state": "failed" if refused else state(counts),
        "rows": len(rows),
        "blank_rows": 0 if refused else job.blank_rows,
        **counts,
        "warnings": len(warnings),
        "findings": shown(findings),
    }


def state(counts: dict[str, int]) -> str:
    """Nothing created or updated, and a row rejected: failed (spec E40)."""
    if counts["rejected"] == 0:
        return "succeeded"
    return "partial" if counts["created"] + counts["updated"] > 0 else "failed"
