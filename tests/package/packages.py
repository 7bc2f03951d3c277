"""Installs a build and takes it up again as others do: find_package, pkg-config, add_subdirectory.

Everything happens in a folder of its own, which is moved once after installing: an installed tree
must not know where it was made.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
failures = []


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, **options)
    return done.returncode, done.stdout


def must(what, *command, **options):
    code, said = run(*command, **options)
    if code != 0:
        failures.append(f"{what}: exit {code}\n{said}")
    return said if code == 0 else None


def expect(what, is_so):
    if not is_so:
        failures.append(what)


def install(build, place):
    made = place / "made"
    if must("install", "cmake", "--install", build, "--prefix", made) is None:
        sys.exit(failures[-1])
    return pathlib.Path(shutil.move(made, place / "moved"))


def with_cmake(name, place, *options):
    """Configures, builds and runs a consumer, and gives back what it prints."""
    build = place / f"build-{name}-{len(options)}"
    source = here / f"consumer_{name}"
    if must(f"configure {name}", "cmake", "-S", source, "-B", build, "-G", "Ninja",
            "-DCMAKE_BUILD_TYPE=Release", *options) is None:
        return ""
    if must(f"build {name}", "cmake", "--build", build) is None:
        return ""
    return must(f"run {name}", build / "consumer") or ""


def with_pkg_config(name, package, compiler, source, tree, place):
    pc = [folder for folder in tree.rglob("pkgconfig")]
    environment = dict(os.environ, PKG_CONFIG_PATH=":".join(str(folder) for folder in pc))
    flags = must(f"pkg-config {package}", "pkg-config", "--cflags", "--libs", package,
                 env=environment)
    if flags is None:
        return ""
    program = place / f"by-pkg-config-{name}"
    if must(f"build {name} by pkg-config", *compiler, source, "-o", program,
            *flags.split()) is None:
        return ""
    libraries = must("libdir", "pkg-config", "--variable=libdir", package, env=environment)
    environment["LD_LIBRARY_PATH"] = (libraries or "").strip()
    return must(f"run {name} by pkg-config", program, env=environment) or ""


def check_missing_component(tree, place):
    """A component that there is not is an error at configuring, not at linking."""
    folder = place / "missing"
    folder.mkdir()
    (folder / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.25)\nproject(missing LANGUAGES CXX)\n"
        "find_package(rollcall REQUIRED COMPONENTS nonsense)\n")
    code, said = run("cmake", "-S", folder, "-B", folder / "build", f"-DCMAKE_PREFIX_PATH={tree}")
    expect("a component that there is not is found", code != 0 and "nonsense" in said)


def check_sbom(tree):
    document = json.loads(next(tree.rglob("rollcall.spdx.json")).read_text())
    expect("SPDX 2.3", document["spdxVersion"] == "SPDX-2.3")
    expect("the licence of the data", document["dataLicense"] == "CC0-1.0")
    known = {"SPDXRef-DOCUMENT"}
    for package in document["packages"]:
        known.add(package["SPDXID"])
        expect(f"{package['name']} has no version", package["versionInfo"][:1].isdigit())
        expect(f"{package['name']} has no licence", package["licenseDeclared"])
    for relation in document["relationships"]:
        for end in ("spdxElementId", "relatedSpdxElement"):
            expect(f"{relation[end]} is not described", relation[end] in known)
    names = {package["name"] for package in document["packages"]}
    expect("what is linked is in the SBOM", {"rollcall", "simdjson", "utf8proc"} <= names)


def check_library(tree):
    """The shared library needs what is promised, and shows rollcall_*, and nothing else."""
    allowed = ("libc.so", "libm.so", "libstdc++.so", "libgcc_s.so", "libsimdjson.so",
               "libutf8proc.so", "libsqlite3.so", "ld-linux")
    for library in tree.rglob("librollcall.so.?"):
        said = must("readelf", "readelf", "-d", library) or ""
        needed = [line.split("[")[1].rstrip("]") for line in said.splitlines() if "NEEDED" in line]
        expect("the shared library needs nothing at all", needed)
        for name in needed:
            expect(f"the shared library needs {name}", name.startswith(allowed))
        said = must("nm", "nm", "-D", "--defined-only", library) or ""
        shown = {line.split()[-1].split("@")[0] for line in said.splitlines()}
        expect("the shared library shows its functions", "rollcall_version" in shown)
        for name in shown - {"ROLLCALL_1"}:
            expect(f"the shared library shows {name}", name.startswith("rollcall_"))


def check_readme(build, place):
    """What "Get it" of the README says is enough to build upon what it installs. (Packages are made
    so by tools/dev/installed_packages.sh.)"""
    text = (here.parents[1] / "README.md").read_text()
    script = re.search(r"^```sh install\n(.*?)^```$", text, re.M | re.S)[1]
    first, rest = script.split("\n", 1)
    expect("the README begins with ./dev build", first == "./dev build")
    expect("the README installs what that has built", "--install build/release " in rest)
    # What Debian packages are made of has its libraries in a folder of the machine's kind.
    cache = (build / "CMakeCache.txt").read_text()
    folder = re.search(r"^CMAKE_INSTALL_LIBDIR:.*?=(.*)$", cache, re.M)[1]
    rest = re.sub(r"~/rollcall/lib(?!/python3)", f"~/rollcall/{folder}", rest)
    script = rest.replace("build/release", str(build)) + """
