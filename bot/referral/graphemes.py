"""Where a text may be cut without cutting what people see as one character.

The rules are those of Unicode 10, because the provider's calculator, which we must agree with, stopped there:
a skin colour after an emoji of 2018 or later is a cluster of its own. The classes are written out, not asked
of `unicodedata`, so that a text costs the same under every version of Python.
"""

import re
from collections.abc import Iterator

# Ranges of code points in hexadecimal. Marks (Unicode's Extend and SpacingMark) cling to what they follow.
_MARKS = """
    300-36f 483-489 591-5bd 5bf 5c1-5c2 5c4-5c5 5c7 610-61a 64b-65f 670 6d6-6dc 6df-6e4 6e7-6e8 6ea-6ed 711
    730-74a 7a6-7b0 7eb-7f3 816-819 81b-823 825-827 829-82d 859-85b 8d4-8e1 8e3-903 93a-93c 93e-94f 951-957
    962-963 981-983 9bc 9be-9c4 9c7-9c8 9cb-9cd 9d7 9e2-9e3 a01-a03 a3c a3e-a42 a47-a48 a4b-a4d a51 a70-a71
    a75 a81-a83 abc abe-ac5 ac7-ac9 acb-acd ae2-ae3 afa-aff b01-b03 b3c b3e-b44 b47-b48 b4b-b4d b56-b57
    b62-b63 b82 bbe-bc2 bc6-bc8 bca-bcd bd7 c00-c03 c3e-c44 c46-c48 c4a-c4d c55-c56 c62-c63 c81-c83 cbc
    cbe-cc4 cc6-cc8 cca-ccd cd5-cd6 ce2-ce3 d00-d03 d3b-d3c d3e-d44 d46-d48 d4a-d4d d57 d62-d63 d82-d83 dca
    dcf-dd4 dd6 dd8-ddf df2-df3 e31 e33-e3a e47-e4e eb1 eb3-eb9 ebb-ebc ec8-ecd f18-f19 f35 f37 f39 f3e-f3f
    f71-f84 f86-f87 f8d-f97 f99-fbc fc6 102d-1037 1039-103e 1056-1059 105e-1060 1071-1074 1082 1084-1086
    108d 109d 135d-135f 1712-1714 1732-1734 1752-1753 1772-1773 17b4-17d3 17dd 180b-180d 1885-1886 18a9
    1920-192b 1930-193b 1a17-1a1b 1a55-1a5e 1a60 1a62 1a65-1a7c 1a7f 1ab0-1abe 1b00-1b04 1b34-1b44 1b6b-1b73
    1b80-1b82 1ba1-1bad 1be6-1bf3 1c24-1c37 1cd0-1cd2 1cd4-1ce8 1ced 1cf2-1cf4 1cf7-1cf9 1dc0-1df9 1dfb-1dff
    200c 20d0-20f0 2cef-2cf1 2d7f 2de0-2dff 302a-302f 3099-309a a66f-a672 a674-a67d a69e-a69f a6f0-a6f1 a802
    a806 a80b a823-a827 a880-a881 a8b4-a8c5 a8e0-a8f1 a926-a92d a947-a953 a980-a983 a9b3-a9c0 a9e5 aa29-aa36
    aa43 aa4c-aa4d aa7c aab0 aab2-aab4 aab7-aab8 aabe-aabf aac1 aaeb-aaef aaf5-aaf6 abe3-abea abec-abed fb1e
    fe00-fe0f fe20-fe2f ff9e-ff9f 101fd 102e0 10376-1037a 10a01-10a03 10a05-10a06 10a0c-10a0f 10a38-10a3a
    10a3f 10ae5-10ae6 11000-11002 11038-11046 1107f-11082 110b0-110ba 11100-11102 11127-11134 11173
    11180-11182 111b3-111c0 111ca-111cc 1122c-11237 1123e 112df-112ea 11300-11303 1133c 1133e-11344
    11347-11348 1134b-1134d 11357 11362-11363 11366-1136c 11370-11374 11435-11446 114b0-114c3 115af-115b5
    115b8-115c0 115dc-115dd 11630-11640 116ab-116b7 1171d-1172b 11a01-11a0a 11a33-11a39 11a3b-11a3e 11a47
    11a51-11a5b 11a8a-11a99 11c2f-11c36 11c38-11c3f 11c92-11ca7 11ca9-11cb6 11d31-11d36 11d3a 11d3c-11d3d
    11d3f-11d45 11d47 16af0-16af4 16b30-16b36 16f51-16f7e 16f8f-16f92 1bc9d-1bc9e 1d165-1d169 1d16d-1d172
    1d17b-1d182 1d185-1d18b 1d1aa-1d1ad 1d242-1d244 1da00-1da36 1da3b-1da6c 1da75 1da84 1da9b-1da9f
    1daa1-1daaf 1e000-1e006 1e008-1e018 1e01b-1e021 1e023-1e024 1e026-1e02a 1e8d0-1e8d6 1e944-1e94a
    e0020-e007f e0100-e01ef
"""
_CONTROLS = """
    0-1f 7f-9f ad 61c 180e 200b 200e-200f 2028-202e 2060-206f d800-dfff feff fff0-fffb 1bca0-1bca3 1d173-1d17a
    e0000-e001f e0080-e00ff e01f0-e0fff
"""
_PREPENDED = "600-605 6dd 70f 8e2 d4e 110bd 111c2-111c3 11a3a 11a86-11a89 11d46"
_PEOPLE = """
    261d 26f9 270a-270d 1f385 1f3c2-1f3c4 1f3c7 1f3ca-1f3cc 1f442-1f443 1f446-1f450 1f466-1f469 1f46e
    1f470-1f478 1f47c 1f481-1f483 1f485-1f487 1f4aa 1f574-1f575 1f57a 1f590 1f595-1f596 1f645-1f647
    1f64b-1f64f 1f6a3 1f6b4-1f6b6 1f6c0 1f6cc 1f918-1f91c 1f91e-1f91f 1f926 1f930-1f939 1f93d-1f93e
    1f9d1-1f9dd
"""
_GLUED = """
    2640 2642 2695-2696 2708 2764 1f308 1f33e 1f373 1f393 1f3a4 1f3a8 1f3eb 1f3ed 1f466-1f469 1f48b
    1f4bb-1f4bc 1f527 1f52c 1f5e8 1f680 1f692
"""
_FLAGS = "1f1e6-1f1ff"
_SKIN = "[\U0001f3fb-\U0001f3ff]"
_JOINER = "\u200d"


