"""The page that a person sees who comes to a static site of services."""

from collections.abc import Mapping
from datetime import date
from html import escape

_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}: services as open data</title>
<h1>{name}: services as open data</h1>
<p><strong>In an emergency call or text 911. To talk to somebody about suicide, or about any crisis, call or text
988.</strong> This page is for people who work with data. It finds no help by itself.</p>
<p>These are {services} services that {name} refers people to, as they stood on {day}. Anything may have changed since:
before you give out a number, dial it.</p>
<p>They are written in the <a href="{standard}">Human Services Data Specification (HSDS)</a> 3.1.
A service with an <code>assured_date</code> was called, texted or visited, or its own page was read, on that day; one
without was not.</p>
<ul>
{links}
</ul>
<p>Something here is wrong, or should not be here? {contact}</p>
"""
_STANDARD = "https://docs.openreferral.org/en/3.1/hsds/overview.html"
_NOBODY = "Tell the people who gave you the address of this page: they have not said how else to reach them."


def front_page(name: str, day: date, contact: str, counts: Mapping[str, int]) -> str:
    """Return index.html. `contact`: how to reach whoever publishes this, "" = they have not said."""
    # By the file of page 1: some hosts answer /services/index.json as if index.json were an id.
    links = [f'<li><a href="{each}/page/1/index.json">{each}</a>: {count}</li>' for each, count in counts.items()]
    links.append('<li>all at once: <a href="services.json">services.json</a>, and as tables in csv/</li>')
    return _PAGE.format(
        name=escape(name),
        services=counts.get("services", 0),
        day=day.isoformat(),
        standard=_STANDARD,
        links="\n".join(links),
        contact=f"Write to {escape(contact)}." if contact else _NOBODY,
    )
