"""Between the callbacks of the library and the methods of a host written in Python.

Texts that go over in numbers go as one block: a bytes object with all of them, and an array of
where each begins and how long it is, which is what an array of rollcall_str is.
"""
import ctypes
import json
from array import array
from typing import TYPE_CHECKING, Any, Callable, Iterable, List, Mapping, Optional, Sequence, Tuple

from . import _ffi_constants as C
from . import _ffi_types as T
from ._calls import call, callback, destroy, keep_alive, text_of
from ._numbers import fit
from .directory import Answer, Change, FieldChange, Fields, Group, Op, SecretFrom, Value

if TYPE_CHECKING:
    from .schema import Schema

_WORD = "Q" if ctypes.sizeof(ctypes.c_void_p) == 8 else "I"
_MANY = 1024  # objects that are shown in one call


class HostKnown:
    """A host and the numbers by which the library knows its kinds and fields."""

    def __init__(self, schema: "Schema", host: Any) -> None:
        self.host = host
        self.kinds = schema.kinds
        self.secrets = [frozenset(each.name for each in kind.fields if each.is_secret)
                        for kind in self.kinds]
        self.names = [tuple(each.name for each in kind.fields) for kind in self.kinds]
        self.error: Optional[BaseException] = None

    def kind(self, number: int) -> str:
        return self.kinds[number].name

    def field(self, kind: int, number: int) -> Optional[str]:
        return None if number == C.ROLLCALL_KEY_FIELD else self.names[kind][number]


class Texts:
    """Texts in one block, as an array of rollcall_str over it."""

    def __init__(self, texts: Sequence[Optional[bytes]]) -> None:
        self.block = b"\0".join(text for text in texts if text is not None) + b"\0"
        at = ctypes.cast(ctypes.c_char_p(self.block), ctypes.c_void_p).value or 0
        words = array(_WORD)
        for text in texts:
            if text is None:
                words.extend((0, 0))
            else:
                words.extend((at, len(text)))
                at += len(text) + 1
        self._words = words
        self.pointer = ctypes.cast(words.buffer_info()[0], ctypes.POINTER(T.rollcall_str))


def canonical(value: Value) -> Optional[bytes]:
    """A value as rollcall writes it: `true`, `17`, text as it is."""
    if value is None:
        return None
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, str):
        return value.encode("utf-8")
    if isinstance(value, int):
        return str(value).encode("ascii")
    raise TypeError(f"a field is a str, int, bool or None, not {value!r}")


def shown(value: Value) -> Optional[bytes]:
    """Of a secret nothing but that one is set."""
    return b"true" if value not in (None, False, "", "false") else None


class Shower:
    """Collects objects and shows them to a sink in numbers."""

    def __init__(self, known: HostKnown, kind: int, sink: Any) -> None:
        self.names = known.names[kind]
        self.forms: List[Callable[[Value], Optional[bytes]]] = [
            shown if name in known.secrets[kind] else canonical for name in self.names]
        self.sink = sink
        self.asked: List[int] = []
        self.keys: List[Optional[bytes]] = []
        self.fields: List[Optional[bytes]] = []

    def add(self, asked: int, key: Value, fields: Fields) -> None:
        self.asked.append(asked)
        self.keys.append(canonical(key))
        get = fields.get
        self.fields += [form(get(name)) for name, form in zip(self.names, self.forms)]
        if len(self.asked) == _MANY:
            self.flush()

    def flush(self) -> None:
        if not self.asked:
            return
        count = len(self.asked)
        for index in (min(self.asked), max(self.asked)):
            fit(index, ctypes.c_size_t, "the index of what was asked for")
        keys, fields = Texts(self.keys), Texts(self.fields)
        call("rollcall_objects_add_many", self.sink, count, (ctypes.c_size_t * count)(*self.asked),
             keys.pointer, fields.pointer, len(self.names))
        self.asked, self.keys, self.fields = [], [], []


def texts_at(pointer: Any, count: int) -> List[str]:
    """The texts of an array of rollcall_str, none of them null."""
    if not count:
        return []
    words = ctypes.cast(pointer, ctypes.POINTER(ctypes.c_size_t * (2 * count))).contents[:]
    string_at = ctypes.string_at
    return [string_at(at, size).decode("utf-8") for at, size in zip(words[::2], words[1::2])]


def group_of(group: Any) -> Group:
    changes = tuple(change_of(group.changes[i].contents) for i in range(group.change_count))
    return Group(text_of(group.operation), changes)


def change_of(change: Any) -> Change:
    fields = tuple(field_of(change.fields[i].contents) for i in range(change.field_count))
    return Change(Op(change.op), text_of(change.kind_name) or "", text_of(change.key),
                  bool(change.gives_key), fields)


