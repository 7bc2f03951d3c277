"""What is wrong with a file, or worth knowing: one at a time as objects, or by columns."""
import json
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Optional, Sequence, Union, overload

from .table import Column, Table

if TYPE_CHECKING:
    import pandas


class Severity(str, Enum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class Finding:
    """A fact about file, actor or data. `code` is a Code, or one of the format's own. What is about
    the file has neither row nor line; what is about a row as a whole has no column. `fix` is what
    the cell was meant to be, `unsafe_fix` what it probably was."""

    severity: Severity
    code: str
    message: str
    row: Optional[int] = None
    line: Optional[int] = None
    column: Optional[str] = None
    value: Optional[str] = None
    fix: Optional[str] = None
    facts_json: str = field(default="", repr=False)
    unsafe_fix: Optional[str] = None

    @property
    def facts(self) -> Dict[str, Any]:
        """What the message says, by name."""
        known: Dict[str, Any] = json.loads(self.facts_json or "{}")
        return known

    def __str__(self) -> str:
        where = f"line {self.line}: " if self.line is not None else ""
        column = f"{self.column}: " if self.column else ""
        return f"{where}{column}{self.message} ({self.code})"


class Findings(Sequence[Finding]):
    """Findings in the order in which they are told. `table` has them by columns."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def __len__(self) -> int:
        return len(self.table)

    @overload
    def __getitem__(self, index: int) -> Finding: ...

    @overload
    def __getitem__(self, index: slice) -> List[Finding]: ...

    def __getitem__(self, index: Union[int, slice]) -> Union[Finding, List[Finding]]:
        if isinstance(index, slice):
            return [self._at(i) for i in range(*index.indices(len(self)))]
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        return self._at(at)

    def _at(self, index: int) -> Finding:
        return _finding_of(*(self.table[name][index] for name in _COLUMNS))

    def __iter__(self) -> Iterator[Finding]:
        return map(_finding_of, *(self.table[name].to_list() for name in _COLUMNS))

    def column(self, name: str) -> Column:
        return self.table[name]

    @property
    def errors(self) -> List[Finding]:
        return [each for each in self if each.severity is Severity.ERROR]

    def to_pandas(self) -> "pandas.DataFrame":
        return self.table.to_pandas()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)

    def _repr_html_(self) -> str:
        return self.table._repr_html_()

    def __repr__(self) -> str:
        return f"<{len(self)} findings>"


_COLUMNS = ("severity", "code", "message", "row", "line", "column", "value", "fix", "facts",
            "unsafe_fix")


def _finding_of(severity: Any, code: Any, message: Any, row: Any, line: Any, column: Any,
                value: Any, fix: Any, facts: Any, unsafe_fix: Any) -> Finding:
    return Finding(Severity(severity), code, message or "", row, line, column, value, fix,
                   facts or "", unsafe_fix)
