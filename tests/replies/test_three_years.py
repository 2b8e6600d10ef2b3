"""Nobody checks anything for three years, and on every day every need in every place still has a right answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.referral.answer import answer
from bot.referral.choose import Need
from bot.referral.compose import page
from bot.referral.content import ELSEWHERE, Content
from bot.referral.conversation import Conversation
from bot.referral.given import Given
from bot.referral.items import Item, items_for
from bot.referral.sayable import sayable
from bot.referral.standing import state_of
from tests.replies.oracle import Oracle, numbers_in

FIRST, LAST = date(2026, 11, 22), date(2029, 11, 21)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
#: At noon, and in the deep of the night; `make thorough` adds when offices have just shut, and each first of a month.
HOURS = [time(12), time(3)]
LATE = time(17, 45)
CLOCK = ZoneInfo("America/Los_Angeles")
#: Who leads a crisis.
LEADS = {"danger": "911", "overdose": "911", "suicide": "988"}
COMMANDS = {
    "en": ["help", "menu", "who is this", "stop texting me", "start over", "thanks", "human", "korean", "deaf", "qwzx"],
    "es": ["ayuda", "menu", "quien es", "ya no me mandes mensajes", "gracias", "una persona", "sorda", "qwzx"],
}
SITE = re.compile(r"\b[a-z]+\.(?:gov|org)\b")
#: They name no number at all.
BARE = ("who is this", "quien es")


@dataclass(frozen=True)
class Told:
    """Everything that is said on a need at a moment, page by page."""

    need: Need
    now: datetime
    items: tuple[Item, ...]
    pages: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.need} at {self.now}:\n" + "\n".join(self.pages)


@pytest.fixture(scope="module")
def oracle(data_dir: Path) -> Oracle:
    return Oracle(data_dir)


@pytest.fixture(scope="module")
def sampled(oracle: Oracle, thorough: bool) -> list[date]:
    """Give one day of each stretch in which nothing changes but the hour: the first one; and the very last of all."""
    firsts = [day for day in DAYS if day.day == 1] if thorough else []
    return sorted({*oracle.turns(FIRST, LAST), *firsts, LAST})


@pytest.fixture(scope="module")
def walk(release: Content, sampled: list[date], thorough: bool) -> list[Told]:
    """Answer every need in every place and language at every hour that is tried."""
    known: dict[object, tuple[str, ...]] = {}
    hours = [*HOURS, LATE] if thorough else HOURS
    moments = [datetime.combine(day, hour, CLOCK) for day, hour in product(sampled, hours)]
    return [tell(release, need, now, known) for now, need in product(moments, list(needs(release)))]


def needs(release: Content) -> Iterator[Need]:
    """Give every need: each topic and facet, in each place and language."""
    areas = ["", *release.line.areas, ELSEWHERE]
    for topic, area, language in product(release.topics.values(), areas, release.line.languages):
        if topic.slug != "help":
            yield from (Need(topic.slug, facet, area, language) for facet in ("", *topic.facets))


def tell(release: Content, need: Need, now: datetime, known: dict[object, tuple[str, ...]]) -> Told:
    """Say everything there is; what was said before of the same things is not put together again."""
    items, said = items_for(release, need, now), sayable(release, need.area, now)
    topic = said.topics[need.topic]
    lead = (topic.lead, topic.note, topic.facets[need.facet].lead if need.facet else "")
    key = need, items, str(lead)
    if key not in known:
        made = page(said, need, items, 0, first=True)
        pages = [made.text]
        while made.next:
            made = page(said, need, items, made.next, first=False)
            pages.append(made.text)
        known[key] = tuple(pages)
    return Told(need, now, items, known[key])


def test_the_days_tried_stand_for_all_days(release: Content, sampled: list[date]) -> None:
    """Prove it by the program's own word on each of the 1,096 days: what was so on the last day tried is still so."""
    known: object = None
    for day in DAYS:
        now = _standing(release, day)
        if day in sampled:
            known = now
        assert now == known, f"{day} differs from the last day that is tried before it"
    assert len(DAYS) == 1096


