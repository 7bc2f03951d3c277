#!/usr/bin/env python3
"""Validates a file and says what is wrong with it, by code and row by row.

    examples/validate.py FORMAT users.csv directory.json [ROLE]
"""
import sys

from rollcall import Context, MemoryDirectory, Schema, explain


def main(format: str, file: str, objects: str, role: str = "client") -> int:
    schema = Schema(format)
    with MemoryDirectory(schema, objects) as directory:
        report = schema.validate(file, directory, Context("example", role))
    print(report.summary(), end="")
    for finding in report.findings:
        print(finding)
    codes = report.codes
    for code, count in zip(codes["code"], codes["count"]):
        print(f"\n{count} of these:\n{explain(str(code), schema)}", end="")
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
