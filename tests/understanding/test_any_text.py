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

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
MANY = 300
PIECES = st.sampled_from(
    "he she my has gun knife bed food help stop x 60559 16 papers police 🔫 💊 no not used to kids motel la policia"
    " me pega quiero morir comida donde ayuda STOP!!! qiero hlep 988 911 \n ? ... @ ż 침대".split(" ")
)
TEXTS = st.one_of(st.text(max_size=1600), st.lists(PIECES, max_size=60).map(" ".join))


def holds(meant: Meaning, release: Content) -> None:
    assert meant.why
    if meant.kind in (Kind.TOPIC, Kind.CRISIS):
        assert meant.label in release.topics
        assert release.topics[meant.label].crisis is (meant.kind is Kind.CRISIS)
    if meant.kind is Kind.CHOICES:
        assert 2 <= len(set(meant.choices)) == len(meant.choices) <= 3
    assert set(meant.choices) <= set(release.topics)
    assert meant.facet == "" or meant.kind is Kind.COMMAND or meant.facet in release.topics[meant.label].facets
    assert all(0 < e.weight <= 1 or e.weight == 0 for e in meant.evidence)


@settings(max_examples=MANY)
@given(text=TEXTS)
def test_any_text_means_something(release: Content, text: str) -> None:
    meant = understand(text, release)
    holds(meant, release)
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
    holds(understand(text, release, Conversation(at=NOW, language=language, traces=tuple(traces))), release)


def test_so_does_every_example(release: Content) -> None:
    for block in release.learnt.examples:
        for text in lines(block.texts)[::40]:
            holds(understand(text, release), release)
