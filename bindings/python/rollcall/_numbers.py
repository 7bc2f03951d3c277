"""Numbers as C has them. What does not fit ctypes would cut off without a word, and job 2**64 + 1
be job 1: here it is a ValueError."""
import ctypes
from typing import Any, Dict, Tuple

_BOUNDS: Dict[Any, Tuple[int, int]] = {}
for _kind in (ctypes.c_uint8, ctypes.c_int32, ctypes.c_uint32, ctypes.c_int64, ctypes.c_uint64,
              ctypes.c_size_t):
    _bits = 8 * ctypes.sizeof(_kind)
    _is_signed = _kind(-1).value < 0
    _BOUNDS[_kind] = (-(1 << _bits - 1), (1 << _bits - 1) - 1) if _is_signed else (
        0, (1 << _bits) - 1)


def fit(number: int, kind: Any, what: str) -> int:
    """The number, if a C type can hold it."""
    least, most = _BOUNDS.get(kind, (number, number))
    if not least <= number <= most:
        raise ValueError(f"{what}: a number from {least} to {most}, not {number}")
    return number


class Struct(ctypes.Structure):
    """A struct that is filled in here."""

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(value, int):
            fit(value, dict(self._fields_).get(name), name)
        super().__setattr__(name, value)
