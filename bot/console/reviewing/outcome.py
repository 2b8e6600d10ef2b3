"""What is said on a page when publishing did not work: every reason at once, and never a trace."""

from dataclasses import dataclass

from bot.console.reviewing.differing import place
from bot.console.wording import say
from bot.referral.golden import Miss
from bot.referral.problem import ContentError
from bot.storage.database import DatabaseError
from bot.storage.publishing import TranscriptsError
from bot.storage.releases import TamperedReleaseError, UnknownReleaseError
from bot.storage.reviews import MovedError, ReviewError
from bot.storage.scrubbing import ScrubError


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something was not done: in a sentence, each place that is wrong, and each reply that is not what it was."""

    words: str
    faults: tuple[tuple[str, str], ...] = ()
    misses: tuple[Miss, ...] = ()
    moved: bool = False


def failure(error: BaseException) -> Failure:
    """Say why something failed. What is our fault is told as such, without its words."""
    match error:
        case ContentError(problems=problems):
            faults = tuple((place(problem), problem.message) for problem in problems)
            return Failure(say("Nothing was published: {n} things are wrong.", n=len(faults)), faults)
        case TranscriptsError(misses=misses):
            words = say("Nothing was published: {n} replies are not what the saved conversations say.", n=len(misses))
            return Failure(words, misses=misses)
        case MovedError():
            return Failure(say("Somebody changed something meanwhile. Look again, and hand it in again."), moved=True)
        case ReviewError() | ScrubError() | UnknownReleaseError() | TamperedReleaseError():
            return Failure(str(error))
        case DatabaseError():
            return Failure(say("The database is away; try again in a minute"))
        case _:
            return Failure(say("That did not work, and the fault is ours. If it stays, tell who runs this."))
