"""Jobs that are awaited: they run in a thread, and stop when their task is cancelled.

    receipt = await rollcall.aio.run(plan.apply, directory)
"""
import asyncio
from typing import Any, Callable, TypeVar

from .engine import Cancel

T = TypeVar("T")


async def run(job: Callable[..., T], *arguments: Any, **named: Any) -> T:
    """Calls a method that takes `cancel`, as all that make jobs do. When the task is cancelled the
    job is asked to stop; the task ends when the job has, so what was applied is known to be."""
    cancel = named.pop("cancel", None) or Cancel()
    work = asyncio.ensure_future(asyncio.to_thread(job, *arguments, cancel=cancel, **named))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        cancel.request()
        while not work.done():
            try:
                await asyncio.shield(asyncio.wait([work]))
            except asyncio.CancelledError:
                continue
        if not work.cancelled():
            work.exception()  # heard, so that nobody complains of it
        raise
