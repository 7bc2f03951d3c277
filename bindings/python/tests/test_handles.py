"""Handles: closed once, in any order, and not used after that."""
import gc
import itertools
import threading
import weakref

import pytest
import rollcall
from conftest import CONTEXT, FILE
from rollcall import Context, Engine, MemoryDirectory, Schema
from rollcall._calls import call


def test_use_after_close_is_a_value_error(schema, directory):
    plan = schema.plan(FILE, directory, CONTEXT)
    for handle, use in ((plan, lambda: plan.digest), (plan.report, lambda: plan.report.state),
                        (directory, directory.to_dict), (schema, lambda: schema.digest)):
        assert not handle.closed
        handle.close()
        handle.close()
        assert handle.closed
        with pytest.raises(ValueError, match=f"this {type(handle).__name__} is closed"):
            use()


def test_with_closes(schema):
    with MemoryDirectory(schema) as directory:
        assert directory.to_dict() == {}
    assert directory.closed


def test_handles_are_closed_in_any_order():
    for order in itertools.permutations(range(5)):
        engine = Engine()
        schema = Schema("clusterpbx", engine=engine)
        directory = MemoryDirectory(schema, {"user": []})
        plan = schema.plan(FILE, directory, CONTEXT)
        handles = [engine, schema, directory, plan, plan.report]
        for index in order:
            handles[index].close()


def test_a_handle_goes_with_its_last_reference(schema):
    directory = MemoryDirectory(schema)
    gone = weakref.ref(directory)
    free = directory._finalizer
    del directory
    gc.collect()
    assert gone() is None and not free.alive


def test_one_kind_of_handle_does_not_pass_for_another(schema, directory):
    plan = schema.plan(FILE, directory, CONTEXT)
    import ctypes

    with pytest.raises(ctypes.ArgumentError):
        call("rollcall_schema_page", plan, directory)


def test_a_host_is_let_go_when_its_call_has_ended(schema, host):
    gone = weakref.ref(host)
    schema.execute(FILE, host, CONTEXT).close()
    del host
    gc.collect()
    # (the fixture of the test holds one)
    from rollcall._calls import _alive

    assert not any(getattr(each, "host", None) is gone() for each in _alive.values())


def test_threads_take_turns_with_a_directory(schema):
    directory = MemoryDirectory(schema, {"user": []})
    faults = []

    def work(number):
        try:
            for _ in range(20):
                file = FILE.replace(b"@acme", b"@%d.acme" % number)
                schema.execute(file, directory, CONTEXT)
                directory.to_dict()
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_a_context_is_made_in_three_ways(schema, directory, tmp_path):
    path = tmp_path / "context.json"
    path.write_text('{"actor": {"name": "ops", "role": "client"}, "options": {}}')
    for context in (Context("ops", "client"), Context.from_file(path), CONTEXT,
                    Context.from_json(path.read_bytes())):
        assert schema.validate(FILE, directory, context).counts.rows == 4
    with pytest.raises(rollcall.Malformed):
        Context.from_json("{")


def test_a_number_that_does_not_fit_is_a_value_error_and_never_another_number(schema, directory,
                                                                              host):
    draft = rollcall.Draft(schema, FILE, directory, CONTEXT)
    before = draft.to_bytes()
    for use in (lambda: draft.paste(-1, 0, [["a"]]), lambda: draft.remove(0, -1),
                lambda: draft.insert(2**64, [["a"]]), lambda: draft.cells(-1),
                lambda: list(rollcall.Rows(FILE, at_once=-1)),
                lambda: rollcall.Rows(FILE, rollcall.Reading(rows=2**64 + 1)),
                lambda: schema.validate(FILE, directory, CONTEXT,
                                        options=rollcall.Options(threads=-1)),
                lambda: Engine(seed=-1)):
        with pytest.raises(ValueError, match="a number from "):
            use()
    assert draft.to_bytes() == before
    host.next_id = lambda kind: 2**64 + 7
    with pytest.raises(ValueError, match="next_id: a number from 0"):
        schema.execute(FILE, host, CONTEXT)
