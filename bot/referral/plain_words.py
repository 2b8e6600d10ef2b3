"""The words in which people write hours, English and Spanish: cut into days, times and what joins them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.referral.notation import HOLIDAYS, WEEKDAYS
from bot.referral.plain_clock import Clock, clock

EXAMPLE = "Mon-Fri 9am-5pm, Sat 10am-2pm, closed holidays"


class PlainHoursError(ValueError):
    """Hours were written in a way that is not clear; `piece` is what was not understood, as it was typed.

    `example` is one that is read.
    """

    def __init__(self, piece: str, why: str, example: str = EXAMPLE) -> None:
        super().__init__(f'We are not sure about "{piece}": {why}. Write, for example, "{example}".')
        self.piece, self.example = piece, example


class Kind(StrEnum):
    """What a piece of the text does."""

    DAY = "day"
    SPAN = "span"  # only after times were put together
    TIME = "time"
    ALL_DAY = "all day"
    ALWAYS = "always"
    CLOSED = "closed"
    EXCEPT = "except"
    BETWEEN = "between"
    NEXT_DAY = "next day"
    TO = "to"
    AND = "and"
    COMMA = ","
    STOP = ";"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text from `at` to `end`: the days or the time it names, `single` for a day by its own name."""

    kind: Kind
    at: int
    end: int
    days: tuple[str, ...] = ()
    clock: Clock | None = None
    single: bool = False


_NAMES = (
    "mo mon mons monday mondays lu lun lunes l",
    "tu tue tues tuesday tuesdays tuseday teusday t ma martes",
    "we wed weds wednesday wednesdays wednsday wensday wendsday w mi mie mier miercoles x",
    "th thu thur thurs thr thursday thursdays thrusday ju jue juev jueves j",
    "fr fri friday fridays f vi vie vier viernes v",
    "sa sat saturday saturdays saterday sab sabado sabados",
    "su sun sunday sundays do dom domingo domingos d",
)
_DAYS: dict[str, tuple[str, ...]] = {
    name: (WEEKDAYS[place],) for place, names in enumerate(_NAMES) for name in names.split()
}
_DAYS |= {
    "mwf": ("Mo", "We", "Fr"),
    "tth": ("Tu", "Th"),
    "tuth": ("Tu", "Th"),
    "mw": ("Mo", "We"),
    "mtwthf": WEEKDAYS[:5],
}
_DAYS |= dict.fromkeys(("ph", "holiday", "holidays", "feriado", "feriados", "festivo", "festivos"), (HOLIDAYS,))
_DAYS |= dict.fromkeys(("weekday", "weekdays", "workdays"), WEEKDAYS[:5])
_DAYS |= dict.fromkeys(("weekend", "weekends"), WEEKDAYS[5:])
_DAYS |= dict.fromkeys(("daily", "everyday", "diario", "diariamente"), WEEKDAYS)
#: Words of Spanish only: beside one of them "Mar" is Tuesday and not March.
_SPANISH = frozenset("lun lunes mie miercoles jue jueves vie viernes sab sabado dom domingo y a de los las al".split())
_SPANISH_LETTERS = frozenset("l x j v d".split())
_KINDS = {
    Kind.CLOSED: "closed off cerrado cerrada cerrados cerramos",
    Kind.EXCEPT: "except excluding but excepto salvo menos",
    Kind.BETWEEN: "between entre",
    Kind.TO: "to thru through until till til a al hasta",
    Kind.AND: "and y e also plus including incl incluyendo incluso tambien",
}
_WORDS = {word: kind for kind, words in _KINDS.items() for word in words.split()}
#: Words that change nothing, wherever they stand.
_EMPTY = frozenset(
    "from de del desde at on the los las la el en hours hour hrs horas horario open opens opened abierto abierta "
    "abrimos abre are is each every cada todos only solo solamente for dias by con with".split()
)
_MONTHS = (
    "jan feb mar march apr april may june jun july jul aug sept sep oct nov dec january february august september "
    "october november december enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre christmas thanksgiving easter navidad summer winter verano invierno first second third fourth last "
    "primer primero segundo tercer tercero ultimo other"
)
_REASONS = dict.fromkeys(_MONTHS.split(), "months, dates and single weeks cannot be kept, only the days of every week")
_REASONS |= dict.fromkeys(
    "appointment appointments appt cita citas call llame llamar vary varies varian".split(),
    "only days and times fit here; put the rest into the note, or leave the hours empty if they are not known",
)
_REASONS["s"] = "this may be Saturday or Sunday"
_UNKNOWN = "this was not understood"

