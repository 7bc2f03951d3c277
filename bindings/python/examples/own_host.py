#!/usr/bin/env python3
"""A phone system whose users are in SQLite tables of its own, and imports with rollcall.

    examples/own_host.py pbx.db users.csv

Without pbx.db one is made, with two users. `Pbx` is all that rollcall needs to know of the system:
it finds objects, and does what a plan says, each group in a transaction.
"""
import hashlib
import os
import sqlite3
import sys
from typing import Any, Dict, Iterable, Iterator, Optional, Sequence, Tuple

from rollcall import Answer, Change, Group, Op, Schema
from rollcall.directory import Fields

TABLES = """
CREATE TABLE IF NOT EXISTS user (
  id INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, email TEXT COLLATE NOCASE UNIQUE,
  extension TEXT UNIQUE, department TEXT, password_hash TEXT);
CREATE TABLE IF NOT EXISTS done (operation TEXT PRIMARY KEY, keys TEXT);
"""
# What rollcall calls a field, and the column that has it. What is not here the system has not.
COLUMNS = {"first_name": "first_name", "last_name": "last_name", "email": "email",
           "extension": "extension", "department": "department", "web_password": "password_hash"}


class Pbx:
    """The tables, as rollcall sees them."""

    def __init__(self, path: str) -> None:
        self.database = sqlite3.connect(path, isolation_level=None)
        self.database.row_factory = sqlite3.Row
        self.database.executescript(TABLES)

    def lists(self, kind: str) -> bool:
        """Users are all here; of phones and profiles this system knows nothing."""
        return kind == "user"

    def find(self, kind: str, field: Optional[str],
             values: Sequence[str]) -> Iterator[Tuple[int, str, Fields]]:
        column = "id" if field is None else COLUMNS.get(field)
        if kind != "user" or column is None:
            return
        for asked, value in enumerate(values):
            for row in self.database.execute(f"SELECT * FROM user WHERE {column} = ?", [value]):
                yield asked, str(row["id"]), fields_of(row)

    def scan(self, kind: str) -> Iterator[Tuple[str, Fields]]:
        if kind == "user":
            for row in self.database.execute("SELECT * FROM user"):
                yield str(row["id"]), fields_of(row)

    def next_id(self, kind: str) -> Optional[int]:
        highest = self.database.execute("SELECT max(id) FROM user").fetchone()[0]
        return (highest or 0) + 1 if kind == "user" else None

    def apply(self, groups: Sequence[Group]) -> Iterable[Answer]:
        for group in groups:
            self.database.execute("BEGIN IMMEDIATE")
            try:
                keys = self.done(group.operation)
                if keys is None:
                    keys = self.carry_out(group)
                self.database.execute("COMMIT")
            except sqlite3.IntegrityError as error:
                self.database.execute("ROLLBACK")
                yield Answer.refused(str(error))
            except BaseException:
                self.database.execute("ROLLBACK")
                raise
            else:
                yield Answer.applied(*keys)

    def probe(self, operations: Sequence[str]) -> Iterator[Answer]:
        for operation in operations:
            keys = self.done(operation)
            yield Answer.refused("not done") if keys is None else Answer.applied(*keys)

    def done(self, operation: Optional[str]) -> Optional[Sequence[str]]:
        """The keys of a group that was carried out before."""
        row = self.database.execute("SELECT keys FROM done WHERE operation = ?",
                                    [operation]).fetchone()
        return None if row is None else row["keys"].split()

    def carry_out(self, group: Group) -> Sequence[str]:
        """First all that is given up, then all that is taken: users may exchange extensions."""
        keys = [self.begin(change) for change in group.changes]
        for change, key in zip(group.changes, keys):
            if change.op is not Op.DELETE:
                self.write(key, {each.name: each.value for each in change.fields})
        if group.operation is not None:
            self.database.execute("INSERT INTO done VALUES (?, ?)",
                                  [group.operation, " ".join(keys)])
        return keys

    def begin(self, change: Change) -> str:
        if change.op is Op.CREATE:
            return str(self.database.execute("INSERT INTO user DEFAULT VALUES").lastrowid)
        key = change.key or ""
        if change.op is Op.DELETE:
            found = self.database.execute("DELETE FROM user WHERE id = ?", [key])
        else:
            given_up = ["id = id"] + [f"{COLUMNS[each.name]} = NULL" for each in change.fields
                                      if each.name in COLUMNS]
            found = self.database.execute(
                f"UPDATE user SET {', '.join(given_up)} WHERE id = ?", [key])
        if found.rowcount != 1:
            raise sqlite3.IntegrityError(f"user {key} is not there")
        return key

    def write(self, key: str, fields: Dict[str, Optional[str]]) -> None:
        for name, value in fields.items():
            if name == "web_password" and value is not None:
                value = hashlib.scrypt(value.encode(), salt=key.encode(), n=16384, r=8, p=1).hex()
            if name in COLUMNS:
                self.database.execute(f"UPDATE user SET {COLUMNS[name]} = ? WHERE id = ?",
                                      [value, key])


def fields_of(row: Any) -> Fields:
    """Of a password rollcall is only told whether there is one."""
    fields: Dict[str, Any] = {name: row[column] for name, column in COLUMNS.items()}
    fields["web_password"] = row["password_hash"] is not None
    return fields


def main(path: str, file: str) -> int:
    is_new = not os.path.exists(path)
    pbx = Pbx(path)
    if is_new:
        pbx.database.executescript(
            "INSERT INTO user VALUES (1, 'Ann', 'Smith', 'ann@acme.example', '101', NULL, 'x');"
            "INSERT INTO user VALUES (2, 'Bob', 'Jones', 'bob@acme.example', '102', NULL, 'x');")
    schema = Schema("clusterpbx")
    context = {"actor": {"name": "example", "role": "client"}}
    plan = schema.plan(file, pbx, context)
    for finding in plan.findings:
        print(finding)
    if plan.is_refused:
        return 3
    print(plan.show(columns=80), end="")
    receipt = plan.apply(pbx, context)
    print(receipt.summary(), end="")
    for row in pbx.database.execute("SELECT id, first_name, extension FROM user ORDER BY id"):
        print(*row)
    return 0 if receipt.ok else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
