"""Who imports, and which options of the format are on."""
import json
import os
from typing import Any, Mapping, Optional, Union

from . import _ffi_types as T
from ._calls import call, made
from ._handles import Handle, Turn
from .engine import Engine, engine_or_default


class Context(Handle):
    """An actor with a role and facts ("permission_group", "teams"), and options of the format."""

    def __init__(self, actor: str = "", role: str = "", *,
                 options: Optional[Mapping[str, Any]] = None,
                 facts: Optional[Mapping[str, Any]] = None,
                 engine: Optional[Engine] = None) -> None:
        engine = engine_or_default(engine)
        self._turn = Turn()
        super().__init__(made("rollcall_context_new", T.rollcall_context, engine, actor, role))
        for name, value in (options or {}).items():
            call("rollcall_context_set_option", self, name, json.dumps(value))
        for name, value in (facts or {}).items():
            call("rollcall_context_set_fact", self, name, json.dumps(value))

    @classmethod
    def from_json(cls, text: Union[str, bytes, Mapping[str, Any]],
                  engine: Optional[Engine] = None) -> "Context":
        """From what stands in a context.json, as text or as objects of Python."""
        if isinstance(text, Mapping):
            text = json.dumps(text)
        context = cls.__new__(cls)
        context._turn = Turn()
        Handle.__init__(context, made("rollcall_context_parse", T.rollcall_context,
                                      engine_or_default(engine), text))
        return context

    @classmethod
    def from_file(cls, path: Union[str, "os.PathLike[str]"],
                  engine: Optional[Engine] = None) -> "Context":
        with open(path, "rb") as file:
            return cls.from_json(file.read(), engine)


ContextLike = Union[Context, Mapping[str, Any], None]


def context_of(what: ContextLike, engine: Engine) -> Optional[Context]:
    """A mapping is a context.json."""
    if what is None or isinstance(what, Context):
        return what
    return Context.from_json(what, engine)
