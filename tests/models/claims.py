"""Claims: which rows may have the values that they want, by the words of spec 4."""

from __future__ import annotations

from rows import Row, Want

Held = tuple[str, str]  # a claim and a value of it
Holders = dict[Held, list[str]]

# --- claims: `reject` (spec 4) --------------------------------------------------------------------


def settle_claims(rows: list[Row], holders: Holders, key_column: str | None = None) -> None:
    """Judge the rows that passed steps 1 to 4, in file order.

    `holders` has, of each claim and value, the keys of the directory's objects that hold it. One
    that no row can target has a key that no row has.
    """
    taking_part = reject_repeated_keys(rows, key_column)
    first = first_rows(taking_part)
    fallen = {
        row.number
        for row in taking_part
        if any(first[w.claim, w.value] is not row for w in row.wants)
    }
    while True:  # step 4: until nothing changes
        standing = [row for row in taking_part if row.number not in fallen]
        falling = {
            row.number
            for row in standing
            if not all(is_free(w, row, standing, holders) for w in row.wants)
        }
        if not falling:
            break
        fallen |= falling
    report_claims(taking_part, standing, first, holders)


def reject_repeated_keys(rows: list[Row], key_column: str | None) -> list[Row]:
    """Step 1: of two rows for one object the later is out, and takes no further part (spec E35)."""
    seen: set[str] = set()
    taking_part = []
    for row in rows:
        if row.target is not None and row.target in seen:
            row.error("row.repeats_key", key_column)
        else:
            taking_part.append(row)
        if row.target is not None:
            seen.add(row.target)
    return taking_part


def first_rows(rows: list[Row]) -> dict[Held, Row]:
    """Step 2: the first row that wants a value has it, even if rejected later (spec E34)."""
    first: dict[Held, Row] = {}
    for row in rows:
        for want in row.wants:
            first.setdefault((want.claim, want.value), row)
    return first


def is_free(want: Want, row: Row, standing: list[Row], holders: Holders) -> bool:
    """Step 3: all others that hold it are targets of rows that stand and give it up."""
    held = (want.claim, want.value)
    return all(
        any(other.target == holder and held in other.gives_up for other in standing)
        for holder in holders.get(held, [])
        if holder != row.target
    )


def report_claims(
    rows: list[Row], standing: list[Row], first: dict[Held, Row], holders: Holders
) -> None:
    """Every value that a row wanted is reported, of rejected rows too (spec E36)."""
    for row in rows:
        for want in row.wants:
            if first[want.claim, want.value] is not row:
                row.error("claim.duplicate_in_file", want.column)
            elif not is_free(want, row, standing, holders):
                row.error("claim.taken", want.column)


# --- claims: `take` (spec 4) ----------------------------------------------------------------------


def warn_of_contests(given: list[tuple[Row, str, str, str]]) -> None:
    """`given` has row, user, column and value of each cell of a row not rejected (spec E37)."""
    for row, user, column, value in given:
        others = [
            other.line
            for other, other_user, _, other_value in given
            if value == other_value and user != other_user
        ]
        if others:
            row.warn("claim.contested", column)
            row.contests[row[column].header] = named(row.line, sorted(set(others)))


def named(own: int, lines: list[int]) -> list:
    """The line behind the own one, if there is one, then the others in order; eight in all."""
    first = next((line for line in lines if line > own), lines[0])
    rest = [str(line) for line in lines if line != first]
    return [first, ", ".join(rest[:7]) + (" and more" if len(rest) > 7 else "")]
