"""Random cells and files: good and bad values, other spellings of them, well-formed CSV."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from random import Random

EMAILS = ["ann@acme.example", "bob@acme.example", "zoë@acme.example"]
BAD_EMAILS = [
    "ann@acme",
    "ann.acme.example",
    "ann@@acme.example",
    ".ann@acme.example",
    "a..n@acme.example",
    "ann@-acme.example",
    "ann@acme.123",
    "a" * 65 + "@acme.example",
    "ann smith@acme.example",
    "ann@acme.exämple",
    '"ann"@acme.example',
    "\u0664@acme.example",
]
LONG_IDS = ["9" * 20, "18446744073709551612", "18446744073709551614", "0" * 40 + "17"]
BAD_EXTENSIONS = [
    "10x",
    "1 01",
    "12-May",
    "4.42E+11",
    "4,42e+11",
    "1/5/2024",
    "2024-05-12",
    "\u0661\u0660\u0661",
    "-101",
    "+101",
]
BAD_MACS = [
    "00:00:00:00:00:00",
    "ff:ff:ff:ff:ff:ff",
    "01:00:5e:00:00:01",
    "00:1b:2c:3d:4e",
    "00::1b:2c:3d:4e:01",
    "001b2c3d4e0g",
    ":001b2c3d4e01",
]
BAD_PLUS_DIGITS = ["+", "020 7183", "1" * 21, "++1", "12/05/2024", "1e+9"]
BAD_PHONES = [
    "+4420718",
    "442071838750",
    "+02071838750",
    "+4420718387501234",
    "tel:+442071838750",
    "+44207183875O",
    "4.42E+11",
    "3-Dec",
]


@dataclass(frozen=True)
class Pool:
    good: list[str]
    bad: list[str]


@dataclass
class Case:
    """What one run is given; `rows` have a cell's text by the column's name."""

    rows: list[dict[str, str]]
    directory: dict
    context: dict
    arguments: list[str] = field(default_factory=list)
    file_name: str = "users.csv"


def row_count(chance: Random) -> int:
    if chance.random() < 0.03:
        return chance.choice([0, 40])
    return chance.randint(1, 12)


def pick(chance: Random, pool: Pool) -> str:
    """Mostly a good one."""
    if pool.bad and chance.random() < 0.15:
        return chance.choice(pool.bad)
    return (
        respelled(chance, chance.choice(pool.good))
        if chance.random() < 0.3
        else chance.choice(pool.good)
    )


def respelled(chance: Random, text: str) -> str:
    """What compares as the same in most kinds: other case, blanks round it, decomposed letters."""
    changed = [
        text.upper,
        text.lower,
        text.swapcase,
        lambda: f" {text}\t",
        lambda: f"\u00a0{text}",
        lambda: unicodedata.normalize("NFD", text),
    ]
    return chance.choice(changed)()


def spelled_macs(macs: list[str]) -> list[str]:
    bare = [mac.replace(":", "") for mac in macs]
    dotted = [f"{mac[:4]}.{mac[4:8]}.{mac[8:]}" for mac in bare]
    return [*bare, *dotted, *(mac.replace(":", "-").upper() for mac in macs)]


def pass_round(chance: Random, rows: list[dict[str, str]], columns: list[str]) -> None:
    """Let some rows exchange values: swaps, circles, and chains whose ends are taken or new."""
    for column in columns:
        holders = [row for row in rows if row.get(column)]
        if len(holders) < 2 or chance.random() < 0.5:
            continue
        holders = chance.sample(holders, chance.randint(2, min(4, len(holders))))
        values = [row[column] for row in holders]
        for row, value in zip(holders, values[1:] + values[:1]):
            row[column] = value
        if chance.random() < 0.3:
            chance.choice(holders)[column] = chance.choice(values)


# --- laying out a file ----------------------------------------------------------------------------

UNKNOWN_COLUMNS = ["", "Remark", "Cost Centre", "Extention", "Emall", "First", "Typ"]
RESULT_COLUMNS = ["Change OK", "notes", "Errors", "Row", "LINE", "status", "Messages"]


def random_file(chance: Random, case: Case, columns: list) -> bytes:
    header = random_header(chance, columns)
    delimiter = chance.choice(",,,;\t|") if len(header) > 1 else ","
    records = [[spelling for spelling, _ in header]]
    for row in case.rows:
        records.append(
            [row.get(name, "") if name else chance.choice(["", "17", "x y"]) for _, name in header]
        )
    for record in records[1:]:
        damage(chance, record)
    for _ in range(chance.choice([0, 0, 0, 1, 2])):
        blank = chance.choice([[], [" "], [""] * len(header)])
        records.insert(chance.randint(1, len(records)), blank)
    if chance.random() < 0.1:
        records.insert(0, [])
    return written(chance, records, delimiter)


def random_header(chance: Random, columns: list) -> list[tuple[str, str | None]]:
    """The cells of the header row, each with its column's name; None for one of no column."""
    often = chance.choice([1.0, 1.0, 1.0, 0.9, 0.5])
    header: list[tuple[str, str | None]] = []
    for column in columns:
        if chance.random() < (0.997 if column.is_mandatory else often):
            header.append((spelled_header(chance, column), column.name))
    if chance.random() < 0.3:
        chance.shuffle(header)
    for names in (UNKNOWN_COLUMNS, RESULT_COLUMNS):
        if chance.random() < 0.1:
            header.insert(chance.randint(0, len(header)), (chance.choice(names), None))
    if chance.random() < 0.01:
        column = chance.choice(columns)
        header.append((spelled_header(chance, column), column.name))
    return header


def spelled_header(chance: Random, column) -> str:
    name = column.name
    if column.aliases and chance.random() < 0.2:
        name = chance.choice(column.aliases)
    if chance.random() < 0.15:
        changed = [
            name.upper(),
            name.lower(),
            name.replace(" ", "_"),
            name.replace(" ", ""),
            f" {name} ",
            f"-{name}",
        ]
        return chance.choice(changed)
    return name


def damage(chance: Random, record: list[str]) -> None:
    """Sometimes a row is short or too long, or has a control character."""
    luck = chance.random()
    if luck < 0.01:
        while len(record) > 1 and record[-1] == "":
            record.pop()
    elif luck < 0.015:
        record.append(chance.choice(["", " ", "x"]))
    elif luck < 0.02 and record:
        record[chance.randrange(len(record))] += "\u0007"


def written(chance: Random, records: list[list[str]], delimiter: str) -> bytes:
    """Quoted where it must be, and here and there where it need not."""
    line_end = chance.choice(["\n", "\n", "\r\n", "\r"])
    quotes_often = chance.random() < 0.1

    def cell(text: str) -> str:
        must = any(letter in text for letter in (delimiter, '"', "\n", "\r"))
        return (
            '"' + text.replace('"', '""') + '"'
            if must or (quotes_often and chance.random() < 0.5)
            else text
        )

    lines = [delimiter.join(map(cell, record)) for record in records]
    text = line_end.join(lines) + chance.choice(["", line_end])
    return (b"\xef\xbb\xbf" if chance.random() < 0.1 else b"") + text.encode()
