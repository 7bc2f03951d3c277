"""What asks about the sources of the package, and not about the library."""
import ast
import os
import re
import shutil
import subprocess
import sys

import pytest
from conftest import BINDINGS, SOURCE

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


def public_members():
    """Methods and properties of classes that `rollcall` has, with the module that defines them."""
    with open(os.path.join(PACKAGE, "__init__.py"), encoding="utf-8") as file:
        public = {alias.asname or alias.name for node in ast.walk(ast.parse(file.read()))
                  if isinstance(node, ast.ImportFrom) for alias in node.names}
    for name in sorted(os.listdir(PACKAGE)):
        if not name.endswith(".py"):
            continue
        with open(os.path.join(PACKAGE, name), encoding="utf-8") as file:
            tree = ast.parse(file.read())
        for kind in ast.walk(tree):
            if isinstance(kind, ast.ClassDef) and kind.name in public:
                for member in kind.body:
                    if isinstance(member, (ast.FunctionDef, ast.AsyncFunctionDef)):
                        yield kind.name, member.name


def test_every_public_member_is_used_by_a_test_an_example_or_a_guide():
    places = [os.path.join(BINDINGS, "tests"), os.path.join(BINDINGS, "examples"),
              os.path.join(SOURCE, "docs", "guides")]
    said = set()
    for place in places:
        for folder, _, names in os.walk(place):
            for name in names:
                if name.endswith((".py", ".md")) and name != os.path.basename(__file__):
                    with open(os.path.join(folder, name), encoding="utf-8") as file:
                        said.update(re.findall(r"\w+", file.read()))
    members = [member for member in public_members() if not member[1].startswith("_")]
    assert len(members) > 100
    assert [f"{kind}.{name}" for kind, name in members if name not in said] == []
