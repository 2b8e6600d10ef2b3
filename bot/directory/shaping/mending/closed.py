"""Signs, beside the status, that a service is no longer there: a column nobody explained, or words in its name."""

import re
from collections.abc import Mapping
from typing import Any

from bot.directory.note import Level
from bot.directory.shaping.mending.blank import says_nothing
from bot.directory.shaping.mending.draft import Draft, Refused
from bot.directory.shaping.names import plain

_WHOSE = r"(?:(?:is|currently|still|now|this|the|service|program|agency|organization|site|record|listing|resource)_)*"
_TELLS = re.compile(
    rf"{_WHOSE}(?P<word>open|active|enabled|abierto|activo"
    r"|closed|inactive|archived|defunct|discontinued|deleted|cerrado|inactivo)"
)
_SAYS_OPEN = frozenset({"open", "active", "enabled", "abierto", "activo"})
_YES = frozenset({"yes", "y", "true", "t", "1", "open", "active", "x", "si", "sí"})
_NO = frozenset({"no", "n", "false", "f", "0", "closed", "inactive", "not open", "not active"})
#: Headings under which hours or days stand as often as yes or no.
_VAGUE = frozenset({"open", "closed", "abierto", "cerrado"})
#: The status of the row or of what it is about; "legal status" and the like are others.
_STATUS = re.compile(
    r"(?:(?:record|agency|program|service|site|organi[sz]ation|org|provider|listing|resource|location|entry|facility"
    r"|current|operating|operational|operation|open|publish|publication|publishing|post|active|activity)_)+status"
    r"|status|estatus"
)
_ANY_STATUS = re.compile(
    r"(?!.*(?:legal|tax|licen[sc]e|fund|profit|exempt|marital|employ|immigra|verif|accredit|veteran|date|note))"
    r"(?:.+_status|status_.+|estado)"
)
_FINE = frozenset({"active", "open", "operating", "operational", "current", "activo", "abierto", "yes", "in operation"})
_SHUT = re.compile(
    r"\b(?:inactive|closed|defunct|archived?|deleted|discontinued|suspended|terminated|disabled|cerrado|inactivo"
    r"|out of business|no longer|not (?:active|open|operating)|do not (?:refer|use|list|publish)|shut down)\b"
)
#: Columns that hold a day only where it is over.
_ENDED = re.compile(
    rf"{_WHOSE}(?:made_inactive|inactivated|deactivated|archived|deleted|closed|discontinued|closing|closure)"
    r"_(?:on|at|date|since)|(?:date|day)_(?:closed|inactive|inactivated|archived|deleted|discontinued)|closed_since"
)
_NAMED_SHUT = re.compile(
    r"\bpermanently closed\b|\btemporarily closed\b|[(\[*]\s*(?:now\s+)?(?:closed|inactive|defunct)\b"
    r"|^\W*(?:closed|inactive|defunct)\s*[-–—:!*]|[-–—:*]\s*(?:closed|inactive|defunct)\W*$"
    r"|\bno longer (?:open|active|operating|in operation|available|exists?|offered)\b|\bdo not (?:use|refer)\b",
    re.IGNORECASE,
)
#: Notes that say so. "Closed for lunch", and a mere "Closed" under a day of the week, say another thing.
_SAID_SHUT = re.compile(
    r"\W*(?:(?:this|the|we|program|agency|site|location|office|pantry|shelter)\s)*(?:(?:is|are|has)\s)?(?:been\s)?"
    r"(?:(?:permanently|temporarily|indefinitely)\sclosed\b|closed\s(?:permanently|temporarily|indefinitely"
    r"|until\s(?:further|notice)|due\sto|its\sdoors|for\sgood|down)\b|no\slonger\s(?:open|operating|active"
    r"|in\soperation|in\sbusiness|exists?|available|offered)\b|out\sof\sbusiness\b|do\snot\s(?:refer|use)\b).*",
    re.IGNORECASE | re.DOTALL,
)
_MAP = "say in a mapping file what that column means"
_SEEMS = f"it has no status, and a column that seems to tell whether it is open does not say yes: {_MAP}"
_ENDS = f"a column holds the day on which it seems to have ended: {_MAP}"
#: One of these stands in every name that says so: a quick no for all others.
_PIECES = ("clos", "inactive", "defunct", "no longer", "do not")
_NOTED = "it has no status, and a note says that it is closed: give it the status it has, or take the note out"
_LOOK = "that holds it seems to be closed: look before the service is published"
_ITS_NAME = "its name says that it is closed: take that out of the name, or give it the status it has"


def refuse_when_named_closed(name: str) -> None:
    """Refuse a service whose name says that it is closed, whatever its status says. Raises Refused."""
    if is_named_closed(name):
        raise Refused("name", _ITS_NAME, name)


def is_named_closed(name: str) -> bool:
    """Tell whether a name says "(closed)" or the like; a "Closed Door Ministry" is open."""
    low = name.lower()
    return any(piece in low for piece in _PIECES) and _NAMED_SHUT.search(name) is not None


def refuse_when_ended(extra: Mapping[str, Any]) -> None:
    """Refuse a service that has a day on which it closed, whatever its status says. Raises Refused."""
    for key, value in extra.items():
        if isinstance(value, str) and not says_nothing(value) and _ENDED.fullmatch(plain(key)):
            if value.strip().casefold() not in _NO and any(map(str.isdigit, value)):
                raise Refused(key, _ENDS, value[:80])


def refuse_when_told_elsewhere(extra: Mapping[str, Any]) -> None:
    """Refuse a service without a status that a column nobody mapped seems to call closed. Raises Refused."""
    for key, value in extra.items():
        if isinstance(value, str | bool | int) and not _is_fine(plain(key), str(value)):
            raise Refused(key, _SEEMS, str(value)[:80])
        if isinstance(value, str) and _SAID_SHUT.match(value):
            raise Refused(key, _NOTED, value[:80])


def say_when_closed(draft: Draft) -> None:
    """Note on an organization or a place that it seems to be closed: whoever looks at its services is told."""
    try:
        refuse_when_told_elsewhere(draft.extra)
        refuse_when_ended(draft.extra)
    except Refused as why:
        draft.say(Level.INFERRED, why.field, f"the {draft.entity} {_LOOK}", why.value)


def _is_fine(heading: str, value: str) -> bool:
    tells = _TELLS.fullmatch(heading)
    if not tells and not _STATUS.fullmatch(heading) and not _ANY_STATUS.fullmatch(heading):
        return True
    said = " ".join(value.casefold().split())
    if tells:
        fine, bad = (_YES, _NO) if tells["word"] in _SAYS_OPEN else (_NO - {"closed", "inactive"}, _YES | {"closed"})
        return said not in bad and (heading in _VAGUE or said in fine or len(said) >= 20)
    if _STATUS.fullmatch(heading):
        return said in _FINE or says_nothing(said)
    return _SHUT.search(said) is None
