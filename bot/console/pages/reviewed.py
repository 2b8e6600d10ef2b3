"""A review: what it changes down to the very messages, approving it, publishing it, taking it back."""

from contextlib import suppress

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from bot.console.desk import desk, me
from bot.console.editing.phone import area_name
from bot.console.editing.typed import Typed
from bot.console.reviewing.coming_back import back_of, in_result, unticked
from bot.console.reviewing.differing import language, place, title, topic_name
from bot.console.reviewing.notes import faults_of, noted
from bot.console.reviewing.outcome import sorry
from bot.console.reviewing.reviewed import (
    approvers,
    changing,
    differing,
    failed,
    grouped,
    look,
    look_again,
    on_page,
    pages,
    rights,
)
from bot.console.roles import Role, needs
from bot.console.wording import say
from bot.console.work import Progress, work
from bot.storage import reviewing
from bot.storage.publishing import publish as publish_review
from bot.storage.reviews import ReviewError, SamePersonError, State
from bot.storage.waiting import Seen, seen

bp = Blueprint("reviewed", __name__, url_prefix="/review")


@bp.get("/<int:number>")
@needs(Role.EDITOR)
def one(number: int) -> Response:
    """Show a review, and what is being done with it."""
    return _page(number, Typed())


@bp.post("/<int:number>/approve")
@needs(Role.APPROVER)
def approve(number: int) -> Response | Answer:
    """Approve a review; who is the only one to do so says why."""
    typed = Typed({"reason": request.form.get("reason", "")})
    reason = noted(typed, "reason", _seen(number).review.parts)
    if words := unticked(in_result(look(_seen(number).review, desk().shelf.in_use())), request.form.get("again", "")):
        typed.wrong("again", words)
    if typed.errors:
        return _page(number, typed)
    try:
        reviewing.approve(
            desk().database, number, by=me().name, approvers=len(approvers()), now=desk().now, reason=reason
        )
    except SamePersonError as error:
        words = say("Say why it cannot wait for somebody else, in {n} letters or more.", n=reviewing.SHORTEST_REASON)
        typed.wrong("reason", words if len(approvers()) <= 1 else str(error))
        return _page(number, typed)
    except ReviewError as error:
        flash(sorry(error), "error")
    else:
        flash(say("Approved. Texters do not have it yet: press Publish."), "success")
    return _to(number)


@bp.post("/<int:number>/publish")
@needs(Role.APPROVER)
def publish(number: int) -> Answer:
    """Begin to publish an approved review; the page shows how far it is. Twice pressed is once published."""
    found, note = _seen(number), " ".join(request.form.get("note", "").split())
    if note != found.review.note and (wrong := faults_of(note, found.review.parts)):
        flash(" ".join(wrong), "error")
        return _to(number)
    if found.review.state is not State.APPROVED:
        flash(say("Review {n} is {state}: there is nothing to publish.", n=number, state=found.review.state), "error")
        return _to(number)
    the_desk, name, again = desk(), me().name, request.form.get("again", "")

    def published(progress: Progress) -> int:
        made = publish_review(
            the_desk.database, number, by=name, now=the_desk.now, note=note, again=again, progress=progress
        )
        the_desk.shelf.look()
        return made

    work().start(_key(number), published)
    work().wait(_key(number), 0.3)
    return _to(number)


@bp.post("/<int:number>/back")
@needs(Role.EDITOR)
def back(number: int) -> Answer:
    """Take a review back; its drafts stay."""
    try:
        reviewing.take_back(desk().database, number, by=me().name, now=desk().now)
    except ReviewError as error:
        flash(sorry(error), "error")
        return _to(number)
    flash(say("Review {n} is taken back. Its drafts are all still there.", n=number), "success")
    return redirect(url_for("review.review"))


@bp.post("/<int:number>/again")
@needs(Role.EDITOR)
def again(number: int) -> Answer:
    """Hand the same drafts in anew, as they stand now; the old review is taken back."""
    found, the_desk = _seen(number), desk()
    parts = [draft.part for draft in found.drafts]
    if not parts:
        flash(say("None of its drafts is left: there is nothing to hand in."), "error")
        return _to(number)
    try:
        reviewing.take_back(the_desk.database, number, by=me().name, now=the_desk.now)
        live = the_desk.shelf.in_use().release.document
        made = reviewing.submit(the_desk.database, parts, live, by=me().name, note=found.review.note, now=the_desk.now)
    except ReviewError as error:
        flash(sorry(error), "error")
        return _to(number)
    flash(say("Handed in again, as review {n}.", n=made), "success")
    return _to(made)


@bp.post("/<int:number>/seen")
@needs(Role.EDITOR)
def looked_at(number: int) -> Answer:
    """Say that one looked at what somebody else had to publish at once: an approver, where there is another one."""
    review = _seen(number).review
    if not me().role.covers(Role.APPROVER) and approvers() - {review.submitted_by}:
        flash(say("An approver has to look at it."), "error")
        return _to(number)
    try:
        reviewing.looked_at(desk().database, number, by=me().name, now=desk().now)
    except ReviewError as error:
        flash(sorry(error), "error")
        return _to(number)
    flash(say("Thank you. Review {n} is done.", n=number), "success")
    return redirect(url_for("review.review"))


@bp.post("/<int:number>/look")
@needs(Role.EDITOR)
def look_anew(number: int) -> Answer:
    """Work out once more what a review changes."""
    look_again(_seen(number).review, desk().shelf.in_use())
    return _to(number)


def _page(number: int, typed: Typed) -> Response:
    live, found = desk().shelf.in_use(), _seen(number)
    waits = found.review.state in (State.OPEN, State.APPROVED)
    looked = look(found.review, live) if waits and not found.moved else None
    publishing, told = work().state(_key(number)), changing(found.review, live, looked)
    parts, page = differing(found, live) if waits else [], max(1, request.args.get("page", 1, type=int))
    made = make_response(
        render_template(
            "review_one.html",
            typed=typed,
            seen=found,
            review=found.review,
            rights=rights(found, me()),
            waits=waits,
            looked=looked,
            back=back_of(in_result(looked), live.parts),
            failed=failed(looked),
            told=told,
            publishing=publishing,
            refused=failed(publishing),
            groups=grouped(on_page(told.replies, min(page, pages(told.replies)))),
            page=min(page, max(pages(told.replies), pages(parts))),
            last=max(pages(told.replies), pages(parts)),
            parts=on_page(parts, page),
            place=place,
            language=language,
            part_title=lambda part: title(part, live.parts.get(part)),
            topic_name=lambda slug: topic_name(live.content, slug),
            area_name=lambda slug: area_name(live.content, slug),
        )
    )
    if (looked and looked.running) or (publishing and publishing.running):
        made.headers["Refresh"] = "2"
    return made


def _seen(number: int) -> Seen:
    with suppress(ReviewError):
        return seen(desk().database, number, desk().shelf.in_use().release.document)
    abort(404)


def _key(number: int) -> str:
    return f"publish {number}"


def _to(number: int) -> Answer:
    return redirect(url_for("reviewed.one", number=number))
