"""What is said to somebody whom a number failed: every such reply to the plain needs, looked at."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product

import pytest

from bot.referral import again, compose
from bot.referral.again import Failed
from bot.referral.choose import Need
from bot.referral.command import FAILED
from bot.referral.content import ELSEWHERE, Content
from bot.referral.given import Given
from bot.referral.items import Item, items_for
from bot.referral.sayable import numbers_named
from tests.replies.checks import CRISIS_SEGMENTS, text_faults

#: A weekday noon and night, a Sunday, and a holiday, all in the first month after the release.
MOMENTS = [
    pytest.param(datetime(2026, 11, 23, 20, tzinfo=UTC), id="noon"),
    pytest.param(datetime(2026, 11, 24, 10, tzinfo=UTC), id="night"),
    pytest.param(datetime(2026, 11, 29, 20, tzinfo=UTC), id="Sunday"),
    pytest.param(datetime(2026, 11, 26, 20, tzinfo=UTC), id="Thanksgiving"),
]
#: Far more complaints than there are pages.
MOST = 20


@dataclass(frozen=True, slots=True)
class Told:
    """One reply: to which need, after which complaint, and what it gave."""

    need: Need
    failed: Failed
    page: compose.Page

    def __str__(self) -> str:
        return f"{self.need}\n  {self.failed}\n  {self.page.text}"


def needs(content: Content) -> Iterator[Need]:
    areas = ("", *content.line.areas, ELSEWHERE)
    for slug, area, language in product(content.topics, areas, content.line.languages):
        if slug == "help":
            continue
        for facet in ("", *content.topics[slug].facets):
            yield Need(slug, facet, area, language)


def complaints(content: Content, need: Need, now: datetime) -> Iterator[Told]:
    """Complain of the first entry of each message until nothing new comes, in each of the three ways."""
    items, moment = items_for(content, need, now), Given.at(content, need.area, now)
    first = compose.page(content, need, items, 0, first=False)
    for how in sorted(FAILED):
        given = again.given_in(content, need.area, first.items, first.text)
        failed = Failed(how, given[0] if given else "", given, (), first.next or 0)
        for _ in range(MOST):
            page = again.next_page(moment, need, items, failed)
            yield Told(need, failed, page)
            if not page.items:
                # Said of all that is there: each line that answers everything may have failed as well.
                for entry in ("911", "988", "211", "211-la", "ndvh"):
                    said = replace(failed, entry=entry)
                    yield Told(need, said, again.next_page(moment, need, items, said))
                break
            given = again.given_in(content, need.area, page.items, page.text, before=given)
            failed = Failed(how, given[0], given, (*failed.before, failed.entry), page.next or 0)
        else:
            pytest.fail(f"complaints about {need} never end")


@pytest.mark.parametrize("now", MOMENTS)
def test_every_reply_to_a_complaint_is_fit_to_send(release: Content, now: datetime) -> None:
    faults, seen, many = [], set[str](), 0
    for need in needs(release):
        topic = release.topics[need.topic]
        cap = CRISIS_SEGMENTS if topic.crisis else release.line.limits.cap_segments
        for told in complaints(release, need, now):
            many += 1
            faults += [f"{fault}\n{told}" for fault in _faults(release, told)]
            if told.page.text not in seen:
                seen.add(told.page.text)
                found = text_faults(release, told.page.text, cap=cap, frank=topic.frank or topic.crisis)
                faults += [f"{fault}\n{told}" for fault in found]
    assert many > 1000
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults[:5])


def _faults(content: Content, told: Told) -> Iterator[str]:
    text, words = told.page.text, content.wording[told.need.language]
    numbers = {number for number in numbers_named(text) if number in content.printed}
    if not text.startswith(words[f"failed_{told.failed.how}"]):
        yield "does not say what it answers"
    if not numbers - {"911"}:
        yield "leaves no way to go but 911"
    if "911" not in numbers:
        yield "does not name 911"
    if any(item.entry in told.failed.given for item in told.page.items):
        yield "gives again what was given"


def test_a_reply_holds_what_fits_and_more_goes_on_after_it(release: Content) -> None:
    need, now = Need("violence", area="westlake"), datetime(2026, 11, 23, 20, tzinfo=UTC)
    items = items_for(release, need, now)
    rest = [item for item in items if item.entry]
    for told in complaints(release, need, now):
        if told.page.items and told.page.next:
            last = items.index(told.page.items[-1])
            assert told.page.next == last + 1
        assert all(item in rest for item in told.page.items)


def test_a_faulty_reply_is_found_out(release: Content) -> None:
    need = Need("violence", area="westlake")
    failed = Failed("no_answer", "rainn", ("rainn",))
    given_again = Told(need, failed, compose.Page("Sorry no one answered. 911", None, (Item("x", entry="rainn"),)))
    assert set(_faults(release, given_again)) == {"leaves no way to go but 911", "gives again what was given"}
    assert "does not name 911" in set(_faults(release, replace(given_again, page=compose.Page("988", None, ()))))
