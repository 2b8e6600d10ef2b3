"""What is wrong with a release: one function, used at load, at save, at publish and in CI."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.referral import lint_always, lint_denied, lint_entries, lint_examples, lint_law, lint_wordings
from bot.referral.bulletin import Banner
from bot.referral.content import ELSEWHERE, Block, Content, Topic
from bot.referral.entry import Text
from bot.referral.lint_digits import typed_numbers
from bot.referral.numbers import UnknownNumber, fill
from bot.referral.problem import Problem
from bot.referral.rules import manners, reply_faults, spelling

#: The sentences the line cannot do without.
REQUIRED = (
    "opening danger place_question more_hint place_or_211 talk_hint forget_hint also choices_lead help menu"
    " unclear unclear_again who privacy erased stopped started language_set area_set area_elsewhere area_repeat"
    " thanks human language_other deaf cannot_read media no_more nothing_to_more none_here slow_down busy"
    " last_resort night_unknown closed_now call_first send_text text_only or_text call_or_text police_ask"
    " minor_notice law_outdated law_outdated_211 provider_help provider_stop provider_start voice_hello voice_number_1"
    " voice_number_2 voice_press voice_connecting voice_after voice_goodbye police_never_unasked"
    " police_if_law_requires police_if_danger police_works_with_police failed_no_answer failed_full failed_wrong_number"
    " failed_next failed_now failed_again failed_other failed_or_211 failed_rest failed_last"
    " failed_last_now failed_call_211 failed_talk"
).split()
#: Sentences that are one segment: each buzz and each line on a lock screen is a risk.
_ONE_SEGMENT = frozenset({"unclear", "unclear_again", "who", "thanks"})
#: Pieces of a reply, and answers to a question that names the subject itself.
_NOT_FIRST = frozenset({"privacy", "police_ask", "law_outdated", "law_outdated_211", "more_hint"})
#: Pieces that say what an entry does about police; replies put them late, and are linted whole.
_POLICY = "police_"
_POLICE = re.compile(r"polic\w+", re.IGNORECASE)
_PROVIDER_MOST = 320
_BLOCK_MOST, _ALONE_MOST, _LEAD_MOST, _NOTE_MOST = 250, 306, 110, 160
#: A banner stands before the first entry of a reply, and both must fit.
BANNER_MOST = 120


def lint(content: Content) -> list[Problem]:
    """List every problem of a release, in order of file and place; an empty list may go live.

    Never looks at the calendar: a release that was fine stays fine; what is overdue is told by `overdue`.
    """
    found = [
        *_sentences(content),
        *_topics(content),
        *lint_always.lint(content),
        *lint_denied.lint(content),
        *lint_entries.lint(content),
        *lint_law.lint(content),
        *lint_wordings.lint(content),
        *lint_examples.lint(content),
    ]
    return sorted(set(found))


def banner_faults(content: Content, banner: Banner) -> list[str]:
    """List what is wrong with a banner for a release: the rules are those of every sentence that may open a reply.

    Its text may hold {entry} placeholders, like the sentences of a release.
    """
    faults = [f"no area {area!r}" for area in banner.areas if area not in _areas(content)]
    faults += [f"no topic {topic!r}" for topic in banner.topics if topic not in content.topics]
    told = [content.topics[topic] for topic in banner.topics if topic in content.topics]
    frank = bool(told) and all(topic.frank or topic.crisis for topic in told)
    faults += [f"no language {language!r}" for language in banner.text if language not in content.line.languages]
    if banner.until.tzinfo is None:
        faults.append("ends at a moment without a time zone")
    for language in content.line.languages:
        try:
            text = fill(banner.text.get(language, ""), content.entries, language)
        except UnknownNumber as unknown:
            faults.append(f"{language}: no published number for {unknown.args[0]}")
            continue
        piece = _Piece("text", {language: text}, BANNER_MOST, early=True)
        faults += [f"{language}: {fault}" for fault in _piece_faults(content, piece, language, frank=frank)]
        faults += [f"{language}: still holds {sign!r}" for sign in "{}" if sign in text]
    return faults


def _sentences(content: Content) -> Iterator[Problem]:
    first = content.line.languages[0]
    for language in content.line.languages:
        file, texts = f"wording/{language}.toml", content.wording.get(language, {})
        for key in REQUIRED:
            if key not in texts:
                yield Problem(file, key, "is missing")
        for key in content.wording.get(first, {}).keys() - texts.keys():
            yield Problem(file, key, f"is missing, though wording/{first}.toml has it")
        for key, text in texts.items():
            for fault in _sentence_faults(content, key, text):
                yield Problem(file, key, fault)


def _sentence_faults(content: Content, key: str, text: str) -> list[str]:
    if key.startswith("voice_"):
        # That police may come with 911 has to be said, and a caller hears it in the first seconds.
        word = content.rules.sensitive.first(_POLICE.sub("", text))
        spoken = [f"speaks the word {word!r} aloud"] if word else []
        return [*manners(content.rules, text), *spoken, *typed_numbers(content, text)]
    bare = text
    for name in ("{label}", "{area}", "{code}", "{word}", "{number}"):
        bare = bare.replace(name, "")
    cap = 1 if key in _ONE_SEGMENT else content.line.limits.aim_segments
    if key.startswith("provider_"):
        too_long = [f"has {len(text)} characters, more than {_PROVIDER_MOST}"] if len(text) > _PROVIDER_MOST else []
        return [*too_long, *reply_faults(content.rules, bare, cap=3, frank=False), *typed_numbers(content, bare)]
    return [
        *reply_faults(content.rules, bare, cap=cap, frank=key in _NOT_FIRST or key.startswith(_POLICY)),
        *typed_numbers(content, bare),
    ]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text of a topic: where it stands, how long it may be, whether it may open a reply."""

    path: str
    texts: Text
    most: int
    early: bool = False


