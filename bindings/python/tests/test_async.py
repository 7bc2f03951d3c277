"""Jobs that are awaited, and bars that show them."""
import asyncio
import io
import threading
import time

import pytest
import rollcall
from conftest import CONTEXT, FILE, HEADER
from rollcall import aio


def test_a_job_runs_beside_the_loop(schema, directory):
    async def main():
        beats = 0

        async def beat():
            nonlocal beats
            while True:
                await asyncio.sleep(0)
                beats += 1

        heart = asyncio.ensure_future(beat())
        plan = await aio.run(schema.plan, FILE, directory, CONTEXT)
        receipt = await aio.run(plan.apply, directory, CONTEXT)
        heart.cancel()
        return receipt.counts.created, beats

    created, beats = asyncio.run(main())
    assert created == 1 and beats > 0


def test_what_a_job_raises_comes_out_of_await(schema, directory, tmp_path):
    with pytest.raises(FileNotFoundError):
        asyncio.run(aio.run(schema.validate, tmp_path / "nothing.csv", directory, CONTEXT))


def test_cancelling_the_task_stops_the_job_and_waits_for_it(schema, directory):
    rows = HEADER + b"".join(b",Eve,Stone,eve%d@acme.example,%d\r\n" % (i, i + 1000)
                             for i in range(200_000))
    begun, done = threading.Event(), []

    def job(cancel):
        def told(progress):
            begun.set()
            while not cancel.is_requested:
                time.sleep(0.001)

        try:
            report = schema.validate(rows, directory, CONTEXT, progress=told, cancel=cancel)
        except rollcall.Cancelled:
            done.append("cancelled")
        else:
            done.append(report.state.name.lower())

    async def main():
        task = asyncio.ensure_future(aio.run(job))
        while not begun.is_set():
            await asyncio.sleep(0.001)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(main())
    assert done == ["cancelled"]


def test_what_a_cancelled_job_came_to_is_not_lost():
    begun, kept, causes = threading.Event(), [], []

    def job(cancel, fails):
        begun.set()
        while not cancel.is_requested:
            time.sleep(0.001)
        if fails:
            raise OSError("the disk is full")
        return "receipt"

    async def stopped(fails):
        begun.clear()
        task = asyncio.ensure_future(awaiting(fails))
        while not begun.is_set():
            await asyncio.sleep(0.001)
        task.cancel()
        await task

    async def awaiting(fails):
        try:
            await aio.run(job, late=kept.append, fails=fails)
        except asyncio.CancelledError as why:
            causes.append(why.__cause__)
            raise

    for fails in (False, True):
        with pytest.raises(asyncio.CancelledError):
            asyncio.run(stopped(fails))
    assert kept == ["receipt"]
    assert causes[0] is None and isinstance(causes[1], OSError)


def test_a_bar_has_a_step_after_the_other():
    seen = []
    bar = rollcall.progress.Bar(lambda title, total: seen.append(title) or title,
                                lambda bar, done, total: seen.append((done, total)),
                                lambda bar: seen.append(f"end of {bar}"))
    with bar:
        for step, rows, groups in ((0, 0, 0), (0, 100, 0), (2, 0, 5)):
            bar(rollcall.Progress(0, step, rows, 0, groups, 7))
    assert seen == ["judging", (0, 0), (100, 0), "end of judging", "applying", (5, 7),
                    "end of applying"]


def test_tqdm_shows_a_job(schema, directory):
    pytest.importorskip("tqdm")
    shown = io.StringIO()
    with rollcall.progress.tqdm(file=shown) as bar:
        schema.execute(FILE, directory, CONTEXT, progress=bar)
    assert "judging" in shown.getvalue()


def test_rich_shows_a_job(schema, directory):
    console = pytest.importorskip("rich.console")
    shown = io.StringIO()
    with rollcall.progress.rich(console=console.Console(file=shown)) as bar:
        schema.execute(FILE, directory, CONTEXT, progress=bar)
    assert "judging" in shown.getvalue()
