"""A number that takes the place of another one has not been checked because the other one was.

Checks of an entry hold for all its numbers. So before a release is published, those made before a number came are moved
to the numbers they were made of, and a new number that nobody checked is named.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.referral.differences import parts
from bot.referral.problem import Problem

Table = Mapping[str, Any]
_PUBLISH = "publish"


def settled(before: Table, after: Table) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return a document in which old checks vouch for old numbers alone, and the new numbers that nobody checked.

    `before` and `after` are documents: the live one, and the one that is to be published. Numbers of a new entry, and
    of one that is not published, are lint's to judge.
    """
    known = {part: table for part, table in parts(before).items() if "#" in part}
    made, problems = dict(after), list[Problem]()
    for file in [file for file in after if file.startswith("entries/")]:
        tables = after[file].get("entry", ())
        fresh = [_settled(known.get(f"{file}#{table.get('id')}"), table) for table in tables]
        if any(table is not old for table, old in zip(fresh, tables, strict=True)):
            made[file] = {**after[file], "entry": fresh}
        problems += (
            Problem(file, f"entry[{table['id']}].phone", f"{number} is new and was not checked: record how you know it")
            for table in fresh
            for number in unchecked(known.get(f"{file}#{table.get('id')}"), table)
        )
    return made, tuple(problems)


def unchecked(before: Table | None, after: Table) -> list[str]:
    """Return the numbers that an entry would give, did not have before, and that nobody checked."""
    if before is None or before == after or after.get("status") != _PUBLISH:
        return []
    whole = bool(_added(before, after))
    new = _new_numbers(before, after)
    phones = [phone for phone in after.get("phone", ()) if phone.get(_PUBLISH) and phone.get("number", "") in new]
    return [phone.get("number", "") for phone in phones if not whole and not phone.get("checks")]


def _settled(before: Table | None, after: Table) -> Table:
    if before is None or before == after or not (new := _new_numbers(before, after)):
        return after
    added = _added(before, after)
    old = [check for check in after.get("checks", ()) if check not in added]
    if not old:
        return after
    phones = [
        phone if phone.get("number", "") in new else {**phone, "checks": _in_order([*old, *phone.get("checks", ())])}
        for phone in after["phone"]
    ]
    rest = {key: value for key, value in after.items() if key != "checks"}
    return {**rest, "phone": phones, **({"checks": added} if added else {})}


def _new_numbers(before: Table, after: Table) -> frozenset[str]:
    had = {phone.get("number") for phone in before.get("phone", ())}
    return frozenset(phone.get("number", "") for phone in after.get("phone", ())) - had


def _added(before: Table, after: Table) -> list[Any]:
    # Those of its numbers are old ones too: checks of the entry were moved there when another number came, and a draft
    # that was begun before that still has them as they were.
    known = [
        *before.get("checks", ()),
        *(check for phone in before.get("phone", ()) for check in phone.get("checks", ())),
    ]
    return [check for check in after.get("checks", ()) if check not in known]


def _in_order(checks: Iterable[Table]) -> Sequence[Table]:
    return sorted(checks, key=lambda check: str(check.get("on", "")))
