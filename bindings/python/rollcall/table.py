"""Rows, findings, changes, jobs: everything that comes in many is a Table, read by columns.

A column is where the library has it: `data`, `offsets` and `validity` are views of its memory, not
copies, and keep it alive. Other programs read a table as an Arrow stream (`__arrow_c_stream__`),
pandas by `to_pandas()`.
"""
import ctypes
import html
from array import array
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Optional, Sequence, Tuple, Union

from . import _ffi_constants as C
from . import _ffi_types as T
from ._arrow import stream_capsule
from ._calls import call, text_of
from ._handles import Handle

if TYPE_CHECKING:
    import pandas

Value = Union[str, int, None]

_BITS = [tuple(bool(byte >> bit & 1) for bit in range(8)) for byte in range(256)]
_SHOWN = 20


class _Shared(Handle):
    """Another handle of a table, for the views of its columns."""


class Table(Handle):
    """An immutable table. It is a sequence of rows, each a dict; work on columns is faster."""

    def __init__(self, pointer: Any) -> None:
        super().__init__(pointer)
        self._columns: Dict[str, Column] = {}
        self._shared: Optional[_Shared] = None
        self._rows: int = call("rollcall_table_rows", self)
        names = [self._described(i) for i in range(call("rollcall_table_columns", self))]
        self.columns: Tuple[str, ...] = tuple(text_of(each.name) or "" for each in names)

    def _described(self, index: int) -> T.rollcall_column:
        column = T.rollcall_column()
        column.struct_size = ctypes.sizeof(column)
        call("rollcall_table_column", self, index, column)
        return column

    def __len__(self) -> int:
        return self._rows

    def __getitem__(self, name: str) -> "Column":
        """A column by its name."""
        if name not in self._columns:
            if name not in self.columns:
                raise KeyError(name)
            if self._shared is None:
                self._shared = _Shared(call("rollcall_table_retain", self))
            column = self._described(self.columns.index(name))
            self._columns[name] = Column(name, column, self._shared)
        return self._columns[name]

    def close(self) -> None:
        """Columns, and views of them, stay valid as long as somebody has them."""
        self._columns = {}
        self._shared = None
        super().close()

    def __iter__(self) -> Iterator[Dict[str, Value]]:
        lists = [self[name].to_list() for name in self.columns]
        for values in zip(*lists):
            yield dict(zip(self.columns, values))

    def to_dict(self) -> Dict[str, List[Value]]:
        """Every column as a list."""
        return {name: self[name].to_list() for name in self.columns}

    def cell(self, row: int, column: str) -> Value:
        """One cell; slow, for one now and then."""
        if column not in self.columns:
            raise KeyError(column)
        if not 0 <= row < self._rows:
            raise IndexError(f"there is no row {row} in a table of {self._rows}")
        value: Value = self[column][row]
        return value

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The table as an Arrow C stream, for whoever reads such: polars, pyarrow, duckdb, pandas
        from 2.2 on. Nothing is copied."""
        return stream_capsule(self._pointer)

    def to_pandas(self) -> "pandas.DataFrame":
        """A DataFrame: texts as `string`, numbers as int64 and uint64, or Int64 and UInt64 where
        some are null."""
        import pandas

        return pandas.DataFrame({name: self[name]._series(pandas) for name in self.columns},
                                columns=list(self.columns))

    def _repr_html_(self) -> str:
        def line(tag: str, cells: Sequence[Value]) -> str:
            inner = "".join(f"<{tag}>{html.escape('' if each is None else str(each))}</{tag}>"
                            for each in cells)
            return f"<tr>{inner}</tr>"

        heads = [self[name][:_SHOWN] for name in self.columns]
        rows = "".join(line("td", row) for row in zip(*heads))
        more = f"<p>{self._rows} rows</p>" if self._rows > _SHOWN else ""
        return (f"<table><thead>{line('th', self.columns)}</thead>"
                f"<tbody>{rows}</tbody></table>{more}")

    def __repr__(self) -> str:
        return f"<Table of {self._rows} rows: {', '.join(self.columns)}>"


class Column(Sequence[Value]):
    """A column: a sequence of its values, and views of the memory in which it lies.

    `data` are the numbers, or the bytes of all texts in UTF-8; row r of a text is
    `data[offsets[r]:offsets[r + 1]]`. `validity` has a bit a row, lowest first, 0 where the value
    is null, and is None if none is.
    """

    def __init__(self, name: str, column: T.rollcall_column, owner: Handle) -> None:
        self.name = name
        self.null_count: int = column.nulls
        self.is_text: bool = column.type == C.ROLLCALL_COLUMN_TEXT
        rows: int = column.rows
        self._rows = rows
        self.validity = (None if not column.validity else
                         _view(ctypes.addressof(column.validity.contents), (rows + 7) // 8, "B",
                               owner))
        self.offsets: Optional[memoryview] = None
        if self.is_text:
            at = ctypes.addressof(column.offsets.contents)
            self.offsets = _view(at, rows + 1, "q", owner)
            self.data = _view(column.data, self.offsets[rows], "B", owner)
        else:
            kind = "q" if column.type == C.ROLLCALL_COLUMN_INT64 else "Q"
            self.data = _view(column.data, rows, kind, owner)

    def __len__(self) -> int:
        return self._rows

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self._at(row) for row in range(*index.indices(self._rows))]
        row = index + self._rows if index < 0 else index
        if not 0 <= row < self._rows:
            raise IndexError(index)
        return self._at(row)

    def _at(self, row: int) -> Value:
        if self.validity is not None and not self.validity[row >> 3] >> (row & 7) & 1:
            return None
        if self.offsets is None:
            value: int = self.data[row]
            return value
        return bytes(self.data[self.offsets[row]:self.offsets[row + 1]]).decode("utf-8")

    def __iter__(self) -> Iterator[Value]:
        return iter(self.to_list())

    def is_valid(self) -> List[bool]:
        """Of each row, whether it has a value."""
        if self.validity is None:
            return [True] * self._rows
        bits = chain.from_iterable(map(_BITS.__getitem__, self.validity))
        return list(islice(bits, self._rows))

    def to_list(self) -> List[Value]:
        """All values, at several times the speed of asking for one after the other."""
        values = self._texts() if self.is_text else self._numbers()
        if self.validity is None:
            return values
        return [value if valid else None for value, valid in zip(values, self.is_valid())]

    def _numbers(self) -> List[Value]:
        numbers: List[Any] = self.data.tolist()
        return numbers

    def _texts(self) -> List[Value]:
        assert self.offsets is not None
        ends = self.offsets.tolist()
        data = bytes(self.data)
        if data.isascii():
            text = data.decode("ascii")
            return [text[begin:end] for begin, end in zip(ends, ends[1:])]
        return [data[begin:end].decode("utf-8") for begin, end in zip(ends, ends[1:])]

    def _series(self, pandas: Any) -> Any:
        if self.is_text:
            return pandas.array(self.to_list(), dtype="string")
        import numpy

        name = "int64" if self.data.format == "q" else "uint64"
        numbers = numpy.frombuffer(self.data, dtype=name).copy()
        if self.validity is None:
            return numbers
        nulls = ~numpy.array(self.is_valid(), dtype=bool)
        return pandas.arrays.IntegerArray(numbers, nulls)

    def __repr__(self) -> str:
        return f"<Column {self.name} of {self._rows} rows>"


def _view(address: Optional[int], count: int, kind: str, owner: Handle) -> memoryview:
    """A view of so many numbers. It keeps the array alive, and the array its owner."""
    size = count * (1 if kind == "B" else 8)
    if not address or not size:
        return memoryview(array(kind))
    memory = (ctypes.c_uint8 * size).from_address(address)
    setattr(memory, "owner", owner)
    return memoryview(memory).toreadonly().cast("B").cast(kind)
