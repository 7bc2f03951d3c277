"""What rollcall could not do. What is wrong with a file or its data is no error but a Finding."""
from typing import Any, Dict, List, Type


class LoadError(OSError):
    """The shared library is not there, or is of another version."""


class Error(Exception):
    """What a function of rollcall failed with.

    `status` is its number, `name` its name ("file_failed"), `os_error` the errno or 0, `trail`
    what was being done, innermost first.
    """

    def __init__(self, message: str, details: Dict[str, Any]) -> None:
        super().__init__(message)
        self.message = message
        self.status: int = details.get("status", 0)
        self.name: str = details.get("name", "")
        self.detail: str = details.get("detail", "")
        self.os_error: int = details.get("os_error", 0)
        self.trail: List[str] = details.get("trail", [])
        if isinstance(self, OSError):
            setattr(self, "errno", self.os_error or None)
            setattr(self, "strerror", message)

    def __str__(self) -> str:
        return self.message


class OutOfMemory(Error, MemoryError):
    """An allocation failed."""


class WrongUse(Error, ValueError):
    """A call was made with arguments, or in an order, that it does not allow."""


class LimitExceeded(Error, ValueError):
    """Something would have grown past its limit."""


class FileFailed(Error, OSError):
    """The operating system could not open, read, write, sync or rename a file."""


class DiskFull(FileFailed):
    """There is no room left to write a file."""


class NotFound(Error, FileNotFoundError, LookupError):
    """What was asked for is not there."""


class NotPermitted(Error, PermissionError):
    """The operating system does not allow this to the running user."""


class Malformed(Error, ValueError):
    """A text does not follow its grammar or shape."""


class Corrupt(Error, ValueError):
    """What rollcall wrote earlier, or is reading, was changed or cut off."""


class Unsupported(Error, NotImplementedError):
    """This build, this version or this host cannot do what was asked."""


class Cancelled(Error, InterruptedError):
    """The caller asked to stop."""


class HostFailed(Error, OSError):
    """The host could not be asked, or broke off."""


class Busy(Error, OSError):
    """Another process or thread holds what is needed."""


class NoRandomness(Error, OSError):
    """The operating system gave no random bytes."""


class Internal(Error, RuntimeError):
    """rollcall came upon something that it takes to be impossible."""


BY_NAME: Dict[str, Type[Error]] = {
    "out_of_memory": OutOfMemory,
    "wrong_use": WrongUse,
    "limit_exceeded": LimitExceeded,
    "file_failed": FileFailed,
    "disk_full": DiskFull,
    "not_found": NotFound,
    "not_permitted": NotPermitted,
    "malformed": Malformed,
    "corrupt": Corrupt,
    "unsupported": Unsupported,
    "cancelled": Cancelled,
    "host_failed": HostFailed,
    "busy": Busy,
    "no_randomness": NoRandomness,
    "internal": Internal,
}
