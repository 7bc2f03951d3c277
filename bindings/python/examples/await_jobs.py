#!/usr/bin/env python3
"""Validates several files side by side in an event loop, with a limit of time for all.

    examples/await_jobs.py FORMAT directory.json SECONDS FILE...
"""
import asyncio
import sys
from typing import Tuple

from rollcall import MemoryDirectory, Report, Schema
from rollcall.aio import run


async def judged(schema: Schema, file: str, objects: str) -> Tuple[str, Report]:
    """A directory is for one job at a time, so each has its own."""
    directory = MemoryDirectory(schema, objects)
    context = {"actor": {"name": "example", "role": "client"}}
    return file, await run(schema.validate, file, directory, context)


async def main(format: str, objects: str, seconds: str, *files: str) -> int:
    schema = Schema(format)
    jobs = asyncio.gather(*(judged(schema, file, objects) for file in files))
    try:
        done = await asyncio.wait_for(jobs, float(seconds))
    except asyncio.TimeoutError:
        print("that took too long; nothing was changed")
        return 1
    for file, report in done:
        print(f"{file}: {report.state.name.lower()}, {report.counts.errors} errors")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(*sys.argv[1:])))