def field_of(field: Any) -> FieldChange:
    return FieldChange(text_of(field.name) or "", text_of(field.before), text_of(field.after),
                       SecretFrom(field.secret), bool(field.is_given_key),
                       text_of(field.secret_value))


def give_answers(sink: Any, answers: Iterable[Answer], count: int, method: str) -> None:
    """Each as soon as the host has it."""
    given = 0
    for answer in answers:
        if not isinstance(answer, Answer):
            raise TypeError(f"{method} answers with an Answer for each, not {answer!r}")
        if given == count:
            raise ValueError(f"{method} was given {count}, and answered for more")
        keys = Texts([key.encode("utf-8") for key in answer.keys])
        call("rollcall_answers_add", sink, given, answer.status,
             keys.pointer if answer.keys else None, len(answer.keys), answer.why)
        given += 1
    if given != count:
        raise ValueError(f"{method} was given {count}, and answered for {given}")


# ---- The callbacks ------------------------------------------------------------------------------


@callback(T.rollcall_find_fn)
def _find(known: HostKnown, kind: int, field: int, values: Any, count: int, sink: Any) -> None:
    asked = texts_at(values, count)
    shower = Shower(known, kind, sink)
    for index, key, fields in known.host.find(known.kind(kind), known.field(kind, field), asked):
        shower.add(index, key, fields)
    shower.flush()


@callback(T.rollcall_apply_fn)
def _apply(known: HostKnown, groups: Any, count: int, sink: Any) -> None:
    given = [group_of(groups[i].contents) for i in range(count)]
    give_answers(sink, known.host.apply(given), count, "apply")


@callback(T.rollcall_probe_fn)
def _probe(known: HostKnown, operations: Any, count: int, sink: Any) -> None:
    give_answers(sink, known.host.probe(texts_at(operations, count)), count, "probe")


@callback(T.rollcall_scan_fn)
def _scan(known: HostKnown, kind: int, sink: Any) -> None:
    shower = Shower(known, kind, sink)
    for key, fields in known.host.scan(known.kind(kind)):
        shower.add(0, key, fields)
    shower.flush()


@callback(T.rollcall_count_fn)
def _count(known: HostKnown, kind: int, count: Any) -> Optional[int]:
    number = known.host.count(known.kind(kind))
    if number is None:
        return C.ROLLCALL_SKIP
    count[0] = fit(number, ctypes.c_uint64, "count")
    return None


@callback(T.rollcall_lists_fn)
def _lists(known: HostKnown, kind: int, lists: Any) -> None:
    lists[0] = 1 if known.host.lists(known.kind(kind)) else 0


@callback(T.rollcall_next_id_fn)
def _next_id(known: HostKnown, kind: int, next_id: Any) -> Optional[int]:
    number = known.host.next_id(known.kind(kind))
    if number is None:
        return C.ROLLCALL_SKIP
    next_id[0] = fit(number, ctypes.c_uint64, "next_id")
    return None


@callback(T.rollcall_nearest_fn)
def _nearest(known: HostKnown, kind: int, field: int, text: int, size: int,
             sink: Any) -> Optional[int]:
    asked = ctypes.string_at(text, size).decode("utf-8")
    best = known.host.nearest(known.kind(kind), known.field(kind, field), asked)
    if best is None:
        return C.ROLLCALL_SKIP
    call("rollcall_words_set", sink, best)
    return None


@callback(T.rollcall_setting_fn)
def _setting(known: HostKnown, is_default: int, name: int, size: int, sink: Any) -> Optional[int]:
    ask = getattr(known.host, "default_setting" if is_default else "setting", None)
    value = ask(ctypes.string_at(name, size).decode("utf-8")) if ask is not None else None
    if value is None:
        return C.ROLLCALL_SKIP
    call("rollcall_words_set", sink, json.dumps(value))
    return None


_destroy = T.rollcall_destroy_fn(destroy)
_METHODS: Mapping[str, Tuple[str, Any]] = {
    "scan": ("scan", _scan),
    "count": ("count", _count),
    "lists": ("lists", _lists),
    "next_id": ("next_id", _next_id),
    "nearest": ("nearest", _nearest),
    "setting": ("setting", _setting),
    "default_setting": ("setting", _setting),
    "probe": ("probe", _probe),
}


def host_callbacks(schema: "Schema", host: Any) -> T.rollcall_host:
    """What the host has methods for."""
    known = HostKnown(schema, host)
    callbacks = T.rollcall_host(user=keep_alive(known), find=_find, apply=_apply, destroy=_destroy)
    callbacks.struct_size = ctypes.sizeof(callbacks)
    for method, (member, function) in _METHODS.items():
        if callable(getattr(host, method, None)):
            setattr(callbacks, member, function)
    return callbacks
