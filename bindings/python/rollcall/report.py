"""What came of a job: its state, its counts, and its rows, findings and changes as tables."""
import enum
import json
from dataclasses import dataclass
from typing import Any, Dict, Optional

from . import _ffi_constants as C
from . import _ffi_types as T
from ._calls import ask, call, made
from ._handles import Handle
from ._jobs import ProgressFunction
from ._streams import Readable, Source, written
from .context import ContextLike
from .directory import AnyDirectory
from .engine import Cancel, Engine, engine_or_default
from .findings import Findings
from .options import Options, Outputs
from .schema import Schema
from .store import Store
from .table import Table


class State(enum.IntEnum):
    QUEUED = C.ROLLCALL_STATE_QUEUED
    RUNNING = C.ROLLCALL_STATE_RUNNING
    SUCCEEDED = C.ROLLCALL_STATE_SUCCEEDED
    PARTIAL = C.ROLLCALL_STATE_PARTIAL
    FAILED = C.ROLLCALL_STATE_FAILED
    CANCELLED = C.ROLLCALL_STATE_CANCELLED
    INTERRUPTED = C.ROLLCALL_STATE_INTERRUPTED  # can be resumed


class Refusal(enum.IntEnum):
    """Why nothing of a file was looked at, or of a plan done."""

    NONE = C.ROLLCALL_REFUSAL_NONE
    ACTOR = C.ROLLCALL_REFUSAL_ACTOR
    FILE = C.ROLLCALL_REFUSAL_FILE
    STALE = C.ROLLCALL_REFUSAL_STALE


class Refused(Exception):
    """Something was refused as a whole; `report` says by which findings."""

    def __init__(self, report: "Report") -> None:
        why = "; ".join(each.message for each in report.file_findings)
        super().__init__(why or f"refused ({report.refusal.name.lower()})")
        self.report = report


@dataclass(frozen=True)
class Counts:
    """Of rows; those from `created` to `unknown` add up to `rows`."""

    rows: int
    blank_rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    withheld: int
    stale: int
    failed: int
    unknown: int
    warnings: int  # of rows and file
    findings: int
    errors: int
    bytes: int  # of the file


class Report(Handle):
    """It never changes, and any number of threads may read one."""

    def __init__(self, pointer: Any, engine: Engine) -> None:
        super().__init__(pointer)
        self._engine = engine
        self._tables: Dict[int, Table] = {}

    @classmethod
    def read(cls, file: Readable, engine: Optional[Engine] = None) -> "Report":
        """A report.jsonl that was written earlier, with all its tables."""
        engine = engine_or_default(engine)
        with Source(engine, file) as source:
            return Report(made("rollcall_report_read", T.rollcall_report, engine, source), engine)

    @property
    def state(self) -> State:
        return State(call("rollcall_report_state", self))

    @property
    def refusal(self) -> Refusal:
        return Refusal(call("rollcall_report_refusal", self))

    @property
    def ok(self) -> bool:
        """Every row came to what it should."""
        return self.state is State.SUCCEEDED

    def raise_if_refused(self) -> None:
        if self.refusal is not Refusal.NONE:
            raise Refused(self)

    @property
    def counts(self) -> Counts:
        return Counts(*(call("rollcall_report_count", self, i) for i in range(14)))

    def code_count(self, code: str) -> int:
        """How many findings of a code there were."""
        count: int = call("rollcall_report_code_count", self, code)
        return count

    @property
    def job(self) -> int:
        """The number by which a store knows the job; 0: none does."""
        number: int = call("rollcall_report_job", self)
        return number

    @property
    def format(self) -> str:
        return ask("rollcall_report_format", self)

    @property
    def action(self) -> str:
        """"validate", "plan", "execute", "apply", "undo", ..."""
        return ask("rollcall_report_action", self)

    @property
    def sha256(self) -> str:
        """Of the file; empty if it was not read to its end, or nobody asked."""
        return ask("rollcall_report_sha256", self)

    def to_dict(self) -> Dict[str, Any]:
        """The job as the last line of a report.jsonl says it."""
        line: Dict[str, Any] = json.loads(
            written(self._engine, lambda output: call("rollcall_report_json", self, output)))
        return line

    def summary(self, colour: bool = False) -> str:
        """For people, in a few lines."""
        flags = C.ROLLCALL_SUMMARY_COLOUR if colour else 0
        return written(self._engine,
                       lambda output: call("rollcall_report_summary", self, flags, output))

    def _table(self, which: int) -> Table:
        if which not in self._tables or self._tables[which].closed:
            self._tables[which] = Table(made("rollcall_report_table", T.rollcall_table, self,
                                             which))
        return self._tables[which]

    @property
    def findings(self) -> Findings:
        return Findings(self._table(C.ROLLCALL_TABLE_FINDINGS))

    @property
    def file_findings(self) -> Findings:
        """Only those about the file."""
        return Findings(self._table(C.ROLLCALL_TABLE_FILE_FINDINGS))

    @property
    def rows(self) -> Table:
        """row, line, key, outcome, and how many changes, effects and findings each has. It, and the
        two after it, are there if Options.keep was "all"."""
        return self._table(C.ROLLCALL_TABLE_ROWS)

    @property
    def changes(self) -> Table:
        """row, change, op, kind, key, field, before, after: a line a field."""
        return self._table(C.ROLLCALL_TABLE_CHANGES)

    @property
    def effects(self) -> Table:
        """row, effect, fields."""
        return self._table(C.ROLLCALL_TABLE_EFFECTS)

    @property
    def codes(self) -> Table:
        """code, count."""
        return self._table(C.ROLLCALL_TABLE_CODES)

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self.summary())}</pre>"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.action}: {self.state.name.lower()}>"


class Receipt(Report):
    """The report of a job that may have changed something. What a store remembers can be taken
    back, done again, or gone on with."""

    def __init__(self, pointer: Any, engine: Engine, store: Optional[Store],
                 schema: Optional[Schema], directory: Optional[AnyDirectory],
                 context: ContextLike) -> None:
        super().__init__(pointer, engine)
        self._store = store
        self._schema = schema
        self._directory = directory
        self._context = context

    def _again(self, verb: str, context: ContextLike, **more: Any) -> "Receipt":
        if self._store is None or not self.job:
            raise ValueError(f"no store remembers this job, so there is no {verb} of it")
        return Store._follow_up(self._store, verb, self.job, self._directory,
                                context if context is not None else self._context,
                                schema=self._schema, **more)

    def undo(self, context: ContextLike = None, *, options: Optional[Options] = None,
             outputs: Optional[Outputs] = None, progress: Optional[ProgressFunction] = None,
             cancel: Optional[Cancel] = None) -> "Receipt":
        """Takes back what the job has changed, as far as it is still as the job left it."""
        return self._again("undo", context, options=options, outputs=outputs, progress=progress,
                           cancel=cancel)

    def retry(self, context: ContextLike = None, *, options: Optional[Options] = None,
              outputs: Optional[Outputs] = None, progress: Optional[ProgressFunction] = None,
              cancel: Optional[Cancel] = None) -> "Receipt":
        """Executes the rows that were not applied."""
        return self._again("retry", context, options=options, outputs=outputs, progress=progress,
                           cancel=cancel)

    def resume(self, context: ContextLike = None, *, options: Optional[Options] = None,
               outputs: Optional[Outputs] = None, progress: Optional[ProgressFunction] = None,
               cancel: Optional[Cancel] = None) -> "Receipt":
        """A job that broke off goes on where it was."""
        return self._again("resume", context, options=options, outputs=outputs, progress=progress,
                           cancel=cancel)
