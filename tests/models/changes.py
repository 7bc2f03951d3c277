"""What a row makes of an object: its values, what of them is a change, the directory after it."""

from __future__ import annotations

from typing import Any

from kinds import SECRET_GENERATED, Kind, is_digits
from rows import Cell, Column


def created_value(column: Column, cell: Cell) -> Any:
    """A column that is not in the file is as blank on create (spec 3)."""
    if cell.is_good():
        return cell.value
    return {"clear": None, "default": column.default, "generate": SECRET_GENERATED}[column.create]


def updated_value(column: Column, cell: Cell, before: Any) -> Any:
    """A column that is not in the file is kept on update; so is the field of a bad cell."""
    if cell.is_good():
        return cell.value
    return None if cell.state == "blank" and column.update == "clear" else before


def is_changed(kind: Kind, before: Any, after: Any) -> bool:
    """A filled secret always is one; else what exports would show is compared (spec E24)."""
    if kind.is_secret:
        return isinstance(after, dict)  # what is kept is no dict
    return kind.compared(kind.plain(before)) != kind.compared(kind.plain(after))


def change_of(kind: Kind, before: Any, after: Any) -> list[Any]:
    """As the directory has it; the before of a secret is true if one is set (spec F2)."""
    return [(True if before else None) if kind.is_secret else before, after]


def create(kind: str, key: str, fields: dict) -> dict:
    """Nulls are left out of a create, false is written (spec F2)."""
    shown = {name: [None, value] for name, value in fields.items() if value is not None}
    return {"op": "create", "kind": kind, "key": key, "fields": shown}


def update(kind: str, key: str, fields: dict) -> dict:
    return {"op": "update", "kind": kind, "key": key, "fields": fields}


def next_id(directory: dict, kind: str, key: str) -> str:
    """Highest id that is all digits, as a number, plus one (spec P5)."""
    numbers = [int(found[key]) for found in directory.get(kind) or [] if is_digits(found[key])]
    return str(max(numbers, default=0) + 1)


def ids_left(directory: dict, kind: str, key: str) -> int:
    """Ids of the host have 64 bits, of which the last one says that there are no more."""
    return max(0, 2**64 - 1 - int(next_id(directory, kind, key)))


def apply(keys: dict[str, str], directory: dict, change: dict) -> None:
    """`keys` names the key of each kind. Of a secret the directory only says that one is set."""
    name = keys[change["kind"]]
    objects = directory.setdefault(change["kind"], [])  # spec F7
    if change["op"] == "create":
        objects.append({name: change["key"]})
    found = next(found for found in objects if found[name] == change["key"])
    for field_name, (_, after) in change["fields"].items():
        found[field_name] = True if isinstance(after, dict) else after
