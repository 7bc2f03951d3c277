"""The rows of a file as they are, without any format."""
import io
import json
import os
from contextlib import ExitStack
from typing import Any, Dict, Iterator, Optional

from . import _ffi_constants as C
from . import _ffi_types as T
from ._calls import Out, call, made
from ._handles import Handle, Turn
from ._streams import Output, Readable, Source, Writable, written
from .engine import Engine, engine_or_default
from .options import Reading
from .table import Table

_FORMS = {"jsonl": C.ROLLCALL_ROWS_JSON_LINES, "csv": C.ROLLCALL_ROWS_CSV}


class Rows(Handle):
    """Reads a file in tables of about `at_once` rows: row, line, extra_cells, and a column for each
    cell of the header. Memory is bounded by that, whatever the file.

        for table in Rows("users.csv"):
            print(table["Email"].to_list())
    """

    def __init__(self, file: Readable, reading: Optional[Reading] = None, *, at_once: int = 10_000,
                 engine: Optional[Engine] = None) -> None:
        engine = engine_or_default(engine)
        self._turn = Turn()
        self._at_once = at_once
        source = Source(engine, file)
        struct = (reading or Reading())._struct()
        pointer = made("rollcall_rows_open", T.rollcall_rows, engine, source, struct)
        super().__init__(pointer, source)

    def __iter__(self) -> Iterator[Table]:
        while True:
            table = Out(T.rollcall_table)
            if call("rollcall_rows_next", self, self._at_once, table) != C.ROLLCALL_MORE:
                return
            yield Table(table.pointer)

    @property
    def faults(self) -> Table:
        """What was wrong with the rows of the last table: row, line, byte, cell, code."""
        return Table(made("rollcall_rows_faults", T.rollcall_table, self))

    @property
    def delimiter(self) -> str:
        return chr(call("rollcall_rows_delimiter", self))


def _by_python(file: Readable, stack: ExitStack) -> Readable:
    """The same, read piece by piece by Python, which hears Ctrl-C on its way. What cannot be opened
    is left to the library, which says why."""
    if isinstance(file, (bytes, bytearray, memoryview)):
        return io.BytesIO(file)
    if not isinstance(file, (str, os.PathLike)):
        return file
    try:
        return stack.enter_context(open(file, "rb"))
    except OSError:
        return file


def write_rows(file: Readable, to: Optional[Writable] = None, *, form: str = "csv",
               reading: Optional[Reading] = None, engine: Optional[Engine] = None) -> bytes:
    """The rows as clean CSV, or as "jsonl" with what is wrong with each."""
    engine = engine_or_default(engine)
    struct = (reading or Reading())._struct()
    with ExitStack() as stack, Output(engine, to) as output:
        source = stack.enter_context(Source(engine, _by_python(file, stack)))
        call("rollcall_rows_write", engine, source, struct, _FORMS[form], output)
        data = output.data
    return data


def count_rows(file: Readable, *, reading: Optional[Reading] = None,
               engine: Optional[Engine] = None) -> Dict[str, Any]:
    """How a file was read: encoding, delimiter, counts."""
    engine = engine_or_default(engine)
    struct = (reading or Reading())._struct()
    with ExitStack() as stack:
        source = stack.enter_context(Source(engine, _by_python(file, stack)))
        text = written(engine, lambda output: call(
            "rollcall_rows_write", engine, source, struct, C.ROLLCALL_ROWS_COUNT, output))
    line: Dict[str, Any] = json.loads(text)
    return line
