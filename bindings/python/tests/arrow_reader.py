"""A consumer of Arrow C streams that trusts nothing, and counts what it must release."""
import ctypes


class Schema(ctypes.Structure):
    pass


class Array(ctypes.Structure):
    pass


class Stream(ctypes.Structure):
    pass


def _releases(kind):
    return ctypes.CFUNCTYPE(None, ctypes.POINTER(kind))


Schema._fields_ = [("format", ctypes.c_char_p), ("name", ctypes.c_char_p),
                   ("metadata", ctypes.c_char_p), ("flags", ctypes.c_int64),
                   ("n_children", ctypes.c_int64),
                   ("children", ctypes.POINTER(ctypes.POINTER(Schema))),
                   ("dictionary", ctypes.c_void_p), ("release", _releases(Schema)),
                   ("private_data", ctypes.c_void_p)]
Array._fields_ = [("length", ctypes.c_int64), ("null_count", ctypes.c_int64),
                  ("offset", ctypes.c_int64), ("n_buffers", ctypes.c_int64),
                  ("n_children", ctypes.c_int64),
                  ("buffers", ctypes.POINTER(ctypes.c_void_p)),
                  ("children", ctypes.POINTER(ctypes.POINTER(Array))),
                  ("dictionary", ctypes.c_void_p), ("release", _releases(Array)),
                  ("private_data", ctypes.c_void_p)]
Stream._fields_ = [
    ("get_schema", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(Stream), ctypes.POINTER(Schema))),
    ("get_next", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(Stream), ctypes.POINTER(Array))),
    ("get_last_error", ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.POINTER(Stream))),
    ("release", _releases(Stream)), ("private_data", ctypes.c_void_p)]

NUMBERS = {b"l": ctypes.c_int64, b"L": ctypes.c_uint64}


def stream_in(capsule):
    pointer_of = ctypes.pythonapi.PyCapsule_GetPointer
    pointer_of.restype = ctypes.c_void_p
    pointer_of.argtypes = [ctypes.py_object, ctypes.c_char_p]
    return Stream.from_address(pointer_of(capsule, b"arrow_array_stream"))


def release(what):
    """Once, and then it must say so itself."""
    assert what.release
    what.release(ctypes.byref(what))
    assert not what.release


def is_valid(array, row):
    at = array.buffers[0]
    if not at:
        return True
    row += array.offset
    return bool(ctypes.c_uint8.from_address(at + row // 8).value >> row % 8 & 1)


def values_of(array, kind):
    rows = range(array.length)
    valid = [is_valid(array, row) for row in rows]
    assert array.null_count in (-1, valid.count(False))
    if kind in NUMBERS:
        numbers = ctypes.cast(array.buffers[1], ctypes.POINTER(NUMBERS[kind]))
        return [numbers[array.offset + row] if valid[row] else None for row in rows]
    assert kind == b"U"
    ends = ctypes.cast(array.buffers[1], ctypes.POINTER(ctypes.c_int64))
    return [ctypes.string_at(array.buffers[2] + ends[array.offset + row],
                             ends[array.offset + row + 1] - ends[array.offset + row]).decode()
            if valid[row] else None for row in rows]


def read(capsule):
    """Names of the columns, and for each batch their values."""
    stream, schema, batches = stream_in(capsule), Schema(), []
    assert stream.get_schema(ctypes.byref(stream), ctypes.byref(schema)) == 0
    assert schema.format == b"+s"
    children = [schema.children[i].contents for i in range(schema.n_children)]
    names = [child.name.decode() for child in children]
    kinds = [child.format for child in children]
    while True:
        array = Array()
        assert stream.get_next(ctypes.byref(stream), ctypes.byref(array)) == 0
        if not array.release:
            break
        batches.append([values_of(array.children[i].contents, kinds[i])
                        for i in range(array.n_children)])
        release(array)
    release(schema)
    release(stream)
    return names, batches
