"""What all formats are made of: columns, the cells and findings of a row, and a job with rows."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from kinds import Kind, trimmed
from reading import Header
from settings import said


@dataclass(frozen=True)
class Column:
    """A column of a format; `create` and `update` say what a blank cell does (spec 3)."""

    name: str
    field: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    is_mandatory: bool = False
    is_required: bool = False
    create: str = "clear"  # or "default", "generate"
    update: str = "keep"  # or "clear"
    default: Any = None


@dataclass
class Cell:
    """What stands in a column of a row: `state` is absent (no such column), blank, good or bad."""

    header: str
    state: str
    text: str = ""
    value: Any = None

    def is_filled(self) -> bool:
        """Is there anything in it, whatever it is worth?"""
        return trimmed(self.text) != ""

    def is_good(self) -> bool:
        return self.state == "good"

    def is_bad(self) -> bool:
        return self.state == "bad"

    def is_empty(self) -> bool:
        return self.state in ("absent", "blank")


@dataclass
class Want:
    """A value of a claim that a row's cell gives and its object does not hold yet (spec E33)."""

    column: str
    claim: str
    value: str


@dataclass
class Row:
    number: int
    line: int
    cells: dict[str, Cell] = field(default_factory=dict)
    is_readable: bool = True
    findings: list[tuple[str, str, str | None]] = field(default_factory=list)
    contests: dict[str, list] = field(default_factory=dict)  # by column: the lines that are named
    key: str | None = None
    target: str | None = None  # the key of the object that exists already
    wants: list[Want] = field(default_factory=list)
    gives_up: list[tuple[str, str]] = field(default_factory=list)  # claim, value
    outcome: str = ""
    changes: list[dict] = field(default_factory=list)
    effects: list[dict] = field(default_factory=list)

    def __getitem__(self, column: str) -> Cell:
        return self.cells[column]

    def add(self, severity: str, code: str, column: str | None) -> None:
        """At most one of each code and column (spec E19), under the file's header (spec F5)."""
        finding = (severity, code, self.cells[column].header if column in self.cells else column)
        if finding not in self.findings:
            self.findings.append(finding)

    def error(self, code: str, column: str | None) -> None:
        self.add("error", code, column)

    def warn(self, code: str, column: str | None) -> None:
        self.add("warning", code, column)

    def is_rejected(self) -> bool:
        return any(severity == "error" for severity, _, _ in self.findings)


@dataclass
class Job:
    """What an import is given, what it has read, and the directory that the rows so far lead to."""

    source: bytes
    file_name: str
    directory: dict
    context: dict
    is_atomic: bool = False
    is_dry: bool = False  # a validation
    header: Header = field(default_factory=Header)
    rows: list[Row] = field(default_factory=list)
    blank_rows: int = 0
    now: dict = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.now = copy.deepcopy(self.directory)

    def actor(self) -> dict:
        return self.context.get("actor") or {}

    def option(self, name: str) -> bool:
        return bool((self.context.get("options") or {}).get(name))

    def tenant(self) -> dict:
        return said(self.directory.get("tenant"))

    def defaults(self) -> dict:
        return said(self.directory.get("defaults"))

    def objects(self, kind: str) -> list[dict]:
        return self.now.get(kind) or []

    def is_open(self, kind: str) -> bool:
        """A kind that is absent is open: references to it are not checked."""
        return kind not in self.directory
