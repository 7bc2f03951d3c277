#!/usr/bin/env python3
"""Writes the modules of the package that are made from other files of the tree.

    bindings/python/tools/generate.py [--check]

_ffi_constants.py, _ffi_types.py and _ffi.py say in ctypes what capi/include/rollcall.h says in C;
codes.py has the codes of include/rollcall/codes.def. --check writes nothing: it prints what would
change, and fails if anything would. Needs pycparser and a C compiler's preprocessor.
"""
import argparse
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap

from pycparser import c_ast, c_parser

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE = os.path.normpath(os.path.join(HERE, os.pardir, "rollcall"))
SOURCE = os.path.normpath(os.path.join(HERE, os.pardir, os.pardir, os.pardir))
HEADERS = os.path.join(SOURCE, "capi", "include")
CODES = os.path.join(SOURCE, "include", "rollcall", "codes.def")
WIDTH = 100

SCALARS = {"int32_t": "c_int32", "uint32_t": "c_uint32", "int64_t": "c_int64",
           "uint64_t": "c_uint64", "uint8_t": "c_uint8", "size_t": "c_size_t",
           "rollcall_status": "c_int32"}
# What the headers include, as much of it as a parser has to know.
SYSTEM = {"stddef.h": "typedef unsigned long size_t;\n#define NULL 0\n",
          "stdint.h": "typedef int int32_t; typedef unsigned uint32_t; typedef long int64_t;\n"
                      "typedef unsigned long uint64_t; typedef unsigned char uint8_t;\n"
                      "#define SIZE_MAX ((size_t)-1)\n"}
MADE = "Made from {} by tools/generate.py.\n"


def preprocessed():
    compiler = next((each for each in ("cc", "gcc", "g++", "clang", "clang-14")
                     if shutil.which(each)), None)
    if compiler is None:
        sys.exit("generate.py: no C compiler here to preprocess the header with")
    with tempfile.TemporaryDirectory() as folder:
        for name, text in SYSTEM.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        done = subprocess.run(
            [compiler, "-E", "-P", "-x", "c", "-nostdinc", "-DROLLCALL_API=",
             "-D__attribute__(x)=", "-I", folder, "-I", HEADERS,
             os.path.join(HEADERS, "rollcall.h")],
            stdout=subprocess.PIPE, check=True)
    return done.stdout.decode()


class Header:
    """What the header declares, in its order, each already in the words of ctypes."""

    def __init__(self):
        self.constants = []  # (name, value)
        self.handles = []  # names of structs that have no members here
        self.types = []  # (name, lines): structs and callbacks
        self.functions = []  # (name, result, arguments)
        self.callbacks = set()
        tree = c_parser.CParser().parse(preprocessed(), "rollcall.h")
        complete = {node.name for node in tree.ext
                    if isinstance(node, c_ast.Typedef) and is_struct(node.type)
                    and node.type.type.decls}
        for node in tree.ext:
            self.take(node, complete)
        self.constants += macros()

    def take(self, node, complete):
        if isinstance(node, c_ast.Decl) and isinstance(node.type, c_ast.Enum):
            self.take_enum(node.type)
        elif isinstance(node, c_ast.Decl) and isinstance(node.type, c_ast.FuncDecl):
            result = self.spelled(node.type.type, "result")
            self.functions.append((node.name, result, self.arguments(node.type, "argument")))
        elif isinstance(node, c_ast.Decl) and isinstance(node.type, c_ast.Struct):
            self.take_handle(node.type.name, complete)
        elif isinstance(node, c_ast.Typedef):
            self.take_typedef(node, complete)

    def take_enum(self, enum):
        for each in enum.values.enumerators:
            if each.value is None:
                sys.exit(f"generate.py: {each.name} has no written value")
            self.constants.append((each.name, number(each.value)))

    def take_handle(self, name, complete):
        if name not in complete and name not in self.handles:
            self.handles.append(name)

    def take_typedef(self, node, complete):
        kind = node.type
        if is_struct(kind) and kind.type.decls:
            members = [(member.name, self.spelled(member.type, "member", node.name))
                       for member in kind.type.decls]
            self.types.append((node.name, members))
        elif is_struct(kind):
            self.take_handle(kind.type.name, complete)
        elif isinstance(kind, c_ast.PtrDecl) and isinstance(kind.type, c_ast.FuncDecl):
            self.callbacks.add(node.name)
            result = self.spelled(kind.type.type, "result")
            self.types.append((node.name, [result] + self.arguments(kind.type, "callback")))

    def arguments(self, function, where):
        given = [self.spelled(each.type, where) for each in function.args.params]
        return [] if given == ["None"] else given

    def spelled(self, kind, where, struct=""):
        """A type in ctypes. A callback is handed texts with their length, and rollcall_str may
        hold zeros: there c_char_p, which stops at the first one, would be wrong."""
        if isinstance(kind, c_ast.PtrDecl):
            inner = kind.type
            name = name_of(inner)
            if name == "char":
                return "c_void_p" if where == "callback" or struct == "rollcall_str" else "c_char_p"
            if name == "void":
                return "c_void_p"
            return f"POINTER({self.spelled(inner, where)})"
        name = name_of(kind)
        if name == "void":
            return "None"
        return SCALARS.get(name, name)


def is_struct(kind):
    return isinstance(kind, c_ast.TypeDecl) and isinstance(kind.type, c_ast.Struct)


def name_of(kind):
    """Of what is no pointer; of that None."""
    if not isinstance(kind, c_ast.TypeDecl):
        return None
    return kind.type.name if isinstance(kind.type, c_ast.Struct) else " ".join(kind.type.names)


