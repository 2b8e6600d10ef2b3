"""The pages there are: where each is, what it is called, and who may see it."""

from dataclasses import dataclass

from bot.console.roles import Role


@dataclass(frozen=True, slots=True)
class Place:
    """A page that stands in the menu and on the first page: for members of that role and higher ones."""

    endpoint: str
    title: str
    about: str
    role: Role
