"""A file as a table that somebody edits, with what there is to say of each row at any time."""
import ctypes
import enum
import weakref
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, List, Mapping, Optional, Sequence, Tuple, Union

from . import _ffi_constants as C
from . import _ffi_types as T
from ._calls import Out, call, destroy, keep_alive, made, text_of
from ._handles import Turn
from ._jobs import ProgressFunction, _progress
from ._streams import Output, Readable, ReadHandle, Source, Writable
from .context import ContextLike, context_of
from .directory import AnyDirectory, Borrowed
from .engine import Cancel
from .findings import Finding, Findings
from .options import Options, Reading
from .table import Table

if TYPE_CHECKING:
    from .plan import Plan
    from .report import Receipt, Report
    from .schema import Schema
    from .store import Store

_ALL = 2**64 - 1


class Outcome(enum.IntEnum):
    """What a row would come to if the draft were executed, and not as an atomic job."""

    UNJUDGED = C.ROLLCALL_DRAFT_UNJUDGED  # the file is refused as a whole
    BLANK = C.ROLLCALL_DRAFT_BLANK  # it is no row
    CREATED = C.ROLLCALL_DRAFT_CREATED
    UPDATED = C.ROLLCALL_DRAFT_UPDATED
    UNCHANGED = C.ROLLCALL_DRAFT_UNCHANGED
    REJECTED = C.ROLLCALL_DRAFT_REJECTED


@dataclass(frozen=True)
class DraftColumn:
    header: str  # as it stands in the file
    field: Optional[str]  # None: the format does not know the column
    is_secret: bool


@dataclass(frozen=True)
class DraftCounts:
    """Rows, without blank ones; `rows` is the sum of the next four, unless they are unjudged."""

    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    with_warnings: int


@dataclass(frozen=True)
class DraftFinding(Finding):
    """Row and column of the draft, from 0. The other places are those of the file, as it would be
    saved. What is about a row as a whole has no column."""

    row_index: int = 0
    column_index: Optional[int] = None


