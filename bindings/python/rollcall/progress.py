"""How far a job has come, and ready bars that show it.

    plan.apply(directory, progress=rollcall.progress.tqdm())
"""
from dataclasses import dataclass
from typing import Any, Callable, Tuple

from . import _ffi_constants as C

JUDGES = C.ROLLCALL_STEP_JUDGES
LOOKS = C.ROLLCALL_STEP_LOOKS
APPLIES = C.ROLLCALL_STEP_APPLIES
TELLS = C.ROLLCALL_STEP_TELLS
_TITLES = {JUDGES: "judging", LOOKS: "looking", APPLIES: "applying", TELLS: "telling"}


@dataclass(frozen=True)
class Progress:
    """What is not known is 0. `job` is the number by which a store knows the job."""

    job: int
    step: int  # JUDGES the rows of a file, LOOKS whether a plan still fits, APPLIES it, TELLS
    rows: int
    bytes: int
    groups: int
    groups_planned: int

    @property
    def title(self) -> str:
        """The step in a word: "judging"."""
        return _TITLES.get(self.step, "working")

    @property
    def done(self) -> Tuple[int, int]:
        """So many, and of how many, which is 0 where nobody can say yet."""
        if self.step in (LOOKS, APPLIES):
            return self.groups, self.groups_planned
        return self.rows, 0


class Bar:
    """Shows progress on a bar, one for each step."""

    def __init__(self, begin: Callable[[str, int], Any], move: Callable[[Any, int, int], None],
                 end: Callable[[Any], None]) -> None:
        self._begin, self._move, self._end = begin, move, end
        self._bar: Any = None
        self._step = -1

    def __call__(self, progress: Progress) -> None:
        done, total = progress.done
        if progress.step != self._step:
            self.close()
            self._step = progress.step
            self._bar = self._begin(progress.title, total)
        self._move(self._bar, done, total)

    def close(self) -> None:
        if self._bar is not None:
            self._end(self._bar)
        self._bar = None
        self._step = -1

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


def tqdm(**options: Any) -> Bar:
    """A bar of tqdm, which must be installed. What is given goes to tqdm.tqdm."""
    from tqdm import tqdm as bar_of

    def move(bar: Any, done: int, total: int) -> None:
        if total:
            bar.total = total
        bar.update(done - bar.n)

    def end(bar: Any) -> None:
        bar.close()

    return Bar(lambda title, total: bar_of(desc=title, total=total or None, **options), move, end)


def rich(**options: Any) -> Bar:
    """A bar of rich, which must be installed. What is given goes to rich.progress.Progress."""
    from rich.progress import Progress as BarOf

    def begin(title: str, total: int) -> Tuple[Any, Any]:
        bar = BarOf(**options)
        bar.start()
        return bar, bar.add_task(title, total=total or None)

    def move(bar: Any, done: int, total: int) -> None:
        bar[0].update(bar[1], completed=done, total=total or None)

    def end(bar: Any) -> None:
        bar[0].stop()

    return Bar(begin, move, end)
