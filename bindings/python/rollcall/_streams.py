"""Files as rollcall reads and writes them: paths, bytes, and Python's own file objects."""
import ctypes
import io
import os
from typing import IO, Any, Callable, Optional, Union

from . import _ffi_constants as C
from . import _ffi_types as T
from ._calls import call, callback, destroy, keep_alive, made, text_of
from ._handles import Handle, Turn
from .engine import Engine

class ReadHandle(Handle):
    """A handle that can be read as a file, by whoever has its turn."""

    _turn: Turn

    def _source(self) -> Any:
        raise NotImplementedError

    def to_bytes(self) -> bytes:
        raise NotImplementedError


# What is read: a path, the bytes themselves, a binary file, or a draft.
Readable = Union[str, "os.PathLike[str]", bytes, bytearray, memoryview, IO[bytes], ReadHandle]
# What is written: a path, or a binary file.
Writable = Union[str, "os.PathLike[str]", IO[bytes]]


class Again:
    """A file of Python's, to be read from where it was, and not from where it is by then."""

    def __init__(self, file: IO[bytes], start: int) -> None:
        self.file = file
        self.start = start

    @staticmethod
    def of(file: Readable) -> "Optional[ReadAgain]":
        """What is going to be read, to be read once more; None if it cannot."""
        if isinstance(file, (bytearray, memoryview)):
            return bytes(file)
        if isinstance(file, (str, os.PathLike, bytes, ReadHandle)):
            return file
        return Again(file, file.tell()) if is_seekable(file) else None


ReadAgain = Union[Readable, Again]


class Source(Handle):
    """Where bytes come from."""

    def __init__(self, engine: Engine, what: ReadAgain) -> None:
        self._turn = Turn()
        if isinstance(what, Again):
            what.file.seek(what.start)
            what = what.file
        if isinstance(what, (str, os.PathLike)):
            path = os.fsencode(what)
            super().__init__(made("rollcall_source_file", T.rollcall_source, engine, path))
        elif isinstance(what, (bytes, bytearray, memoryview)):
            data = bytes(what)
            pointer = made("rollcall_source_memory", T.rollcall_source, engine, data)
            super().__init__(pointer, data)
        elif isinstance(what, ReadHandle):
            super().__init__(what._source(), what)
            self._turn = what._turn
        else:
            refuse_text(what, "read")
            super().__init__(made("rollcall_source_callback", T.rollcall_source, engine,
                                  _source_callbacks(what)))


class Output(Handle):
    """Where bytes go to. Without a place they stay in memory, see `data`."""

    def __init__(self, engine: Engine, to: Optional[Writable] = None,
                 is_secret: bool = False) -> None:
        self._turn = Turn()
        if to is None:
            pointer = made("rollcall_output_memory", T.rollcall_output, engine)
        elif isinstance(to, (str, os.PathLike)):
            flags = C.ROLLCALL_OUTPUT_OWNER_ONLY if is_secret else 0
            pointer = made("rollcall_output_file", T.rollcall_output, engine, os.fsencode(to),
                           flags)
        else:
            refuse_text(to, "write")
            pointer = made("rollcall_output_callback", T.rollcall_output, engine,
                           _output_callbacks(to))
        super().__init__(pointer)

    @property
    def data(self) -> bytes:
        text = T.rollcall_str()
        data: bytes = call("rollcall_output_text", self, text, read=lambda: (
            ctypes.string_at(text.ptr, text.len) if text.ptr else b""))
        return data


def written(engine: Engine, write: Callable[[Output], Any]) -> str:
    """The text that a function of the library writes."""
    with Output(engine) as output:
        write(output)
        return output.data.decode("utf-8")


def refuse_text(file: Any, verb: str) -> None:
    if isinstance(file, io.TextIOBase) or not hasattr(file, verb):
        raise TypeError(f"a path, or a file that was opened in binary mode, not {file!r}")


class _Reading:
    """A file of Python's that is read, from where it was."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.start = file.tell() if is_seekable(file) else None


class _Writing:
    """A file of Python's that is written, from where it was."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.start = file.tell() if is_seekable(file) else None


def is_seekable(file: Any) -> bool:
    return bool(getattr(file, "seekable", lambda: False)())


@callback(T.rollcall_read_fn)
def _read(reading: _Reading, into: int, room: int, got: Any) -> None:
    data = reading.file.read(room)
    if data is None:
        raise BlockingIOError("a file that is read must not be non-blocking")
    if len(data) > room:
        raise ValueError(f"read({room}) gave {len(data)} bytes")
    ctypes.memmove(into, data, len(data))
    got[0] = len(data)


@callback(T.rollcall_rewind_fn)
def _rewind(reading: _Reading) -> Optional[int]:
    if reading.start is None:
        return C.ROLLCALL_SKIP
    reading.file.seek(reading.start)
    return None


@callback(T.rollcall_write_fn)
def _write(writing: _Writing, data: int, size: int) -> None:
    left = memoryview(ctypes.string_at(data, size))
    while left:
        done = writing.file.write(left)
        left = left[len(left) if done is None else done:]


@callback(T.rollcall_restart_fn)
def _restart(writing: _Writing) -> None:
    if writing.start is not None:
        writing.file.seek(writing.start)
        writing.file.truncate()


@callback(T.rollcall_publish_fn)
def _publish(writing: _Writing) -> None:
    if hasattr(writing.file, "flush"):
        writing.file.flush()


_destroy = T.rollcall_destroy_fn(destroy)


def _source_callbacks(file: IO[bytes]) -> T.rollcall_source_callbacks:
    reading = _Reading(file)
    callbacks = T.rollcall_source_callbacks(user=keep_alive(reading), read=_read,
                                            rewind=_rewind, destroy=_destroy)
    callbacks.struct_size = ctypes.sizeof(callbacks)
    return callbacks


def _output_callbacks(file: IO[bytes]) -> T.rollcall_output_callbacks:
    writing = _Writing(file)
    callbacks = T.rollcall_output_callbacks(user=keep_alive(writing), write=_write,
                                            publish=_publish, destroy=_destroy)
    if writing.start is not None:
        callbacks.restart = _restart
    callbacks.struct_size = ctypes.sizeof(callbacks)
    return callbacks
