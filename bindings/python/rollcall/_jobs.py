"""What all jobs have in common: the structs that they are given, and what must live meanwhile."""
import ctypes
import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Callable, Optional, Tuple

from . import _ffi_types as T
from ._calls import Out, call, callback, destroy, keep_alive
from ._handles import Handle
from ._streams import Output, Readable, ReadAgain, Source
from .context import ContextLike, context_of
from .directory import AnyDirectory, Borrowed, DirectoryHandle
from .engine import Cancel, Engine
from .options import FORMS, KEEP, Options, Outputs, one_of
from .progress import Progress

if TYPE_CHECKING:
    from .schema import Schema
    from .store import Store

ProgressFunction = Callable[[Progress], Any]

_WRITTEN = ("report", "result", "error_rows", "error_log", "error_log_json", "findings", "secrets")


# Also where nobody is told: on its way here Ctrl-C is heard.
@callback(T.rollcall_progress_fn)
def _progress(tell: Optional[ProgressFunction], progress: Any) -> None:
    if tell is not None:
        now = progress.contents
        tell(Progress(now.job, now.step, now.rows, now.bytes, now.groups, now.groups_planned))


class Job:
    """One call of a function that makes a job."""

    def __init__(self, engine: Engine, *, options: Optional[Options] = None,
                 outputs: Optional[Outputs] = None, progress: Optional[ProgressFunction] = None,
                 cancel: Optional[Cancel] = None, store: "Optional[Store]" = None,
                 keep: str = "findings") -> None:
        self.engine = engine
        self.how = options or Options()
        self.written = outputs or Outputs()
        self.progress = progress
        self.cancel = cancel
        self.store = store
        self.keep = keep
        self._stack = ExitStack()

    def __enter__(self) -> "Job":
        try:
            return self._open()
        except BaseException:
            self._stack.close()
            raise

    def _open(self) -> "Job":
        user = keep_alive(self.progress)
        self._stack.callback(destroy, user)
        self._reading = self.how.reading._struct()
        self.options = self.how._struct(self._reading, self.store is not None)
        self.options.progress = _progress
        self.options.progress_user = user
        if self.cancel is not None:
            self.options.cancel = self.cancel._pointer
        if self.store is not None:
            self.options.store = self.store._pointer
        self.outputs = T.rollcall_outputs(struct_size=ctypes.sizeof(T.rollcall_outputs))
        self.outputs.keep = one_of(KEEP, self.how.keep or self.keep, "keep")
        self.outputs.findings_form = one_of(FORMS, self.written.findings_form, "findings_form")
        self.outputs.flags = 1 if self.written.colour else 0
        for name in _WRITTEN:
            to = getattr(self.written, name)
            if to is not None:
                output = Output(self.engine, to, is_secret=name == "secrets")
                setattr(self.outputs, name, self._stack.enter_context(output)._pointer)
        return self

    def __exit__(self, *raised: object) -> None:
        self._stack.close()

    def source(self, what: Readable) -> Source:
        """The file of the job, by whose name it goes unless the options give it another."""
        if isinstance(what, (str, os.PathLike)):
            path = os.path.abspath(os.fspath(what))
            self.options.source_path = os.fsencode(path)
            if self.how.file_name is None:
                self.options.file_name = os.fsencode(os.path.basename(path))
        return self._stack.enter_context(Source(self.engine, what))

    def planned(self, what: Optional[ReadAgain]) -> None:
        """The file that was planned, for secrets that stand in it."""
        if what is not None:
            source = self._stack.enter_context(Source(self.engine, what))
            self.options.source = source._pointer

    def directory(self, schema: "Optional[Schema]",
                  what: Optional[AnyDirectory]) -> Optional[DirectoryHandle]:
        """A host's callbacks, or what the library keeps; of a store its own if there is none."""
        if what is None and schema is not None and self.store is not None:
            return self._stack.enter_context(self.store.directory(schema))
        if what is None or isinstance(what, DirectoryHandle):
            return what
        if schema is None:
            raise TypeError("for a host of one's own the schema must be known")
        return self._stack.enter_context(Borrowed(schema, what))

    def context(self, what: ContextLike) -> Optional[Handle]:
        context = context_of(what, self.engine)
        if context is not None and context is not what:
            self._stack.enter_context(context)
        return context

    def run(self, name: str, *arguments: Any) -> Any:
        """The report of it."""
        return self.run_both(name, *arguments)

    def run_both(self, name: str, *arguments: Any, plan: Optional[Out] = None) -> Any:
        report = Out(T.rollcall_report)
        outs: Tuple[Out, ...] = (report,) if plan is None else (plan, report)
        call(name, *arguments, *outs, also=(self.store,))
        return report.pointer
