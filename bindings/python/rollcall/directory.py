"""The host's objects: what a host written in Python answers and does, and one in memory.

A host is any object with `find` and `apply`; every other method of Directory is its to have or to
leave out. Every question is a batch: one call a kind and batch of rows, never one a row. What a
method raises comes out of the call that made rollcall ask, unchanged, and what was not answered for
by then counts as not done.
"""
import enum
import json
import os
from dataclasses import dataclass, field
from typing import (TYPE_CHECKING, Any, Dict, Iterable, Mapping, Optional, Protocol, Sequence,
                    Tuple, Union, runtime_checkable)

from . import _ffi_constants as C
from . import _ffi_types as T
from ._calls import call, made
from ._handles import Handle, Turn
from ._streams import Output, Readable, Source, Writable, written

if TYPE_CHECKING:
    from .schema import Schema

Value = Union[str, int, bool, None]
# The fields of an object by their names. What is not there is null; names that the format does not
# know are passed over, so a record of a database can be given as it is.
Fields = Mapping[str, Value]


class Op(enum.IntEnum):
    CREATE = C.ROLLCALL_OP_CREATE
    UPDATE = C.ROLLCALL_OP_UPDATE
    DELETE = C.ROLLCALL_OP_DELETE


class SecretFrom(enum.IntEnum):
    NONE = C.ROLLCALL_SECRET_NONE
    COLUMN = C.ROLLCALL_SECRET_COLUMN
    GENERATED = C.ROLLCALL_SECRET_GENERATED


@dataclass(frozen=True)
class FieldChange:
    """A field and what it gets. Values are canonical text, None is null; of a secret `before` is
    "true" if one was set, `after` is None, and `secret_value` is the value."""

    name: str
    before: Optional[str]
    after: Optional[str]
    secret: SecretFrom = SecretFrom.NONE
    is_given_key: bool = False  # it gets a key that the host gives: Group.giver_of
    secret_value: Optional[str] = field(default=None, repr=False)

    @property
    def value(self) -> Optional[str]:
        """What the host writes down."""
        return self.after if self.secret is SecretFrom.NONE else self.secret_value


@dataclass(frozen=True)
class Change:
    """An object that is created, updated or deleted. A create says all its fields that are not
    null. With `gives_key` the host gives the key; `key` is then None or what it was expected to
    give, and if that is taken by now it gives another."""

    op: Op
    kind: str
    key: Optional[str]
    gives_key: bool
    fields: Tuple[FieldChange, ...]


@dataclass(frozen=True)
class Group:
    """What is done as a whole or not at all: first what is deleted goes, then what is created
    comes, then fields are cleared, then set. `operation` names it for ever: given again, it is
    done once and answered as before. None: nobody will ask about it again."""

    operation: Optional[str]
    changes: Tuple[Change, ...]

    def giver_of(self, index: int) -> int:
        """The change from which fields of change `index` that are given keys get theirs."""
        givers = [i for i, change in enumerate(self.changes) if change.gives_key]
        return next((i for i in reversed(givers) if i <= index), givers[0])


@dataclass(frozen=True)
class Answer:
    """What became of a group."""

    status: int
    keys: Tuple[str, ...] = ()
    why: str = ""

    @classmethod
    def applied(cls, *keys: str) -> "Answer":
        """It was done. `keys`: of each change the key that its object has now; none: those that
        the changes name."""
        return cls(C.ROLLCALL_ANSWER_APPLIED, keys)

    @classmethod
    def refused(cls, why: str) -> "Answer":
        """Nothing of it was done, in the host's own words."""
        return cls(C.ROLLCALL_ANSWER_REFUSED, (), why)

    @classmethod
    def unknown(cls, why: str = "") -> "Answer":
        """Nobody can tell."""
        return cls(C.ROLLCALL_ANSWER_UNKNOWN, (), why)


@runtime_checkable
class Host(Protocol):
    """The least that a host has."""

    def find(self, kind: str, field: Optional[str],
             values: Sequence[str]) -> Iterable[Tuple[int, str, Fields]]: ...

    def apply(self, groups: Sequence[Group]) -> Iterable[Answer]: ...


