"""What does this text mean, and why? Crisis first, then opt-out, commands, place and needs."""

from collections.abc import Sequence, Set
from dataclasses import replace

from bot.referral import command, complaint, weigh
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.crisis import crisis, worst
from bot.referral.hit import Hit
from bot.referral.meaning import Evidence, Kind, Meaning
from bot.referral.meant import Role
from bot.referral.need import GENERAL, Case, need, plain_need, together
from bot.referral.read import Read, read
from bot.referral.sense import sense

#: Commands that stand for a label of another name.
_LABELS = {"silence": "stop", "watched": "stop", "privacy": "who", "unread": "cannot_read"}
_HELP = "helpword"
_STOP = "stop"
#: Opt-outs are looked for before every other command.
_NOT_ASKED_LATER = frozenset({*command.OPT_OUT, command.WATCHED, *command.FAILED})
#: What a texter wants at once, even one who also says that a number failed.
_ERASE = "erase"
_LETTING_GO = (*command.OPT_OUT, _ERASE)
#: A crisis that the examples are this sure of is called by their name, whatever wording was found.
SURE = 0.6
#: Few words say little, so the examples have to be surer ("he took", "for my kids"): up to so many words, so sure.
SPARSE = ((2, 0.75), (5, 0.4))


def understand(text: str, content: Content, conversation: Conversation | None = None) -> Meaning:
    """Understand one text. `conversation` lends its language and the fragments of the last 60 seconds."""
    talk = conversation or Conversation()
    traces = [Evidence(t.label, t.weight, "a moment ago", facet=t.facet) for t in talk.traces]
    return _decide(content, read(text, content, talk.language), traces, talk)


def _decide(content: Content, text: Read, traces: Sequence[Evidence], talk: Conversation) -> Meaning:
    stands, voided = crisis(content, text.reading, text.hits)
    found = [*weigh.evidence(content, text.reading, text.hits, text.where), *voided]
    case = Case(content, text, found, traces)
    failed = () if _cry(case, stands) else complaint.wordings(text, talk)
    plain = complaint.plain(content, text, talk) if failed else None
    if plain is None and not stands:
        # A word from the poster means what the poster says, whatever it may stand for in a sentence.
        plain = _plainly_asked(content, text) or plain_need(case)
        # "the shelter is full" asks for a shelter, and says more than that.
        plain = None if failed and plain and plain.label in (talk.topic, complaint.MORE) else plain
    if plain is not None:
        return plain
    case = Case(content, text, found, traces, sense(content, text))
    urgent = _urgent(case, stands, doubted=bool(voided))
    said = _failed(case, talk, urgent) if failed else None
    if said is not None or urgent is not None:
        return said or urgent  # type: ignore[return-value]
    # Without a crisis wording the plain command was looked for already.
    asked = _plainly_asked(content, text) if stands else None
    asked = asked or _opt_out_inside(text) or _freely_asked(case) or _watched(case)
    if asked is not None:
        return asked
    meant = need(case)
    return meant if meant.kind is not Kind.UNCLEAR else (_loose(content, text) or _with_hints(meant, stands))


def _failed(case: Case, talk: Conversation, urgent: Meaning | None) -> Meaning | None:
    """Return the complaint about a number in a text, unless what else the text says goes before it."""
    said = complaint.inside(case, talk)
    hit = command.inside(case.text.hits, _LETTING_GO)
    if said is None or hit is not None:
        return _as_command(case.text, hit) if hit and urgent is None else None
    rest = complaint.without(case, talk)
    # "im calling and nobody is picking up" sounds like a crisis by the very words of the complaint, not by the rest.
    speaks = len(rest.text.typed) > 1
    if urgent is not None and speaks and _urgent(rest, (), doubted=False) is not None:
        return None
    asked = _freely_asked(rest)
    if asked is not None and asked.label == _ERASE:
        return asked
    return None if complaint.asks_besides(rest, talk) else said


def _urgent(case: Case, stands: Sequence[Evidence], *, doubted: bool) -> Meaning | None:
    """Return the crisis a text is, or None. Wordings say it, or the examples, or both with earlier fragments.

    `doubted`: a crisis wording was denied, past or a figure of speech; the examples have to be sure then.
    """
    crises = [slug for slug, topic in case.content.topics.items() if topic.crisis]
    label = _cry(case, stands)
    why = [str(e) for e in stands if e.label == label]
    like = case.sense
    if like is not None and crises:
        plain = command.is_all(case.text.reading, stands, case.content.lexicon.fillers)
        if label and not plain and like.of(crises) < like.thresholds.doubt:
            return None
        shares = together(case, like)
        best = max(crises, key=lambda c: shares.get(c, 0.0))
        enough = _enough(case, like.thresholds.crisis, doubted=doubted)
        if sum(shares.get(c, 0.0) for c in crises) >= enough and (not label or like.shares.get(best, 0.0) >= SURE):
            label = best
        why.append(f"like: {best} {like.shares.get(best, 0.0):.2f}")
    if not label:
        return None
    return case.text.meaning(Kind.CRISIS, label, why, facet=weigh.facet_of(stands, label), evidence=tuple(stands))


