"""Calls of the library: arguments, errors, and what callbacks raise.

A callback that raises leaves its verdict at STOP, so the library breaks off; when it has returned,
the exception is raised again, unchanged. One that arrives where no `try` is yet, as Ctrl-C mostly
does on its way into a callback, is dropped by ctypes, which tells sys.unraisablehook: while the
library is called, that is us.
"""
import ctypes
import json
import sys
import threading
from types import CodeType
from typing import Any, Callable, Dict, List, Optional, Set, Tuple, Type

from . import _ffi_constants as C
from ._ffi import FUNCTIONS, E
from ._ffi_types import rollcall_error, rollcall_str
from ._library import lib
from ._numbers import fit
from .errors import BY_NAME, Error
from ._handles import Handle, Turn


class Out:
    """A pointer to a handle that a function gives."""

    def __init__(self, kind: Type[ctypes.Structure]) -> None:
        self.kind = kind
        self.pointer = ctypes.POINTER(kind)()

    def free(self) -> None:
        if self.pointer:
            getattr(lib(), f"{self.kind.__name__}_free")(self.pointer)


class _Running(threading.local):
    """What raised in each of the calls that this thread is in, innermost last."""

    def __init__(self) -> None:
        self.raised: List[Optional[BaseException]] = []


_running = _Running()
_callbacks: Set[CodeType] = set()


class _Hook:
    """Listens at sys.unraisablehook while any thread is in a call."""

    def __init__(self) -> None:
        self.lock = threading.RLock()  # a signal handler may make a call where one begins
        self.calls = 0
        self.before: Callable[[Any], Any] = sys.__unraisablehook__

    def __enter__(self) -> None:
        with self.lock:
            self.calls += 1
            if self.calls == 1 and sys.unraisablehook != self.hear:
                self.before = sys.unraisablehook
                sys.unraisablehook = self.hear

    def __exit__(self, *raised: object) -> None:
        with self.lock:
            self.calls -= 1
            if self.calls == 0 and sys.unraisablehook == self.hear:
                sys.unraisablehook = self.before

    def hear(self, told: Any) -> None:
        at = told.exc_traceback
        if at is not None and at.tb_frame.f_code in _callbacks and _running.raised:
            keep(told.exc_value)
        else:
            self.before(told)


_hook = _Hook()


def keep(exception: BaseException) -> None:
    """For who made the call; the first one is what he gets. Without a call (a handle that is freed
    may log) nobody can get it, and Python says so in its way."""
    if not _running.raised:
        raise exception
    if _running.raised[-1] is None:
        _running.raised[-1] = exception


def is_stopped() -> bool:
    """Has a callback of the call under way raised?"""
    return bool(_running.raised) and _running.raised[-1] is not None


# What callbacks work for, by the number that they are given as `user`.
_alive: Dict[int, Any] = {}
_numbers = iter(range(1, sys.maxsize))


def keep_alive(what: Any) -> int:
    """Until `destroy` is called with this number."""
    number = next(_numbers)
    _alive[number] = what
    return number


def callback(kind: Any) -> Callable[[Callable[..., Optional[int]]], Any]:
    """Makes a callback of a function that takes what `user` stands for and the arguments but the
    verdict, and returns a verdict or None, which is to go on."""

    def made(function: Callable[..., Optional[int]]) -> Any:
        def guarded(user: int, *arguments: Any) -> None:
            try:
                if not is_stopped():
                    verdict = function(_alive[user], *arguments[:-1])
                    arguments[-1][0] = C.ROLLCALL_CONTINUE if verdict is None else verdict
            except BaseException as exception:
                arguments[-1][0] = C.ROLLCALL_STOP
                keep(exception)

        _callbacks.add(guarded.__code__)
        return kind(guarded)

    return made


def destroy(user: int) -> None:
    _alive.pop(user, None)


_callbacks.add(destroy.__code__)  # it is one, too


def _flat(arguments: Tuple[Any, ...]) -> List[Any]:
    """As C wants them: a text is its bytes and their number."""
    flat: List[Any] = []
    for each in arguments:
        if isinstance(each, str):
            each = each.encode("utf-8")
        if isinstance(each, bytes):
            flat += [each, len(each)]
        elif isinstance(each, Handle):
            flat.append(each._pointer)
        elif isinstance(each, Out):
            flat.append(ctypes.byref(each.pointer))
        elif isinstance(each, ctypes.Structure):
            flat.append(ctypes.byref(each))
        else:
            flat.append(each)
    return flat


def call(name: str, *arguments: Any, also: Tuple[Optional[Handle], ...] = (),
         read: Optional[Callable[[], Any]] = None) -> Any:
    """Calls a function and raises what it fails with, or what a callback has raised. A handle is
    used by one thread at a time if it must; `also` are those that stand inside of arguments. What
    is borrowed from a handle has to be copied before the next thread has its turn: `read` does
    that, and what it says is the result."""
    flat = _flat(arguments)
    error = ctypes.POINTER(rollcall_error)()
    fails = FUNCTIONS[name][1][-1:] == [E]
    if fails:
        flat.append(ctypes.byref(error))
    for value, kind in zip(flat, FUNCTIONS[name][1]):
        if isinstance(value, int):
            fit(value, kind, name)
    function = getattr(lib(), name)
    with Turn.of(each for each in arguments + also if isinstance(each, Handle)), _hook:
        _running.raised.append(None)
        try:
            result = function(*flat)
        finally:
            raised = _running.raised.pop()
        has_failed = fails and result < 0
        if read is not None and raised is None and not has_failed:
            return read()
    if raised is not None:
        for each in arguments:
            if isinstance(each, Out):
                each.free()
        lib().rollcall_error_free(error)
        raise raised
    if has_failed:
        raise error_of(result, error)
    return result


def error_of(status: int, error: Any) -> Error:
    """Takes the error of the library, and frees it."""
    try:
        if not error:
            name = lib().rollcall_status_name(status).decode()
            return BY_NAME.get(name, Error)(name, {"status": status, "name": name})
        message, details = rollcall_str(), rollcall_str()
        lib().rollcall_error_message(error, ctypes.byref(message))
        lib().rollcall_error_details(error, ctypes.byref(details))
        known = json.loads(text_of(details) or "{}")
        return BY_NAME.get(known.get("name", ""), Error)(text_of(message) or "", known)
    finally:
        lib().rollcall_error_free(error)


def text_of(text: rollcall_str) -> Optional[str]:
    """None for a null."""
    if not text.ptr:
        return None
    return ctypes.string_at(text.ptr, text.len).decode("utf-8")


def ask(name: str, *arguments: Any) -> str:
    """What a function writes into a rollcall_str."""
    out = rollcall_str()
    return call(name, *arguments, out, read=lambda: text_of(out)) or ""


def made(name: str, kind: Type[ctypes.Structure], *arguments: Any) -> Any:
    """The handle that a function gives through its last argument but the error."""
    out = Out(kind)
    call(name, *arguments, out)
    return out.pointer
