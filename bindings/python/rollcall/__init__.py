"""rollcall: bulk user changes for phone systems, checked, planned, applied and reported.

    from rollcall import MemoryDirectory, Schema

    schema = Schema("clusterpbx")
    directory = MemoryDirectory(schema, "directory.json")
    plan = schema.plan("users.csv", directory, {"actor": {"name": "ops", "role": "client"}})
    for finding in plan.findings:
        print(finding)
    receipt = plan.apply(directory)

What is wrong with a file is a Finding. What rollcall could not do is an Error. The shared library
is loaded when something first needs it.
"""
from . import aio, progress
from .codes import Code
from .context import Context
from .conversion import Loss, convert
from .directory import (Answer, Change, Directory, FieldChange, Group, Host, MemoryDirectory, Op,
                        SecretFrom)
from .draft import Draft, DraftColumn, DraftCounts, DraftFinding, Outcome
from .engine import Cancel, Engine, default_engine
from .errors import (Busy, Cancelled, Corrupt, DiskFull, Error, FileFailed, HostFailed, Internal,
                     LimitExceeded, LoadError, Malformed, NoRandomness, NotFound, NotPermitted,
                     OutOfMemory, Unsupported, WrongUse)
from .explain import build_info, codes, explain, limits, version
from .findings import Finding, Findings, Severity
from .mending import Mending, fix
from .options import Options, Outputs, Reading
from .plan import Plan
from .progress import Progress
from .report import Counts, Receipt, Refusal, Refused, Report, State
from .rows import Rows, count_rows, write_rows
from .schema import Column, Field, Format, Kind, Remark, Schema, check_schema, formats
from .store import EffectSecrets, Purged, Store, StoreDirectory
from .table import Table

__all__ = [
    "Answer", "Busy", "Cancel", "Cancelled", "Change", "Code", "Column", "Context", "Corrupt",
    "Counts", "Directory", "DiskFull", "Draft", "DraftColumn", "DraftCounts", "DraftFinding",
    "EffectSecrets", "Engine", "Error", "Field", "FieldChange", "FileFailed", "Finding", "Findings",
    "Format", "Group", "Host", "HostFailed", "Internal", "Kind", "LimitExceeded", "LoadError",
    "Loss", "Malformed", "MemoryDirectory", "Mending", "NoRandomness", "NotFound", "NotPermitted",
    "Op", "Options", "OutOfMemory", "Outcome", "Outputs", "Plan", "Progress", "Purged", "Reading",
    "Receipt", "Refusal", "Refused", "Remark", "Report", "Rows", "Schema", "SecretFrom", "Severity",
    "State", "Store", "StoreDirectory", "Table", "Unsupported", "WrongUse", "aio", "build_info",
    "check_schema", "codes", "convert", "count_rows", "default_engine", "explain", "fix", "formats",
    "limits", "progress", "version", "write_rows",
]