def _cry(case: Case, stands: Sequence[Evidence]) -> str:
    """Return the crisis that wordings say, with the fragments of the last minute, or ""."""
    hinted = [t for t in case.traces if t.label in case.content.topics and case.content.topics[t.label].crisis]
    return worst([*stands, *hinted]) if stands else ""


def _enough(case: Case, usual: float, *, doubted: bool) -> float:
    if doubted:
        return max(SURE, usual)
    # After a fragment of the last minute a few words are the rest of a sentence.
    sparse = next((sure for most, sure in SPARSE if len(case.text.typed) <= most), 0.0)
    return usual if case.traces else max(sparse, usual)


def _watched(case: Case) -> Meaning | None:
    # Only that somebody reads along, and nothing else: then silence is the answer.
    watched = command.inside(case.text.hits, (command.WATCHED,))
    if watched is None or case.text.where is not None:
        return None
    besides = [e for e in case.found if e.end <= watched.start or watched.end <= e.start]
    return None if besides else _as_command(case.text, watched)


def _with_hints(meant: Meaning, stands: Sequence[Evidence]) -> Meaning:
    # Half a proof of a crisis stays in mind for 60 seconds, like any other fragment.
    if not stands:
        return meant
    return replace(meant, why=(*meant.why, *map(str, stands)), evidence=(*meant.evidence, *stands))


def _plainly_asked(content: Content, text: Read) -> Meaning | None:
    """Return the command that is all a text says. Before an opt-out and after it only courtesy may stand."""
    lexicon = content.lexicon
    hit = command.whole(text.reading, text.hits, lexicon.courtesy, command.OPT_OUT)
    # "i want this to stop" is a cry: an opt-out found somewhere has to wait until no crisis was found.
    if hit is None and command.inside(text.hits, command.OPT_OUT) is None:
        hit = command.whole(text.reading, text.hits, lexicon.fillers, _asked_later(content))
    return _as_command(text, hit) if hit else None


def _opt_out_inside(text: Read) -> Meaning | None:
    hit = command.inside(text.hits, command.OPT_OUT)
    return _as_command(text, hit) if hit else None


def _freely_asked(case: Case) -> Meaning | None:
    """Return the command that a text asks for in words nobody foresaw."""
    like = case.sense
    asked = [name for name in like.shares if name in case.content.commands] if like is not None else []
    if like is None or not asked:
        return None
    best = like.best()
    enough = like.thresholds.stop if best == _STOP else like.thresholds.command
    if best not in asked or like.shares[best] < enough:
        return None
    if any(h.role is Role.EXCEPT and h.label == best for h in case.text.hits):
        return None  # "make him stop texting me" is said of somebody else
    # Who wants no more texts because somebody reads along gets none, not even a goodbye.
    watched = best == _STOP and command.inside(case.text.hits, (command.WATCHED,)) is not None
    return _command(case.text, command.WATCHED if watched else best, f"like: {best} {like.shares[best]:.2f}")


def _asked_later(content: Content) -> Set[str]:
    return content.commands.keys() - _NOT_ASKED_LATER


def _as_command(text: Read, hit: Hit) -> Meaning:
    return _command(text, hit.label, f"command: '{hit.pattern.source}' -> {hit.label}")


def _command(text: Read, name: str, why: str) -> Meaning:
    if name == _HELP:
        return text.meaning(Kind.TOPIC, GENERAL, (why,))
    return text.meaning(
        Kind.COMMAND,
        _LABELS.get(name, name),
        (why,),
        facet=name if name in _LABELS else "",
        watched=name in ("silence", command.WATCHED),
    )


def _loose(content: Content, text: Read) -> Meaning | None:
    """Return a command that stands somewhere in a text without a need, or the place when that is all it says."""
    hit = command.inside(text.hits, _asked_later(content))
    if hit:
        return _as_command(text, hit)
    if text.where is None:
        return None
    # "LA" is an article in Spanish: as a place it tells no language.
    told = replace(text, language="") if text.where.is_bare else text
    return told.meaning(Kind.COMMAND, "area", (text.where.why,))
