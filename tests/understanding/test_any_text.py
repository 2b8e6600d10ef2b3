"""Whatever is texted is understood as something, with a reason, and without an error."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.referral.content import Content
from bot.referral.conversation import Conversation, Trace
from bot.referral.examples import lines
from bot.referral.explain import why
from bot.referral.meaning import Kind, Meaning
from bot.referral.understand import understand
from tests.conftest import THOROUGH

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
MANY = 3_000 if THOROUGH else 100
PIECES = st.sampled_from(
    "he she my has gun knife bed food help stop x 60559 16 papers police 🔫 💊 no not used to kids motel la policia"
    " me pega quiero morir comida donde ayuda STOP!!! qiero hlep 988 911 \n ? ... @ ż 침대".split(" ")
)
TEXTS = st.one_of(st.text(max_size=1600), st.lists(PIECES, max_size=60).map(" ".join))


def broken(meant: Meaning, release: Content) -> list[str]:
    """Name the promises that a meaning breaks."""
    topics, topic = release.topics, release.topics.get(meant.label)
    said = meant.kind in (Kind.TOPIC, Kind.CRISIS)
    promises = {
        "it says why": bool(meant.why),
        "a topic exists": not said or topic is not None,
        "a crisis is one and nothing else is": not said
        or (topic is not None and topic.crisis) == (meant.kind is Kind.CRISIS),
        "two or three different choices": meant.kind is not Kind.CHOICES
        or 2 <= len(set(meant.choices)) == len(meant.choices) <= 3,
        "choices exist": set(meant.choices) <= set(topics),
        "a facet is the topic's own": not said
        or not meant.facet
        or (topic is not None and meant.facet in topic.facets),
        "evidence weighs 0 to 1": all(0 <= e.weight <= 1 for e in meant.evidence),
    }
    return [name for name, kept in promises.items() if not kept]


@settings(max_examples=MANY)
@given(text=TEXTS)
def test_any_text_means_something(release: Content, text: str) -> None:
    meant = understand(text, release)
    assert broken(meant, release) == []
    assert understand(text, release) == meant
    assert why(release, text, meant)


@settings(max_examples=MANY)
@given(
    text=TEXTS,
    traces=st.lists(
        st.builds(
            Trace,
            st.just(NOW),
            st.sampled_from(["danger", "suicide", "food", "trafficking", "gone"]),
            st.floats(0, 1),
        ),
        max_size=12,
    ),
    language=st.sampled_from(["", "en", "es"]),
)
def test_so_does_any_text_after_others(release: Content, text: str, traces: list[Trace], language: str) -> None:
    talk = Conversation(at=NOW, language=language, traces=tuple(traces))
    assert broken(understand(text, release, talk), release) == []


def test_so_does_every_example(release: Content) -> None:
    asked = [text for block in release.learnt.examples for text in lines(block.texts)[::40]]
    told = {text: broken(understand(text, release), release) for text in asked}
    assert {text: promises for text, promises in told.items() if promises} == {}
