"""The kinds of values: how a cell of each kind is read, and when two values of it are the same.

A kind reads text that is trimmed, unguarded and NFC already (a secret's is as typed), not blank. It
gives the value that is kept, or raises `Bad` with the code of the cell's finding (spec E18).
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

BLANKS = " \t\u00a0"
SECRET_OF_COLUMN = {"secret": "column"}
SECRET_GENERATED = {"secret": "generated"}


class Bad(Exception):
    """A cell that is no good; its text is the finding's code."""


def same_value(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Kind:
    """`plain` is the directory's value as a cell of an export would be read, `compared` what has to
    be the same for it to be unchanged (spec E24)."""

    read: Callable[[str], Any]
    plain: Callable[[Any], Any] = same_value
    compared: Callable[[Any], Any] = same_value
    is_secret: bool = False


# --- text -----------------------------------------------------------------------------------------


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Comparing without case: NFC, full case folding, NFC again (spec E23)."""
    return nfc(nfc(text).casefold())


def trimmed(text: str) -> str:
    return text.strip(BLANKS)


def would_be_run(text: str) -> bool:
    """`trig` of the formula guard (spec 8, M12)."""
    return text[:1] in ("\t", "\r") or text.lstrip(BLANKS)[:1] in tuple(
        "=+-@\uff1d\uff0b\uff0d\uff20"
    )


def unguarded(text: str) -> str:
    """`dec` of the formula guard (spec 8)."""
    rest = text[1:]
    return rest if text.startswith("'") and (would_be_run(rest) or rest.startswith("'")) else text


def cleaned(text: str) -> str:
    """Trimmed, then the guard undone once, then NFC; not trimmed again (spec E8)."""
    return nfc(unguarded(trimmed(text)))


def plain_text(value: Any) -> Any:
    return nfc(trimmed(value)) if isinstance(value, str) else value


def without_case(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value


# --- refusals that several kinds share ------------------------------------------------------------

MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
DAMAGE = re.compile(  # spec E25
    r"[0-9]+([.,][0-9]+)?e\+[0-9]+"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"|[0-9]{1,2}-(" + MONTHS + ")",
    re.IGNORECASE | re.ASCII,
)


def refuse_damage(text: str) -> None:
    if DAMAGE.fullmatch(text):
        raise Bad("value.spreadsheet_damage")


def refuse_length(text: str, shortest: int, longest: int | None) -> None:
    if len(text) < shortest:
        raise Bad("value.too_short")
    if longest is not None and len(text) > longest:
        raise Bad("value.too_long")


def is_digits(text: str) -> bool:
    """0 to 9 only (spec E23)."""
    return bool(text) and all(letter in "0123456789" for letter in text)


# --- the kinds ------------------------------------------------------------------------------------


def text(longest: int | None = None) -> Kind:
    def read(cell: str) -> str:
        refuse_length(cell, 0, longest)
        return cell

    return Kind(read, plain_text)


def secret(shortest: int = 0, longest: int | None = None, digits_only: bool = False) -> Kind:
    """Its value is never kept: a change only says where it comes from (spec 6)."""

    def read(cell: str) -> dict[str, str]:
        if digits_only and not is_digits(cell):
            raise Bad("value.digits")
        refuse_length(cell, shortest, longest)
        return SECRET_OF_COLUMN

    return Kind(read, is_secret=True)


def extension(shortest: int, longest: int) -> Kind:
    def read(cell: str) -> str:
        refuse_damage(cell)
        if not is_digits(cell):
            raise Bad("value.extension")
        refuse_length(cell, shortest, longest)
        return cell

    return Kind(read, plain_text)


def digits(shortest: int, longest: int, plus: bool = False) -> Kind:
    """The plus does not count for the length; a plus alone is no digits (spec E30)."""

    def read(cell: str) -> str:
        refuse_damage(cell)
        counted = cell.removeprefix("+") if plus else cell
        if not is_digits(counted):
            raise Bad("value.digits")
        refuse_length(counted, shortest, longest)
        return cell

    return Kind(read, plain_text)


def integer(lowest: int, highest: int) -> Kind:
    def read(cell: str) -> int:
        if not is_digits(cell.removeprefix("-")):
            raise Bad("value.integer")
        if not lowest <= int(cell) <= highest:
            raise Bad("value.range")
        return int(cell)

    return Kind(read)


def boolean(*pairs: tuple[str, str]) -> Kind:
    """The words for yes and no, pair by pair."""
    words = {fold(word): value for pair in pairs for word, value in zip(pair, (True, False))}

    def read(cell: str) -> bool:
        if fold(cell) not in words:
            raise Bad("value.boolean")
        return words[fold(cell)]

    return Kind(read)


def choice(*words: str) -> Kind:
    """Kept in the schema's spelling (spec E23)."""

    def read(cell: str) -> str:
        for word in words:
            if fold(word) == fold(cell):
                return word
        raise Bad("value.choice")

    return Kind(read, plain_text, without_case)


def reference() -> Kind:
    """Any text: whether it exists is asked in step 3."""
    return Kind(same_value, plain_text, without_case)


def read_id(cell: str) -> str:
    """spec E31"""
    refuse_damage(cell)
    if not re.fullmatch(r"[0-9A-Za-z._-]{1,64}", cell):
        raise Bad("value.id")
    return cell


IDENTIFIER = Kind(read_id, plain_text, without_case)

SEPARATORS = str.maketrans("", "", " .-()")


def plain_phone(value: Any) -> Any:
    """Space, dot, dash and round brackets are dropped wherever they stand (spec E27)."""
    return trimmed(value).translate(SEPARATORS) if isinstance(value, str) else value


def read_phone(cell: str) -> str:
    refuse_damage(cell)
    number = plain_phone(cell)
    if not re.fullmatch(r"\+[1-9][0-9]{7,14}", number):
        raise Bad("value.phone")
    return number


PHONE = Kind(read_phone, plain_phone)


def plain_mac(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    bare = re.sub(r"[:.-]", "", trimmed(value)).lower()
    return ":".join(bare[at : at + 2] for at in range(0, len(bare), 2))


def read_mac(cell: str) -> str:
    """At most one separator between any two digits (spec E28); no zeros, no `f`s, no multicast."""
    if not re.fullmatch(r"([0-9A-Fa-f][:.-]?){11}[0-9A-Fa-f]", cell):
        raise Bad("value.mac")
    mac = plain_mac(cell)
    if mac in ("00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff") or int(mac[:2], 16) % 2 == 1:
        raise Bad("value.mac")
    return mac


MAC = Kind(read_mac, plain_mac)

LABEL = r"[0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?"


def may_stand_in_local_part(letter: str) -> bool:
    """ASCII letters, digits and signs, and any non-ASCII letter (spec 3, E29)."""
    if ord(letter) < 128:
        return letter.isalnum() or letter in "!#$%&'*+-/=?^_`{|}~"
    return unicodedata.category(letter).startswith("L")


def read_email(cell: str) -> str:
    local, at, domain = cell.rpartition("@")
    atoms = local.split(".")
    labels = domain.split(".")
    is_good = (
        at == "@"
        and 1 <= len(local) <= 64
        and all(atom and all(map(may_stand_in_local_part, atom)) for atom in atoms)
        and len(labels) >= 2
        and all(re.fullmatch(LABEL, label) for label in labels)
        and not is_digits(labels[-1])
        and len(cell) <= 254
    )
    if not is_good:
        raise Bad("value.email")
    return cell


EMAIL = Kind(read_email, plain_text)


def ip_address(value: Any) -> Any:
    """The address, or None if it is none (spec E32)."""
    try:
        return None if "%" in value else ipaddress.ip_address(value)
    except (TypeError, ValueError):
        return None
