"""What a text was understood to mean, and why, in words for people who are no engineers."""

import re
from collections.abc import Iterable

from bot.console.wording import say
from bot.referral.meaning import Kind, Meaning

_FOUND = re.compile(r"([a-z]+): '(.*)' -> (\S+)(?: \((.*)\))?", re.DOTALL)
_EXAMPLE = re.compile(r"like: '(.*)' (\d\.\d+) -> (\S+)", re.DOTALL)
_LIKELY = re.compile(r"like: (\S+) (\d\.\d+)")
_FRAGMENT = re.compile(r"fragment: (\S+) (\d\.\d+)")
_CHOICE = re.compile(r"choice (\d)")
#: What each rule says that may have fired.
_RULES = {
    "words": "The wording “{wording}” means {label}",
    "hint": "The wording “{wording}” hints at {label}",
    "command": "“{wording}” is the command {label}",
    "place": "“{wording}” is a place in {label}",
    "failed": "“{wording}” says that a number did not work ({label})",
}


def meant(meaning: Meaning) -> str:
    """Say in a sentence what a text was understood to mean."""
    label = f"{meaning.label}/{meaning.facet}" if meaning.facet else meaning.label
    match meaning.kind:
        case Kind.CRISIS:
            return say("Answered as a crisis: {label}.", label=label)
        case Kind.TOPIC:
            return say("Answered as the topic {label}.", label=label)
        case Kind.COMMAND:
            return say("Taken for a command: {label}.", label=label)
        case Kind.CHOICES:
            return say("Several were near, so it asks back: {labels}.", labels=", ".join(meaning.choices))
        case Kind.UNCLEAR:
            return say("Not understood: the menu is sent.")


def reasons(found: Iterable[str]) -> list[str]:
    """Say every reason in words; what has no words of its own stays as it is."""
    return list(dict.fromkeys(map(_reason, found)))


def _reason(reason: str) -> str:
    if said := _EXAMPLE.fullmatch(reason):
        example, share, label = said.groups()
        return say("It is like this example of {label}: “{example}” ({share} sure)",
                   label=label, example=example, share=percent(float(share)))  # fmt: skip
    if (said := _FOUND.fullmatch(reason)) and said[1] in _RULES:
        how = f" ({said[4]})" if said[4] else ""
        return say(_RULES[said[1]], wording=said[2], label=said[3]) + how
    if said := _LIKELY.fullmatch(reason):
        return say("It is like examples of {label} ({share} sure)", label=said[1], share=percent(float(said[2])))
    if said := _FRAGMENT.fullmatch(reason):
        return say("A text a moment before hinted at {label}", label=said[1])
    if said := _CHOICE.fullmatch(reason):
        return say("It picked number {digit} of what was offered", digit=said[1])
    return say("Nothing in it is known") if reason == "nothing known" else reason


def percent(share: float) -> str:
    """Write a share of one as "83 %"."""
    return f"{share * 100:.0f} %"
