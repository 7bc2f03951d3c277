"""The conformance cases through the package: a host written in Python, and one in memory."""
import importlib.util
import json
import os
import subprocess
from types import SimpleNamespace

import command_line
import pytest
from conftest import SOURCE

CASES = os.path.join(SOURCE, "tests", "conformance")


def runner():
    """The runner of the cases, which calls us where it would start a program."""
    spec = importlib.util.spec_from_file_location("run", os.path.join(CASES, "run.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def in_process(is_host):
    def run(command, **_):
        code, out = command_line.main(command[1:], is_host)
        return subprocess.CompletedProcess(command, code, out, b"")

    return SimpleNamespace(run=run, TimeoutExpired=subprocess.TimeoutExpired)


FOLDERS = sorted(os.path.relpath(folder, CASES) for folder, _, files in os.walk(CASES)
                 if "case.json" in files)


def is_executed(folder):
    with open(os.path.join(CASES, folder, "case.json"), encoding="utf-8") as file:
        return json.load(file)["action"] == "execute"


def test_there_are_cases():
    assert len(FOLDERS) > 50


@pytest.mark.parametrize("folder, how", [(folder, how) for folder in FOLDERS
                                         for how in (["", "dry"] if is_executed(folder) else [""])])
@pytest.mark.parametrize("is_host", [True, False], ids=["python", "memory"])
def test_a_case_comes_out_as_it_must(folder, is_host, how):
    run = runner()
    run.subprocess = in_process(is_host)
    assert run.run_case("rollcall", os.path.join(CASES, folder), how) == []
