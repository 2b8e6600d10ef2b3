"""What is said on a page when publishing did not work: every reason at once, and never a trace."""

from dataclasses import dataclass

from bot.console.reviewing.coming_back import lines_of
from bot.console.reviewing.differing import place
from bot.console.wording import say
from bot.referral.golden import Miss
from bot.referral.problem import ContentError
from bot.storage.database import DatabaseError
from bot.storage.given_again import GivenAgainError
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
            one, more = (
                say("Nothing was published: one thing is wrong."),
                say("Nothing was published: {n} things are wrong.", n=len(faults)),
            )
            return Failure(one if len(faults) == 1 else more, faults)
        case TranscriptsError(misses=misses):
            one = say("Nothing was published: one reply is not what the saved conversations say.")
            more = say("Nothing was published: {n} replies are not what the saved conversations say.", n=len(misses))
            return Failure(one if len(misses) == 1 else more, misses=misses)
        case MovedError():
            return Failure(say("Somebody changed something meanwhile. Look again, and hand it in again."), moved=True)
        case GivenAgainError(found=found):
            lines = (line.rpartition(": ") for line in lines_of(found, {}))
            words = say("Nothing was published: numbers that were taken away would come back. Look again, and tick.")
            return Failure(words, tuple((where, why) for where, _, why in lines))
        case ReviewError() | ScrubError() | UnknownReleaseError() | TamperedReleaseError():
            return Failure(str(error))
        case DatabaseError():
            return Failure(say("The database is away; try again in a minute"))
        case _:
            return Failure(say("That did not work, and the fault is ours. If it stays, tell who runs this."))


def sorry(error: ReviewError) -> str:
    """Say on a page why something could not be done with a review."""
    if isinstance(error, MovedError):
        return say("Something was changed since it was handed in. Look again, and hand it in again.")
    return str(error)
