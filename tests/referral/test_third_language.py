"""A third language needs data alone: topics, wording, words and examples; no line of code knows it."""

from datetime import timedelta
from typing import Any

import pytest

from bot.referral.answer import answer
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.document import parse
from bot.referral.meaning import Kind
from bot.referral.segments import Encoding, count
from bot.referral.understand import understand
from tests.referral.small import NOON, document

POLISH = {
    "opening": "Linia automatyczna, nikt tu nie siedzi.",
    "danger": "Zagrożenie: {911}.",
    "place_question": "Gdzie? 1 Los Angeles, 2 DuPage albo ZIP.",
    "place_or_211": "Gdzie? {211}, 1 Los Angeles, 2 DuPage albo ZIP.",
    "unclear": "Jedno słowo: łóżko, jedzenie, rozmowa.",
    "language_set": "Po polsku. Napisz: łóżko albo jedzenie.",
    "more_hint": "WIĘCEJ: dalej.",
    "call_first": "najpierw zadzwoń",
}
KOREAN = {"opening": "자동 안내입니다.", "danger": "위험: {911}.", "unclear": "한 단어로: 침대, 음식."}
WORDS: dict[str, Any] = {
    "courtesy": "",
    "place_fillers": "w",
    "speak": {},
    "classes": {},
    "endings": [["", "a"], ["o", "a"]],
}


def with_language(
    code: str, wording: dict[str, str], words: dict[str, Any], topics: dict[str, dict[str, Any]]
) -> Content:
    """Add a language to the small release: nothing but data."""
    made = document()
    made["line.toml"]["languages"] = ["en", "es", code]
    made[f"wording/{code}.toml"] = {**made["wording/en.toml"], **wording}
    made[f"words/{code}.toml"] = {**WORDS, **words}
    made["commands.toml"]["third"] = {"language": code, "whole": {code: [words["name"]]}}
    del made[f"words/{code}.toml"]["name"]
    for slug, texts in topics.items():
        topic = made[f"topics/{slug}.toml"]
        for key in ("label", "lead", "words", "examples"):
            if key in texts:
                topic[key] = {**topic.get(key, {}), code: texts[key]}
    _translate(made, code)
    return parse(made)


def _translate(table: Any, code: str) -> None:
    """Say what was not translated as English says it: lint asks for every sentence in every language."""
    inside = table.values() if isinstance(table, dict) else table if isinstance(table, list) else ()
    for value in inside:
        _translate(value, code)
    if isinstance(table, dict) and isinstance(table.get("en"), str):
        table.setdefault(code, table["en"])


SHELTER = {
    "label": "łóżko",
    "lead": "Łóżko na noc:",
    "words": ["łóżko", "nocleg", "gdzie spać"],
    "examples": "właściciel wyrzucił nas z mieszkania\nśpię w samochodzie pod sklepem",
}
DANGER = {"label": "zagrożenie", "words": ["on ma broń"]}
PL = with_language(
    "pl",
    POLISH,
    {
        "name": "polski",
        "common": "dzień dobry jest nie tak ale dziś bardzo",
        "fillers": "na proszę potrzebuję",
        "numbers": {},
    },
    {"shelter": SHELTER, "danger": DANGER},
)
KO = with_language(
    "ko",
    KOREAN,
    {"name": "한국어", "common": "안녕하세요 오늘", "fillers": "주세요"},
    {
        "shelter": {
            "label": "침대",
            "lead": "잠잘 곳:",
            "words": ["침대", "잘 곳"],
            "examples": "집주인이 나가라고 했어요",
        }
    },
)


@pytest.mark.parametrize(
    ("release", "text", "label"),
    [
        pytest.param(PL, "łóżko", "shelter", id="Polish word"),
        pytest.param(PL, "potrzebuje lozka", "shelter", id="Polish without its letters, with an ending"),
        pytest.param(PL, "łużko", "shelter", id="Polish with a slip"),
        pytest.param(PL, "wlasciciel wyrzucil nas z domu", "shelter", id="like a Polish example"),
        pytest.param(PL, "on ma bron", "danger", id="Polish crisis"),
        pytest.param(PL, "bed", "shelter", id="English still is"),
        pytest.param(KO, "침대", "shelter", id="Korean word"),
        pytest.param(KO, "집주인이 나가라고 했어요 오늘", "shelter", id="like a Korean example"),
    ],
)
def test_it_is_understood(release: Content, text: str, label: str) -> None:
    assert understand(text, release).label == label


def test_a_conversation_stays_in_it() -> None:
    talk, said = Conversation(), []
    for n, text in enumerate(("polski", "łóżko", "2", "xyzzy")):
        told = answer(text, talk, PL, NOON + timedelta(seconds=70 * n))
        talk = told.conversation
        said.append(told.reply or "")
    assert said[0] == "Linia automatyczna, nikt tu nie siedzi. Po polsku. Napisz: łóżko albo jedzenie."
    assert said[1].startswith("Łóżko na noc: ")
    assert "Gdzie? 1 Los Angeles, 2 DuPage albo ZIP." in said[1]
    assert "211-dupage" in said[2]
    assert said[3] == "Jedno słowo: łóżko, jedzenie, rozmowa."
    assert talk.language == "pl"


@pytest.mark.parametrize(("release", "text"), [(PL, "łóżko"), (KO, "침대")])
def test_segments_follow_its_alphabet(release: Content, text: str) -> None:
    told = answer(text, Conversation(), release, NOON)
    assert told.reply is not None
    cost = count(told.reply)
    assert cost.encoding is Encoding.UCS_2
    assert cost.parts <= release.line.limits.cap_segments
    assert told.meaning.kind is Kind.TOPIC
