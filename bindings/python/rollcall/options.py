"""How a job is done: how its file is read, what is done with what does not fit, what is written."""
import ctypes
import os
from dataclasses import dataclass, field
from typing import Dict, Literal, Optional

from . import _ffi_constants as C
from . import _ffi_types as T
from ._streams import Writable

_ENCODINGS: Dict[str, int] = {
    "utf-8": C.ROLLCALL_ENCODING_UTF_8,
    "utf-16le": C.ROLLCALL_ENCODING_UTF_16LE,
    "utf-16be": C.ROLLCALL_ENCODING_UTF_16BE,
    "windows-1252": C.ROLLCALL_ENCODING_WINDOWS_1252,
    "latin-1": C.ROLLCALL_ENCODING_LATIN_1,
}
_KERNELS: Dict[str, int] = {
    "best": C.ROLLCALL_KERNEL_BEST,
    "swar": C.ROLLCALL_KERNEL_SWAR,
    "avx2": C.ROLLCALL_KERNEL_AVX2,
    "avx512": C.ROLLCALL_KERNEL_AVX512,
    "neon": C.ROLLCALL_KERNEL_NEON,
}
_STALE: Dict[str, int] = {"refuse": C.ROLLCALL_STALE_REFUSE, "row": C.ROLLCALL_STALE_ROW}
_STOPPED_AS: Dict[str, int] = {
    "cancelled": C.ROLLCALL_STOPPED_AS_CANCELLED,
    "interrupted": C.ROLLCALL_STOPPED_AS_INTERRUPTED,
}
KEEP: Dict[str, int] = {
    "nothing": 0,
    "findings": C.ROLLCALL_KEEP_FINDINGS,
    "all": C.ROLLCALL_KEEP_FINDINGS | C.ROLLCALL_KEEP_ROWS,
}
FORMS: Dict[str, int] = {
    "text": C.ROLLCALL_FINDINGS_TEXT,
    "jsonl": C.ROLLCALL_FINDINGS_JSONL,
    "csv": C.ROLLCALL_FINDINGS_CSV,
    "junit": C.ROLLCALL_FINDINGS_JUNIT,
    "sarif": C.ROLLCALL_FINDINGS_SARIF,
    "github": C.ROLLCALL_FINDINGS_GITHUB,
    "html": C.ROLLCALL_FINDINGS_HTML,
}


def one_of(known: Dict[str, int], name: str, what: str) -> int:
    if name not in known:
        raise ValueError(f"{what} is one of {', '.join(known)}, not {name!r}")
    return known[name]


def sign(text: Optional[str], what: str) -> int:
    if text is None:
        return 0
    if len(text) != 1 or not text.isascii():
        raise ValueError(f"{what} is one ASCII sign, not {text!r}")
    return ord(text)


@dataclass(frozen=True)
class Reading:
    """How a CSV file is read. A limit of 0 is the default one; `limits()` lists them."""

    delimiter: Optional[str] = None  # found out
    quote: Optional[str] = '"'  # None: no sign quotes
    escape: Optional[str] = None
    encoding: str = "utf-8"  # or utf-16le, utf-16be, windows-1252, latin-1; a BOM goes before it
    lenient: bool = False  # misplaced quotes are repaired and warned of
    kernel: str = "best"
    field_bytes: int = 0
    row_bytes: int = 0
    columns: int = 0
    file_bytes: int = 0
    rows: int = 0

    def _struct(self) -> T.rollcall_reading:
        flags = C.ROLLCALL_READING_LENIENT if self.lenient else 0
        if self.quote is None:
            flags |= C.ROLLCALL_READING_NO_QUOTE
        return T.rollcall_reading(
            struct_size=ctypes.sizeof(T.rollcall_reading), flags=flags,
            delimiter=sign(self.delimiter, "a delimiter"), quote=sign(self.quote, "a quote"),
            escape=sign(self.escape, "an escape"),
            encoding=one_of(_ENCODINGS, self.encoding.lower(), "an encoding"),
            kernel=one_of(_KERNELS, self.kernel, "a kernel"), field_bytes=self.field_bytes,
            row_bytes=self.row_bytes, columns=self.columns, file_bytes=self.file_bytes,
            rows=self.rows)


@dataclass(frozen=True)
class Options:
    """How a job is done; each has a default that most jobs want.

    `stale` says what becomes of a plan that no longer fits: "refuse" all of it, or leave out each
    "row" that hangs on what has changed. `stopped_as` says what a stopped job is: "cancelled", with
    what was applied in place, or "interrupted", to be resumed, which is the default if a store
    remembers it. `keep` says which tables the report has: "findings", "all" (rows, changes and
    effects too: the default where a plan is made, and for undo, retry and resume), "nothing".
    """

    reading: Reading = field(default_factory=Reading)
    atomic: bool = False  # one rejected row, and nothing is applied
    stale: Literal["refuse", "row"] = "refuse"
    stopped_as: Optional[Literal["cancelled", "interrupted"]] = None
    keep: Optional[Literal["nothing", "findings", "all"]] = None
    file_name: Optional[str] = None  # what the file is called; that of its path
    digest: bool = True  # the SHA-256 of the file is worked out
    threads: int = 1  # with 2 one of them writes outputs
    spool_folder: Optional[str] = None  # for what does not fit into memory
    takes_unsealed: bool = False  # a plan without the seal of the store is carried out, too
    take_over: bool = False  # of who still carries the job out: Store.resume

    def _struct(self, reading: T.rollcall_reading, is_remembered: bool) -> T.rollcall_job_options:
        stopped_as = self.stopped_as or ("interrupted" if is_remembered else "cancelled")
        flags = ((C.ROLLCALL_JOB_ATOMIC if self.atomic else 0) |
                 (0 if self.digest else C.ROLLCALL_JOB_NO_DIGEST) |
                 (C.ROLLCALL_JOB_TAKES_UNSEALED if self.takes_unsealed else 0) |
                 (C.ROLLCALL_JOB_TAKE_OVER if self.take_over else 0))
        return T.rollcall_job_options(
            struct_size=ctypes.sizeof(T.rollcall_job_options), flags=flags,
            reading=ctypes.pointer(reading),
            file_name=os.fsencode(self.file_name) if self.file_name is not None else None,
            spool_folder=os.fsencode(self.spool_folder) if self.spool_folder else None,
            stopped_as=one_of(_STOPPED_AS, stopped_as, "stopped_as"),
            stale=one_of(_STALE, self.stale, "stale"), threads=self.threads)


@dataclass(frozen=True)
class Outputs:
    """What a job writes, each to a path or a binary file. Files take their places when the job has
    ended, in one step; until then, and if it fails, what was there is untouched."""

    report: Optional[Writable] = None  # report.jsonl: a line a row, one for the job
    result: Optional[Writable] = None  # the vendor's result file
    error_rows: Optional[Writable] = None  # rejected rows as given, plus Errors
    error_log: Optional[Writable] = None  # a line a finding, as text
    error_log_json: Optional[Writable] = None
    findings: Optional[Writable] = None  # in this form:
    findings_form: Literal["text", "jsonl", "csv", "junit", "sarif", "github", "html"] = "text"
    colour: bool = False  # escapes of a terminal in findings as text
    secrets: Optional[Writable] = None  # those that were made, of a job that no store remembers
