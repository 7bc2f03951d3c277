"""A format: everything about a vendor's file. Jobs begin here."""
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Tuple, Union

from . import _ffi_constants as C
from . import _ffi_types as T
from ._calls import Out, ask, call, made
from ._handles import Handle
from ._jobs import Job, ProgressFunction
from ._streams import Again, Output, Readable, ReadHandle, Writable, written
from .context import ContextLike
from .engine import Cancel, Engine, engine_or_default
from .findings import Finding, Findings
from .options import Options, Outputs, one_of
from .table import Table

if TYPE_CHECKING:
    from .directory import AnyDirectory
    from .plan import Plan
    from .report import Receipt, Report
    from .store import Store

_ACTIONS: Dict[str, int] = {
    "template": C.ROLLCALL_ACTION_TEMPLATE,
    "export": C.ROLLCALL_ACTION_EXPORT,
    "validate": C.ROLLCALL_ACTION_VALIDATE,
    "execute": C.ROLLCALL_ACTION_EXECUTE,
    "undo": C.ROLLCALL_ACTION_UNDO,
    "jobs": C.ROLLCALL_ACTION_JOBS,
}


@dataclass(frozen=True)
class Format:
    """One that is built in."""

    id: str
    title: str


@dataclass(frozen=True)
class Field:
    """`type` is its type as a schema names it: "text", "boolean", "phone", "mac", "secret", ..."""

    name: str
    type: str
    is_secret: bool


@dataclass(frozen=True)
class Kind:
    """A kind of object, with its fields in their order."""

    name: str
    fields: Tuple[Field, ...]


@dataclass(frozen=True)
class Column:
    """A column of the file. `mandatory` is the rule that says when the file must have it."""

    field: str
    header: str
    mandatory: str


@dataclass(frozen=True)
class Remark:
    """What is wrong with the JSON of a schema, or works and may not be meant."""

    sort: str  # "fault" or "remark"
    path: str
    what: str
    line: Optional[int]
    column: Optional[int]


def formats(engine: Optional[Engine] = None) -> List[Format]:
    """The formats that are built in."""
    with Table(made("rollcall_formats", T.rollcall_table, engine_or_default(engine))) as table:
        return [Format(str(row["id"]), str(row["title"])) for row in table]


def check_schema(text: Union[str, bytes], engine: Optional[Engine] = None) -> List[Remark]:
    """What is wrong with a schema that is written as JSON; nothing if the list is empty."""
    with Table(made("rollcall_schema_check", T.rollcall_table, engine_or_default(engine),
                    text)) as table:
        return [Remark(**row) for row in table]  # type: ignore[arg-type]


