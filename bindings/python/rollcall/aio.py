"""Jobs that are awaited: they run in a thread, and stop when their task is cancelled.

    receipt = await rollcall.aio.run(plan.apply, directory)
"""
import asyncio
from typing import Any, Callable, Optional, TypeVar

from .engine import Cancel
from .errors import Cancelled

T = TypeVar("T")


async def run(job: Callable[..., T], *arguments: Any,
              late: Optional[Callable[[T], Any]] = None, **named: Any) -> T:
    """Calls a method that takes `cancel`, as all that make jobs do. When the task is cancelled the
    job is asked to stop; the task ends when the job has. A job that had applied something by then
    ends with a receipt nonetheless: nobody awaits it any more, so it is given to `late`. What the
    job failed with stands behind CancelledError, as its cause."""
    cancel = named.pop("cancel", None) or Cancel()
    work = asyncio.ensure_future(asyncio.to_thread(job, *arguments, cancel=cancel, **named))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError as stopped:
        cancel.request()
        while not work.done():
            try:
                await asyncio.shield(asyncio.wait([work]))
            except asyncio.CancelledError:
                continue
        if not work.cancelled():
            failed = work.exception()
            if failed is None and late is not None:
                late(work.result())
            if failed is not None and not isinstance(failed, Cancelled):
                stopped.__cause__ = failed
        raise
