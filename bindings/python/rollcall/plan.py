"""Plans: what an import will do, kept, looked at, and done exactly so, or refused by name."""
import ctypes
import os
from typing import Any, Optional

from . import _ffi_constants as C
from . import _ffi_types as T
from ._calls import ask, call, made
from ._handles import Handle, Turn
from ._jobs import Job, ProgressFunction
from ._streams import Again, Output, Readable, ReadAgain, Source, Writable
from .context import ContextLike
from .directory import AnyDirectory
from .engine import Cancel, Engine, engine_or_default
from .findings import Findings
from .options import Options, Outputs
from .report import Receipt, Refused, Report
from .schema import Schema
from .store import Store
from .table import Table


class Plan(Handle):
    """What a file would do. It is carried out once, by `apply`."""

    def __init__(self, pointer: Any, engine: Engine, *, schema: Optional[Schema] = None,
                 file: Optional[ReadAgain] = None, store: Optional[Store] = None,
                 report: Optional[Report] = None, kept: object = None) -> None:
        self.is_refused = not pointer
        self._turn = Turn()
        self._engine = engine
        self._schema = schema
        self._file = file
        self._store = store
        self._report = report
        if pointer:
            super().__init__(pointer, kept)
        else:
            self._open = None

    @classmethod
    def load(cls, file: Readable, schema: Optional[Schema] = None, *,
             store: Optional[Store] = None, engine: Optional[Engine] = None) -> "Plan":
        """A plan that was saved. Whether it is one, and still whole, is asked when it is applied.
        The schema can be left out if the format is built in."""
        if schema is not None:
            engine = schema.engine
        engine = engine_or_default(engine)
        source = Source(engine, file)
        pointer = made("rollcall_plan_open", T.rollcall_plan, engine, source)
        return cls(pointer, engine, schema=schema, store=store, kept=source)

    @property
    def _pointer(self) -> Any:
        if self.is_refused:
            raise Refused(self.report)
        return super()._pointer

    def save(self, to: Writable) -> None:
        """Writes it as JSON Lines. No secret is ever in a plan."""
        with Output(self._engine, to) as output:
            call("rollcall_plan_save", self, output)

    @property
    def report(self) -> Report:
        """What judging the file came to; a plan that was loaded has none."""
        if self._report is None:
            raise ValueError("a plan that was loaded has no report")
        return self._report

    @property
    def findings(self) -> Findings:
        """What judging the file found."""
        return self.report.findings

    @property
    def changes(self) -> Table:
        """Every change that it would make, a line a field."""
        return self.report.changes

    @property
    def digest(self) -> str:
        """SHA-256 over all of it, as it says itself."""
        return ask("rollcall_plan_digest", self)

    @property
    def format(self) -> str:
        return ask("rollcall_plan_format", self)

    @property
    def source_path(self) -> str:
        """Where the file lies that it was made of; empty if it does not say so."""
        return ask("rollcall_plan_source_path", self)

    def show(self, columns: int = 100, colour: bool = False, name: Optional[str] = None) -> str:
        """The plan for people: what needs a look, then every change. One that is not what was
        written says that first."""
        options = T.rollcall_show_options(
            struct_size=ctypes.sizeof(T.rollcall_show_options),
            flags=C.ROLLCALL_SUMMARY_COLOUR if colour else 0, columns=columns,
            name=name.encode("utf-8") if name is not None else None)
        is_whole = ctypes.c_int32()
        with Output(self._engine) as output:
            call("rollcall_plan_show", self, self._schema, options, output, ctypes.byref(is_whole))
            return output.data.decode("utf-8")

    def apply(self, directory: Optional[AnyDirectory] = None, context: ContextLike = None, *,
              file: Optional[Readable] = None, options: Optional[Options] = None,
              outputs: Optional[Outputs] = None, progress: Optional[ProgressFunction] = None,
              cancel: Optional[Cancel] = None, store: Optional[Store] = None) -> Receipt:
        """Carries it out. One that is no good, was used, or is stale is refused, and the receipt
        says so. `file` is the one that it was made of, wanted where secrets stand in it; a plan
        that was not loaded knows it, unless it came through a pipe or is closed by now, and one
        that says where its file lies finds it there. Without it no output can show rows of the
        file."""
        store = store if store is not None else self._store
        schema = self._schema or Schema(self.format, engine=self._engine)
        planned: Optional[ReadAgain] = file if file is not None else self._file
        if isinstance(planned, Again) and planned.file.closed:
            planned = None
        if planned is None and os.path.exists(self.source_path):
            planned = self.source_path
        with Job(self._engine, options=options, outputs=outputs, progress=progress, cancel=cancel,
                 store=store, keep="findings" if planned is not None else "all") as job:
            job.planned(planned)
            pointer = job.run(
                "rollcall_plan_apply", schema, self, job.directory(schema, directory),
                job.context(context), job.options, job.outputs)
            return Receipt(pointer, self._engine, store, schema, directory, context)

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self.show())}</pre>"

    def __repr__(self) -> str:
        if self.is_refused:
            return "<Plan of a file that was refused>"
        return f"<Plan {self.digest[:12]} for {self.format}>"
