"""The wheel: built without a network, installed into a fresh environment, and tried there."""
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile

import pytest
from conftest import BINDINGS

TRY = """
import re, rollcall
schema = rollcall.Schema("clusterpbx")
directory = rollcall.MemoryDirectory(schema, {"user": []})
file = b"ID,First Name,Last Name,Email,Extension\\r\\n,Ann,Smith,ann@acme.example,101\\r\\n"
context = {"actor": {"name": "ops", "role": "client"}}
print(schema.plan(file, directory, context).apply(directory, context).counts.created)
print(rollcall.build_info()["path"])
with open("/proc/self/maps") as maps:
    print(*sorted({line.split()[-1] for line in maps
                   if re.search("librollcall|simdjson|utf8proc|sqlite", line)}), sep="\\n")
"""


def build(folder):
    from rollcall import build_info

    if shutil.which("patchelf") is None:
        pytest.skip("patchelf is not here")
    done = subprocess.run([sys.executable, os.path.join(BINDINGS, "tools", "build_wheel.py"),
                           "--library", build_info()["path"], "--out", str(folder)],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert done.returncode == 0, done.stdout
    return done.stdout.strip()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build(tmp_path_factory.mktemp("wheel"))


def test_the_wheel_is_for_a_platform_and_any_python(wheel):
    name = os.path.basename(wheel)
    assert "-py3-none-" in name and "linux" in name
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {"rollcall/py.typed", "rollcall/lib/librollcall.so.1"} <= set(names)
    for stem in ("simdjson", "utf8proc"):
        assert any(name.startswith(f"rollcall/lib/lib{stem}.so") for name in names)
        assert any(name.endswith(f"licenses/LICENSE.lib{stem}") for name in names)
    assert not any("libc.so" in name or "libstdc++" in name for name in names)


def test_the_same_inputs_give_the_same_bytes(wheel, tmp_path):
    def digest(path):
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()

    assert digest(build(tmp_path)) == digest(wheel)


def test_the_wheel_works_in_a_fresh_environment(wheel, tmp_path):
    fresh = tmp_path / "fresh"
    made = subprocess.run([sys.executable, "-m", "venv", str(fresh)], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    if made.returncode != 0:
        pytest.skip(f"no venv here: {made.stdout}")
    python = str(fresh / "bin" / "python")
    bare = {name: value for name, value in os.environ.items()
            if not name.startswith(("ROLLCALL_", "PYTHON", "LD_", "PIP_"))}

    def run(*words):
        done = subprocess.run([python, *words], cwd=tmp_path, env=bare, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        assert done.returncode == 0, done.stdout
        return done.stdout

    run("-m", "pip", "install", "--no-index", "--no-deps", "--disable-pip-version-check", wheel)
    assert "No broken requirements" in run("-m", "pip", "check", "--disable-pip-version-check")
    created, path, *mapped = run("-I", "-c", TRY).splitlines()
    assert created == "1"
    assert path.startswith(str(fresh)) and mapped
    assert all(each.startswith(str(fresh)) for each in mapped), mapped
    run("-m", "pip", "uninstall", "-y", "--disable-pip-version-check", "rollcall")
    assert not [each for each in (fresh / "lib").rglob("*rollcall*")]
