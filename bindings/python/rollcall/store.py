"""A host in an SQLite database: directory, jobs, journal and audit in one file."""
import ctypes
import datetime
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, Mapping, Optional, Sequence, Tuple, Union

from . import _ffi_constants as C
from . import _ffi_types as T
from ._calls import Out, ask, call, made
from ._handles import Handle, Turn
from ._jobs import Job, ProgressFunction
from ._streams import Output, Readable, Source, Writable, written
from .context import Context, ContextLike
from .directory import AnyDirectory, DirectoryHandle
from .engine import Cancel, Engine, engine_or_default, milliseconds
from .options import Options, Outputs
from .table import Table

if TYPE_CHECKING:
    from .plan import Plan
    from .report import Receipt, State
    from .schema import Schema

Range = Tuple[Optional[int], Optional[int]]
_ANY: Range = (None, None)


@dataclass(frozen=True)
class Purged:
    """What a purge took."""

    jobs: int  # whose files and secrets went, or their records as well
    files: int  # that were kept
    secrets: int  # that might have been fetched, and nobody had
    effects: int  # that waited to be done: they went with their job, or needed a secret
    # Of a job that was purged by its number: jobs that still have its file, or rows of it. Who
    # wants the file gone from the store purges them as well.
    others: Tuple[int, ...] = ()

    @classmethod
    def _by(cls, name: str, store: "Store", *what: int) -> "Purged":
        others = Out(T.rollcall_table)
        gone = T.rollcall_purged(struct_size=ctypes.sizeof(T.rollcall_purged),
                                 other_jobs=ctypes.pointer(others.pointer))
        call(name, store, *what, gone)
        with Table(others.pointer) as table:
            return cls(gone.jobs, gone.files, gone.secrets, gone.effects,
                       tuple(int(job or 0) for job in table["job"].to_list()))


class StoreDirectory(DirectoryHandle):
    """The objects of a store as a format sees them."""

    def __init__(self, store: "Store", schema: "Schema") -> None:
        self._turn = store._turn
        super().__init__(made("rollcall_store_directory", T.rollcall_directory, store, schema))


