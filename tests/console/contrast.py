"""Whether colours are too much alike, looked at once for each look that text has on any page.

That one rule takes axe two thirds of its time, and a list of 300 rows in one look 300 times the time of one row.
What decides about it is the look: colours, size and weight of an element and of all that it stands in.
"""

from playwright.sync_api import Page

from tests.conftest import THOROUGH

#: The one rule; `elementRef` tells which element was looked at.
_CONTRAST = {
    "resultTypes": ["violations", "incomplete"],
    "selectors": False,
    "preload": False,
    "elementRef": True,
    "runOnly": {"type": "rule", "values": ["color-contrast"]},
}
#: Looks that were found good, as numbers: of all pages that this process looked at, in the light and in the dark.
_GOOD: set[int] = set()
#: Gives [faults, looks found good]. Of each look that is new the longest text is looked at, because axe says nothing
#: of single letters; where it can say nothing of that one (another element covers it), all of that look are.
_NEW_LOOKS = """async ([options, good, all]) => {
  const told = new Set(good), looks = new Map(), found = new Map();
  const styles = ["color", "backgroundColor", "backgroundImage", "fontSize", "fontWeight", "fontFamily", "opacity",
    "textShadow", "textIndent", "filter", "mixBlendMode", "position", "float", "display", "clip", "clipPath",
    "overflow", "webkitTextFillColor", "webkitTextStrokeWidth"];
  function number(words) {
    let one = 0xdeadbeef, two = 0x41c6ce57;
    for (let at = 0; at < words.length; at++) {
      const letter = words.charCodeAt(at);
      one = Math.imul(one ^ letter, 2654435761);
      two = Math.imul(two ^ letter, 1597334677);
    }
    one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
    two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
    return 4294967296 * (2097151 & two) + (one >>> 0);
  }
  function look(e) {
    if (!e) return 0;
    if (!looks.has(e)) {
      const has = getComputedStyle(e);
      const off = e.matches(":disabled, [aria-disabled=true]") || e.control?.disabled || false;
      const behind = ["::before", "::after"].map(one => getComputedStyle(e, one)).map(
        one => one.content === "none" ? "" : [one.content, one.backgroundColor, one.backgroundImage, one.position]);
      looks.set(e, number([e.tagName, e.className, off, behind, look(e.parentElement),
        ...styles.map(one => has[one])].join("|")));
    }
    return looks.get(e);
  }
  for (const e of document.querySelectorAll("body, body *")) {
    const own = [...e.childNodes].filter(one => one.nodeType === Node.TEXT_NODE).map(one => one.data.trim()).join("");
    const words = own || e.value || e.placeholder || "";
    if (!words || !e.checkVisibility()) continue;
    if (!all && told.has(look(e))) continue;
    found.set(look(e), [...(found.get(look(e)) || []), [String(words).length, e]]);
  }
  const longest = new Map([...found].map(([name, those]) => [name, those.reduce((a, b) => b[0] > a[0] ? b : a)[1]]));
  const bad = new Map(), unsure = new Set();
  async function run(include) {
    if (!include.length) return;
    const result = await axe.run({include}, options);
    for (const node of result.violations.flatMap(one => one.nodes)) bad.set(node.element, node.html);
    for (const node of result.incomplete.flatMap(one => one.nodes)) unsure.add(node.element);
  }
  await run(all ? [document.body] : [...longest.values()]);
  const doubtful = [...longest].filter(([, e]) => unsure.has(e)).map(([name]) => name);
  if (!all) await run(doubtful.flatMap(name => found.get(name).map(([, e]) => e)).filter(e => !unsure.has(e)));
  const not = new Set([...doubtful, ...[...bad.keys()].map(look)]);
  return [[...bad.values()], [...longest.keys()].filter(name => !not.has(name))];
}"""


def too_much_alike(page: Page) -> list[str]:
    """Give what is hard to read on the page as it stands, one line each; axe is in the page already.

    Under THOROUGH every element of every page is looked at.
    """
    found: tuple[list[str], list[int]] = page.evaluate(_NEW_LOOKS, [_CONTRAST, sorted(_GOOD), THOROUGH])
    bad, good = found
    _GOOD.update(good)
    return [f"color-contrast: {html[:160]}" for html in bad]