def _topics(content: Content) -> Iterator[Problem]:
    for topic in content.topics.values():
        file = f"topics/{topic.slug}.toml"
        for piece in _pieces(topic):
            for language in content.line.languages if piece.texts else ():
                for fault in _piece_faults(content, piece, language, frank=topic.frank or topic.crisis):
                    yield Problem(file, f"{piece.path}.{language}", fault)
        for place, block in enumerate(topic.block):
            for fault in _block_faults(content, topic, block):
                yield Problem(file, f"block[{place}]", fault)


def _pieces(topic: Topic) -> Iterator[_Piece]:
    yield _Piece("label", topic.label, 24, early=True)
    yield _Piece("lead", topic.lead, _LEAD_MOST, early=True)
    yield _Piece("note", topic.note, _NOTE_MOST)
    yield _Piece("notice", topic.notice, _NOTE_MOST, early=True)
    for slug, facet in topic.facets.items():
        yield _Piece(f"facets.{slug}.lead", facet.lead, _LEAD_MOST, early=True)
        yield _Piece(f"facets.{slug}.lead_instead", facet.lead_instead, _LEAD_MOST, early=True)
        yield _Piece(f"facets.{slug}.note", facet.note, _NOTE_MOST)
    for place, block in enumerate(topic.block):
        yield _Piece(f"block[{place}].text", block.text, _most(block), early=block.place == "before")
        yield _Piece(f"block[{place}].instead", block.instead, _most(block), early=block.place == "before")


def _most(block: Block) -> int:
    return _ALONE_MOST if block.place == "alone" else _BLOCK_MOST


def _piece_faults(content: Content, piece: _Piece, language: str, *, frank: bool) -> list[str]:
    text = piece.texts.get(language)
    if not text:
        return ["is missing"]
    faults = [*spelling(text), *manners(content.rules, text), *typed_numbers(content, text)]
    if len(text) > piece.most:
        faults.append(f"has {len(text)} septets, more than {piece.most}")
    if piece.early and not frank and (word := content.rules.sensitive.first(text)):
        faults.append(f"shows {word!r}, and may stand in the first segment")
    return faults


def _block_faults(content: Content, topic: Topic, block: Block) -> Iterator[str]:
    known = _areas(content)
    if block.place not in ("alone", "before", "after"):
        yield f"place is {block.place!r}, not alone, before or after"
    yield from (f"no area {area!r}" for area in block.areas if area not in known)
    yield from (f"no facet {facet!r}" for facet in block.facets if facet not in topic.facets)


def _areas(content: Content) -> set[str]:
    return {*content.line.areas, ELSEWHERE, "unknown"}
