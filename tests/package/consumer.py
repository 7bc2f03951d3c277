"""A program that takes rollcall from its package: judges one row by a format that is built in."""
import importlib.metadata

import rollcall

schema = rollcall.Schema("clusterpbx")
report = schema.validate(b"ID,First Name,Last Name,Extension\r\n,Ann,,100\r\n",
                         rollcall.MemoryDirectory(schema), {"actor": {"role": "client"}})
assert importlib.metadata.version("rollcall") == rollcall.version()
print(rollcall.version(), report.format, len(report.findings), "findings")
