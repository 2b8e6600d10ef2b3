"""A release small enough to read in one look, for tests that are about the machinery and not about our content."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from bot.referral.content import Content
from bot.referral.document import parse

NOON = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)  # a Monday: noon in Los Angeles, 2 pm in DuPage
NIGHT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # 2 am in Los Angeles, 4 am in DuPage

_WORDING_EN = {
    "opening": "Automatic line.",
    "danger": "Danger: {911}.",
    "place_question": "Near you: 1 Los Angeles, 2 DuPage, or a ZIP.",
    "place_or_211": "Near you: {211}, or 1 Los Angeles, 2 DuPage, or a ZIP.",
    "talk_hint": "To talk: {hope}.",
    "talk_hint_instead": "To talk: {211}.",
    "more_hint": "MORE for others.",
    "forget_hint": "X to forget.",
    "also": "Or text: {label}.",
    "choices_lead": "Which one?",
    "call_or_text": "call or text {number}",
    "or_text": "or text {number}",
    "send_text": "or send a new text to {code} that says {word}",
    "text_only": "send a new text to {code} that says {word}",
    "closed_now": "closed now",
    "call_first": "call first",
    "night_unknown": "Night hours not known.",
    "law_outdated": "Laws change: ask a lawyer, {number}.",
    "law_outdated_211": "Laws change: ask a lawyer.",
    "failed_again": "Call {number} again.",
    "failed_other": "Also: {number}.",
    "police_ask": "Ask: do you tell the cops?",
    "minor_notice": "Under 18, some must report.",
    "police_if_danger": "may tell if danger",
    "days": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
}
#: Keys whose text is the key itself: enough to see which sentence was said.
_NAMED_ONLY = (
    "help menu unclear unclear_again who privacy erased stopped started language_set area_elsewhere area_repeat thanks"
    " human language_other deaf cannot_read media no_more nothing_to_more none_here slow_down busy last_resort"
    " failed_no_answer failed_full failed_wrong_number failed_next failed_now failed_rest failed_last failed_last_now"
    " failed_or_211 failed_call_211 failed_talk"
).split()


def _wording(language: str) -> dict[str, Any]:
    texts: dict[str, Any] = {key: f"{language} {key.replace('_', ' ')}" for key in _NAMED_ONLY}
    texts |= {"area_set": f"{language} {{area}}"}
    own = {k: v if k == "days" or language == "en" else f"{language} {v}" for k, v in _WORDING_EN.items()}
    return {**texts, **own}


def _words(common: str, fillers: str, **more: Any) -> dict[str, Any]:
    return {
        "common": common,
        "fillers": fillers,
        "place_fillers": more.pop("place_fillers", ""),
        "courtesy": "please pls por favor",
        "speak": {},
        "classes": {},
        "endings": [["", "s"], ["", "ed"], ["", "ing"], ["e", "ing"]],
        **more,
    }


def entry(entry_id: str, number: str, *serves: tuple[str, int], **more: Any) -> dict[str, Any]:
    """Make an entry with one voice number that serves (topic, rank) pairs; `phone` changes its number's keys."""
    phone = {"number": number, "ways": ["call"], "publish": True, **more.pop("phone", {})}
    return {
        "id": entry_id,
        "name": more.pop("name", entry_id.title()),
        "short": {"en": f"{entry_id} line", "es": f"linea {entry_id}"},
        "status": "publish",
        "kind": "hotline",
        "source": "official",
        "serves": [{"topic": topic, "rank": rank} for topic, rank in serves],
        "evidence": ["a page"],
        "checks": [{"on": "2026-11-21", "how": "stored page"}],
        "phone": [phone, *more.pop("phones", [])],
        **more,
    }


def topic(slug: str, words: list[str], palabras: list[str], **more: Any) -> dict[str, Any]:
    """Make a topic whose label is its first word."""
    return {
        "slug": slug,
        "label": {"en": words[0], "es": palabras[0]},
        "words": {"en": words, "es": palabras},
        **more,
    }


