"""Whatever is texted: the reply is one of those that were listed and checked, short, plain, and the same every time."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.referral import complaint
from bot.referral.answer import Answer, OptOutMode, answer
from bot.referral.content import ELSEWHERE, Content
from bot.referral.conversation import Conversation
from bot.referral.meaning import Kind
from bot.referral.segments import Encoding, count
from tests.replies.checks import CRISIS_SEGMENTS
from tests.replies.enumeration import Enumeration
from tests.replies.moments import Group
from tests.replies.sentences import BY_ANSWER, Sentences
from tests.replies.texters import samples, texts

#: Seconds between two texts: at once, within a fragment's minute, just before and after all is forgotten.
GAPS = [0, 1, 20, 59, 61, 300, 899, 901, 7200]
#: From the day of the release until every check has stepped back and every law is past due.
DAYS = (datetime(2026, 11, 22), datetime(2028, 7, 1))


@dataclass
class ClosedSet:
    """Every reply there is: needs listed group by group as they come up, sentences all at once."""

    listed: Enumeration
    spoken: dict[str, Sentences] = field(init=False)
    whole: dict[str, frozenset[str]] = field(init=False)
    groups: frozenset[Group] = field(init=False)

    def __post_init__(self) -> None:
        content = self.listed.content
        self.spoken = {language: Sentences(content, language) for language in content.line.languages}
        self.whole = {name: frozenset(t for _, t in said.whole(BY_ANSWER)) for name, said in self.spoken.items()}
        self.groups = frozenset(self.listed.groups())

    def holds(self, given: Answer) -> bool:
        """Say whether a reply was listed, or is put together from listed parts: a menu, an offer of a second need."""
        text, talk = given.reply or "", given.conversation
        said = self.spoken[talk.language]
        if text in self.whole[talk.language] or (given.meaning.kind is Kind.CHOICES and said.is_choices(text)):
            return True
        group = Group(talk.topic, talk.area, talk.named)
        if given.meaning.label == complaint.LABEL:
            if group in self.groups:
                self.listed.of_group(group)
            return said.is_about_a_failure(text, self.listed.said)
        if group not in self.groups:
            return False
        return text in self.listed.of_group(group) or said.is_page_with_also(text, self.listed.said)


@pytest.fixture(scope="module")
def closed(release: Content) -> ClosedSet:
    return ClosedSet(Enumeration.of(release))


@pytest.fixture(scope="module")
def anything(release: Content, root: Path) -> st.SearchStrategy[str]:
    return texts(release, samples(root))


@pytest.mark.thorough
@given(data=st.data())
def test_whatever_is_texted(closed: ClosedSet, anything: st.SearchStrategy[str], data: st.DataObject) -> None:
    content = closed.listed.content
    talk = Conversation(area=data.draw(st.sampled_from(["", *content.line.areas, ELSEWHERE]), "the line's own area"))
    mode = data.draw(st.sampled_from(OptOutMode))
    now = data.draw(st.datetimes(*DAYS, timezones=st.just(UTC)), "the first text at")
    for text in data.draw(st.lists(anything, min_size=1, max_size=4), "texts"):
        given = answer(text, talk, content, now, opt_out=mode)
        assert answer(text, talk, content, now, opt_out=mode) == given
        check(closed, given)
        talk, now = given.conversation, now + timedelta(seconds=data.draw(st.sampled_from(GAPS), "seconds later"))


def check(closed: ClosedSet, given: Answer) -> None:
    """Check one answer: silence, or a reply from the set, short enough, in the small alphabet."""
    if given.reply is None:
        return
    told = count(given.reply)
    assert told.encoding is Encoding.GSM_7
    assert 0 < told.parts <= (CRISIS_SEGMENTS if given.crisis else closed.listed.content.line.limits.cap_segments)
    assert closed.holds(given), f"not in the closed set: {given.reply}"


def test_a_reply_that_was_never_listed_is_not_in_the_set(closed: ClosedSet, release: Content) -> None:
    now = datetime(2026, 11, 23, 20, tzinfo=UTC)
    real = answer("bed 60559", Conversation(), release, now)
    assert closed.holds(real)
    for reply in ("bed 60559", f"{real.reply} bed 60559", (real.reply or "")[:-1], f"{real.reply} {real.reply}"):
        changed = Answer(reply, real.conversation, real.meaning, real.outcome)
        assert not closed.holds(changed)


def test_a_second_need_is_in_the_set_by_its_parts(closed: ClosedSet, release: Content) -> None:
    given = answer("food n a lawyer 90057", Conversation(), release, datetime(2026, 11, 23, 20, tzinfo=UTC))
    offer = release.wording["en"]["also"].replace("{label}", release.topics["legal"].label["en"])
    assert offer in (given.reply or "")
    assert closed.holds(given)
    for reply in (f"{given.reply} {offer}", f"lawyer {given.reply}"):
        assert not closed.holds(Answer(reply, given.conversation, given.meaning, given.outcome))


def test_what_follows_a_number_that_failed_is_in_the_set_by_its_parts(closed: ClosedSet, release: Content) -> None:
    now, talk = datetime(2026, 11, 23, 20, tzinfo=UTC), Conversation()
    for text in ("violence 90057", "no answer", "they are full", "nobody picks up", "no answer", "211 didnt answer"):
        given = answer(text, talk, release, now)
        assert closed.holds(given), given.reply
        talk = given.conversation
    assert not closed.holds(Answer(f"{given.reply} no answer", talk, given.meaning, given.outcome))