_HOURS24 = (
    r"(?:las\s+)?24\s?-?(?:hours?|hrs?|hs|h|horas?)(?![a-z])"
    r"(?:\s+(?:a|per|each|every|al|por|cada|del)\s+(?:day|dia)\b)?"
)
_SEVEN = (
    r"(?:los\s+)?(?:7|seven|siete)\s+(?:days|dias)\b(?:\s+(?:a|per|each|por|de)\s+(?:la\s+)?(?:week|semana)\b)?"
    r"(?:\s?[,/]?\s?365\s+days\s+a\s+year)?"
)
_KIND_OF_HOLIDAY = r"(?:(?:all|major|federal|legal|public|national|bank)\s+)*"
_LEXER = re.compile(
    rf"""(?P<always>24\s?[/x-]\s?7(?:\s?[/,]\s?365(?:\s+days)?(?:\s+a\s+year)?)?(?![0-9:])|{_HOURS24}\s?[,;/]?\s?(?:and\s+)?{_SEVEN}
        |{_SEVEN}\s?[,;/]?\s?(?:and\s+)?{_HOURS24}|always(?:\s+open)?\b|siempre(?:\s+abierto)?\b
        |a?round\s+the\s+clock\b)
    |(?P<all_day>{_HOURS24}|all\s+day\b|todo\s+el\s+dia\b)
    |(?P<next_day>(?:the\s+)?(?:next|following)\s+day\b|del\s+dia\s+siguiente\b)
    |(?P<every>every\s?day\b|{_SEVEN}|todos\s+los\s+dias\b|cada\s+dia\b)
    |(?P<office>business\s+days\b|entre\s+semana\b|dias\s+(?:laborables|habiles)\b)
    |(?P<weekend>fin(?:es)?\s+de\s+semana\b)
    |(?P<holidays>{_KIND_OF_HOLIDAY}holidays?\b|dias\s+(?:feriados|festivos)\b)
    |(?P<ordinal>[0-9]{{1,2}}(?:st|nd|rd|th|er|ro|do|o|º)(?![a-z]))
    |(?P<time>(?:12\s?(?:del?\s+(?:la\s+)?)?)?(?:noon|midnight|mediodia|medianoche)\b
        |[0-9]+(?:[:.][0-9]{{2}})?(?![0-9])
        (?:\s?(?:a\.?\s?m|p\.?\s?m)(?![a-z])\.?|[ap](?![a-z0-9])
        |\s+in\s+the\s+(?:morning|afternoon|evening)\b|\s+at\s+night\b|\s+de\s+la\s+(?:manana|madrugada|tarde|noche)\b
        |\s?(?:hrs?|hs|h|horas|o'?clock)(?![a-z]))?)
    |(?P<us>we(?:\s+are|'re)\b)|(?P<we>we\s+open\b)|(?P<word>[a-z]+(?:'s)?)(?:\.(?=\s?(?:-|to\s|thru\s|through\s|al?\s)))?|(?P<to>-+)|(?P<and>[&+/])|(?P<comma>[,:.()=]+)|(?P<stop>[;|])|(?P<odd>\S)""",
    re.VERBOSE | re.ASCII,
)
_MARKS = {"to": Kind.TO, "and": Kind.AND, "comma": Kind.COMMA, "stop": Kind.STOP, "always": Kind.ALWAYS}
_MARKS |= {"all_day": Kind.ALL_DAY, "next_day": Kind.NEXT_DAY}
_GROUPS = {"every": WEEKDAYS, "office": WEEKDAYS[:5], "weekend": WEEKDAYS[5:], "holidays": (HOLIDAYS,)}
_DASHES = dict.fromkeys("‐‑‒–—―−", "-") | {"’": "'"}


def folded(text: str) -> str:
    """Return the text in small letters without accents, letter for letter; `text` is in the form NFC."""
    return "".join(map(_plain, text))


def _plain(letter: str) -> str:
    bare = unicodedata.normalize("NFD", _DASHES.get(letter, letter))[0].lower()
    return " " if bare.isspace() else bare[0]


def tokens(text: str) -> list[Token]:
    """Cut the text, in the form NFC, into its pieces; raise `PlainHoursError` at one that is no word of hours."""
    plain = folded(text)
    return list(_tokens(text, plain, re.findall(r"[a-z]+", plain)))


def _tokens(text: str, plain: str, words: list[str]) -> Iterator[Token]:
    for found in _LEXER.finditer(plain):
        group, at, end = str(found.lastgroup), found.start(), found.end()
        if group == "time":
            read = clock(found.group())
            if read is None:
                raise PlainHoursError(text[at:end], "there is no such time of day")
            yield Token(Kind.TIME, at, end, clock=read)
        elif group in _MARKS:
            yield Token(_MARKS[group], at, end)
        elif group in _GROUPS:
            yield Token(Kind.DAY, at, end, days=_GROUPS[group], single=group == "holidays")
        elif group == "we":
            raise PlainHoursError(text[at:end], "this may be Wednesday")
        elif group not in ("word", "us"):
            raise PlainHoursError(text[at:end], _REASONS["first"] if group == "ordinal" else _UNKNOWN)
        elif group == "word" and (word := found["word"].removesuffix("'s")) not in _EMPTY:
            yield _word(Token(Kind.DAY, at, end), word, text[at:end], words)


def _word(token: Token, word: str, typed: str, words: list[str]) -> Token:
    if word in _WORDS:
        return Token(_WORDS[word], token.at, token.end)
    spanish = not _SPANISH.isdisjoint(words)
    if word == "t" and words.count(word) > 1:
        raise PlainHoursError(typed, "this may be Tuesday or Thursday", "M, Tu, W, Th, F 9am-5pm")
    if word == "m" and "f" not in words and (spanish or not _SPANISH_LETTERS.isdisjoint(words)):
        raise PlainHoursError(typed, "this may be martes or miércoles", "lun, mar, vie 9am-5pm")
    days = ("Tu",) if word == "mar" and spanish else ("Mo",) if word == "m" else _DAYS.get(word)
    if days is None:
        why = "this may be March or martes" if word == "mar" else _REASONS.get(word, _UNKNOWN)
        raise PlainHoursError(typed, why)
    return Token(Kind.DAY, token.at, token.end, days=days, single=len(days) == 1)
