"""Where the shared library is found, and whether it is one that this package can speak to.

It is looked for when something first needs it: where ROLLCALL_LIBRARY says (a file, or a folder
that has one), and nowhere else if that is set; else beside this package, as in a wheel; else
where the system looks for libraries. It is never searched for by name alone, which may find a
library of another version.
"""
import ctypes
import json
import os
import threading
from typing import TYPE_CHECKING, Any, Callable, List, Optional

from ._ffi import FUNCTIONS
from .errors import LoadError

ABI = 1
SONAME = f"librollcall.so.{ABI}"
VARIABLE = "ROLLCALL_LIBRARY"

_lock = threading.Lock()
_loaded: Optional["Library"] = None


class Library:
    """The functions of rollcall.h by their names, each with its types."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._functions = ctypes.CDLL(path)
        for name, (result, arguments) in FUNCTIONS.items():
            try:
                function = getattr(self._functions, name)
            except AttributeError:
                raise LoadError(f"it has no {name}: it is older than this package") from None
            function.restype = result
            function.argtypes = arguments
            setattr(self, name, function)
        self.build_info = json.loads(self.rollcall_build_info())
        if self.build_info["abi"] != ABI:
            raise LoadError(f"its ABI is {self.build_info['abi']}, and not {ABI}")

    if TYPE_CHECKING:  # what is set above

        def __getattr__(self, name: str) -> Callable[..., Any]: ...

    @property
    def version(self) -> str:
        text: bytes = self.rollcall_version_text()
        return text.decode()


def candidates() -> List[str]:
    """What is tried, in this order."""
    said = os.environ.get(VARIABLE)
    if said:
        return [os.path.join(said, SONAME) if os.path.isdir(said) else said]
    return [os.path.join(os.path.dirname(os.path.abspath(__file__)), "lib", SONAME), SONAME]


def load() -> Library:
    """The first that can be loaded; if there is none, an error with all that was tried."""
    tried = []
    for path in candidates():
        try:
            return Library(path)
        except OSError as error:
            tried.append(f"{path}: {error}")
    raise LoadError("the library of rollcall cannot be loaded; tried were\n  " +
                    "\n  ".join(tried) + f"\n{VARIABLE} can name the file")


def lib() -> Library:
    global _loaded
    if _loaded is None:
        with _lock:
            if _loaded is None:
                _loaded = load()
    return _loaded
