"""Files that are mended."""
import io
import json

import pytest
import rollcall
from conftest import CONTEXT, HEADER
from rollcall import Refusal, fix

DAMAGED = HEADER + (b",Bob,Jones,mailto:bob@acme.example,105\r\n"
                    b",Carla,Lopez,nowhere,106\r\n")


def test_fixes_are_made_in_a_copy_and_listed(schema, directory, tmp_path):
    lineage = io.BytesIO()
    mending = fix(DAMAGED, schema, directory=directory, context=CONTEXT, lineage=lineage)
    assert mending.file == DAMAGED.replace(b"mailto:", b"")
    assert (mending.certain, mending.guessed, mending.rows_mended, mending.bad_after) == (
        1, 0, 1, 1)
    step, = mending.fixes
    assert (step["row"], step["column"], step["before"], step["after"]) == (
        1, "Email", "mailto:bob@acme.example", "bob@acme.example")
    assert json.loads(lineage.getvalue())["after"] == "bob@acme.example"
    assert mending.to_dict()["certain"] == 1 and mending.summary()
    fix(DAMAGED, schema, tmp_path / "mended.csv", directory, CONTEXT)
    assert (tmp_path / "mended.csv").read_bytes() == mending.file


def test_a_file_that_is_refused_is_not_mended(schema, directory):
    mending = fix(b"Nonsense\n1\n", schema, directory=directory, context=CONTEXT)
    assert mending.refusal is Refusal.FILE and mending.findings and len(mending.fixes) == 0
    with pytest.raises(rollcall.WrongUse):
        fix(DAMAGED, schema, context=CONTEXT)


def test_guesses_that_nobody_asked_for_are_counted(schema, directory):
    damaged = HEADER + b",Bob,Jones,bob@acme.example,1O5\r\n"
    assert fix(damaged, schema, directory=directory, context=CONTEXT).guesses_left == 1
    mending = fix(damaged, schema, directory=directory, context=CONTEXT, unsafe=True)
    assert (mending.guessed, mending.guesses_left) == (1, 0)
