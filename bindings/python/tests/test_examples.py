"""The examples do what they say."""
import json
import os
import subprocess
import sys

import pytest
from conftest import BINDINGS, FILE, HEADER, USERS

EXAMPLES = os.path.join(BINDINGS, "examples")


@pytest.fixture
def run(tmp_path):
    (tmp_path / "users.csv").write_bytes(FILE)
    (tmp_path / "good.csv").write_bytes(HEADER + b"1,Ann,Smith,ann@acme.example,101\r\n")
    (tmp_path / "directory.json").write_text(json.dumps(USERS))

    def run_it(name, *words):
        done = subprocess.run([sys.executable, os.path.join(EXAMPLES, name), *words], cwd=tmp_path,
                              env={**os.environ, "PYTHONPATH": BINDINGS}, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, check=False)
        assert done.stderr == ""
        return done.returncode, done.stdout

    return run_it


def test_every_example_is_tried():
    with open(__file__, encoding="utf-8") as file:
        tried = file.read()
    assert all(f'run("{name}"' in tried for name in os.listdir(EXAMPLES) if name.endswith(".py"))


def test_validate(run):
    code, out = run("validate.py", "clusterpbx", "users.csv", "directory.json")
    assert code == 1
    assert "line 5: Email: " in out and "1 of these:" in out and "value.email" in out
    assert run("validate.py", "clusterpbx", "good.csv", "directory.json")[0] == 0


def test_a_host_of_its_own(run):
    code, out = run("own_host.py", "pbx.db", "users.csv")
    assert code == 1 and "value.email" in out
    assert out.endswith("1 Ann 102\n2 Bob 101\n3 Carla 103\n")
    code, out = run("own_host.py", "pbx.db", "good.csv")  # Bob has 101 by now
    assert code == 1 and "claim.taken" in out
    assert out.endswith("1 Ann 102\n2 Bob 101\n3 Carla 103\n")


def test_jobs_that_are_awaited(run):
    code, out = run("await_jobs.py", "clusterpbx", "directory.json", "60", "users.csv", "good.csv")
    assert code == 0
    assert out == "users.csv: partial, 1 errors\ngood.csv: succeeded, 0 errors\n"
