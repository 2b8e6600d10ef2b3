"""Which entries are shown side by side, and why; and that a state's directory is gone through in time."""

import random
import time
from itertools import accumulate

import pytest

from bot.directory.duplicates import Group, Seen, Why, groups, seen_of, seen_of_entry
from tests.directory.drawing.made import drawn, location, organization, phone, release, service

ONE, TWO = ("+12137481234",), ("+12137485678",)


def seen(name: str, numbers: tuple[str, ...] = (), **more: object) -> Seen:
    return Seen(more.pop("id", name), name, numbers, **more)  # type: ignore[arg-type]


NOISE = [
    seen("Harbor clinic", ("+13105550001",), zips=("90001",)),
    seen("Main library", ("+13105550002",), zips=("90057",), places=("1 oak 90057",)),
    seen("Job center", ("+13105550003",), zips=("90057",), owner="City"),
]
TOGETHER = {
    "same number, near name": ([seen("Food Bank"), seen("Food Bank, Inc.")], (ONE, ONE), {Why.PHONE, Why.NAME}),
    "same number, other organizations": (
        [seen("Pantry", owner="St. Anne"), seen("Meals", owner="City")],
        (ONE, ONE),
        {Why.PHONE},
    ),
    "words in another order": (
        [seen("South County Food Bank"), seen("Food Bank of the South")],
        (ONE, ONE),
        {Why.PHONE, Why.NAME},
    ),
    "same place, near name": (
        [seen("Anne Kitchen", places=("4 elm 90057",)), seen("St. Anne Kitchen", places=("4 elm 90057",))],
        (ONE, TWO),
        {Why.NAME, Why.PLACE},
    ),
    "same name in one ZIP code": (
        [seen("Anne Soup Kitchen", zips=("90057",)), seen("Anne soup kitchens", zips=("90057",))],
        (ONE, TWO),
        {Why.NAME},
    ),
    "in the release by number": ([seen("Cast", kept=True), seen("Human services", owner="X")], (ONE, ONE), {Why.PHONE}),
    "in the release by its organization": (
        [seen("DuPagePads", kept=True), seen("Interim housing", owner="DuPagePads")],
        (ONE, TWO),
        {Why.NAME},
    ),
}
APART = {
    "services of one organization": ([seen("Pantry", owner="St. Anne"), seen("Clinic", owner="St. Anne")], (ONE, ONE)),
    "one word inside a longer name": (
        [seen("Pantry", zips=("90057",)), seen("Anne Street Pantry", zips=("90057",))],
        (ONE, TWO),
    ),
    "same place alone": (
        [seen("Pantry", places=("4 elm 90057",)), seen("Clinic", places=("4 elm 90057",))],
        (ONE, TWO),
    ),
    "a number everybody has": ([seen("Pantry", owner="A"), seen("Clinic", owner="B")], (("211",), ("211",))),
    "both in the release": ([seen("Pantry", kept=True), seen("Pantry", kept=True, id="other")], (ONE, ONE)),
    "nothing": ([seen("Pantry"), seen("Clinic")], (ONE, TWO)),
}


def _grouped(made: list[Seen], numbers: tuple[tuple[str, ...], ...]) -> tuple[list[Seen], list[Group]]:
    given = [
        Seen(s.id, s.name, own, s.zips, s.places, s.owner, kept=s.kept) for s, own in zip(made, numbers, strict=True)
    ]
    return given, groups([NOISE[0], given[0], *NOISE[1:], given[1]])


@pytest.mark.parametrize(("made", "numbers", "why"), TOGETHER.values(), ids=TOGETHER)
def test_what_may_be_one_service_is_shown_together(
    made: list[Seen], numbers: tuple[tuple[str, ...], ...], why: set[Why]
) -> None:
    given, found = _grouped(made, numbers)
    assert [{*group.entries} for group in found] == [{*given}]
    assert {*found[0].why} == why


@pytest.mark.parametrize(("made", "numbers"), APART.values(), ids=APART)
def test_what_only_looks_alike_is_not(made: list[Seen], numbers: tuple[tuple[str, ...], ...]) -> None:
    assert _grouped(made, numbers)[1] == []


def test_what_is_here_stands_first_and_chains_are_one_group() -> None:
    made = [seen("Anne Pantry", ONE), seen("Anne Food Pantry", (*ONE, *TWO)), seen("Anne", TWO, kept=True)]
    found = groups(made)
    assert [entry.name for entry in found[0].entries] == ["Anne", "Anne Food Pantry", "Anne Pantry"]
    assert len(found) == 1


def test_a_number_at_many_services_needs_a_near_name() -> None:
    made = [seen(f"Service {word}", ONE, owner=f"Owner {word}") for word in "abcdefghijklmnop"]
    assert groups(made) == []


def test_drawn_entries_and_those_of_the_release_are_compared() -> None:
    content, _ = release()
    found = drawn(
        service("Shelter beds", at=location(), organization=organization("DuPage Pads"), phones=[phone("630-682-3846")])
    )
    one = seen_of(found.entry, found.service.doc)
    assert (one.numbers, one.owner, one.zips) == (("+16306823846",), "DuPage Pads", ("90057",))
    kept = [seen_of_entry(entry) for entry in content.entries.values()]
    assert [{entry.id for entry in group.entries} for group in groups([*kept, one])] == [{"dupagepads", one.id}]


def test_a_state_is_gone_through_in_a_few_seconds(*, thorough: bool) -> None:
    chosen = random.Random(7)  # noqa: S311 - the same directory each time
    words = [f"word{n}" for n in range(4000)]
    weights = [*accumulate(1 / (n + 2) for n in range(4000))]
    many = 100_000 if thorough else 10_000
    made = [
        seen(
            " ".join(chosen.choices(words, cum_weights=weights, k=4)),
            (f"+1213{chosen.randrange(200, 999)}{chosen.randrange(10_000):04}",) if n % 3 else ("+12137480000",),
            id=f"e{n}",
            zips=(f"9{chosen.randrange(2000):04}",),
            owner=" ".join(chosen.choices(words, cum_weights=weights, k=2)),
        )
        for n in range(many)
    ]
    began = time.process_time()
    groups(made)
    assert time.process_time() - began < many / 2_500