set -e
rollcall formats
python3 -B -c 'import rollcall; print(rollcall.formats())'
cc main.c $(pkg-config --cflags --libs rollcall-capi) -o in_c && ./in_c
c++ -std=c++20 main.cpp $(pkg-config --cflags --libs rollcall) -o in_cpp && ./in_cpp
"""
    home = place / "home"
    home.mkdir()
    for name in ("consumer_c/main.c", "consumer_cpp/main.cpp"):
        shutil.copy(here / name, home)
    environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
    said = must("what the README says", "bash", "-c", script, cwd=home, env=environment) or ""
    expect(f"who follows the README sees {said!r}", said.count("clusterpbx") >= 4)
    script = re.search(r"^```sh packages\n(.*?)^```$", text, re.M | re.S)[1]
    *_, folder, pack = script.splitlines()
    expect("the README packs what it builds", folder == "cd build/package" and pack == "cpack")


def check_python(tree):
    """The Python package is whole, without what Python makes of it."""
    for folder in tree.rglob("dist-packages/rollcall"):
        names = {path.name for path in folder.iterdir()}
        expect("the Python package is typed", {"__init__.py", "py.typed", "_ffi.py"} <= names)
        expect("the Python package has no compiled modules", "__pycache__" not in names)
        said = must("python3", sys.executable, "-B", here / "consumer.py", env=dict(
            os.environ, PYTHONPATH=str(folder.parent),
            ROLLCALL_LIBRARY=str(next(tree.rglob("librollcall.so.?"))))) or ""
        expect(f"a consumer in Python says {said!r}", "clusterpbx" in said)


def check_command_line(tree):
    """The manual and what shells complete lie where these look for them."""
    share = next(tree.rglob("bash-completion")).parent
    pages = sorted(page.name.removesuffix(".gz") for page in share.glob("man/man?/*"))
    expect("the manual has a page of all verbs", "rollcall.1" in pages)
    expect("the manual has a page of each verb", "rollcall-execute-job.1" in pages)
    expect("the manual has a page of defaults", "rollcall.toml.5" in pages)
    for name in ("bash-completion/completions/rollcall", "zsh/*/_rollcall",
                 "fish/vendor_completions.d/rollcall.fish"):
        scripts = list(share.glob(name))
        expect(f"{name} is installed", scripts and "--complete" in scripts[0].read_text())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True, type=pathlib.Path, help="a build of rollcall")
    parser.add_argument("--sources", type=pathlib.Path, help="try add_subdirectory, too")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        tree = install(options.build, place)
        check_sbom(tree)
        check_missing_component(tree, place)
        check_library(tree)
        check_python(tree)
        if list(tree.rglob("bin/rollcall")):
            check_command_line(tree)
        said = [with_cmake("cpp", place, f"-DCMAKE_PREFIX_PATH={tree}"),
                with_pkg_config("cpp", "rollcall", ["c++", "-std=c++20"],
                                here / "consumer_cpp/main.cpp", tree, place)]
        if list(tree.rglob("librollcall.so")):
            said += [with_cmake("c", place, f"-DCMAKE_PREFIX_PATH={tree}"),
                     with_cmake("c", place, f"-DCMAKE_PREFIX_PATH={tree}", "-DSTATIC=ON"),
                     with_pkg_config("c", "rollcall-capi", ["cc", "-std=c99", "-Wall", "-Werror"],
                                     here / "consumer_c/main.c", tree, place)]
        if options.sources:
            said.append(with_cmake("cpp", place, f"-DROLLCALL_SOURCES={options.sources}",
                                   "-DCMAKE_CXX_COMPILER_LAUNCHER=ccache",
                                   "-DROLLCALL_WERROR=ON"))
        if list(tree.rglob("librollcall.so")) and list(tree.rglob("bin/rollcall")):
            check_readme(options.build.resolve(), place)
        for words in said:
            expect(f"a consumer says {words!r}", "clusterpbx" in words)
    for failure in failures:
        print(failure)
    print(f"{len(said)} consumers, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
