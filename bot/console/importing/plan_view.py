"""A page of a plan: the services that something happens to, and why; or what may be there twice."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass

from bot.console.importing.plans import Plan, Stage
from bot.directory.duplicates import Group
from bot.directory.plan_pages import Line, PlanPages
from bot.directory.plan_rows import Verdict

#: So many services, or groups of what may be there twice, stand on a page.
ROWS, GROUPS = 50, 20
TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Tab:
    """A choice of what to look at: a verdict, "" = all services, or "twice"; and how many there are."""

    show: str
    count: int


@dataclass(frozen=True, slots=True)
class View:
    """What is shown of a plan. `page` counts from 1."""

    show: str
    page: int
    pages: int
    tabs: tuple[Tab, ...]
    lines: tuple[Line, ...] = ()
    groups: tuple[Group, ...] = ()


def view_of(plan: Plan, asked: Mapping[str, str]) -> View | None:
    """Return the page that was asked for (`show`, `page`); None for a plan that is not there to be read."""
    if plan.stage is not Stage.DRAWN or plan.sheet is None:
        return None
    twice = plan.sheet.twice
    with closing(PlanPages(plan.wanted.folder, kept=True)) as store:
        counts = store.counts()
        found = [Tab(verdict.value, counts[verdict]) for verdict in Verdict if counts[verdict]]
        tabs = (Tab("", counts.total()), *found, *([Tab(TWICE, len(twice))] if twice else []))
        show = asked.get("show", "")
        chosen = next((tab for tab in tabs if tab.show == show), tabs[0])
        size = GROUPS if chosen.show == TWICE else ROWS
        pages = max(1, -(-chosen.count // size))
        page = min(max(1, _number(asked.get("page", ""))), pages)
        start = (page - 1) * size
        if chosen.show == TWICE:
            return View(TWICE, page, pages, tabs, groups=twice[start : start + size])
        verdict = Verdict(chosen.show) if chosen.show else None
        return View(chosen.show, page, pages, tabs, tuple(store.lines(verdict, start=start, most=size)))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
