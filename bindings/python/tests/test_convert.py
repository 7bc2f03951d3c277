"""From one vendor's format to another's, and what was lost on the way."""
import io
import json

import pytest
import rollcall
from conftest import CONTEXT, HEADER
from rollcall import MemoryDirectory, Refusal, Schema, State, convert

USERS = (b"ID,First Name,Last Name,Email,Extension,Web Passwords\n"
         b",Bob,Jones,bob@acme.example,102,Se-cret-12\n,Carla,Lopez,carla@acme.example,,\n")


@pytest.fixture
def target():
    return Schema("ctu")


def test_what_two_formats_share_goes_over_and_the_rest_is_listed(schema, target):
    report = io.BytesIO()
    loss = convert(USERS, schema, target, context=CONTEXT, report=report)
    assert b"bob@acme.example" in loss.result and b"Se-cret-12" not in loss.result
    assert (loss.rows, loss.written, loss.left_out) == (2, 2, 0)
    assert loss.refusal is Refusal.NONE and isinstance(loss.state, State)
    source = loss.source.to_dict()
    assert source["column"][3] == "Email" and source["lost"][3] == 0
    assert source["why"][5] == "secret" and json.loads(source["examples"][5]) == []
    assert "missing" in loss.target.columns and "count" in loss.remarks.columns
    assert list(loss.findings) == []
    assert loss.to_dict()["written"] == 2 and "users" in loss.page("users")
    assert json.loads(report.getvalue().splitlines()[-1])["convert"] == loss.to_dict()


def test_a_map_what_is_filled_in_and_secrets_are_the_callers(schema, target, tmp_path):
    loss = convert(USERS, schema, target, tmp_path / "ctu.csv", CONTEXT,
                   map=b"field,from,to\nfirst_name,BOB,Robert\n", fill={"extension": "177"},
                   with_secrets=True)
    text = (tmp_path / "ctu.csv").read_text()
    assert "Robert" in text and "Bob" not in text and loss.result == b""
    assert (tmp_path / "ctu.csv").stat().st_mode & 0o077 == 0
    with pytest.raises(rollcall.Malformed, match="nonsense"):
        convert(USERS, schema, target, context=CONTEXT,
                map=b"field,from,to\nnonsense,a,b\n")
    with pytest.raises(rollcall.WrongUse):
        convert(USERS, schema, target, context=CONTEXT, fill={"nonsense": "1"})
    with pytest.raises(rollcall.WrongUse):
        convert(USERS, schema, schema, context=CONTEXT)


def test_the_targets_host_is_asked_if_there_is_one(schema, target):
    with MemoryDirectory(target, {}) as directory:
        assert convert(USERS, schema, target, context=CONTEXT, directory=directory).written == 2


def test_a_file_is_refused_and_a_callback_stops(schema, target):
    loss = convert(b"Nonsense\n1\n", schema, target, context=CONTEXT)
    assert loss.refusal is Refusal.FILE and loss.state is State.FAILED and loss.findings

    def stop(progress):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        convert(USERS, schema, target, context=CONTEXT, progress=stop)


def test_a_draft_is_converted(schema, target, directory):
    draft = rollcall.Draft(schema, HEADER + b",Eve,Gray,eve@acme.example,105\r\n", directory,
                           CONTEXT)
    draft[0, "Email"] = "evelyn@acme.example"
    assert b"evelyn@acme.example" in convert(draft, schema, target, context=CONTEXT).result
