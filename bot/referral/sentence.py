"""One entry as one sentence: its discreet name, how to reach it, when, and what to know first."""

from bot.referral.choose import Choice, Need
from bot.referral.content import Content
from bot.referral.entry import Phone, Policy
from bot.referral.hours import Opening, describe


def entry_sentence(content: Content, choice: Choice, need: Need) -> str:
    """Say how to reach one entry: "Support line: 800-799-7233, 24/7, or send a new text to 88788 that says START."

    A voice number stands beside every short code. Hours show when they are known; "closed now" and
    "call first" (holidays) before them. A link shows only where there is no number.
    """
    entry, language = choice.entry, need.language
    name = entry.short[language]
    who = entry.who.get(language, "")
    reach = [_reach(content, choice, need), *_when(content, choice, need)]
    if (
        choice.call is not None
        and choice.text is not None
        and (choice.text is not choice.call or choice.text.keyword.get(language))
    ):
        reach.append(_send_text(content, choice.text, language))
    reach += [part for part in (_purpose(choice, language), entry.note.get(language, "")) if part]
    # A note of the entry's own says it better than the bare policy.
    if content.topics[need.topic].police and entry.police is not Policy.UNKNOWN and language not in entry.note:
        reach.append(content.wording[language][f"police_{entry.police.name.lower()}"])
    return f"{name}{f' ({who})' if who else ''}: {', '.join(p for p in reach if p)}."


def _reach(content: Content, choice: Choice, need: Need) -> str:
    words = content.wording[need.language]
    if choice.call is None:
        return (
            choice.entry.link if choice.text is None else _send_text(content, choice.text, need.language, "text_only")
        )
    if choice.text is choice.call and not choice.call.keyword.get(need.language):
        return words["call_or_text"].replace("{number}", choice.call.printed)
    return choice.call.printed


def _when(content: Content, choice: Choice, need: Need) -> list[str]:
    phone = choice.call or choice.text
    schedule = content.schedules.get(phone.hours) if phone is not None else None
    if schedule is None:
        return []
    words = content.wording[need.language]
    said = describe(schedule, content.days[need.language])
    if choice.opening is Opening.CLOSED:
        return [words["closed_now"], said]
    if choice.opening is Opening.HOLIDAY:
        return [words["call_first"], said]
    return [said]


def _send_text(content: Content, phone: Phone, language: str, key: str = "send_text") -> str:
    words = content.wording[language]
    keyword = phone.keyword.get(language) or next(iter(phone.keyword.values()), "")
    if not keyword:
        return words["or_text"].replace("{number}", phone.printed)
    return words[key].replace("{code}", phone.printed).replace("{word}", keyword)


def _purpose(choice: Choice, language: str) -> str:
    phone = choice.call or choice.text
    return phone.purpose.get(language, "") if phone is not None else ""
