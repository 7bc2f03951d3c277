#!/usr/bin/env python3
"""Builds the wheel: the package, the shared library, and what that needs, beside each other.

    bindings/python/tools/build_wheel.py --library build/release/librollcall.so.1 --out FOLDER

It needs patchelf and no network. The same inputs give the same bytes. What the library needs is
found by `ldd`; of that, what every Linux has (OUTSIDE) is left where it is. The wheel is for the C
library of this machine and newer ones, whatever Python there is from 3.9 on.
"""
import argparse
import base64
import ctypes
import glob
import hashlib
import os
import platform
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile
from typing import Dict, List

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE = os.path.normpath(os.path.join(HERE, os.pardir, "rollcall"))
SOURCE = os.path.normpath(os.path.join(HERE, os.pardir, os.pardir, os.pardir))
README = os.path.normpath(os.path.join(HERE, os.pardir, "README.md"))
SONAME = "librollcall.so.1"
# libstdc++ and libgcc are outside as well: simdjson, as Debian builds it, needs them as they are,
# and a second copy in one process is what goes wrong.
OUTSIDE = re.compile(r"^(linux-vdso|ld-linux.*|libc|libm|libdl|libpthread|librt|libgcc_s|"
                     r"libstdc\+\+)\.so")
TIME = (1980, 1, 1, 0, 0, 0)


def needed(library: str) -> Dict[str, str]:
    """Every library that it needs, and those need, by SONAME: where it is."""
    told = subprocess.run(["ldd", library], stdout=subprocess.PIPE, check=True).stdout.decode()
    missing = re.findall(r"^\s*(\S+) => not found", told, re.MULTILINE)
    if missing:
        sys.exit(f"build_wheel.py: {library} needs {', '.join(missing)}, not found")
    found = dict(re.findall(r"^\s*(\S+) => (\S+)", told, re.MULTILINE))
    return {name: path for name, path in found.items() if not OUTSIDE.match(name)}


def collect(library: str, folder: str) -> None:
    """The libraries, as files without links, each looking for the others in its own folder."""
    wanted = {SONAME: library, **needed(library)}
    for name, path in wanted.items():
        copy = os.path.join(folder, name)
        shutil.copyfile(os.path.realpath(path), copy)
        os.chmod(copy, 0o755)
        if shutil.which("strip"):
            subprocess.run(["strip", "--strip-unneeded", copy], check=True)
        subprocess.run(["patchelf", "--set-rpath", "$ORIGIN", copy], check=True)


def licences(libraries: List[str]) -> Dict[str, str]:
    """Ours, and of each library that comes along the one that its Debian package has."""
    found = {"LICENSE": os.path.join(SOURCE, "LICENSE")}
    for name in libraries:
        stem = name.split(".so")[0]
        for path in sorted(glob.glob(f"/usr/share/doc/{stem}*/copyright"))[:1]:
            found[f"LICENSE.{stem}"] = path
    return found


def version_of(library: str) -> str:
    function = ctypes.CDLL(library).rollcall_version_text
    function.restype = ctypes.c_char_p
    text: bytes = function()
    return text.decode()


def tag() -> str:
    """The C library of this machine and its processor: manylinux_2_36_x86_64."""
    name, number = platform.libc_ver()
    machine = platform.machine()
    if name != "glibc":
        return f"linux_{machine}"
    return f"manylinux_{number.replace('.', '_')}_{machine}"


def metadata(version: str) -> str:
    with open(README, encoding="utf-8") as file:
        about = file.read()
    return ("Metadata-Version: 2.1\nName: rollcall\n"
            f"Version: {version}\n"
            "Summary: Bulk user changes for phone systems: checked, planned, applied, reported\n"
            "License: BSL-1.0\nRequires-Python: >=3.9\n"
            "Provides-Extra: pandas\nRequires-Dist: pandas; extra == 'pandas'\n"
            "Provides-Extra: tqdm\nRequires-Dist: tqdm; extra == 'tqdm'\n"
            "Provides-Extra: rich\nRequires-Dist: rich; extra == 'rich'\n"
            "Classifier: Typing :: Typed\nDescription-Content-Type: text/markdown\n\n" + about)


class Wheel:
    """The files of a wheel by their names in it."""

    def __init__(self, version: str) -> None:
        self.info = f"rollcall-{version}.dist-info"
        self.name = f"rollcall-{version}-py3-none-{tag()}.whl"
        self.files: Dict[str, bytes] = {}
        self.add_text(f"{self.info}/METADATA", metadata(version))
        self.add_text(f"{self.info}/WHEEL", "Wheel-Version: 1.0\nGenerator: rollcall\n"
                      f"Root-Is-Purelib: false\nTag: py3-none-{tag()}\n")

    def add(self, name: str, path: str) -> None:
        with open(path, "rb") as file:
            self.files[name] = file.read()

    def add_text(self, name: str, text: str) -> None:
        self.files[name] = text.encode("utf-8")

    def record(self) -> str:
        lines = []
        for name, data in sorted(self.files.items()):
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
            lines.append(f"{name},sha256={digest},{len(data)}\n")
        return "".join(lines) + f"{self.info}/RECORD,,\n"

    def write(self, folder: str) -> str:
        self.add_text(f"{self.info}/RECORD", self.record())
        path = os.path.join(folder, self.name)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in sorted(self.files.items()):
                entry = zipfile.ZipInfo(name, TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                mode = 0o755 if "/lib/" in name else 0o644
                entry.external_attr = (stat.S_IFREG | mode) << 16
                archive.writestr(entry, data)
        return path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", required=True, help="the shared library")
    parser.add_argument("--out", required=True, help="the folder in which the wheel comes")
    asked = parser.parse_args()
    library = os.path.abspath(asked.library)
    wheel = Wheel(version_of(library))
    for name in sorted(os.listdir(PACKAGE)):
        if name.endswith(".py") or name == "py.typed":
            wheel.add(f"rollcall/{name}", os.path.join(PACKAGE, name))
    with tempfile.TemporaryDirectory() as folder:
        collect(library, folder)
        for name in sorted(os.listdir(folder)):
            wheel.add(f"rollcall/lib/{name}", os.path.join(folder, name))
        for name, path in licences(os.listdir(folder)).items():
            wheel.add(f"{wheel.info}/licenses/{name}", path)
    os.makedirs(asked.out, exist_ok=True)
    print(wheel.write(asked.out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
