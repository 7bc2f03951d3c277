"""What asks about the sources of the package, and not about the library."""
import ast
import os
import shutil
import subprocess
import sys

import pytest
from conftest import BINDINGS

PACKAGE = os.path.join(BINDINGS, "rollcall")


def test_what_is_made_from_the_header_is_as_the_header_is():
    pytest.importorskip("pycparser")
    done = subprocess.run([sys.executable, os.path.join(BINDINGS, "tools", "generate.py"),
                           "--check"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False)
    assert done.returncode == 0, done.stdout + "\nbindings/python/tools/generate.py writes it"


@pytest.fixture(scope="module")
def mypy(tmp_path_factory):
    if shutil.which("mypy") is None:
        pytest.skip("mypy is not here")
    cache = tmp_path_factory.mktemp("mypy")

    def run(*words):
        return subprocess.run(
            ["mypy", "--strict", "--cache-dir", str(cache), *words], cwd=BINDINGS,
            env={**os.environ, "MYPYPATH": BINDINGS}, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, check=False)

    return run


def test_the_types_hold_where_nothing_is_let_pass(mypy):
    done = mypy()
    assert done.returncode == 0, done.stdout


def test_a_wrong_type_is_noticed(mypy, tmp_path):
    wrong = tmp_path / "wrong.py"
    wrong.write_text("from rollcall import Options, Schema\n"
                     "Schema(17)\nOptions(stale='maybe')\nSchema('ctu').plan('f', 3)\n")
    done = mypy(str(wrong))
    assert done.stdout.count("error:") == 3, done.stdout


@pytest.mark.parametrize("name", sorted(name for name in os.listdir(PACKAGE)
                                        if name.endswith(".py")))
def test_every_module_is_python_3_9(name):
    with open(os.path.join(PACKAGE, name), encoding="utf-8") as file:
        ast.parse(file.read(), name, feature_version=(3, 9))
