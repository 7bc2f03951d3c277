"""Mending a file: the fixes that its findings offer are made in a copy of it."""
import ctypes
import json
import os
from contextlib import ExitStack
from typing import Any, Dict, Optional

from . import _ffi_constants as C
from . import _ffi_types as T
from ._calls import Out, call, destroy, keep_alive
from ._handles import Handle
from ._jobs import ProgressFunction, _progress
from ._streams import Output, Readable, Source, Writable, written
from .context import ContextLike, context_of
from .directory import AnyDirectory, Borrowed
from .engine import Cancel, Engine
from .findings import Findings
from .options import Reading
from .report import Refusal
from .schema import Schema
from .table import Table


class Mending(Handle):
    """What mending a file came to. `file` is the copy, if it was written nowhere else."""

    def __init__(self, pointer: Any, engine: Engine, file: bytes) -> None:
        super().__init__(pointer)
        self._engine = engine
        self.file = file

    @property
    def refusal(self) -> Refusal:
        return Refusal(call("rollcall_mending_refusal", self))

    def _count(self, which: int) -> int:
        count: int = call("rollcall_mending_count", self, which)
        return count

    @property
    def rows_mended(self) -> int:
        return self._count(C.ROLLCALL_MENDING_ROWS_MENDED)

    @property
    def certain(self) -> int:
        """Steps by which cells were mended; nobody has to look at them."""
        return self._count(C.ROLLCALL_MENDING_CERTAIN)

    @property
    def guessed(self) -> int:
        """Steps that somebody should look at."""
        return self._count(C.ROLLCALL_MENDING_GUESSED)

    @property
    def guesses_left(self) -> int:
        """Cells with a guess that nobody asked for."""
        return self._count(C.ROLLCALL_MENDING_GUESSES_LEFT)

    @property
    def bad_after(self) -> int:
        """Rows that still say something wrong by themselves."""
        return self._count(C.ROLLCALL_MENDING_BAD_AFTER)

    def _table(self, which: int) -> Table:
        out = Out(T.rollcall_table)
        call("rollcall_mending_table", self, which, out)
        return Table(out.pointer)

    @property
    def fixes(self) -> Table:
        """Every step: row (0: the header), line, cell, column, before, after, rule, certain."""
        return self._table(C.ROLLCALL_MENDING_TABLE_FIXES)

    @property
    def findings(self) -> Findings:
        """Why the file was refused."""
        return Findings(self._table(C.ROLLCALL_MENDING_TABLE_FINDINGS))

    def to_dict(self) -> Dict[str, Any]:
        text = written(self._engine, lambda output: call("rollcall_mending_json", self, output))
        whole: Dict[str, Any] = json.loads(text)["fix"]
        return whole

    def summary(self, unsafe: str = "unsafe=True") -> str:
        """For people, in a few lines; `unsafe` is how they ask for guesses."""
        return written(self._engine,
                       lambda output: call("rollcall_mending_summary", self, unsafe, output))

    def __repr__(self) -> str:
        return f"<Mending: {self.certain} certain fixes, {self.guessed} guesses>"


def fix(file: Readable, schema: Schema, to: Optional[Writable] = None,
        directory: Optional[AnyDirectory] = None, context: ContextLike = None, *,
        unsafe: bool = False, lineage: Optional[Writable] = None,
        preview: Optional[Writable] = None, reading: Optional[Reading] = None,
        file_name: Optional[str] = None, progress: Optional[ProgressFunction] = None,
        cancel: Optional[Cancel] = None) -> Mending:
    """Writes a copy of a file in which the fixes that are certain are made, and guesses if they are
    asked for (`unsafe`). Bytes that are not part of a mended cell stay as they are. `lineage` is a
    JSON line a step; `preview` shows some rows as they are and as they would be."""
    engine = schema.engine
    with ExitStack() as stack:
        user = keep_alive(progress)
        stack.callback(destroy, user)
        struct = (reading or Reading())._struct()
        options = T.rollcall_fix_options(
            struct_size=ctypes.sizeof(T.rollcall_fix_options), reading=ctypes.pointer(struct),
            flags=C.ROLLCALL_FIX_KEEP_FIXES | (C.ROLLCALL_FIX_UNSAFE if unsafe else 0),
            progress=_progress, progress_user=user)
        if cancel is not None:
            options.cancel = cancel._pointer
        if file_name is None and isinstance(file, (str, os.PathLike)):
            file_name = os.path.basename(os.fspath(file))
        if file_name is not None:
            options.file_name = os.fsencode(file_name)
        for name, where in (("lineage", lineage), ("preview", preview)):
            if where is not None:
                setattr(options, name, stack.enter_context(Output(engine, where))._pointer)
        who = context_of(context, engine)
        if who is not None and who is not context:
            stack.enter_context(who)
        copy = stack.enter_context(Output(engine, to))
        mending = Out(T.rollcall_mending)
        call("rollcall_fix", schema, stack.enter_context(Source(engine, file)),
             stack.enter_context(Borrowed(schema, directory)), who, options, copy, mending)
        data = copy.data
    return Mending(mending.pointer, engine, data)
