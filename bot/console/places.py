"""The pages there are: where each is, what it is called, and who may see it."""

from dataclasses import dataclass

from werkzeug.routing import IntegerConverter, Map

from bot.console.roles import Role


@dataclass(frozen=True, slots=True)
class Place:
    """A page that stands in the menu and on the first page: for members of that role and higher ones."""

    endpoint: str
    title: str
    about: str
    role: Role


class Number(IntegerConverter):
    """A number in an address, as far as databases count: there is no page for a larger one."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=2**31 - 1)
