"""What asks about the sources of the package, and not about the library."""
import ast
import inspect
import os
import re
import shutil
import subprocess
import sys

import pytest
import rollcall
from conftest import BINDINGS

PACKAGE = os.path.join(BINDINGS, "rollcall")


def test_what_is_made_from_the_header_is_as_the_header_is():
    pytest.importorskip("pycparser")
    done = subprocess.run([sys.executable, os.path.join(BINDINGS, "tools", "generate.py"),
                           "--check"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False)
    assert done.returncode == 0, done.stdout + "\nbindings/python/tools/generate.py writes it"


def members_of(module):
    """What classes that a module makes have to show: methods, properties, fields."""
    with open(os.path.join(PACKAGE, module), encoding="utf-8") as file:
        tree = ast.parse(file.read(), module)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for each in node.body:
                name = getattr(each, "name", None)
                if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
                    name = each.target.id
                if name is not None and not name.startswith("_"):
                    yield f"{node.name}.{name}"


def test_every_public_member_and_function_stands_in_a_test_or_an_example():
    text = ""
    for folder in ("tests", "examples"):
        for name in sorted(os.listdir(os.path.join(BINDINGS, folder))):
            if name.endswith(".py") and name != os.path.basename(__file__):
                with open(os.path.join(BINDINGS, folder, name), encoding="utf-8") as file:
                    text += file.read()
    # As an attribute, as a word for an argument, called, or made by a host.
    used = set(re.findall(r"(?:\.|\bdef )(\w+)", text)) | set(re.findall(r"(\w+)[=(]", text))
    shown = {name for name in rollcall.__all__ if inspect.isfunction(getattr(rollcall, name))}
    for module in sorted(os.listdir(PACKAGE)):
        if module.endswith(".py") and not module.startswith("_"):
            shown |= set(members_of(module))
    assert len(shown) > 200 and "Store.undo" in shown and "fix" in shown
    assert [name for name in sorted(shown) if name.rpartition(".")[2] not in used] == []


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