class Draft(ReadHandle):
    """A draft of a file, or without one, under the header of the format's template.

        draft = Draft(schema, "users.csv", directory, context)
        draft[4, "Email"] = "ada@acme.example"
        for row in draft.check():  # those to be shown anew
            ...
        receipt = draft.execute()

    Rows and columns count from 0; a column may be given by its header. What is said of a draft is
    what validating its file would say, but after an edit only those rows are judged again that it
    can touch. The host is taken to stay as it is: `refresh` after it has changed. Wherever a file
    is read, a draft can stand: Schema.validate(draft, ...).

    `progress` is told while the file is read and whenever rows are judged, and `cancel` stops that;
    who asks again is told all the same.
    """

    def __init__(self, schema: "Schema", file: Optional[Readable] = None,
                 directory: Optional[AnyDirectory] = None, context: ContextLike = None, *,
                 reading: Optional[Reading] = None, undo_bytes: int = 0,
                 store: "Optional[Store]" = None, progress: Optional[ProgressFunction] = None,
                 cancel: Optional[Cancel] = None) -> None:
        self._turn = Turn()
        self._schema, self._host, self._context, self._store = schema, directory, context, store
        if directory is None and store is not None:
            directory = store.directory(schema)
        if directory is None:
            raise TypeError("a draft asks a directory, or that of a store")
        self._directory = Borrowed(schema, directory).handle
        self._read_as = reading or Reading()
        struct = self._read_as._struct()
        user = keep_alive(progress)
        weakref.finalize(self, destroy, user)
        options = T.rollcall_draft_options(struct_size=ctypes.sizeof(T.rollcall_draft_options),
                                           reading=ctypes.pointer(struct), undo_bytes=undo_bytes,
                                           progress=_progress, progress_user=user)
        if cancel is not None:
            options.cancel = cancel._pointer
        with ExitStack() as stack:
            who = context_of(context, schema.engine)
            if who is not None and who is not context:
                stack.enter_context(who)
            name, first = "rollcall_draft_new", ()  # type: str, Tuple[Any, ...]
            if file is not None:
                name = "rollcall_draft_open"
                first = (stack.enter_context(Source(schema.engine, file)),)
            super().__init__(made(name, T.rollcall_draft, schema, *first, self._directory, who,
                                  options), self._directory)
        self._read_columns()

    def _read_columns(self) -> None:
        with Table(made("rollcall_draft_columns", T.rollcall_table, self)) as table:
            self.columns: Tuple[DraftColumn, ...] = tuple(
                DraftColumn(str(row["header"]),
                            None if row["field"] is None else str(row["field"]),
                            bool(row["is_secret"])) for row in table)

    def _judged(self, name: str, *arguments: Any) -> Any:
        return call(name, self, *arguments, also=(self._directory,))

    def _table(self, name: str, *arguments: Any) -> Table:
        out = Out(T.rollcall_table)
        self._judged(name, *arguments, out)
        return Table(out.pointer)

    def _text(self, name: str, *arguments: Any) -> Optional[str]:
        text = T.rollcall_str()
        said: Optional[str] = call(name, self, *arguments, text, also=(self._directory,),
                                   read=lambda: text_of(text))
        return said

    def _column(self, column: Union[int, str]) -> int:
        if isinstance(column, int):
            return _index(column, len(self.columns))
        for index, each in enumerate(self.columns):
            if each.header == column:
                return index
        raise KeyError(column)

    def _row(self, row: int) -> int:
        return _index(row, len(self))

    # ---- The table ------------------------------------------------------------------------------

    def __len__(self) -> int:
        rows: int = call("rollcall_draft_rows", self)
        return rows

    def __getitem__(self, place: Tuple[int, Union[int, str]]) -> str:
        """What a cell says; secrets are shown."""
        row, column = place
        return self._text("rollcall_draft_cell", self._row(row), self._column(column)) or ""

    def __setitem__(self, place: Tuple[int, Union[int, str]], value: str) -> None:
        row, column = place
        call("rollcall_draft_set", self, self._row(row), self._column(column), value)

    def cells(self, row: int = 0, count: Optional[int] = None) -> Table:
        """So many rows from this one on, all if nobody says."""
        return Table(made("rollcall_draft_cells", T.rollcall_table, self, row,
                          _ALL if count is None else count))

    def set(self, cells: Mapping[Tuple[int, Union[int, str]], str]) -> None:
        """Many cells as one step."""
        count = len(cells)
        rows = (ctypes.c_uint64 * count)(*(self._row(row) for row, _ in cells))
        columns = (ctypes.c_uint64 * count)(*(self._column(column) for _, column in cells))
        call("rollcall_draft_set_cells", self, rows, columns, _texts(list(cells.values())), count)

    def insert(self, row: int, rows: Sequence[Sequence[str]]) -> None:
        """Before this row, or with len(draft) behind the last. Short rows end blank."""
        width = max(map(len, rows), default=0)
        block = [[*cells, *[""] * (width - len(cells))] for cells in rows]
        texts = _texts([cell for cells in block for cell in cells])
        call("rollcall_draft_insert", self, row, texts, len(block), width)

    def append(self, row: Sequence[str]) -> None:
        self.insert(len(self), [row])

    def remove(self, row: int, count: int = 1) -> None:
        call("rollcall_draft_remove", self, self._row(row), count)

    def paste(self, row: int, column: Union[int, str], block: Sequence[Sequence[str]]) -> None:
        """Sets the cells of a block, whose rows are of one length, and adds the rows that it needs
        at the end."""
        width = len(block[0]) if block else 0
        if any(len(cells) != width for cells in block):
            raise ValueError("the rows of a block are of one length")
        texts = _texts([cell for cells in block for cell in cells])
        call("rollcall_draft_paste", self, row, self._column(column), texts, len(block), width)

    @property
    def can_undo(self) -> bool:
        return bool(call("rollcall_draft_can_undo", self))

    @property
    def can_redo(self) -> bool:
        return bool(call("rollcall_draft_can_redo", self))

    def undo(self) -> bool:
        """Takes the last step back. False: there was none."""
        return self._step("rollcall_draft_undo")

    def redo(self) -> bool:
        return self._step("rollcall_draft_redo")

    def _step(self, name: str) -> bool:
        done = ctypes.c_int32()
        call(name, self, ctypes.byref(done))
        return bool(done.value)

    # ---- What is said of it ---------------------------------------------------------------------

    @property
    def is_refused(self) -> bool:
        """The file is refused as a whole, and no row is judged; `file_findings` say why."""
        return bool(call("rollcall_draft_is_refused", self))

    @property
    def file_findings(self) -> Findings:
        return Findings(self._table("rollcall_draft_file_findings"))

    def check(self) -> List[int]:
        """The rows that were judged since this was last asked: those to be shown anew."""
        with self._table("rollcall_draft_check") as table:
            return [int(row or 0) for row in table["row_index"].to_list()]

    def outcome(self, row: int) -> Outcome:
        """What a row would come to."""
        outcome = ctypes.c_int32()
        self._judged("rollcall_draft_row", self._row(row), ctypes.byref(outcome), None)
        return Outcome(outcome.value)

    def counts(self) -> DraftCounts:
        counts = T.rollcall_draft_counts(struct_size=ctypes.sizeof(T.rollcall_draft_counts))
        self._judged("rollcall_draft_count_rows", counts)
        return DraftCounts(counts.rows, counts.created, counts.updated, counts.unchanged,
                           counts.rejected, counts.with_warnings)

    def findings(self, row: int = 0, count: Optional[int] = None) -> List[DraftFinding]:
        """Those of so many rows from this one on, all if nobody says."""
        with self.findings_table(row, count) as table:
            return [DraftFinding(**vars(finding), row_index=int(at or 0),
                                 column_index=None if column is None else int(column))
                    for finding, at, column in zip(Findings(table), table["row_index"].to_list(),
                                                   table["column_index"].to_list())]

    def findings_table(self, row: int = 0, count: Optional[int] = None) -> Table:
        """The same by columns: row_index, column_index, and those of Findings.table."""
        return self._table("rollcall_draft_findings", row, _ALL if count is None else count)

    def given_key(self, row: int) -> Optional[str]:
        """The key that the host would give to the object that the row makes; None if it makes none,
        or the host does not say."""
        return self._text("rollcall_draft_given_key", self._row(row))

    def drawn(self, row: int, column: Union[int, str]) -> Optional[str]:
        """The number that the row would draw from a pool for a cell that it leaves to it."""
        return self._text("rollcall_draft_drawn", self._row(row), self._column(column))

    def refresh(self) -> None:
        """Judges all rows anew: after a change of the host's objects or settings."""
        self._judged("rollcall_draft_refresh")
        self._read_columns()

    # ---- As a file ------------------------------------------------------------------------------

    def save(self, to: Writable) -> None:
        """Rows that nobody has edited byte for byte as they were read, in UTF-8."""
        with Output(self._schema.engine, to) as output:
            call("rollcall_draft_save", self, output)

    def to_bytes(self) -> bytes:
        with Output(self._schema.engine) as output:
            call("rollcall_draft_save", self, output)
            return output.data

    def _source(self) -> Any:
        return made("rollcall_draft_source", T.rollcall_source, self)

    @property
    def reading(self) -> Reading:
        """How the file is read, as settled: for the options of who reads the draft. Limits and
        kernel are those that it was opened with."""
        return self._reading_of(self._read_as)

    def _reading_of(self, asked: Reading) -> Reading:
        """With the dialect of the draft, which is UTF-8 whatever its file was."""
        said = T.rollcall_reading(struct_size=ctypes.sizeof(T.rollcall_reading))
        call("rollcall_draft_reading", self, said)
        return replace(asked, delimiter=_sign(said.delimiter), quote=_sign(said.quote),
                       escape=_sign(said.escape), encoding="utf-8",
                       lenient=bool(said.flags & C.ROLLCALL_READING_LENIENT))

    def _options(self, options: Optional[Options]) -> Options:
        if options is None:
            return Options(reading=self.reading)
        return replace(options, reading=self._reading_of(options.reading))

    def validate(self, *, options: Optional[Options] = None, **more: Any) -> "Report":
        """As Schema.validate, with directory, context and store of the draft."""
        return self._schema.validate(self, self._host, self._context,
                                     options=self._options(options), store=self._store, **more)

    def plan(self, *, options: Optional[Options] = None, **more: Any) -> "Plan":
        """As Schema.plan, likewise."""
        return self._schema.plan(self, self._host, self._context, options=self._options(options),
                                 store=self._store, **more)

    def execute(self, *, options: Optional[Options] = None, **more: Any) -> "Receipt":
        """As Schema.execute, likewise. `refresh` says what is to be said of the draft then."""
        return self._schema.execute(self, self._host, self._context,
                                    options=self._options(options), store=self._store, **more)

    def __repr__(self) -> str:
        return f"<Draft of {len(self)} rows for {self._schema.id}>"


def _index(index: int, size: int) -> int:
    at = index + size if index < 0 else index
    if not 0 <= at < size:
        raise IndexError(index)
    return at


def _texts(values: Sequence[str]) -> Any:
    """An array of rollcall_str, which keeps its texts alive."""
    bytes_of = [value.encode("utf-8") for value in values]
    texts = (T.rollcall_str * len(bytes_of))()
    for text, value in zip(texts, bytes_of):
        text.ptr = ctypes.cast(ctypes.c_char_p(value), ctypes.c_void_p)
        text.len = len(value)
    setattr(texts, "_kept", bytes_of)
    return texts


def _sign(sign: int) -> Optional[str]:
    return chr(sign) if sign else None
