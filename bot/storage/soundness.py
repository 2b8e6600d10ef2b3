"""Whether a database that was put back is one to go on with: its tables, its live release, its audit."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine

from bot.referral.problem import ContentError
from bot.storage import audit_chain
from bot.storage.document import Document
from bot.storage.imports import is_ready
from bot.storage.releases import TamperedReleaseError, latest


@dataclass(frozen=True, slots=True)
class Soundness:
    """What was found: the live release (None = there is none), the last line of the audit, and what is wrong."""

    release: int | None
    audit: int
    wrong: tuple[str, ...]


def sound(engine: Engine, load: Callable[[Document], object]) -> Soundness:
    """Look a database over as the line and the staff door would find it. Raises DatabaseError.

    `load` turns the document of a release into content and raises ContentError for one that cannot be used.
    """
    if not is_ready(engine):
        return Soundness(None, 0, ("its tables are not there, or older than this program: quietline init",))
    wrong, number = [], None
    try:
        release = latest(engine)
        if release is None:
            wrong.append("it holds no release: quietline init makes the first one")
        else:
            number = release.number
            load(release.document)
    except TamperedReleaseError as error:
        wrong.append(str(error))
    except ContentError as error:
        wrong.append(f"release {number} cannot be used: {error.problems[0]}")
    verdict = audit_chain.verify(engine)
    if not verdict.whole:
        wrong.append(f"the audit is not whole at line {verdict.broken}: {verdict.why}")
    return Soundness(number, verdict.last, tuple(wrong))
