"""How the library is found, and what is said if it is not."""
import os
import subprocess
import sys

from conftest import BINDINGS


def run(code, **environment):
    known = {name: value for name, value in os.environ.items() if name != "ROLLCALL_LIBRARY"}
    return subprocess.run([sys.executable, "-c", code],
                          env={**known, "PYTHONPATH": BINDINGS, **environment},
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)


def test_the_library_is_loaded_when_something_needs_it_and_not_before():
    done = run("import rollcall; print('imported')", ROLLCALL_LIBRARY="/nowhere/at/all.so")
    assert (done.stdout, done.stderr) == ("imported\n", "")


def test_what_was_tried_is_all_in_the_error():
    done = run("import rollcall\ntry:\n    rollcall.formats()\nexcept OSError as error:\n"
               "    print(type(error).__name__, error)", ROLLCALL_LIBRARY="/nowhere/at/all.so")
    assert done.stdout.startswith("LoadError ")
    assert "/nowhere/at/all.so" in done.stdout
    assert "ROLLCALL_LIBRARY" in done.stdout


def test_without_a_name_it_is_looked_for_beside_the_package_and_then_by_its_soname():
    done = run("from rollcall._library import candidates; print(*candidates(), sep='\\n')")
    first, second = done.stdout.splitlines()
    assert first == os.path.join(BINDINGS, "rollcall", "lib", "librollcall.so.1")
    assert second == "librollcall.so.1"


def test_a_folder_can_be_named(tmp_path):
    from rollcall import build_info

    os.symlink(build_info()["path"], tmp_path / "librollcall.so.1")
    done = run("import rollcall; print(rollcall.build_info()['path'])",
               ROLLCALL_LIBRARY=str(tmp_path))
    assert done.stdout.strip() == str(tmp_path / "librollcall.so.1"), done.stderr


def test_another_library_is_refused_with_what_it_lacks():
    import _ctypes

    done = run("import rollcall\ntry:\n    rollcall.formats()\nexcept OSError as error:\n"
               "    print(error)", ROLLCALL_LIBRARY=_ctypes.__file__)
    assert "it has no rollcall_version: it is older than this package" in done.stdout


def test_an_interpreter_ends_cleanly_with_everything_still_open():
    done = run(
        "import json, sys, rollcall\n"
        "sys.path.insert(0, sys.argv[1] if len(sys.argv) > 1 else '.')\n"
        "schema = rollcall.Schema('clusterpbx')\n"
        "directory = rollcall.MemoryDirectory(schema, {'user': []})\n"
        "plan = schema.plan(b'ID,First Name,Last Name,Email,Extension\\r\\n'\n"
        "                   b',A,B,nowhere,103\\r\\n', directory,\n"
        "                   {'actor': {'name': 'a', 'role': 'client'}})\n"
        "table = plan.findings.table\n"
        "view = table['message'].data\n"
        "capsule = table.__arrow_c_stream__()\n"
        "keep = [schema, directory, plan, table, view, capsule]\n"
        "keep.append(keep)\n"
        "sys.modules['kept_for_ever'] = keep\n"
        "print(len(table) > 0)\n", ROLLCALL_LIBRARY=os.environ["ROLLCALL_LIBRARY"])
    assert (done.returncode, done.stdout, done.stderr) == (0, "True\n", "")
