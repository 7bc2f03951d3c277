#!/usr/bin/env python3
"""What the C ABI costs beside C++, in instructions and in processor time.

    benchmarks/abi_cost.py --bin build/bench/benchmarks/abi_bench [--rows N]

Counts by callgrind, with the AVX2 kernel on both sides, of N rows (20,000) and of twice as many, so
that the start can be told from a row. Needs valgrind. Python 3 standard library only.
"""
import argparse
import re
import subprocess
import sys


def instructions(program, way, rows):
    done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
                           program, way, str(rows)], capture_output=True, text=True, check=True)
    return int(re.search(r"Collected : (\d+)", done.stderr)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--rows", type=int, default=20_000)
    asked = parser.parse_args()
    sizes = (asked.rows, 2 * asked.rows)
    counts = {way: [instructions(asked.bin, way, rows) for rows in sizes] for way in ("cpp", "c")}
    for i, rows in enumerate(sizes):
        cpp, c = counts["cpp"][i], counts["c"][i]
        print(f"{rows} rows: C++ {cpp:,} instructions, C {c:,}: {(c / cpp - 1) * 100:+.2f} %")
    cpp, c = ((counts[way][1] - counts[way][0]) / asked.rows for way in ("cpp", "c"))
    print(f"a row: C++ {cpp:.0f}, C {c:.0f}: {(c / cpp - 1) * 100:+.2f} %")
    subprocess.run([asked.bin, "time", str(10 * asked.rows)], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
