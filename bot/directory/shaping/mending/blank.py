"""Cells that say nothing: how people and programs write down that there is no value."""

#: "None" is no nothing in a field that asks for a price or a condition: there it answers.
NOTHING = frozenset(
    form
    for word in ("null", "nil", "nan", "n/a", "#n/a", "na", "none", "undefined", "-", "--", "---", "\\n", ".")
    for form in (word, word.upper(), word.capitalize(), f"({word})")
) | {"N/a", "NaN", "#NULL!", "(Null)", "(None)", "\\N"}
LONGEST_BLANK = max(map(len, NOTHING))
_ANSWERS = frozenset({"none", "None", "NONE"})
ANSWERED = frozenset(
    {
        "fees", "fees_description", "eligibility_description", "eligibility", "amount_description", "wait_time",
        "option", "previous_value", "replacement_value",
    }
)  # fmt: skip


def says_nothing(text: str, field: str = "") -> bool:
    """Tell whether a cell holds no value: blank, or a word for nothing."""
    if text in NOTHING:
        return not (text in _ANSWERS and field in ANSWERED)
    return not text or text.isspace()
