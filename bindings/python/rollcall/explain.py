"""What codes mean, how much a file may hold, and which library this is."""
from typing import Any, Dict, Optional, Union

from . import _ffi_types as T
from ._calls import call, made
from ._library import lib
from ._streams import written
from .codes import Code
from .engine import Engine, engine_or_default
from .errors import Error
from .schema import Schema
from .table import Table


def explain(code: Union[str, Code, Error], schema: Optional[Schema] = None,
            engine: Optional[Engine] = None) -> str:
    """A page for people: what a code of a finding, or an error, means and what to do. Codes of a
    format's own are known if its schema is given."""
    engine = engine_or_default(engine)
    if isinstance(code, Error):
        status = code.status
        return written(engine, lambda output: call("rollcall_explain_status", engine, status,
                                                   output))
    text = str(code)
    return written(engine, lambda output: call("rollcall_explain", engine, schema, text, output))


def codes(engine: Optional[Engine] = None) -> Table:
    """The codes that all formats share: number, code, severity, message, mend."""
    return Table(made("rollcall_codes", T.rollcall_table, engine_or_default(engine)))


def limits(engine: Optional[Engine] = None) -> Table:
    """name, about, unit, default, cap."""
    return Table(made("rollcall_limits", T.rollcall_table, engine_or_default(engine)))


def version() -> str:
    """Of the library that is loaded."""
    return lib().version


def build_info() -> Dict[str, Any]:
    """version, abi, compiler, build, features, kernels; and `path`, where it was loaded from."""
    return {**lib().build_info, "path": lib().path}
