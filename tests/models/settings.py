"""Settings of the tenant: which are there, and what they have to be."""

from __future__ import annotations

from random import Random
from typing import Any

from kinds import is_digits


def said(settings: dict | None) -> dict:
    """One that is null, or left empty, is as if it were not there."""
    return {name: value for name, value in (settings or {}).items() if value not in (None, "")}


def is_integer_from(lowest: int, value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= lowest


def is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and value != [] and all(isinstance(one, str) for one in value)


def is_span(value: Any) -> bool:
    is_pair = isinstance(value, list) and len(value) == 2
    return is_pair and is_integer_from(1, value[0]) and is_integer_from(value[0], value[1])


def is_pool(value: Any) -> bool:
    ends = [value.get("first"), value.get("last")] if isinstance(value, dict) else [None, None]
    if not all(isinstance(end, str) and is_digits(end) for end in ends):
        return False
    return len(ends[0]) == len(ends[1]) and int(ends[0]) <= int(ends[1])


def is_alphabet(value: Any) -> bool:
    """Of ten different characters or more: secrets of fewer are guessed."""
    return isinstance(value, str) and len(set(value)) >= 10


def faults_of_password(layers: list[Any]) -> list[bool]:
    """The tenant's and the default one. It has members, of which each falls back by itself; as
    anything else it is no good."""
    if not isinstance(next((one for one in layers if one is not None), {}), dict):
        return [True]
    password: dict = {}
    for layer in reversed(layers):
        password |= said(layer) if isinstance(layer, dict) else {}
    return [
        "length" in password and not is_integer_from(1, password["length"]),
        "alphabet" in password and not is_alphabet(password["alphabet"]),
    ]


PASSWORDS = [{"length": 12}, {"alphabet": "abcdefghjk"}, {"length": None, "alphabet": ""}, {}, None]
BAD_PASSWORDS = [
    *("x", [16], 16, {"length": 0}, {"length": "7"}),
    *({"alphabet": "aab"}, {"alphabet": 5}),
]


def random_value(chance: Random, good: list, bad: list) -> Any:
    """Now and then one is no good, or left empty."""
    if chance.random() < 0.03:
        return ""
    return chance.choice(bad if bad and chance.random() < 0.01 else good)
