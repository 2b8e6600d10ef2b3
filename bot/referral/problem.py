"""What is wrong with a release, told so that its author finds the place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: the file, the path of keys inside it, and what is wrong there."""

    file: str
    path: str
    message: str

    def __str__(self) -> str:
        """Say it in one line: "topics/shelter.toml: lead.en: holds ’, which SMS cannot send cheaply"."""
        return f"{self.file}: {self.path}: {self.message}" if self.path else f"{self.file}: {self.message}"


class ContentError(ValueError):
    """A release could not be used. `problems` names every fault at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems, in order of file and path."""
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))
