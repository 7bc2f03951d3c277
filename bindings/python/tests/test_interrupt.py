"""Ctrl-C: it ends a job wherever it comes, and comes out as what it is."""
import io
import random
import signal
import threading
import time

import pytest
import rollcall
from conftest import CONTEXT, HEADER

ROWS = HEADER + b"".join(b",Eve,Stone,eve%d@acme.example,%d\r\n" % (i, i + 1000)
                         for i in range(3000))


@pytest.mark.parametrize("method", ["find", "apply", "next_id"])
def test_ctrl_c_in_a_callback_comes_out_50_times_of_50(schema, host, method):
    ask = getattr(host, method)

    def interrupted(*arguments):
        signal.raise_signal(signal.SIGINT)
        return ask(*arguments)

    setattr(host, method, interrupted)
    for _ in range(50):
        with pytest.raises(KeyboardInterrupt):
            schema.execute(HEADER + b",Eve,Stone,eve@acme.example,200\r\n", host, CONTEXT)


@pytest.fixture(autouse=True)
def ctrl_c_is_heard():
    """Also where whoever started us ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


class Press:
    """Presses Ctrl-C after a while, from another thread, as a terminal does."""

    def __init__(self, after):
        self.thread = threading.Thread(target=self.run, args=(after,))

    def run(self, after):
        time.sleep(after)
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)

    def __enter__(self):
        self.thread.start()

    def __exit__(self, *_):
        self.thread.join()


def pressed_during(job, chance):
    """Is it heard? Done again and again, so that it comes while a job is under way. What jobs give
    is kept meanwhile: what is raised while Python lets something go, Python drops."""
    press = Press(chance.uniform(0.001, 0.05))
    kept = []
    try:
        with press:
            for _ in range(10_000):
                kept.append(job())
    except KeyboardInterrupt:
        press.thread.join()
        return True
    return False


def test_ctrl_c_at_any_time_comes_out_50_times_of_50(schema, host, capfd):
    chance = random.Random(7)
    heard = sum(pressed_during(lambda: schema.validate(ROWS, host, CONTEXT), chance)
                for _ in range(50))
    assert heard == 50
    assert capfd.readouterr().err == ""  # and none was dropped on the way


def test_ctrl_c_ends_a_job_that_calls_no_host(schema, directory, capfd):
    chance = random.Random(11)
    assert all(pressed_during(lambda: schema.validate(ROWS, directory, CONTEXT), chance)
               for _ in range(20))
    assert capfd.readouterr().err == ""


def press(*_):
    signal.raise_signal(signal.SIGINT)


def test_ctrl_c_ends_a_mending_and_an_export_that_leave_nothing(schema, directory, tmp_path):
    to = tmp_path / "out.csv"
    with pytest.raises(KeyboardInterrupt):
        rollcall.fix(ROWS, schema, to, directory, CONTEXT, progress=press)
    with pytest.raises(KeyboardInterrupt):
        schema.export(directory, CONTEXT, to=to, progress=press)
    assert not to.exists()
    assert rollcall.fix(ROWS, schema, to, directory, CONTEXT).rows_mended == 0 and to.exists()


def test_ctrl_c_ends_the_judging_of_a_draft_which_is_done_when_it_is_asked_again(schema, directory):
    pressing = []
    draft = rollcall.Draft(schema, ROWS, directory, CONTEXT,
                           progress=lambda _: press() if pressing else None)
    pressing.append(True)
    time.sleep(0.03)  # it is told again no sooner
    with pytest.raises(KeyboardInterrupt):
        draft.check()
    pressing.clear()
    assert len(draft.check()) == 3000 and draft.counts().created == 3000


def test_a_token_ends_mending_exporting_and_judging(schema, directory):
    with rollcall.Cancel() as cancel:
        draft = rollcall.Draft(schema, ROWS, directory, CONTEXT, cancel=cancel)
        cancel.request()
        for job in (lambda: rollcall.fix(ROWS, schema, None, directory, CONTEXT, cancel=cancel),
                    lambda: schema.export(directory, CONTEXT, cancel=cancel), draft.check):
            with pytest.raises(rollcall.Cancelled):
                job()
        cancel.reset()
    assert len(draft.check()) == 3000


def test_rows_are_read_where_ctrl_c_is_heard(tmp_path, monkeypatch):
    class Pressing(io.FileIO):
        def read(self, *size):
            press()
            return super().read(*size)

    file, to = tmp_path / "in.csv", tmp_path / "out.csv"
    file.write_bytes(ROWS)
    monkeypatch.setattr(rollcall.rows, "open", Pressing, raising=False)
    with pytest.raises(KeyboardInterrupt):
        rollcall.write_rows(file, to)
    with pytest.raises(KeyboardInterrupt):
        rollcall.count_rows(file)
    assert not to.exists()
    monkeypatch.undo()
    assert rollcall.count_rows(file) == rollcall.count_rows(ROWS)
    assert rollcall.write_rows(file) == rollcall.write_rows(ROWS) == ROWS
    with pytest.raises(rollcall.NotFound):
        rollcall.count_rows(tmp_path / "nothing.csv")


def test_ctrl_c_while_something_is_let_go_comes_out(monkeypatch):
    import ctypes

    from rollcall import Engine, _calls
    from rollcall import _ffi_types as T

    class Interrupted(dict):
        def pop(self, *_):
            raise KeyboardInterrupt

    destroy = T.rollcall_destroy_fn(_calls.destroy)
    refused = T.rollcall_source_callbacks(  # it cannot read, and its user is let go
        struct_size=ctypes.sizeof(T.rollcall_source_callbacks), user=1, destroy=destroy)
    engine = Engine()
    monkeypatch.setattr(_calls, "_alive", Interrupted())
    with pytest.raises(KeyboardInterrupt):
        _calls.made("rollcall_source_callback", T.rollcall_source, engine, refused)


def test_a_signal_handler_may_make_a_call_where_one_begins(schema):
    from rollcall import _calls

    with _calls._hook.lock:
        assert len(schema.digest) == 64


def test_after_ctrl_c_everything_can_be_used_again(schema, host):
    find = host.find

    def interrupted(*arguments):
        raise KeyboardInterrupt

    host.find = interrupted
    with pytest.raises(KeyboardInterrupt):
        schema.execute(ROWS, host, CONTEXT)
    host.find = find
    assert schema.execute(ROWS, host, CONTEXT).counts.created == 3000


def test_what_others_hear_of_exceptions_that_cannot_be_raised_is_left_to_them(schema, host):
    """sys.unraisablehook is ours only while a call is under way, and then only for callbacks."""
    import sys

    before = sys.unraisablehook
    heard = []

    class Dies:
        def __del__(self):
            raise ZeroDivisionError("in a destructor")

    def find(kind, field, values, ask=host.find):
        Dies()
        return ask(kind, field, values)

    host.find = find
    sys.unraisablehook = lambda told: heard.append(told.exc_type)
    try:
        assert schema.validate(ROWS, host, CONTEXT).ok
        assert sys.unraisablehook is not before
    finally:
        sys.unraisablehook = before
    assert set(heard) == {ZeroDivisionError}
