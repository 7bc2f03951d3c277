#!/usr/bin/env python3
"""What the C ABI costs beside C++, in instructions and in processor time.

    benchmarks/abi_cost.py --bin build/bench/benchmarks/abi_bench [--rows N]

Counts by callgrind, with the AVX2 kernel on both sides, of N rows (20,000) and of twice as many, so
that the start can be told from a row; and the processor time of ten times as many. Exit 1 if C
takes over 2 % more instructions, or over 5 % more time. Needs valgrind. Python 3 standard library
only.
"""
import argparse
import re
import subprocess
import sys


INSTRUCTIONS_MOST = 2.0  # percent more than in C++
TIME_MOST = 5.0


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
    over = []
    counts = {way: [instructions(asked.bin, way, rows) for rows in sizes] for way in ("cpp", "c")}
    for i, rows in enumerate(sizes):
        cpp, c = counts["cpp"][i], counts["c"][i]
        more = (c / cpp - 1) * 100
        print(f"{rows} rows: C++ {cpp:,} instructions, C {c:,}: {more:+.2f} %")
        if more > INSTRUCTIONS_MOST:
            over.append(f"{more:.2f} % more instructions for {rows} rows")
    cpp, c = ((counts[way][1] - counts[way][0]) / asked.rows for way in ("cpp", "c"))
    print(f"a row: C++ {cpp:.0f}, C {c:.0f}: {(c / cpp - 1) * 100:+.2f} %")
    timed = subprocess.run([asked.bin, "time", str(10 * asked.rows)], capture_output=True,
                           text=True, check=True).stdout
    print(timed, end="")
    more = float(re.search(r"([+-][\d.]+) %", timed)[1])
    if more > TIME_MOST:
        over.append(f"{more:.1f} % more time for {10 * asked.rows} rows")
    for each in over:
        print(f"too much: {each}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