def clusters(text: str) -> Iterator[str]:
    """Yield the text in the pieces a handset may not cut: letters with their accents, flags, joined emoji.

    CR and LF come apart, as in the reference. Surrogates that stand side by side are taken as the one
    character they are on the air.
    """
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return (match.group() for match in _CLUSTER.finditer(whole))


def _class(ranges: str) -> str:
    """Return the inside of a regular expression's character class."""
    return "".join("-".join(f"\\U{int(end, 16):08x}" for end in run.split("-")) for run in ranges.split())


def _hangul() -> str:
    """Return the expression for a Korean syllable, whole or in letters."""
    lead, vowel, tail = (
        "[\u1100-\u115f\ua960-\ua97c]",
        "[\u1160-\u11a7\ud7b0-\ud7c6]",
        "[\u11a8-\u11ff\ud7cb-\ud7fb]",
    )
    without_tail = "".join(map(chr, range(0xAC00, 0xD7A4, 28)))
    return f"{lead}*(?:{vowel}+|[{without_tail}]{vowel}*|[\uac00-\ud7a3]){tail}*|{lead}+|{tail}+"


def _expression() -> re.Pattern[str]:
    """Compile the cluster rules, with the reference's own oddities.

    A flag (two regional indicators) takes one mark, no more; and once a cluster holds a mark, a skin colour
    joins the person before it only across another mark. Spacing and other marks are treated alike.
    """
    mark, control, prepended = _class(_MARKS), _class(_CONTROLS), _class(_PREPENDED)
    flag = f"[{prepended}{_class(_FLAGS)}][{_class(_FLAGS)}][{mark}{_JOINER}]?"
    person, glued = f"(?<=[{_class(_PEOPLE)}])", f"(?<={_JOINER})[{_class(_GLUED)}]"
    unmarked = f"(?:{_JOINER}|{person}{_SKIN}|{glued})*"
    marked = f"(?:{person}[{mark}]{_SKIN}|[{mark}{_JOINER}]|{glued})*"
    core = f"{_hangul()}|[^{control}{prepended}{mark}]"
    start = f"(?:[{prepended}]*(?:{core})|[{prepended}]+){unmarked}|[{mark}]"
    return re.compile(f"{flag}|[{control}]|(?:{start}){marked}")


_CLUSTER = _expression()
