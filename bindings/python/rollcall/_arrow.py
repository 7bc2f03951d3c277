"""Tables as Arrow C streams, in the capsule that Python programs hand them to each other in.

A capsule owns its stream: who reads it moves the stream out and leaves none behind, and of a
capsule that nobody has read the stream is released when it goes.
"""
import ctypes
from typing import Any

from ._calls import call
from ._ffi_types import ArrowArrayStream

NAME = b"arrow_array_stream"

_release_fn = ctypes.CFUNCTYPE(None, ctypes.POINTER(ArrowArrayStream))
ArrowArrayStream._fields_ = [
    ("get_schema", ctypes.c_void_p),
    ("get_next", ctypes.c_void_p),
    ("get_last_error", ctypes.c_void_p),
    ("release", _release_fn),
    ("private_data", ctypes.c_void_p),
]

_python = ctypes.pythonapi
_malloc = _python.PyMem_RawMalloc
_malloc.restype = ctypes.c_void_p
_malloc.argtypes = [ctypes.c_size_t]
_free = _python.PyMem_RawFree
_free.restype = None
_free.argtypes = [ctypes.c_void_p]
_new = _python.PyCapsule_New
_new.restype = ctypes.py_object
_new.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
# The capsule that is going has no references left, so it must not become a Python object again.
_pointer_of = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)(
    ("PyCapsule_GetPointer", _python))


# It may run when this module is gone, at the end of the interpreter: all that it needs is bound.
def _release(capsule: Any, pointer_of: Any = _pointer_of, name: bytes = NAME,
             stream_type: Any = ArrowArrayStream, free: Any = _free,
             byref: Any = ctypes.byref) -> None:
    at = pointer_of(capsule, name)
    stream = stream_type.from_address(at)
    if stream.release:
        stream.release(byref(stream))
    free(at)


_end = ctypes.PYFUNCTYPE(None, ctypes.c_void_p)(_release)
_end_address = ctypes.cast(_end, ctypes.c_void_p)


def stream_capsule(table: Any) -> object:
    """A new stream of a table, by the pointer to it."""
    at = _malloc(ctypes.sizeof(ArrowArrayStream))
    if not at:
        raise MemoryError
    try:
        ctypes.memset(at, 0, ctypes.sizeof(ArrowArrayStream))
        call("rollcall_table_arrow", table, ArrowArrayStream.from_address(at))
        capsule: object = _new(at, NAME, _end_address)
    except BaseException:
        _free(at)
        raise
    return capsule