def number(node):
    if isinstance(node, c_ast.UnaryOp) and node.op == "-":
        return -number(node.expr)
    if isinstance(node, c_ast.BinaryOp) and node.op == "<<":
        return number(node.left) << number(node.right)
    return int(node.value.rstrip("uUlL"), 0)


def macros():
    """The constants that are macros; SIZE_MAX is what ctypes makes of -1."""
    found = []
    for name in sorted(os.listdir(os.path.join(HEADERS, "rollcall"))):
        with open(os.path.join(HEADERS, "rollcall", name), encoding="utf-8") as file:
            found += re.findall(r"^#define (ROLLCALL_\w+) (0x[0-9A-Fa-f]+|\d+|SIZE_MAX)[uU]?\b",
                                file.read(), re.MULTILINE)
    return [(name, "c_size_t(-1).value" if value == "SIZE_MAX" else int(value, 0))
            for name, value in found]


def wrapped(opening, items, closing):
    """`opening item, item, closing`, over as many lines as it takes."""
    line = opening + ", ".join(items) + closing
    if len(line) <= WIDTH:
        return line
    margin = " " * (len(opening) - len(opening.lstrip()) + 4)
    body = textwrap.fill(", ".join(items), WIDTH - 4, initial_indent=margin,
                         subsequent_indent=margin, break_long_words=False)
    return f"{opening}\n{body}{closing}"


def constants_module(header):
    out = '"""Every constant of rollcall.h. ' + MADE.format("the header") + '"""\n'
    out += "from ctypes import c_size_t\n\n"
    return out + "".join(f"{name} = {value}\n" for name, value in header.constants)


def types_module(header):
    out = '"""The structs and callbacks of rollcall.h. ' + MADE.format("the header")
    out += "\nA handle is a struct of its own without members, so that a plan cannot pass for a "
    out += "schema.\nA struct that is filled in here takes no number that it cannot hold.\n"
    out += '"""\nfrom ctypes import (CFUNCTYPE, POINTER, Structure, c_char_p, c_int32, '
    out += "c_int64, c_size_t,\n                    c_uint8, c_uint32, c_uint64, c_void_p)\n\n"
    out += "from ._numbers import Struct\n\n\n"
    out += "".join(f"class {name}(Structure): ...\n" for name in header.handles)
    was_callback = False
    for name, what in header.types:
        is_callback = name in header.callbacks
        out += "" if was_callback and is_callback else "\n\n"
        was_callback = is_callback
        if is_callback:
            out += wrapped(f"{name} = CFUNCTYPE(", what, ")") + "\n"
        else:
            base = "Struct" if what[0][0] == "struct_size" else "Structure"
            out += f"class {name}({base}):\n    _fields_ = [\n"
            out += "".join(f'        ("{member}", {kind}),\n' for member, kind in what)
            out += "    ]\n"
    return out


def functions_module(header):
    out = '"""The functions of rollcall.h: what each returns and takes.\n\n'
    out += MADE.format("the header") + '"""\nfrom ctypes import (POINTER, c_char_p, c_int32, '
    out += "c_int64, c_size_t, c_uint32, c_uint64, c_void_p)\nfrom typing import Any\n\n"
    used = sorted({name for _, result, given in header.functions
                   for each in [result, *given] for name in re.findall(r"\w+", each)
                   if name.startswith("rollcall_") or name == "ArrowArrayStream"})
    out += wrapped("from ._ffi_types import (", used, ")") + "\n\n"
    out += "P = POINTER\nE = P(P(rollcall_error))\n\n"
    out += "FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {\n"
    for name, result, given in header.functions:
        short = [each.replace("POINTER(", "P(") for each in given]
        short = ["E" if each == "P(P(rollcall_error))" else each for each in short]
        result = result.replace("POINTER(", "P(")
        out += wrapped(f'    "{name}": ({result}, [', short, "]),") + "\n"
    return out + "}\n"


def codes_module():
    entry = re.compile(r'ROLLCALL_CODE\(\s*(\d+),\s*(\w+),\s*"([^"]+)",\s*(\w+),\s*'
                       r'((?:"(?:[^"\\]|\\.)*"\s*)+),')
    with open(CODES, encoding="utf-8") as file:
        parts = re.findall(r'^#include "([^"]+)"', file.read(), re.MULTILINE)
    out = '"""The codes of findings that all formats share. ' + MADE.format("codes.def")
    out += "\nFormats have codes of their own besides, so `Finding.code` is a text; a Code equals "
    out += 'the text\nthat it stands for.\n"""\nfrom enum import Enum\n\n\n'
    out += "class Code(str, Enum):\n"
    for part in parts:
        with open(os.path.join(SOURCE, "include", part), encoding="utf-8") as file:
            text = file.read()
        found = entry.findall(text)
        if len(found) != len(re.findall(r"^ROLLCALL_CODE\(", text, re.MULTILINE)):
            sys.exit(f"generate.py: {part} has a code that is written in another way")
        for _, name, slug, _, _ in found:
            out += f'    {name.upper()} = "{slug}"\n'
    return out + "\n    def __str__(self) -> str:\n        return self.value\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, say what would change")
    asked = parser.parse_args()
    header = Header()
    modules = {"_ffi_constants.py": constants_module(header), "_ffi_types.py": types_module(header),
               "_ffi.py": functions_module(header), "codes.py": codes_module()}
    stale = False
    for name, text in modules.items():
        path = os.path.join(PACKAGE, name)
        before = ""
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                before = file.read()
        if before == text:
            continue
        stale = True
        if asked.check:
            sys.stdout.writelines(difflib.unified_diff(
                before.splitlines(True), text.splitlines(True), name, f"{name} as it should be"))
        else:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
    return 1 if stale and asked.check else 0


if __name__ == "__main__":
    sys.exit(main())
