"""How the columns of a file become fields: a mapping that staff write, others ship, or headings suggest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


class MappingError(Exception):
    """A mapping file could not be used. `problems` holds every reason found, a plain sentence each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Target:
    """Where a cell goes: "name", or "phones.number" for an object beside that of the row.

    `split`: what separates several values in a cell. `values`: what each text means. `fixed`: more fields of that
    object. `label`: the field that gets what stands before a colon. `append`: added to what is there already.
    `group`: columns of one group make one object; without it a column that is there twice starts a new one.
    """

    to: str
    split: str = ""
    values: Mapping[str, str] = field(default_factory=_nothing)
    fixed: Mapping[str, str] = field(default_factory=_nothing)
    label: str = ""
    append: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What the rows of one file or sheet are, and where its columns go.

    `fixed`: fields every row gets. `only`: a column that is not named stays an unknown field, even where its
    heading is one of the standard's.
    """

    table: str
    columns: Mapping[str, tuple[Target, ...]] = field(default_factory=lambda: MappingProxyType({}))
    fixed: Mapping[str, str] = field(default_factory=_nothing)
    only: bool = False


@dataclass(frozen=True, slots=True)
class Mapping_:
    """A mapping for all files of a directory, by their plain names; "*" is every other file."""

    name: str
    files: Mapping[str, TableMapping]