def _standing(release: Content, day: date) -> object:
    """Tell all that a reply may depend on besides the hour: states, what may be given, and which law is past due."""
    given = Given(release, day, frozenset())
    entries = release.entries.values()
    states = tuple(state_of(e, phone, day, release.line.term(e)) for e in entries for phone in e.phone or (None,))
    late = tuple(b.due is not None and day >= b.due for t in release.topics.values() for b in t.block)
    return states, tuple(given.phones(e) for e in entries), late


def faults(release: Content, told: Told, good: frozenset[str], bad: frozenset[str]) -> Iterator[str]:
    """Say what is wrong with an answer on a day on which only these numbers are good."""
    first, named = told.pages[0], numbers_in(" ".join(told.pages))
    if gone := sorted(bad.intersection(named)):
        yield f"gives {', '.join(gone)}, which nobody can vouch for any more"
    own = first.removesuffix(release.wording[told.need.language]["danger"])
    if not good.intersection(numbers_in(own)) and not SITE.search(own):
        yield "leaves no way to go on its first page"
    if not good.intersection(numbers_in(first)):
        yield "names no number at all on its first page"
    if told.need.topic in LEADS and numbers_in(first)[:1] != [LEADS[told.need.topic]]:
        yield f"does not begin with {LEADS[told.need.topic]}"


def test_every_need_is_answered_rightly_on_every_day(release: Content, oracle: Oracle, walk: list[Told]) -> None:
    numbers = {day: oracle.numbers(day) for day in {told.now.date() for told in walk}}
    there = {day: {e["id"] for e in oracle.entries if oracle.there(e, day)} for day in numbers}
    wrong = []
    for told in walk:
        day = told.now.date()
        found = [*faults(release, told, *numbers[day]), *{i.entry for i in told.items if i.entry} - there[day]]
        wrong += [f"{', '.join(found)}\n{told}"] * bool(found)
    assert not wrong, f"{len(wrong)} faults\n" + "\n\n".join(wrong[:5])
    assert {told.need for told in walk} == set(needs(release))


def test_a_law_past_due_says_so_and_names_a_lawyer(oracle: Oracle, walk: list[Told]) -> None:
    numbers = {day: oracle.numbers(day)[0] for day in {told.now.date() for told in walk}}
    tried = set()
    for told in walk:
        for begins, due in oracle.dues.get(told.need.topic, []):
            for item in (i for i in told.items if i.text.startswith(begins)):
                late = told.now.date() >= due
                assert bool(item.outdated) is late, told
                shown = [text for text in told.pages if item.text in text]
                assert [not late or item.outdated in text for text in shown] == [True], told
                assert not late or numbers[told.now.date()].intersection(numbers_in(item.outdated)), told
                tried.add((told.need.topic, late))
    assert tried == set(product(oracle.dues, (False, True)))


def test_a_text_is_answered_with_these_pages(release: Content, walk: list[Told]) -> None:
    noons = [told for told in walk if told.now.time() == HOURS[0] and not told.need.facet]
    for told in noons:
        need = told.need
        talk = Conversation(language=need.language, area=need.area, pending=(("1", f"topic:{need.topic}"),))
        assert answer("1", talk, release, told.now).reply == told.pages[0]
    assert len(noons) > 1000


def test_what_the_line_says_of_itself_names_only_what_may_be_given(
    release: Content, oracle: Oracle, sampled: list[date]
) -> None:
    for day, (language, texts) in product(sampled, COMMANDS.items()):
        good, bad = oracle.numbers(day)
        for text in texts:
            reply = answer(text, Conversation(language=language), release, datetime.combine(day, LATE, CLOCK)).reply
            assert not bad.intersection(numbers_in(reply or "")), f"{text} on {day}: {reply}"
            assert good.intersection(numbers_in(reply or "")) or text in BARE, f"{text} on {day}: {reply}"
