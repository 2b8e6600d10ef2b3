"""The booklet: every reply of the release in use, to be read and signed off; and what is printed about the line."""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, render_template, stream_template

from bot.console.counting.figures import topic_name
from bot.console.desk import desk
from bot.console.places import Place
from bot.console.roles import Role, needs
from bot.console.shelf import InUse
from bot.console.wording import say
from bot.referral.booklet.moments import Moment
from bot.referral.booklet.own import Said, Sentence, every_sentence
from bot.referral.booklet.printed import Number, Printed, cards, numbers_of, posters
from bot.referral.booklet.replies import Message, Reply, every_reply
from bot.referral.content import ELSEWHERE, Content
from bot.referral.given import zone_of

bp = Blueprint("booklet", __name__, url_prefix="/booklet")
PLACE = Place("booklet.booklet", "Booklet", "Every reply, to print and sign off; wallet cards; posters.", Role.VIEWER)
#: What stands on a card or poster while no number is set: room to write one.
NO_NUMBER = "____-____-______"
#: Much smaller pieces would each be a packet of their own.
_PIECE = 30_000


@dataclass(frozen=True, slots=True)
class Answered:
    """One reply as it stands in the booklet; `messages`: the first one, and what comes after MORE."""

    texted: str
    area: str
    language: str
    when: str
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """All replies about one topic."""

    slug: str
    name: str
    replies: tuple[Answered, ...]

    @property
    def messages(self) -> int:
        """How many messages they are."""
        return sum(len(reply.messages) for reply in self.replies)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed for one number of the line."""

    number: Number
    printed: tuple[Printed, ...]


@bp.get("")
@needs(Role.VIEWER)
def booklet() -> str:
    """Show the front page: which release, who signs off, and the chapters there are."""
    used = desk().shelf.in_use()
    return render_template("booklet.html", used=used, now=desk().now, chapters=_contents(used.content))


@bp.get("/topic/<slug>")
@needs(Role.VIEWER)
def topic(slug: str) -> str:
    """Show every reply about one topic."""
    used = desk().shelf.in_use()
    if slug not in used.content.topics:
        abort(404)
    return render_template("booklet_topic.html", used=used, now=desk().now, chapter=_chapter(used, slug))


@bp.get("/sentences")
@needs(Role.VIEWER)
def sentences() -> str:
    """Show every sentence the line says by itself."""
    used = desk().shelf.in_use()
    return render_template("booklet_sentences.html", used=used, now=desk().now, told=_sentences(used.content))


@bp.get("/all")
@needs(Role.VIEWER)
def whole() -> Response:
    """Give the whole booklet, chapter by chapter as it is made: a large release takes a quarter of a minute."""
    used = desk().shelf.in_use()
    made = (_chapter(used, slug) for slug, _ in _contents(used.content))
    pieces = stream_template(
        "booklet_all.html", used=used, now=desk().now, chapters=made, told=_sentences(used.content),
        contents=_contents(used.content),
    )  # fmt: skip
    return Response(_gathered(pieces), mimetype="text/html")


@bp.get("/cards")
@needs(Role.VIEWER)
def wallet() -> str:
    """Show cards of the size of a credit card, to be printed and cut."""
    content = desk().shelf.in_use().content
    numbers = numbers_of(content, desk().settings.line_areas)
    sheets = [Sheet(one, tuple(cards(content, one.printed))) for one in numbers or [Number(NO_NUMBER)]]
    return render_template("booklet_cards.html", sheets=sheets, numbers=numbers)


@bp.get("/posters")
@needs(Role.VIEWER)
def on_walls() -> str:
    """Show which poster carries which number, for which area, and the posters."""
    content = desk().shelf.in_use().content
    numbers = numbers_of(content, desk().settings.line_areas)
    sheets = [Sheet(one, tuple(posters(content, one.printed))) for one in numbers or [Number(NO_NUMBER)]]
    missing = [area.name for slug, area in content.line.areas.items() if slug not in {one.area for one in numbers}]
    return render_template("booklet_posters.html", sheets=sheets, numbers=numbers, missing=missing)


def _contents(content: Content) -> list[tuple[str, str]]:
    """Return the topics that have replies of their own: a menu has none."""
    return [(slug, topic_name(content, slug)) for slug in content.topics if slug != "help"]


def _chapter(used: InUse, slug: str) -> Chapter:
    content = used.content
    replies = every_reply(content, desk().now.date(), topics=[slug])
    return Chapter(slug, topic_name(content, slug), tuple(_answered(content, reply) for reply in replies))


def _answered(content: Content, reply: Reply) -> Answered:
    place = reply.place
    texted = content.topics[place.topic].label.get(place.language, place.topic)
    if place.facet:
        texted = say("{topic}: {facet}", topic=texted, facet=place.facet)
    zone = zone_of(content, place.area)
    told = "; ".join(_moment(moment, zone) for moment in reply.moments)
    when = say("{moments} ({zone})", moments=told, zone=zone)
    return Answered(texted, _area(content, place.area), place.language, when, reply.messages)


def _moment(moment: Moment, zone: str) -> str:
    here = moment.at.astimezone(ZoneInfo(zone))
    return say("{when} {at}", when=say(moment.when.value), at=here.strftime("%Y-%m-%d %H:%M"))


def _area(content: Content, slug: str) -> str:
    if slug == ELSEWHERE:
        return say("another county")
    return content.line.areas[slug].name if slug in content.line.areas else say("place not known")


def _sentences(content: Content) -> list[tuple[str, list[Sentence]]]:
    """Return what is said whole, by language: pieces stand in the replies themselves."""
    found: dict[str, list[Sentence]] = {language: [] for language in content.line.languages}
    for sentence in every_sentence(content):
        if sentence.said is not Said.PIECE:
            found[sentence.language].append(sentence)
    return list(found.items())


def _gathered(pieces: Iterator[str]) -> Iterator[str]:
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)
