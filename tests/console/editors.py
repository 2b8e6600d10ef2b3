"""An editor's form as a browser would send it."""

import re
from html import unescape

from tests.console.house import Browser


def fields_of(browser: Browser, path: str) -> dict[str, str]:
    """Open an editor and give the fields of its form as a browser would send them."""
    page = browser.get(path).text.partition('class="editor"')[2].partition("</form>")[0]
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input [^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and ("checkbox" not in tag or " checked" in tag):
            fields[unescape(name[1])] = unescape(value[1])
    for name, value in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>\n(.*?)</textarea>', page, re.S):
        fields[name] = unescape(value)
    for name, inner in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        fields[name] = unescape(chosen[1]) if chosen else ""
    return {name: value for name, value in fields.items() if name != "action"}
