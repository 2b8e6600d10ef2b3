"""Banners: a sentence that every reply begins with for a while. One person raises and lowers it, at once."""

import re
from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console.desk import desk, me
from bot.console.editing.typed import Typed
from bot.console.reviewing.banner_place import mark, names_place, never_said
from bot.console.reviewing.urgent import said_by, tell, with_banner
from bot.console.reviewing.urgent_page import wordings
from bot.console.roles import Role, needs
from bot.console.wording import say
from bot.referral.booklet.replies import Message
from bot.referral.bulletin import Banner
from bot.referral.content import ELSEWHERE, Content
from bot.referral.lint import banner_faults
from bot.referral.moments import moment, said, zone_for
from bot.referral.numbers import fill
from bot.storage.audit import Act
from bot.storage.bulletins import fold, rows
from bot.storage.said import Lowered

bp = Blueprint("banners", __name__, url_prefix="/urgent/banners")
_SLUG = re.compile(r"[a-z][a-z0-9-]{0,39}")
#: Where somebody may be who is in none of our areas, or whose place is not known.
_NO_AREA = (ELSEWHERE, "unknown")


@bp.get("")
@needs(Role.EDITOR)
def banners() -> str:
    """Show the banners there are, and a form for another one."""
    return _page(Typed({"slug": request.args.get("slug", "")[:40]}))


@bp.post("")
@needs(Role.EDITOR)
def add() -> str | Response:
    """Show how a banner would read, or raise it."""
    content, typed = desk().shelf.in_use().content, Typed({**request.form})
    banner = _read(content, typed)
    if typed.errors or banner is None:
        return _page(typed)
    filled = Banner(banner.slug, _filled(content, banner), banner.until, banner.areas, banner.topics)
    if request.form.get("do") != "raise":
        return _page(typed, filled)
    vouched = {"place": "known to everybody"} if any(map(names_place, banner.text.values())) else {}
    told = {"until": banner.until.isoformat(), **vouched, **banner.text}
    tell(desk(), me(), banner, act=Act.BANNER, about=banner.slug, detail=told)
    until = said(banner.until, zone_for(content))
    flash(say("Texters read it {where}, until {until}. Every line heeds it within 5 seconds.",
              where=_where(content, banner), until=until), "success")  # fmt: skip
    return redirect(url_for("banners.banners"))


@bp.post("/lower")
@needs(Role.EDITOR)
def lower() -> Response:
    """Lower a banner: it is no longer said."""
    slug = request.form.get("slug", "")
    if slug not in [one.slug for one in fold(rows(desk().database)).bulletins.banners]:
        flash(say("That banner is not up any more."), "error")
    else:
        tell(desk(), me(), Lowered(slug), act=Act.BANNER, about=slug, detail={"lowered": "yes"})
        flash(say("The banner {slug} is down. Every line heeds it within 5 seconds.", slug=slug), "success")
    return redirect(url_for("banners.banners"))


def _page(typed: Typed, shown: Banner | None = None) -> str:
    content, now, told = desk().shelf.in_use().content, desk().now, rows(desk().database)
    there = fold(told).bulletins.banners
    return render_template(
        "urgent_banners.html",
        typed=typed,
        areas={**{area.slug: area.name for area in content.line.areas.values()}, **_elsewhere()},
        topics={slug: topic.label.get("en", slug) for slug, topic in sorted(content.topics.items())},
        ticked={"areas": request.form.getlist("areas"), "topics": request.form.getlist("topics")},
        languages=content.line.languages,
        shown=shown,
        place=mark(_texts(content, typed)) if any(map(names_place, _texts(content, typed).values())) else "",
        messages={language: Message.of(text) for language, text in shown.text.items()} if shown else {},
        replies=with_banner(content, shown, now) if shown else [],
        replaces=shown is not None and shown.slug in [one.slug for one in there],
        up=[(one, _where(content, one), banner_faults(content, one)) for one in there if one.until > now],
        by=said_by(told),
        here=said(now, zone_for(content)),
        **wordings(content),
    )


def _read(content: Content, typed: Typed) -> Banner | None:
    slug, until, when = typed.line("slug", needed=True), typed.line("until", needed=True), None
    if slug and not _SLUG.fullmatch(slug):
        typed.wrong("slug", say("Small letters, digits and hyphens, such as icy-roads."))
    try:
        when = moment(until, desk().now, zone_for(content)) if until else None
    except ValueError as error:
        typed.wrong("until", str(error))
    texts = {language: typed.line(f"text.{language}", needed=True) for language in content.line.languages}
    areas, topics = request.form.getlist("areas"), request.form.getlist("topics")
    if when is None or typed.errors:
        return None
    banner = Banner(slug, texts, when, tuple(areas), tuple(topics))
    _look(typed, texts)
    for fault in banner_faults(content, banner):
        language, _, words = fault.partition(": ")
        kind = "areas" if fault.startswith("no area") else "topics" if fault.startswith("no topic") else "until"
        typed.wrong(*((f"text.{language}", _sentence(words)) if language in texts else (kind, _sentence(fault))))
    return banner


def _look(typed: Typed, texts: Mapping[str, str]) -> None:
    """Say what a banner may not give away; a place has to be vouched for."""
    for language, text in texts.items():
        for fault in never_said(text):
            typed.wrong(f"text.{language}", say("It {fault}: leave that out.", fault=say(fault)))
    if any(map(names_place, texts.values())) and typed["known"] != mark(texts):
        typed.wrong("known", say("It may name a place. Tick this if that is so, or leave the place out."))


def _sentence(fault: str) -> str:
    return f"{fault[:1].upper()}{fault[1:]}."


def _filled(content: Content, banner: Banner) -> Mapping[str, str]:
    return {language: fill(text, content.entries, language) for language, text in banner.text.items()}


def _texts(content: Content, typed: Typed) -> Mapping[str, str]:
    return {language: " ".join(typed[f"text.{language}"].split()) for language in content.line.languages}


def _elsewhere() -> Mapping[str, str]:
    return dict(zip(_NO_AREA, (say("another county"), say("place not known")), strict=True))


def _where(content: Content, one: Banner) -> str:
    names = {**{area.slug: area.name for area in content.line.areas.values()}, **_elsewhere()}
    where = ", ".join(names.get(area, area) for area in one.areas) or say("everywhere")
    topics = ", ".join(one.topics) or say("every need")
    return say("{where}, for {topics}", where=where, topics=topics)