class Store(Handle):
    """Opens a database that is there; `create` makes one. What a method does for somebody, it does
    without asking whether he may: that asks Schema.missing_right, and `note` writes it down."""

    def __init__(self, path: Union[str, "os.PathLike[str]"], *, only_look: bool = False,
                 busy_ms: int = 0, engine: Optional[Engine] = None) -> None:
        engine = engine_or_default(engine)
        flags = C.ROLLCALL_STORE_MAY_ONLY_LOOK if only_look else 0
        options = T.rollcall_store_options(
            struct_size=ctypes.sizeof(T.rollcall_store_options), flags=flags, busy_ms=busy_ms)
        self._begin(engine, made("rollcall_store_open", T.rollcall_store, engine, os.fsencode(path),
                                 options))

    def _begin(self, engine: Engine, pointer: Any) -> None:
        self._turn = Turn()
        self._engine = engine
        super().__init__(pointer)

    @classmethod
    def create(cls, path: Union[str, "os.PathLike[str]"],
               objects: Union[Readable, Mapping[str, Any], None] = None, *,
               engine: Optional[Engine] = None) -> "Store":
        """A new one, with the objects of a directory.json if there is one."""
        engine = engine_or_default(engine)
        store = cls.__new__(cls)
        store._begin(engine, made("rollcall_store_create", T.rollcall_store, engine,
                                  os.fsencode(path), None))
        if objects is not None:
            store.fill(objects)
        return store

    @property
    def id(self) -> str:
        """Names it for ever; a plan is made for one store."""
        return ask("rollcall_store_id", self)

    @property
    def can_only_look(self) -> bool:
        return bool(call("rollcall_store_can_only_look", self))

    def fill(self, objects: Union[Readable, Mapping[str, Any]]) -> None:
        """Puts in the objects and settings of a directory.json: all of it or nothing."""
        if isinstance(objects, Mapping):
            objects = json.dumps(objects).encode()
        with Source(self._engine, objects) as source:
            call("rollcall_store_fill", self, source)

    def to_dict(self) -> Dict[str, Any]:
        """Its objects and settings, as a directory.json says them."""
        objects: Dict[str, Any] = json.loads(self._text("rollcall_store_dump", self))
        return objects

    def dump(self, to: Writable) -> None:
        with Output(self._engine, to) as output:
            call("rollcall_store_dump", self, output)

    def directory(self, schema: "Schema") -> StoreDirectory:
        return StoreDirectory(self, schema)

    def check(self) -> None:
        """Fails as Corrupt, naming the first fault, if the database is not sound."""
        call("rollcall_store_check", self)

    def _text(self, name: str, *arguments: Any) -> str:
        return written(self._engine, lambda output: call(name, *arguments, output))

    # ---- What is done with a job ----------------------------------------------------------------
    # `directory` is the host, if that is not the store itself; for one written in Python the schema
    # is asked of the store.

    def schema(self, job: int) -> "Schema":
        """The format of a job, as it was when the job began."""
        from .schema import Schema

        return Schema._of(self._engine, made("rollcall_job_schema", T.rollcall_schema, self, job))

    def resume(self, job: int, directory: Optional[AnyDirectory] = None,
               context: ContextLike = None, *, options: Optional[Options] = None,
               outputs: Optional[Outputs] = None, progress: Optional[ProgressFunction] = None,
               cancel: Optional[Cancel] = None) -> "Receipt":
        """A job that broke off goes on where it was."""
        return self._follow_up("resume", job, directory, context, options=options, outputs=outputs,
                               progress=progress, cancel=cancel)

    def undo(self, job: int, directory: Optional[AnyDirectory] = None, context: ContextLike = None,
             *, options: Optional[Options] = None, outputs: Optional[Outputs] = None,
             progress: Optional[ProgressFunction] = None,
             cancel: Optional[Cancel] = None) -> "Receipt":
        """Takes back what a job has changed, as far as it is still as the job left it."""
        return self._follow_up("undo", job, directory, context, options=options, outputs=outputs,
                               progress=progress, cancel=cancel)

    def execute(self, job: int, directory: Optional[AnyDirectory] = None,
                context: ContextLike = None, *, options: Optional[Options] = None,
                outputs: Optional[Outputs] = None, progress: Optional[ProgressFunction] = None,
                cancel: Optional[Cancel] = None) -> "Receipt":
        """Carries out the plan that a validation has left: that very plan, once."""
        return self._follow_up("execute", job, directory, context, options=options,
                               outputs=outputs, progress=progress, cancel=cancel)

    def retry(self, job: int, directory: Optional[AnyDirectory] = None, context: ContextLike = None,
              *, options: Optional[Options] = None, outputs: Optional[Outputs] = None,
              progress: Optional[ProgressFunction] = None,
              cancel: Optional[Cancel] = None) -> "Receipt":
        """Executes the rows that were not applied, from the file as the store has it."""
        return self._follow_up("retry", job, directory, context, options=options, outputs=outputs,
                               progress=progress, cancel=cancel)

    def _follow_up(self, verb: str, number: int, directory: Optional[AnyDirectory],
                   context: ContextLike, *, schema: "Optional[Schema]" = None,
                   **how: Any) -> "Receipt":
        from .report import Receipt

        schema = self._schema_for(number, directory, schema)
        with Job(self._engine, keep="all", **how) as job:
            if job.how.stopped_as is None:
                job.options.stopped_as = C.ROLLCALL_STOPPED_AS_INTERRUPTED
            pointer = job.run(f"rollcall_job_{verb}", self, number, schema,
                              job.directory(schema, directory), job.context(context), job.options,
                              job.outputs)
            return Receipt(pointer, self._engine, self, schema, directory, context)

    def _schema_for(self, number: int, directory: Optional[AnyDirectory],
                    schema: "Optional[Schema]") -> "Optional[Schema]":
        is_host = directory is not None and not isinstance(directory, DirectoryHandle)
        return self.schema(number) if schema is None and is_host else schema

    def undo_plan(self, number: int, directory: Optional[AnyDirectory] = None,
                  context: ContextLike = None, *, options: Optional[Options] = None,
                  progress: Optional[ProgressFunction] = None,
                  cancel: Optional[Cancel] = None) -> "Plan":
        """The plan of an undo, which is not carried out."""
        from .plan import Plan
        from .report import Report

        schema = self._schema_for(number, directory, None)
        with Job(self._engine, options=options, progress=progress, cancel=cancel) as job:
            plan = Out(T.rollcall_plan)
            report = job.run_both("rollcall_job_undo_plan", self, number, schema,
                                  job.directory(schema, directory), job.context(context),
                                  job.options, plan=plan)
            return Plan(plan.pointer, self._engine, schema=self.schema(number), store=self,
                        report=Report(report, self._engine))

    def download(self, job: int, artifact: str, to: Optional[Writable] = None, *,
                 directory: Optional[DirectoryHandle] = None) -> bytes:
        """What a job has left behind: "source", "report", "result", "error_rows", "error_log",
        "plan". Into a file, or returned."""
        with Output(self._engine, to) as output:
            call("rollcall_job_download", self, job, artifact, directory, output)
            return output.data

    def take_secrets(self, job: int, to: Writable) -> int:
        """Writes the secrets that a job made, and then they are gone from the store. How many."""
        count = ctypes.c_uint64()
        with Output(self._engine, to, is_secret=True) as output:
            call("rollcall_job_take_secrets", self, job, output, ctypes.byref(count))
        return count.value

    def cancel(self, job: int) -> None:
        """Asks a job that has not ended to stop, in whatever process it runs."""
        call("rollcall_job_cancel", self, job)

    def purge(self, job: int) -> Purged:
        """Removes the files and secrets of a job that has ended. Record and audit stay."""
        return Purged._by("rollcall_job_purge", self, job)

    # ---- History --------------------------------------------------------------------------------

    def jobs(self, *, states: "Sequence[State]" = (), kind: Optional[str] = None,
             format: Optional[str] = None, actor: Optional[str] = None, file: Optional[str] = None,
             rows: Range = _ANY, created: Range = _ANY, errors: Range = _ANY,
             since: Optional[datetime.datetime] = None, until: Optional[datetime.datetime] = None,
             made_from: int = 0, before: int = 0, most: int = 0) -> Table:
        """The jobs for which all of this holds, the newest first. Ranges are (least, most), of
        rows; those with `errors` are rejected, stale, failed or unknown."""
        filter = T.rollcall_job_filter(
            struct_size=ctypes.sizeof(T.rollcall_job_filter),
            states=sum(1 << int(state) for state in set(states)), kind=_bytes(kind),
            format=_bytes(format), actor=_bytes(actor), file=_bytes(file), since_ms=_ms(since),
            until_ms=_ms(until), before=before, most=most)
        setattr(filter, "from", made_from)
        for name, flag, (least, greatest) in (("rows", C.ROLLCALL_JOBS_ROWS_MAX, rows),
                                              ("created", C.ROLLCALL_JOBS_CREATED_MAX, created),
                                              ("errors", C.ROLLCALL_JOBS_ERRORS_MAX, errors)):
            setattr(filter, f"{name}_min", least or 0)
            if greatest is not None:
                setattr(filter, f"{name}_max", greatest)
                filter.flags |= flag
        return Table(made("rollcall_store_jobs", T.rollcall_table, self, filter))

    def job(self, number: int) -> Dict[str, Any]:
        """All of one job, findings and counts of codes among it."""
        line: Dict[str, Any] = json.loads(self._text("rollcall_store_job", self, number))
        return line

    def job_details(self, number: int) -> Dict[str, Any]:
        """What there is of it beside its record: artifacts, progress, secrets."""
        line: Dict[str, Any] = json.loads(self._text("rollcall_store_job_details", self, number))
        return line

    def job_page(self, number: int) -> Dict[str, str]:
        """The job as the page of its vendor's history shows it; nothing if there is no such."""
        with Table(made("rollcall_store_job_page", T.rollcall_table, self, number, None)) as table:
            return {str(row["header"]): str(row["text"] or "") for row in table}

    def purge_expired(self, days: Optional[int] = None, jobs: Optional[int] = None) -> Purged:
        """Removes all jobs that ended more than `days` ago (90) or are not among the newest `jobs`
        (10,000), with their records; if either is 0, all that have ended."""
        if days == 0 or jobs == 0:
            return Purged._by("rollcall_store_purge_ended", self)
        return Purged._by("rollcall_store_purge_expired", self, days or 0, jobs or 0)

    def effects(self) -> Table:
        """Effects that nobody has done yet, the oldest first."""
        return Table(made("rollcall_store_effects", T.rollcall_table, self))

    def effect_secret(self, job: int, operation: str, handle: str) -> str:
        """What a handle in the fields of an effect stands for, if the secret was made."""
        return self._text("rollcall_store_effect_secret", self, job, operation, handle)

    def effect_secrets(self, job: int,
                       directory: Optional[DirectoryHandle] = None) -> "EffectSecrets":
        """Those of a job, for who does its effects where the host is the store itself: also the
        ones that the file gave."""
        return EffectSecrets(self, job, directory)

    def effect_done(self, effect: int) -> None:
        """An effect was done. Secrets that only it needed are gone."""
        call("rollcall_store_effect_done", self, effect)

    def audit(self, *, kind: Optional[str] = None, key: Optional[str] = None,
              field: Optional[str] = None, actor: Optional[str] = None, job: int = 0,
              since: Optional[datetime.datetime] = None, until: Optional[datetime.datetime] = None,
              before: int = 0, most: int = 0) -> Table:
        """What was changed, the newest first."""
        return Table(made("rollcall_store_audit", T.rollcall_table, self, _audit_filter(
            0, kind, key, field, actor, job, since, until, before, most)))

    def accesses(self, *, actor: Optional[str] = None, job: int = 0, only_refused: bool = False,
                 since: Optional[datetime.datetime] = None,
                 until: Optional[datetime.datetime] = None, before: int = 0,
                 most: int = 0) -> Table:
        """Who saw, fetched or did something with jobs, or was refused, the newest first."""
        flags = C.ROLLCALL_AUDIT_ONLY_REFUSED if only_refused else 0
        return Table(made("rollcall_store_accesses", T.rollcall_table, self, _audit_filter(
            flags, None, None, None, actor, job, since, until, before, most)))

    def note(self, actor: str, what: str, job: int = 0, refusal: str = "",
             role: str = "") -> None:
        """Notes such an access: `what` is "see", "download report", ..."""
        call("rollcall_store_note_by", self, Context(actor, role, engine=self._engine), what, job,
             refusal)


