"""What does this text mean, and why? Crisis first, then opt-out, commands, place and needs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.referral import command, weigh
from bot.referral.ages import is_minor
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.crisis import ENOUGH, crisis, worst
from bot.referral.entry import Serves
from bot.referral.hit import Hit, Reading
from bot.referral.language import leader, tell
from bot.referral.meaning import Evidence, Kind, Meaning
from bot.referral.normalise import normalise
from bot.referral.place import Place, place

#: How many topics a choice may offer.
MOST_CHOICES = 3
#: Commands that stand for a label of another name.
_LABELS = {"silence": "stop", "watched": "stop", "privacy": "who", "unread": "cannot_read"}
_HELP = "helpword"
#: Opt-outs are looked for before every other command.
_NOT_ASKED_LATER = frozenset({*command.OPT_OUT, command.WATCHED})
#: The topic of those who ask for help with nothing in particular.
_GENERAL = "help"


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as it was read, passed from stage to stage."""

    reading: Reading
    hits: Sequence[Hit]
    where: Place | None
    language: str
    minor: bool

    def meaning(self, kind: Kind, label: str, why: Sequence[str], **more: object) -> Meaning:
        area = self.where.area if self.where else ""
        return Meaning(
            kind,
            label,
            language=self.language,
            area=area,
            minor=self.minor,
            why=tuple(why),
            **more,  # type: ignore[arg-type]
        )


def understand(text: str, content: Content, conversation: Conversation | None = None) -> Meaning:
    """Understand one text. `conversation` lends its language and the fragments of the last 60 seconds."""
    talk = conversation or Conversation()
    normal = normalise(text, content.line.emoji)
    telling = content.lexicon.telling
    ordinary = telling.ordinary(normal.words, spanish_marks=normal.spanish_marks)
    reading = content.lexicon.read(normal, leader(ordinary) or talk.language)
    hits = content.lexicon.find(reading)
    where = place(content, normal, reading, hits)
    if where is not None and where.hits:
        # "los angeles" and "el monte" are no Spanish: the names of places tell nothing.
        ordinary = telling.ordinary(where.outside(reading), spanish_marks=normal.spanish_marks)
    read = _Text(
        reading,
        hits,
        where,
        tell(ordinary, hits) or _by_label(content, reading),
        is_minor(reading.plain, content.ages),
    )
    traces = [Evidence(t.label, t.weight, "a moment ago", facet=t.facet) for t in talk.traces]
    return _decide(content, read, traces)


def _by_label(content: Content, reading: Reading) -> str:
    # "abogado" is understood inside English too, but on a card it is the Spanish word.
    if len(reading.plain) != 1:
        return ""
    languages = {
        language
        for topic in content.topics.values()
        for language, label in topic.label.items()
        if label.lower() == reading.plain[0]
    }
    return languages.pop() if len(languages) == 1 else ""


def _decide(content: Content, read: _Text, traces: Sequence[Evidence]) -> Meaning:
    stands, voided = crisis(content, read.reading, read.hits)
    label = worst([*stands, *traces_of(content, traces)]) if stands else ""
    if label:
        why = [str(e) for e in stands if e.label == label]
        return read.meaning(Kind.CRISIS, label, why, facet=weigh.facet_of(stands, label), evidence=tuple(stands))
    asked = _opt_out(content, read) or _command(content, read)
    if asked is not None:
        return asked
    found = [*weigh.evidence(content, read.reading, read.hits, read.where), *voided]
    watched = command.inside(read.hits, (command.WATCHED,))
    if watched is not None:
        besides = [e for e in found if e.end <= watched.start or watched.end <= e.start]
        if not besides and read.where is None:
            return _as_command(read, watched)
    need = _need(content, read, found, traces)
    return need if need.kind is not Kind.UNCLEAR else (_loose(content, read) or _with_hints(need, stands))


def traces_of(content: Content, traces: Sequence[Evidence]) -> list[Evidence]:
    """Keep the fragments that hinted at a crisis."""
    return [t for t in traces if t.label in content.topics and content.topics[t.label].crisis]


def _with_hints(need: Meaning, stands: Sequence[Evidence]) -> Meaning:
    # Half a proof of a crisis stays in mind for 60 seconds, like any other fragment.
    if not stands:
        return need
    return Meaning(
        need.kind,
        language=need.language,
        area=need.area,
        minor=need.minor,
        why=(*need.why, *(str(e) for e in stands)),
        evidence=(*need.evidence, *stands),
    )


def _opt_out(content: Content, read: _Text) -> Meaning | None:
    # Only courtesy may stand around it: "i want this to stop" is a cry.
    polite = content.lexicon.courtesy
    hit = command.whole(read.reading, read.hits, polite, command.OPT_OUT) or command.inside(read.hits, command.OPT_OUT)
    return _as_command(read, hit) if hit else None


def _command(content: Content, read: _Text) -> Meaning | None:
    others = _asked_later(content)
    hit = command.whole(read.reading, read.hits, content.lexicon.fillers, others)
    return _as_command(read, hit) if hit else None


def _asked_later(content: Content) -> list[str]:
    return [name for name in content.commands if name not in _NOT_ASKED_LATER]


def _as_command(read: _Text, hit: Hit) -> Meaning:
    why = (f"command: '{hit.pattern.source}' -> {hit.label}",)
    if hit.label == _HELP:
        return read.meaning(Kind.TOPIC, _GENERAL, why)
    facet = hit.label if hit.label in _LABELS else ""
    return read.meaning(
        Kind.COMMAND,
        _LABELS.get(hit.label, hit.label),
        why,
        facet=facet,
        watched=hit.label in ("silence", command.WATCHED),
    )


def _need(content: Content, read: _Text, found: Sequence[Evidence], traces: Sequence[Evidence]) -> Meaning:
    together = [*found, *traces]
    ranked = [pair for pair in weigh.rank(together) if pair[0] in content.topics]
    why = [str(e) for e in together]
    enough = [label for label, weight in ranked if weight >= ENOUGH]
    if len(enough) > 1 and _GENERAL in enough:
        enough.remove(_GENERAL)  # "help me with my daca" asks for something in particular
    if not enough:
        return read.meaning(Kind.UNCLEAR, "", why or ["nothing known"], evidence=tuple(found))
    if weigh.are_equals(ranked, together):
        choices = tuple(label for label, _ in ranked[:MOST_CHOICES])
        return read.meaning(Kind.CHOICES, "", why, choices=choices, evidence=tuple(found))
    named = next((h.label for h in read.hits if h.label in content.entries), "")
    return read.meaning(
        # Only a service that is for nothing else (Poison Control) leads to a crisis by its name.
        Kind.CRISIS if content.topics[enough[0]].crisis else Kind.TOPIC,
        enough[0],
        why,
        choices=tuple(enough[1 : 1 + MOST_CHOICES]),
        facet=weigh.facet_of(together, enough[0]),
        named=named if any(s.topic == enough[0] for s in _serves(content, named)) else "",
        evidence=tuple(found),
    )


def _serves(content: Content, named: str) -> Sequence[Serves]:
    return content.entries[named].serves if named else ()


def _loose(content: Content, read: _Text) -> Meaning | None:
    """Return a command that stands somewhere in a text without a need, or the place when that is all it says."""
    others = _asked_later(content)
    hit = command.inside(read.hits, others)
    if hit:
        return _as_command(read, hit)
    if read.where is None:
        return None
    # "LA" is an article in Spanish: as a place it tells no language.
    told = replace(read, language="") if read.where.is_bare else read
    return told.meaning(Kind.COMMAND, "area", (read.where.why,))
