"""Reading: the records of a well-formed CSV file, and its header row.

Only what is well formed is read here. A file with damaged quotes or another encoding raises
`NotWellFormed`: what rollcall makes of those is tested elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kinds import cleaned, fold, trimmed

DELIMITERS = ",;\t|"
RESULT_COLUMNS = ("Change OK", "Notes", "Errors", "Row", "Line", "Status", "Messages")  # spec E13


class NotWellFormed(Exception):
    """The file needs a reader that knows about damage."""


@dataclass
class Record:
    line: int
    cells: list[str]

    def is_blank(self) -> bool:
        return all(trimmed(cell) == "" for cell in self.cells)


def decoded(source: bytes) -> str:
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotWellFormed from error


def records_of(text: str, delimiter: str) -> Iterator[Record]:
    """LF, CRLF and CR end a line, inside quotes too (spec E5); the last line may lack its end."""
    cell = re.compile(r'"((?:[^"]|"")*)"|([^"\r\n' + re.escape(delimiter) + r"]*)")
    line_end = re.compile(r"\r\n|\r|\n")
    at, line = 0, 1
    while at < len(text):
        record = Record(line, [])
        while True:
            found = cell.match(text, at)
            quoted = found.group(1)
            record.cells.append(found.group(2) if quoted is None else quoted.replace('""', '"'))
            line += len(line_end.findall(found.group(0)))
            at = found.end()
            if text[at : at + 1] != delimiter:
                break
            at += 1
        ended = line_end.match(text, at)
        if ended is None and at < len(text):
            raise NotWellFormed
        at = ended.end() if ended else at
        line += 1
        yield record


def without_separators(name: str) -> str:
    """How names of columns compare: without case, and space, `_` and `-` are nothing (spec 2)."""
    return re.sub(r"[ _-]", "", fold(trimmed(name)))


def find_column(columns: list, header: str):
    """The column that a header names, by its own name or an alias."""
    for column in columns:
        if without_separators(header) in map(without_separators, (column.name, *column.aliases)):
            return column
    return None


def detected_delimiter(text: str, columns: list) -> str:
    """Under which most cells of the first record name a column; on a tie the first (spec E2)."""

    def named(delimiter: str) -> int:
        try:
            for record in records_of(text, delimiter):
                if not record.is_blank():
                    names = [cleaned(cell) for cell in record.cells]
                    return sum(find_column(columns, name) is not None for name in names)
        except NotWellFormed:
            pass
        return 0

    return max(DELIMITERS, key=named)  # max() takes the first of equals


@dataclass
class Header:
    """The header row: what each cell is called, and which column of the schema stands where."""

    names: list[str] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    findings: list[tuple[str, str, str | None]] = field(default_factory=list)

    def is_refused(self) -> bool:
        return any(severity == "error" for severity, _, _ in self.findings)


def read_header(record: Record | None, columns: list, result_columns: tuple[str, ...]) -> Header:
    """All findings are given together, but `header.missing` stands alone (spec E14)."""
    names = [cleaned(cell) for cell in record.cells] if record else []
    while names and names[-1] == "":  # spec E11
        names.pop()
    if not any(find_column(columns, name) for name in names):
        return Header(findings=[("error", "header.missing", None)])
    header = Header(names)
    ignored = set(map(without_separators, RESULT_COLUMNS + result_columns))
    for place, name in enumerate(names):
        column = find_column(columns, name)
        if column is None:
            if without_separators(name) not in ignored:
                header.findings.append(("warning", "header.unknown_column", name))
        elif column.name in header.places:  # spec E12
            header.findings.append(("error", "header.duplicate_column", name))
        else:
            header.places[column.name] = place
    for column in columns:
        if column.is_mandatory and column.name not in header.places:
            header.findings.append(("error", "header.missing_column", column.name))
    return header