class Schema(Handle):
    """A format that is built in, by its name; others by `from_json` and `from_file`. It never
    changes, and any number of threads may use one."""

    def __init__(self, format: str, *, engine: Optional[Engine] = None) -> None:
        engine = engine_or_default(engine)
        self._begin(engine, made("rollcall_schema_builtin", T.rollcall_schema, engine, format))

    def _begin(self, engine: Engine, pointer: Any) -> None:
        super().__init__(pointer)
        self.engine = engine
        self.id = ask("rollcall_schema_id", self)
        self.title = ask("rollcall_schema_title", self)
        self.kinds = tuple(self._kind(i) for i in range(call("rollcall_schema_kind_count", self)))

    def _kind(self, kind: int) -> Kind:
        count = call("rollcall_schema_field_count", self, kind)
        fields = (Field(ask("rollcall_schema_field_name", self, kind, i),
                        ask("rollcall_schema_field_type", self, kind, i),
                        bool(call("rollcall_schema_field_is_secret", self, kind, i)))
                  for i in range(count))
        return Kind(ask("rollcall_schema_kind_name", self, kind), tuple(fields))

    @classmethod
    def _of(cls, engine: Engine, pointer: Any) -> "Schema":
        schema = cls.__new__(cls)
        schema._begin(engine, pointer)
        return schema

    @classmethod
    def from_json(cls, text: Union[str, bytes, Mapping[str, Any]],
                  engine: Optional[Engine] = None) -> "Schema":
        """A format of one's own. All that is wrong with it is in the error."""
        if isinstance(text, Mapping):
            text = json.dumps(text)
        engine = engine_or_default(engine)
        return cls._of(engine, made("rollcall_schema_parse", T.rollcall_schema, engine, text))

    @classmethod
    def from_file(cls, path: Union[str, "os.PathLike[str]"],
                  engine: Optional[Engine] = None) -> "Schema":
        with open(path, "rb") as file:
            return cls.from_json(file.read(), engine)

    @property
    def digest(self) -> str:
        """SHA-256 in hexadecimal: two schemas that are the same have the same."""
        return ask("rollcall_schema_digest", self)

    def to_json(self) -> str:
        """The whole of it, from which it can be read again."""
        return written(self.engine, lambda output: call("rollcall_schema_json", self, output))

    def to_dict(self) -> Dict[str, Any]:
        whole: Dict[str, Any] = json.loads(self.to_json())
        return whole

    def page(self) -> str:
        """A reference page of the format in Markdown."""
        return written(self.engine, lambda output: call("rollcall_schema_page", self, output))

    @property
    def columns(self) -> List[Column]:
        """The columns of the file."""
        with Table(made("rollcall_schema_columns", T.rollcall_table, self)) as table:
            return [Column(str(row["field"]), str(row["header"]), str(row["mandatory"] or ""))
                    for row in table]

    def __repr__(self) -> str:
        return f"<Schema {self.id}>"

    # ---- Jobs -----------------------------------------------------------------------------------

    def validate(self, file: Readable, directory: "Optional[AnyDirectory]" = None,
                 context: ContextLike = None, *, options: Optional[Options] = None,
                 outputs: Optional[Outputs] = None, progress: Optional[ProgressFunction] = None,
                 cancel: Optional[Cancel] = None, store: "Optional[Store]" = None) -> "Report":
        """What executing the file would do and find; nothing is changed. `directory` is a host, a
        MemoryDirectory, or that of the store if there is none."""
        from .report import Report

        with Job(self.engine, options=options, outputs=outputs, progress=progress, cancel=cancel,
                 store=store) as job:
            return Report(job.run(
                "rollcall_validate", self, job.source(file), job.directory(self, directory),
                job.context(context), job.options, job.outputs), self.engine)

    def execute(self, file: Readable, directory: "Optional[AnyDirectory]" = None,
                context: ContextLike = None, *, options: Optional[Options] = None,
                outputs: Optional[Outputs] = None, progress: Optional[ProgressFunction] = None,
                cancel: Optional[Cancel] = None, store: "Optional[Store]" = None) -> "Receipt":
        """The same, and then the changes are applied."""
        from .report import Receipt

        with Job(self.engine, options=options, outputs=outputs, progress=progress, cancel=cancel,
                 store=store) as job:
            pointer = job.run(
                "rollcall_execute", self, job.source(file), job.directory(self, directory),
                job.context(context), job.options, job.outputs)
            return Receipt(pointer, self.engine, store, self, directory, context)

    def plan(self, file: Readable, directory: "Optional[AnyDirectory]" = None,
             context: ContextLike = None, *, options: Optional[Options] = None,
             outputs: Optional[Outputs] = None, progress: Optional[ProgressFunction] = None,
             cancel: Optional[Cancel] = None, store: "Optional[Store]" = None) -> "Plan":
        """Judges the file as `validate` does, and keeps what executing it would do. Of a file that
        is refused the plan is one of nothing: `is_refused`, with the reasons in its findings."""
        from .plan import Plan
        from .report import Report

        if isinstance(file, ReadHandle):  # as it is now: it may be edited before it is applied
            file = file.to_bytes()
        with Job(self.engine, options=options, outputs=outputs, progress=progress, cancel=cancel,
                 store=store, keep="all") as job:
            source, again = job.source(file), Again.of(file)
            plan = Out(T.rollcall_plan)
            report = job.run_both(
                "rollcall_plan_make", self, source, job.directory(self, directory),
                job.context(context), job.options, job.outputs, plan=plan)
            return Plan(plan.pointer, self.engine, schema=self, file=again, store=store,
                        report=Report(report, self.engine))

    def missing_right(self, action: str, directory: "Optional[AnyDirectory]" = None,
                      context: ContextLike = None, *,
                      store: "Optional[Store]" = None) -> "Optional[Finding]":
        """Why an actor may not do something ("template", "export", "validate", "execute", "undo",
        "jobs"); None if he may. Jobs ask this themselves."""
        with Job(self.engine, store=store) as job:
            table = Out(T.rollcall_table)
            call("rollcall_missing_right", self, job.directory(self, directory),
                 job.context(context), one_of(_ACTIONS, action, "an action"), table,
                 also=(store,))
            return Findings(Table(table.pointer))[0] if table.pointer else None

    def template(self, directory: "Optional[AnyDirectory]" = None, context: ContextLike = None, *,
                 to: Optional[Writable] = None, store: "Optional[Store]" = None) -> bytes:
        """The header row of the format as the importer reads it, written to a file if one is given.
        Who may not have it gets nothing, see `missing_right`."""
        return self._write("rollcall_template", directory, context, to, store)

    def export(self, directory: "Optional[AnyDirectory]" = None, context: ContextLike = None, *,
               to: Optional[Writable] = None, progress: Optional[ProgressFunction] = None,
               cancel: Optional[Cancel] = None, store: "Optional[Store]" = None) -> bytes:
        """All objects, in the import format."""
        return self._write("rollcall_export", directory, context, to, store, progress, cancel)

    def _write(self, name: str, directory: "Optional[AnyDirectory]", context: ContextLike,
               to: Optional[Writable], store: "Optional[Store]",
               progress: Optional[ProgressFunction] = None,
               cancel: Optional[Cancel] = None) -> bytes:
        from .report import Report

        with Job(self.engine, progress=progress, cancel=cancel, store=store) as job, \
                Output(self.engine, to) as output:
            report = job.run(name, self, job.directory(self, directory), job.context(context),
                             job.options, output)
            Report(report, self.engine).raise_if_refused()
            return output.data
