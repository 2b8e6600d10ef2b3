"""A site of plain files that answers as the API of the standard does."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.directory.writing.paged import LISTS, Site, write_paged
from tests.directory.writing.conftest import TODAY

Doc = dict[str, Any]
SITE = Site("Quietline", TODAY, per_page=20)


def read(path: Path) -> Doc:
    """Read a file of the site."""
    found: Doc = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.fixture
def place() -> Doc:
    """Give a service at a location, as another directory has it."""
    return {"id": "00000000-0000-4000-8000-000000000009", "location": {"id": "00000000-0000-4000-8000-000000000008"}}


def test_all_pages_together_are_all_services(services: list[Doc], tmp_path: Path) -> None:
    write_paged(tmp_path, services, SITE)
    pages = [read(path) for path in sorted((tmp_path / "services" / "page").glob("*/index.json"))]
    total = len(services)
    assert [page["page_number"] for page in pages] == [1, 2, 3]
    assert [page["size"] for page in pages] == [20, 20, total - 40]
    assert {(page["total_items"], page["total_pages"], page["empty"]) for page in pages} == {(total, 3, False)}
    flags = [(page["first_page"], page["last_page"]) for page in pages]
    assert flags == [(True, False), (False, False), (False, True)]
    found = [doc for page in pages for doc in page["contents"]]
    assert found == sorted(services, key=lambda doc: str(doc["id"]))


def test_page_one_stands_at_the_bare_path_too(services: list[Doc], tmp_path: Path) -> None:
    write_paged(tmp_path, services, SITE)
    for name in LISTS:
        first = (tmp_path / name / "page" / "1" / "index.json").read_bytes()
        assert (tmp_path / name / "index.json").read_bytes() == first


def test_every_object_stands_below_its_id(services: list[Doc], place: Doc, tmp_path: Path) -> None:
    doc = services[0] | {"service_at_locations": [place]}
    write_paged(tmp_path, [doc], SITE)
    for name in LISTS:
        listed = read(tmp_path / name / "index.json")["contents"]
        assert listed, name
        assert all(read(tmp_path / name / one["id"] / "index.json") == one for one in listed)
    found = read(tmp_path / "service_at_locations" / place["id"] / "index.json")
    assert found["location"] == place["location"]
    assert found["service"] == services[0]


def test_terms_and_their_taxonomies_are_listed_once(services: list[Doc], tmp_path: Path) -> None:
    write_paged(tmp_path, services, replace(SITE, per_page=1000))
    terms = read(tmp_path / "taxonomy_terms" / "index.json")["contents"]
    assert {term["taxonomy"] for term in terms} == {"Quietline facts", "Quietline topics"}
    taxonomies = read(tmp_path / "taxonomies" / "index.json")["contents"]
    assert {row["id"] for row in taxonomies} == {term["taxonomy_id"] for term in terms}


def test_an_empty_directory_has_empty_pages(tmp_path: Path) -> None:
    write_paged(tmp_path, [], SITE)
    for name in LISTS:
        assert read(tmp_path / name / "index.json") == {
            "total_items": 0,
            "total_pages": 1,
            "page_number": 1,
            "size": 0,
            "first_page": True,
            "last_page": True,
            "empty": True,
            "contents": [],
        }


def test_a_full_last_page_is_not_followed_by_an_empty_one(services: list[Doc], tmp_path: Path) -> None:
    write_paged(tmp_path, services[:40], SITE)
    assert read(tmp_path / "services" / "index.json")["total_pages"] == 2
    assert not (tmp_path / "services" / "page" / "3").exists()


WHERE = {"told": "https://facts.example.org/", "not told": ""}


@pytest.mark.parametrize("address", WHERE.values(), ids=WHERE)
def test_the_root_says_what_it_is(address: str, tmp_path: Path) -> None:
    write_paged(tmp_path, [], replace(SITE, address=address))
    root = read(tmp_path / "index.json")
    assert root["version"] == "3.1"
    assert root["profile"].startswith("https://docs.openreferral.org/")
    ours = "https://facts.example.org/openapi.json"
    assert (root["openapi_url"] == ours) is bool(address)
    described = read(tmp_path / "openapi.json")
    assert {f"/{name}" for name in LISTS} | {"/"} <= described["paths"].keys()
    assert "http" not in "".join(str(ref) for ref in _refs(described))


def _refs(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [value["$ref"]] if "$ref" in value else [ref for inside in value.values() for ref in _refs(inside)]
    return [ref for inside in value for ref in _refs(inside)] if isinstance(value, list) else []


def test_people_are_told_whom_to_call_and_how_old_it_is(services: list[Doc], tmp_path: Path) -> None:
    write_paged(tmp_path, services, replace(SITE, name="Line <1>", contact="Data & Co"))
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    for said in ("911", "988", "2026-11-22", f"{len(services)} services", "Line &lt;1&gt;", "Write to Data &amp; Co."):
        assert said in page
    assert (tmp_path / "about.html").read_text(encoding="utf-8") == page


def test_no_contact_is_made_up(tmp_path: Path) -> None:
    write_paged(tmp_path, [], SITE)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "they have not said how else to reach them" in page
    assert "@" not in page


def _rewritten(redirects: str, path: str) -> str:
    """Answer a path as a host does that knows placeholders and leaves out the rules it does not know."""
    asked = path.strip("/").split("/")
    for rule in redirects.splitlines():
        words = rule.split()
        if len(words) != 3 or words[2] != "200":
            continue
        pattern = words[0].strip("/").split("/")
        if len(pattern) == len(asked) and all(p in (a, ":id", ":number") for p, a in zip(pattern, asked, strict=True)):
            values = {p: a for p, a in zip(pattern, asked, strict=True) if p.startswith(":")}
            target = words[1]
            for name, value in values.items():
                target = target.replace(name, value)
            return target.strip("/")
    return path.strip("/")


def test_bare_paths_lead_to_files(services: list[Doc], tmp_path: Path) -> None:
    write_paged(tmp_path, services, SITE)
    redirects = (tmp_path / "_redirects").read_text(encoding="utf-8")
    first = services[0]["id"]
    asked = ["/", "/services", f"/services/{first}", "/services/page/2", "/taxonomies", "/openapi.json", "/about.html"]
    assert [path for path in asked if not (tmp_path / _rewritten(redirects, path)).is_file()] == []
    assert "/services page=:number /services/page/:number/index.json 200\n" in redirects


def test_headers_let_other_pages_read_it(tmp_path: Path) -> None:
    write_paged(tmp_path, [], SITE)
    headers = (tmp_path / "_headers").read_text(encoding="utf-8")
    assert headers.startswith("/*\n  Access-Control-Allow-Origin: *\n")
    assert "/services/*\n  Content-Type: application/json; charset=utf-8\n" in headers
    assert 'Access-Control-Allow-Origin "*"' in (tmp_path / ".htaccess").read_text(encoding="utf-8")
