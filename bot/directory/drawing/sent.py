"""A drawn service on its way from the process that drew it to the one that plans: as plain values."""

from typing import Any

from bot.directory.drawing.draw import Drawn
from bot.directory.spool import notes_of, plain_notes, plain_service, service_of


def plain_drawn(made: Drawn) -> tuple[Any, ...]:
    """Return what was drawn as plain values, which can be sent; `drawn_of` reads them."""
    told = plain_notes(made.notes), plain_notes(made.refused)
    return plain_service(made.service), made.entry_id, made.area, made.entry, *told, made.hides


def drawn_of(plain: tuple[Any, ...]) -> Drawn:
    """Return the drawn service that was made plain."""
    service, entry_id, area, entry, notes, refused, hides = plain
    return Drawn(service_of(service), entry_id, area, entry, notes_of(notes), notes_of(refused), hides)
