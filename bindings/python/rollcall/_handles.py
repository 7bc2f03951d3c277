"""What is the library's and is given back to it: handles.

A handle is freed when it is closed or when nobody holds it any more, whichever is first, and at
the latest when the interpreter ends. Handles may be closed in any order.
"""
import threading
import weakref
from typing import Any, Iterable, List, Optional, TypeVar

from ._library import lib

Self = TypeVar("Self", bound="Handle")


class Handle:
    """Something of the library's that is closed when it is no longer needed: `with` does that, and
    so does the end of the last reference. Using it after that is a ValueError."""

    _turn: Optional["Turn"] = None  # of those that one thread at a time may use

    def __init__(self, pointer: Any, *kept: object) -> None:
        self._open: Any = pointer
        self._kept = kept
        free = getattr(lib(), f"{pointer._type_.__name__}_free")
        self._finalizer = weakref.finalize(self, free, pointer)

    @property
    def _pointer(self) -> Any:
        if self._open is None:
            raise ValueError(f"this {type(self).__name__} is closed")
        return self._open

    @property
    def closed(self) -> bool:
        return self._open is None

    def close(self) -> None:
        """Frees what it holds. Closing it twice is fine."""
        if self._open is not None:
            with Turn.of([self]):
                self._open = None
                self._finalizer()

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


class Turn:
    """Whose turn it is to use a handle. Other threads wait; a callback that comes back for what
    its own call is using would wait for ever, and is refused."""

    def __init__(self) -> None:
        self._lock: Any = threading.RLock()  # it knows its owner, whatever interrupts us

    def take(self, handle: Handle) -> None:
        if self._lock._is_owned():
            raise RuntimeError(f"this {type(handle).__name__} is in use by the call under way")
        self._lock.acquire()

    def give(self) -> None:
        if self._lock._is_owned():
            self._lock.release()

    @staticmethod
    def of(handles: Iterable[Handle]) -> "_Turns":
        return _Turns(handles)


class _Turns:
    """The turns of several handles, taken in one order by everybody."""

    def __init__(self, handles: Iterable[Handle]) -> None:
        by_turn = {each._turn: each for each in handles if each._turn is not None}
        self._wanted = sorted(by_turn.items(), key=lambda each: id(each[0]))

    def __enter__(self) -> None:
        taken: List[Turn] = []
        try:
            for turn, handle in self._wanted:
                turn.take(handle)
                taken.append(turn)
        except RuntimeError:
            for turn in taken:
                turn.give()
            raise
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *raised: object) -> None:
        for turn, _ in self._wanted:
            turn.give()
