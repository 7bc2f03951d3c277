"""What everything else is made with: log, clock and chance; and the token that stops a job."""
import ctypes
import datetime
import logging
import threading
from typing import Any, Optional

from . import _ffi_constants as C
from . import _ffi_types as T
from ._calls import call, callback, destroy, keep_alive, made
from ._handles import Handle

_LEVELS = {C.ROLLCALL_LOG_ERROR: logging.ERROR, C.ROLLCALL_LOG_INFO: logging.INFO,
           C.ROLLCALL_LOG_DEBUG: logging.DEBUG}


@callback(T.rollcall_log_fn)
def _log(logger: logging.Logger, level: int, message: int, size: int) -> None:
    logger.log(_LEVELS.get(level, logging.DEBUG), "%s",
               ctypes.string_at(message, size).decode("utf-8", "replace"))


_destroy = T.rollcall_destroy_fn(destroy)


class Engine(Handle):
    """Most programs need none of their own: what is made without one shares `default_engine()`.

    `logger` is told what fails, which jobs begin and end, and at level DEBUG what a directory is
    asked; never the value of a cell. `seed` and `now` make a rehearsal that comes out the same
    every time: no secret that is made with a seed is one.
    """

    def __init__(self, *, logger: Optional[logging.Logger] = None, seed: Optional[int] = None,
                 now: Optional[datetime.datetime] = None) -> None:
        options = T.rollcall_engine_options()
        options.struct_size = ctypes.sizeof(options)
        if seed is not None:
            options.flags = C.ROLLCALL_ENGINE_SEEDED
            options.seed = seed
        if now is not None:
            options.now_ms = milliseconds(now)
        if logger is not None:
            options.log = _log
            options.log_user = keep_alive(logger)
            options.log_destroy = _destroy
            is_told_all = logger.isEnabledFor(logging.DEBUG)
            options.log_level = C.ROLLCALL_LOG_DEBUG if is_told_all else C.ROLLCALL_LOG_INFO
        super().__init__(made("rollcall_engine_new", T.rollcall_engine, options))


def milliseconds(time: datetime.datetime) -> int:
    """Since 1970; a time without a zone is UTC."""
    if time.tzinfo is None:
        time = time.replace(tzinfo=datetime.timezone.utc)
    return round(time.timestamp() * 1000)


_lock = threading.Lock()
_default: Optional[Engine] = None


def default_engine() -> Engine:
    global _default
    with _lock:
        if _default is None or _default.closed:
            _default = Engine()
        return _default


def engine_or_default(engine: Optional[Engine]) -> Engine:
    return engine if engine is not None else default_engine()


class Cancel(Handle):
    """Stops the jobs that it was given to, from any thread: they end between two batches. It stays
    requested until `reset`."""

    def __init__(self) -> None:
        super().__init__(made("rollcall_cancel_new", T.rollcall_cancel))

    def request(self, *signal: Any) -> None:
        """Can be given to signal.signal as it is."""
        call("rollcall_cancel_request", self)

    @property
    def is_requested(self) -> bool:
        return bool(call("rollcall_cancel_is_requested", self))

    def reset(self) -> None:
        call("rollcall_cancel_reset", self)