class Directory(Protocol):
    """All that a host may have. Only `find` and `apply` must be there; one that lists kinds, as
    all do that do not say otherwise, also has `count` or `scan`."""

    def find(self, kind: str, field: Optional[str],
             values: Sequence[str]) -> Iterable[Tuple[int, str, Fields]]:
        """The objects that have one of these values in a field, or as their key if `field` is
        None: for each the index of the value, its key, its fields. Several may share a value; what
        is not there is left out. Values compare without case, telephone numbers and MAC addresses
        in their plain form: Schema.kinds says which fields are such."""

    def apply(self, groups: Sequence[Group]) -> Iterable[Answer]:
        """Applies groups in their order, with an answer for each. As a generator, each answer
        counts from the moment that it is yielded."""

    def scan(self, kind: str) -> Iterable[Tuple[str, Fields]]:
        """All objects of a kind, for exports: key and fields."""

    def count(self, kind: str) -> Optional[int]:
        """How many objects of a kind there are. None: scan and count them."""

    def lists(self, kind: str) -> bool:
        """Whether all objects of a kind are known. If not, none can be said to be missing."""

    def next_id(self, kind: str) -> Optional[int]:
        """The number that the next object will have; the ones after it count up from there."""

    def nearest(self, kind: str, field: Optional[str], text: str) -> Optional[str]:
        """The value of a field that is most like this text, for "did you mean"."""

    def setting(self, name: str) -> Any:
        """A setting of the tenant: text, number, bool or list; None if there is none. What is
        inside an object is asked for by its dotted name."""

    def default_setting(self, name: str) -> Any:
        """The same for all tenants, where theirs is missing."""

    def probe(self, operations: Sequence[str]) -> Iterable[Answer]:
        """What became of operations that were given to `apply` and not answered for."""


class DirectoryHandle(Handle):
    """Objects that the library keeps, for one format."""


class MemoryDirectory(DirectoryHandle):
    """In memory: from a directory.json (a path, its bytes or its objects), or empty.

        MemoryDirectory(schema, {"user": [{"id": "1", "email": "ann@acme.example"}]})

    A kind that is not in it is not listed, so nothing of it can be said to be missing.
    """

    def __init__(self, schema: "Schema",
                 objects: Union[Readable, Mapping[str, Any], None] = None) -> None:
        self._turn = Turn()
        self._engine = schema.engine
        if objects is None:
            pointer = made("rollcall_directory_memory", T.rollcall_directory, schema, None)
        else:
            if isinstance(objects, Mapping):
                objects = json.dumps(objects).encode()
            with Source(schema.engine, objects) as source:
                pointer = made("rollcall_directory_memory", T.rollcall_directory, schema, source)
        super().__init__(pointer)

    def save(self, to: Writable) -> None:
        """Writes it as a directory.json."""
        with Output(self._engine, to) as output:
            call("rollcall_directory_write", self, output)

    def to_dict(self) -> Dict[str, Any]:
        """What is in it now, as a directory.json says it."""
        text = written(self._engine, lambda output: call("rollcall_directory_write", self, output))
        objects: Dict[str, Any] = json.loads(text)
        return objects


class HostDirectory(DirectoryHandle):
    """A host written in Python, for the time of a call."""

    def __init__(self, schema: "Schema", host: Host) -> None:
        from ._host import host_callbacks

        self._turn = Turn()
        callbacks = host_callbacks(schema, host)
        super().__init__(made("rollcall_directory_host", T.rollcall_directory, schema, callbacks))


AnyDirectory = Union[Host, DirectoryHandle]


class Borrowed:
    """The handle of whatever was given as a directory; a host's is closed afterwards."""

    def __init__(self, schema: "Schema", directory: Optional[AnyDirectory]) -> None:
        self._is_ours = directory is not None and not isinstance(directory, DirectoryHandle)
        if directory is None or isinstance(directory, DirectoryHandle):
            self.handle: Optional[DirectoryHandle] = directory
        elif isinstance(directory, Host):
            self.handle = HostDirectory(schema, directory)
        else:
            raise TypeError(f"a directory has find and apply, which {directory!r} has not")

    def __enter__(self) -> Optional[DirectoryHandle]:
        return self.handle

    def __exit__(self, *raised: object) -> None:
        if self._is_ours and self.handle is not None:
            self.handle.close()
