"""From one vendor's format to another's, and what was lost on the way."""
import ctypes
import json
import os
from contextlib import ExitStack
from typing import Any, Dict, Mapping, Optional

from . import _ffi_constants as C
from . import _ffi_types as T
from ._calls import Out, call, destroy, keep_alive
from ._handles import Handle
from ._jobs import ProgressFunction, _progress
from ._streams import Output, Readable, Source, Writable, written
from .context import ContextLike, context_of
from .directory import AnyDirectory, Borrowed
from .draft import _texts
from .engine import Cancel, Engine
from .findings import Findings
from .options import Reading
from .report import Refusal, State
from .schema import Schema
from .table import Table


class Loss(Handle):
    """What a conversion came to. `result` is the file, if it was written nowhere else."""

    def __init__(self, pointer: Any, engine: Engine, result: bytes) -> None:
        super().__init__(pointer)
        self._engine = engine
        self.result = result

    @property
    def state(self) -> State:
        """SUCCEEDED: nothing was left out, and nothing would be refused."""
        return State(call("rollcall_loss_state", self))

    @property
    def refusal(self) -> Refusal:
        return Refusal(call("rollcall_loss_refusal", self))

    def _count(self, which: int) -> int:
        count: int = call("rollcall_loss_count", self, which)
        return count

    @property
    def rows(self) -> int:
        """Of the source."""
        return self._count(C.ROLLCALL_LOSS_ROWS)

    @property
    def written(self) -> int:
        """Rows of the result; a range is several."""
        return self._count(C.ROLLCALL_LOSS_WRITTEN)

    @property
    def left_out(self) -> int:
        """Rows of the source that could not be read, or had nothing left."""
        return self._count(C.ROLLCALL_LOSS_LEFT_OUT)

    @property
    def refused(self) -> int:
        """Rows of the result that the target would refuse as they stand."""
        return self._count(C.ROLLCALL_LOSS_REFUSED)

    def _table(self, which: int) -> Table:
        out = Out(T.rollcall_table)
        call("rollcall_loss_table", self, which, out)
        return Table(out.pointer)

    @property
    def source(self) -> Table:
        """Columns of the source: column, carries, to, why, values, lost, examples (lists: JSON)."""
        return self._table(C.ROLLCALL_LOSS_TABLE_SOURCE)

    @property
    def target(self) -> Table:
        """Columns of the target: column, needed, written, values, filled, missing."""
        return self._table(C.ROLLCALL_LOSS_TABLE_TARGET)

    @property
    def remarks(self) -> Table:
        """What was found in rows: side, severity, code, column, count, lines (JSON)."""
        return self._table(C.ROLLCALL_LOSS_TABLE_REMARKS)

    @property
    def findings(self) -> Findings:
        """What is about the files as wholes."""
        return Findings(self._table(C.ROLLCALL_LOSS_TABLE_FINDINGS))

    def to_dict(self) -> Dict[str, Any]:
        """All of it, as in the last line of a report."""
        text = written(self._engine, lambda output: call("rollcall_loss_json", self, output))
        whole: Dict[str, Any] = json.loads(text)["convert"]
        return whole

    def page(self, nameless: str = "the file") -> str:
        """For people, a screen or two. A file without a name is called `nameless`."""
        return written(self._engine,
                       lambda output: call("rollcall_loss_page", self, nameless, output))

    def __repr__(self) -> str:
        return f"<Loss: {self.written} rows written, {self.left_out} left out>"


def convert(file: Readable, source: Schema, target: Schema, to: Optional[Writable] = None,
            context: ContextLike = None, *, report: Optional[Writable] = None,
            map: Optional[Readable] = None, fill: Optional[Mapping[str, str]] = None,
            with_secrets: bool = False, directory: Optional[AnyDirectory] = None,
            reading: Optional[Reading] = None, file_name: Optional[str] = None,
            progress: Optional[ProgressFunction] = None, cancel: Optional[Cancel] = None) -> Loss:
    """Writes a file of one format as one of another.

    `map` is a CSV with the columns field, from, to: what values are called there. `fill` says what
    rows get that have nothing for a field: a column of the target, or a canonical field. Without
    `directory`, the target's host, only what a row says by itself is judged. Secrets stay behind
    unless they are asked for.
    """
    engine = source.engine
    with ExitStack() as stack:
        user = keep_alive(progress)
        stack.callback(destroy, user)
        options = T.rollcall_convert_options(
            struct_size=ctypes.sizeof(T.rollcall_convert_options),
            flags=C.ROLLCALL_CONVERT_WITH_SECRETS if with_secrets else 0,
            progress=_progress, progress_user=user)
        struct = (reading or Reading())._struct()
        options.reading = ctypes.pointer(struct)
        if file_name is None and isinstance(file, (str, os.PathLike)):
            file_name = os.path.basename(os.fspath(file))
        if file_name is not None:
            options.file_name = os.fsencode(file_name)
        if map is not None:
            options.map = stack.enter_context(Source(engine, map))._pointer
        fields, values = _texts(list(fill or {})), _texts(list((fill or {}).values()))
        options.fill_fields, options.fill_values = fields, values
        options.fill_count = len(fields)
        host = stack.enter_context(Borrowed(target, directory))
        if host is not None:
            options.directory = host._pointer
        if cancel is not None:
            options.cancel = cancel._pointer
        who = context_of(context, engine)
        if who is not None and who is not context:
            stack.enter_context(who)
        result = stack.enter_context(Output(engine, to, is_secret=with_secrets or bool(fill)))
        told = None if report is None else stack.enter_context(Output(engine, report))
        loss = Out(T.rollcall_loss)
        call("rollcall_convert", source, target, stack.enter_context(Source(engine, file)), who,
             options, result, told, loss, also=(host,))
        written_there = result.data
    return Loss(loss.pointer, engine, written_there)