class EffectSecrets(Handle):
    """The secrets that effects of a job need. One of the file is kept nowhere but in the file,
    which is read again as far as it takes: once, if effects are asked for in the order of
    Store.effects."""

    def __init__(self, store: Store, job: int, directory: Optional[DirectoryHandle] = None) -> None:
        self._turn = store._turn
        self._engine = store._engine
        self._directory = directory
        super().__init__(made("rollcall_effect_secrets_open", T.rollcall_effect_secrets, store, job,
                              directory))

    def find(self, effect: int, operation: str, handle: str) -> str:
        """What a handle in the fields of an effect stands for. NotFound if it is none of this
        effect, if the effect waits no more, or if the secret is gone."""
        return written(self._engine, lambda output: call(
            "rollcall_effect_secrets_find", self, effect, operation, handle, output,
            also=(self._directory,)))


def _audit_filter(flags: int, kind: Optional[str], key: Optional[str], field: Optional[str],
                  actor: Optional[str], job: int, since: Optional[datetime.datetime],
                  until: Optional[datetime.datetime], before: int,
                  most: int) -> T.rollcall_audit_filter:
    return T.rollcall_audit_filter(
        struct_size=ctypes.sizeof(T.rollcall_audit_filter), flags=flags, kind=_bytes(kind),
        key=_bytes(key), field=_bytes(field), actor=_bytes(actor), job=job, since_ms=_ms(since),
        until_ms=_ms(until), before=before, most=most)


def _bytes(text: Optional[str]) -> Optional[bytes]:
    return None if text is None else text.encode("utf-8")


def _ms(time: Optional[datetime.datetime]) -> int:
    return 0 if time is None else milliseconds(time)
