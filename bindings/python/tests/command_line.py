"""As much of the command line as conformance cases use, on top of the package."""
import argparse
import json

from json_host import JsonHost

import rollcall
from rollcall import MemoryDirectory, Options, Outputs, Reading, Refusal, Schema, State

EXITS = {Refusal.ACTOR: 5, Refusal.FILE: 3, Refusal.STALE: 4}


def parse(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("verb")
    parser.add_argument("file", nargs="?")
    for name in ("format", "context", "directory", "directory-out", "report", "result",
                 "error-rows", "encoding", "delimiter"):
        parser.add_argument(f"--{name}")
    for name in ("atomic", "lenient"):
        parser.add_argument(f"--{name}", action="store_true")
    return parser.parse_args(arguments)


def main(arguments, is_host):
    """The exit code, and what would be printed."""
    asked = parse(arguments)
    schema = Schema(asked.format)
    with open(asked.directory, "rb") as file:
        objects = file.read()
    host = JsonHost(schema, objects) if is_host else MemoryDirectory(schema, objects)
    with open(asked.context, "rb") as file:
        context = json.load(file)
    if asked.verb in ("template", "export"):
        try:
            return 0, getattr(schema, asked.verb)(host, context)
        except rollcall.Refused as refused:
            return EXITS[refused.report.refusal], b""
    reading = Reading(encoding=asked.encoding or "utf-8", delimiter=asked.delimiter,
                      lenient=asked.lenient)
    options = Options(reading=reading, atomic=asked.atomic)
    outputs = Outputs(report=asked.report, result=asked.result, error_rows=asked.error_rows)
    job = getattr(schema, asked.verb)
    report = job(asked.file, host, context, options=options, outputs=outputs)
    if asked.directory_out:
        with open(asked.directory_out, "w", encoding="utf-8") as file:
            json.dump(host.to_dict(), file)
    if report.refusal is not Refusal.NONE:
        return EXITS[report.refusal], b""
    return int(report.state is not State.SUCCEEDED), b""
