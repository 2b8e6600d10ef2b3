"""What the tests of exports share: the content they export, and the standard's own schemas."""

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator as Validator  # type: ignore[import-untyped]

from bot.directory.service import canonical
from bot.directory.writing.from_entry import leaving, service_of
from bot.referral.content import Content
from tests.conftest import IN_CI

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="package")
def content(default_release: Content) -> Content:
    """Give the default release."""
    return default_release


@pytest.fixture(scope="package")
def services(content: Content) -> list[dict[str, Any]]:
    """Give every service that the default release exports."""
    return [service_of(entry, content, TODAY) for entry in leaving(content)]


@pytest.fixture(scope="package")
def leave(content: Content) -> Callable[..., dict[str, Any]]:
    """Give what makes a service of an entry. A function, because hypothesis would write all content out."""

    def leaving_today(*entry: Any, **more: Any) -> dict[str, Any]:
        first, *rest = entry
        return service_of(first, content, TODAY, *rest, **more)

    return leaving_today


@pytest.fixture(scope="session")
def hsds(root: Path) -> Path:
    """Give the folder of the standard's schemas and examples; without it fail in CI, else skip."""
    chosen = os.environ.get("HSDS_SCHEMAS")
    folder = Path(chosen) if chosen else root.parent / "shared" / "data" / "hsds"
    if (folder / "strict").is_dir():
        return folder
    reason = f"no HSDS schemas in {folder}: exports were not checked against the standard"
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def faults(hsds: Path) -> Callable[[dict[str, Any]], list[str]]:
    """Give what lists the faults of a service by the strict schema, formats checked as well."""
    schema = json.loads((hsds / "strict" / "service.json").read_text(encoding="utf-8"))
    strict = Validator(schema, format_checker=Validator.FORMAT_CHECKER)

    def faults_of(doc: dict[str, Any]) -> list[str]:
        return [f"{error.json_path}: {error.message}" for error in strict.iter_errors(doc)]

    return faults_of


@pytest.fixture(scope="session")
def example(hsds: Path) -> dict[str, Any]:
    """Give the standard's own full example of a service, in canonical form."""
    return canonical(json.loads((hsds / "examples" / "json" / "service_full.json").read_text(encoding="utf-8")))
