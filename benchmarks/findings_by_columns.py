#!/usr/bin/env python3
"""All findings of a file from Python: by columns, as lists, and a cell at a time.

    ROLLCALL_LIBRARY=build/bench/librollcall.so.1 benchmarks/findings_by_columns.py [--findings N]

A file of N rows (1,000,000), each with a wrong address; every cell of every finding is read in each
way. Processor time of this process. Exit 1 if lists are less than 5 times as fast as cells. Needs
nothing but the tree and the library.
"""
import argparse
import ctypes
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, os.pardir, "bindings", "python"))

import rollcall  # noqa: E402
from rollcall import _ffi_constants as C  # noqa: E402
from rollcall import _ffi_types as T  # noqa: E402
from rollcall._library import lib  # noqa: E402

TEXT = C.ROLLCALL_COLUMN_TEXT
TIMES_AS_FAST = 5


def findings_of(rows):
    schema = rollcall.Schema("clusterpbx")
    lines = [b"First Name,Last Name,Email,Extension\n"]
    lines += [b"Ann,Smith,ann%d,%d\n" % (i, 1_000_000 + i) for i in range(rows)]
    report = schema.validate(b"".join(lines), rollcall.MemoryDirectory(schema),
                             {"actor": {"role": "client"}})
    return report.findings.table


def by_columns(table):
    """The memory in which each column lies, as one view."""
    return sum(len(table[name].data) for name in table.columns)


def by_lists(table):
    """Every value as an object of Python's, a column at a time."""
    return sum(len(table[name].to_list()) for name in table.columns)


def by_cells(table):
    """Every value as an object of Python's, by the getters of a cell."""
    library, pointer, text = lib(), table._pointer, T.rollcall_str()
    out, read = ctypes.byref(text), 0
    numbers = [table._described(i).type != TEXT for i in range(len(table.columns))]
    for row in range(len(table)):
        for column, is_number in enumerate(numbers):
            if is_number:
                library.rollcall_table_number(pointer, row, column)
            else:
                library.rollcall_table_text(pointer, row, column, out)
                if text.ptr:
                    ctypes.string_at(text.ptr, text.len).decode("utf-8")
            read += 1
    return read


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--findings", type=int, default=1_000_000)
    asked = parser.parse_args()
    table = findings_of(asked.findings)
    assert len(table) == asked.findings
    seconds = {}
    for way in (by_columns, by_lists, by_cells):
        before = time.process_time()
        way(table)
        seconds[way] = time.process_time() - before
        print(f"{way.__name__}: {seconds[way]:.3f} s")
    times = seconds[by_cells] / seconds[by_lists]
    print(f"lists are {times:.1f} times as fast as cells, at least {TIMES_AS_FAST} are wanted")
    return 0 if times >= TIMES_AS_FAST else 1


if __name__ == "__main__":
    sys.exit(main())