DOCUMENT: dict[str, dict[str, Any]] = {
    "line.toml": {
        "name": "Smalltown line",
        "languages": ["en", "es"],
        "limits": {"aim_segments": 2, "cap_segments": 3},
        "areas": [
            {
                "slug": "westlake",
                "digit": "1",
                "name": "Los Angeles",
                "state": "CA",
                "timezone": "America/Los_Angeles",
                "entry_211": "211-la",
                "zips": ["90057", "90015"],
                "places": {"en": ["macarthur park", "koreatown", "westlake"], "es": ["parque macarthur"]},
            },
            {
                "slug": "westmont",
                "digit": "2",
                "name": "DuPage",
                "state": "IL",
                "timezone": "America/Chicago",
                "entry_211": "211-dupage",
                "zips": ["60559", "60515"],
                "places": {"en": ["dupage", "naperville"], "es": ["condado de dupage"]},
            },
        ],
        "namesakes": [
            {"word": "westmont", "default": "westmont", "states": {"ca": "westlake", "il": "westmont"}},
            {"word": "westlake", "default": "westlake", "states": {"ca": "westlake"}},
        ],
        "states": {"ca": ["california"], "il": ["illinois", "il"], "oh": ["ohio"]},
        "elsewhere": {"cities": ["chicago"]},
        "emoji": {"🔫": "gun", "🛏️": "bed"},
    },
    "rules.toml": {"sensitive": {"en": ["abuse*"]}, "stigma": {"en": ["victim*"]}, "claims": {"en": ["secret"]}},
    "denied.toml": {
        "pair": [{"number": "+13125550100", "name": "Green House", "why": "misprint"}],
        "never": [{"names": ["blue house"], "topic": "shelter", "why": "closed"}],
    },
    "wording/en.toml": _wording("en"),
    "wording/es.toml": _wording("es"),
    "words/en.toml": _words(
        "the you nice kids milk game what time went good mood this have with said about just",
        "hi i im a an the my is please pls and n want need to for",
        place_fillers="in at near",
        speak={"2nite": "tonight", "m": "am", "idk": "i do not know"},
        classes={"he": ["he", "she", "my ex", "boyfriend"]},
        negators=["not", "never"],
        past=["used to", "years ago"],
        present=["now", "again"],
        numbers={"fifteen": 15},
        ages={"before": ["i am", "im"], "after": ["yo", "years"], "counted": "minutes weeks"},
    ),
    "words/es.toml": _words(
        "el la que como esta leche hola muy bien cuando donde",
        "hola por favor de la el un una necesito quiero y",
        place_fillers="en estoy",
        speak={"xfa": "por favor", "m": "me"},
        classes={"he": ["el", "ella", "mi ex"]},
        sounds=[["qu", "k"], ["c", "k"], ["z", "s"], ["ll", "y"], ["v", "b"], ["h", ""]],
        negators=["no"],
        past=["antes"],
        present=["ahora"],
        ages={"before": ["tengo"], "after": ["anos"], "counted": "semanas"},
    ),
    "commands.toml": {
        "more": {"whole": {"en": ["more", "next"], "es": ["mas"]}},
        "back": {"whole": {"en": ["back"], "es": ["atras"]}},
        "menu": {"whole": {"en": ["menu"], "es": ["menu"]}},
        "who": {"whole": {"en": ["who is this", "who dis"]}, "within": {"en": ["who is this"], "es": ["quien es"]}},
        "privacy": {"within": {"en": ["tell the cops"]}},
        "stop": {
            "whole": {"en": ["stop", "stop please"], "es": ["alto"]},
            "within": {"en": ["stop texting me"]},
            "unless": {"en": ["@he wont stop"]},
        },
        "silence": {"within": {"en": ["reads my phone"]}},
        "start": {"whole": {"en": ["start"]}},
        "erase": {"whole": {"en": ["x", "erase"], "es": ["borra"]}},
        "english": {"language": "en", "whole": {"en": ["english"], "es": ["ingles"]}},
        "spanish": {"language": "es", "whole": {"en": ["spanish"], "es": ["espanol"]}},
        "thanks": {"whole": {"en": ["thanks", "ok"], "es": ["gracias"]}},
        "helpword": {"whole": {"en": ["help", "info"], "es": ["ayuda"]}},
        "no_answer": {
            "whole": {"en": ["busy"], "es": ["ocupado"]},
            "within": {"en": ["no answer", "nobody ~ answers", "wont answer"], "es": ["nadie contesta"]},
            "unless": {"en": ["he wont answer"]},
        },
        "full": {"whole": {"en": ["full"]}, "within": {"en": ["are/is full"], "es": ["estan llenos"]}},
        "wrong_number": {"within": {"en": ["wrong number"]}, "unless": {"en": ["have the wrong number"]}},
    },
    "topics/danger.toml": topic(
        "danger",
        ["danger", "@he ~ gun", "@he hit/hitting me"],
        ["peligro", "@he me pega"],
        crisis=True,
        otherwise="counseling",
        unless={"en": ["gun show"]},
        hints={"en": ["scared"]},
        block=[
            {"place": "alone", "text": {"en": "Call {911}.", "es": "Llame al {911}."}},
            {"place": "alone", "text": {"en": "Call {911} or {hope}.", "es": "Llame al {911} o al {hope}."}},
            {"place": "alone", "areas": ["westlake"], "text": {"en": "LA: {911}, {hope}.", "es": "LA {911}, {hope}."}},
            {"place": "after", "text": {"en": "Stay near a door.", "es": "Cerca de una puerta."}},
        ],
    ),
    "topics/suicide.toml": topic(
        "suicide", ["suicidal", "want to die"], ["morirme"], crisis=True, otherwise="counseling"
    ),
    "topics/overdose.toml": topic("overdose", ["not breathing", "overdosed"], ["sobredosis"], crisis=True),
    "topics/shelter.toml": topic(
        "shelter",
        ["shelter", "place to sleep", "bed"],
        ["cama", "donde dormir"],
        local=True,
        lead={"en": "For a bed:", "es": "Para una cama:"},
        note={"en": "No promise.", "es": "Sin promesa."},
        hints={"en": ["motel", "car"], "es": ["calle"]},
        facets={
            "family": {"en": ["my kids", "family"], "es": ["mis hijos"], "lead": {"en": "Family bed:", "es": "Cama:"}}
        },
        block=[{"place": "after", "text": {"en": "Ask what to bring.", "es": "Pregunte que llevar."}}],
    ),
    "topics/food.toml": topic("food", ["food", "food stamps", "pantry"], ["comida", "necesito comida"], local=True),
    "topics/counseling.toml": topic("counseling", ["talk", "therapy"], ["hablar", "terapia"]),
    "topics/law.toml": topic(
        "law",
        ["is it legal"],
        ["es legal"],
        frank=True,
        lawyers="counseling",
        block=[
            {
                "place": "before",
                "text": {"en": "The law says so.", "es": "La ley dice."},
                "checked_on": "2026-11-21",
                "due": "2027-01-01",
            }
        ],
    ),
    "topics/help.toml": topic("help", ["help me"], ["ayudeme"]),
    "entries/national.toml": {
        "entry": [
            entry("911", "911", ("danger", 10), keep=True, kind="crisis line", phone={"hours": "24/7"}),
            entry("211", "211", ("shelter", 10), ("food", 10), keep=True, phone={"hours": "24/7", "languages": ["*"]}),
            entry(
                "hope",
                "+18005550100",
                ("counseling", 20),
                ("shelter", 40),
                ("law", 110),
                phone={"hours": "24/7", "languages": ["en", "es"]},
                phones=[{"number": "88788", "ways": ["text"], "keyword": {"en": "START"}, "publish": True}],
                aliases=["hope house"],
                police="may if danger",
            ),
        ]
    },
    "entries/westlake.toml": {
        "entry": [
            entry("211-la", "211", ("shelter", 10), ("food", 10), keep=True, phone={"hours": "24/7"}),
            entry("day-la", "+12135550101", ("shelter", 20), phone={"hours": "Mo-Fr 09:00-17:00"}),
            entry("unsaid-la", "+12135550102", ("shelter", 30), source="secondary"),
            entry("youth-la", "+12135550103", ("shelter", 25), ages=[18, 24], who={"en": "18-24", "es": "18-24"}),
        ]
    },
    "entries/westmont.toml": {
        "entry": [
            entry("211-dupage", "211", ("shelter", 10), ("food", 10), keep=True, phone={"hours": "24/7"}),
            entry("pads", "+16305550104", ("shelter", 20), aliases=["dupage pads"]),
        ]
    },
}


def document(**files: Any) -> dict[str, dict[str, Any]]:
    """Copy the small document; `topics__food={...}` merges keys into topics/food.toml, None removes the file."""
    copy = deepcopy(DOCUMENT)
    for name, changes in files.items():
        file = f"{name.replace('__', '/')}.toml"
        if changes is None:
            del copy[file]
        else:
            copy[file] = {**copy.get(file, {}), **changes}
    return copy


def content(**files: Any) -> Content:
    """Parse the small document with changes."""
    return parse(document(**files))
