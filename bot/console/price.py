"""What a message costs, for staff who weigh words: an estimate, never a bill."""

#: Cents for a segment sent from a US long code: 0.83 to the provider (its price list of July 2026), and 0.25 to 0.62
#: to the carrier, of which the middle is taken.
CENTS_PER_SEGMENT = 1.3


def cents(segments: int) -> str:
    """Return what so many segments cost to send, in cents, with one decimal."""
    return f"{segments * CENTS_PER_SEGMENT:.1f}"
