#!/usr/bin/env python3
"""Makes the HTML pages of the program, and checks each with a validator and in a browser.

    Scripts/check-pages.py PROGRAM [--screenshots FOLDER]

There is a page of a good run, of a run with far more mistakes than a page shows, of a damaged run, of a comparison and
of a reproduction. The reproduction includes the recipes on MNIST if MNIST is present (without tiny, which takes
longest). Each page must

- be HTML without a parse error (html5lib) and well-formed XML, with one `h1`, headings that skip no rank, landmarks, an
  `alt` for every image, a scope for every header cell, and links with an existing target;
- be below three megabytes;
- load from disk in headless Chromium without a message on the console and without a request to another address;
- show every image, fit the width of a telephone and of a screen, and have text with a contrast of at least 4.5 (WCAG
  2.2, 1.4.3), in light and dark mode;
- show the target of a cell of the confusion matrix when its link is followed.

--screenshots saves images of the pages, and each page as it would be printed.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import html5lib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Browser, BrowserError  # noqa: E402

MOST_BYTES = 3_000_000
WIDTHS = (1280, 390, 360)

# The contrast of every text to its background. Plots are left out, because they have their own tests.
CONTRAST = """
(() => {
  const channels = text => text.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const color = channels(getComputedStyle(e).backgroundColor);
      if (color.length < 4 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest('svg')) continue;
    const pair = [luminance(channels(getComputedStyle(element).color)), luminance(ground(element))];
    pair.sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < 4.5) found.add(`${element.tagName} ${element.className}: ${ratio.toFixed(2)}`);
  }
  return [...found];
})()
"""


def run(program, folder, *words):
    done = subprocess.run([program, *words], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"pages: numeral {' '.join(words)} ended with exit code {done.returncode}: {done.stderr}")
    return done.stdout


def make_pages(program, folder):
    """Makes the pages; returns their paths by name."""
    def train(*words):
        return json.loads(run(program, folder, "train", "digits", "--json", *words).splitlines()[-1])["output"]

    good, bad = train(), train("--epochs", "1", "--layers", "4", "--learning-rate", "0.01")
    damaged = train("--epochs", "3")
    os.remove(os.path.join(folder, damaged, "model.safetensors"))
    pages = {}
    for name, path, words in (("good", good, []), ("bad", bad, ["--data", "digits"]), ("damaged", damaged, [])):
        pages[name] = os.path.join(folder, name + ".html")
        run(program, folder, "report", path, "-o", pages[name], *words)
    pages["comparison"] = os.path.join(folder, "comparison.html")
    run(program, folder, "compare", good, bad, "--html", pages["comparison"])
    pages["reproduction"] = os.path.join(folder, "reproduction.html")
    has_mnist = os.path.isdir(os.path.join(os.environ.get("NUMERAL_DATA") or ".", "mnist"))
    recipes = ["two-hidden", "one-hidden", "sigmoid"] if has_mnist else []
    run(program, folder, "reproduce", "--only", ",".join(recipes + ["digits"]), "--html", pages["reproduction"])
    return pages


def check_markup(text):
    """The faults in the markup of a page."""
    faults = []
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(text)
    faults += [f"parse error {place}: {error}" for place, error, _ in parser.errors[:5]]
    try:
        ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        faults.append(f"not well-formed as XML: {error}")
    elements = list(tree.iter())
    named = [element for element in elements if isinstance(element.tag, str)]
    ids = [element.get("id") for element in named if element.get("id")]
    faults += [f"the id {name} occurs twice" for name in {name for name in ids if ids.count(name) > 1}]
    for element in named:
        tag = element.tag.split("}")[-1]
        link = element.get("href") or element.get("{http://www.w3.org/1999/xlink}href")
        if tag in ("script", "link", "iframe", "object", "embed", "base", "form", "audio", "video"):
            faults.append(f"<{tag}> is not allowed in a page")
        if tag == "a" and (not link or not link.startswith("#") or link[1:] not in ids):
            faults.append(f"a link has the target {link}, which is not in the page")
        if tag == "img" and not (element.get("alt") and element.get("src", "").startswith("data:image/png;base64,")):
            faults.append("an image has no alt text, or its data is not in the page")
        if tag == "th" and element.get("scope") not in ("col", "row"):
            faults.append("a header cell has no scope")
        faults += [f"<{tag}> has the attribute {name}" for name in element.attrib if str(name).startswith("on")]
    ranks = [int(element.tag[1]) for element in named if re.fullmatch("h[1-6]", element.tag)]
    if ranks[:1] != [1] or ranks.count(1) != 1:
        faults.append(f"the headings begin with {ranks[:1]} and have {ranks.count(1)} h1, expected one h1, first")
    faults += [f"h{b} follows h{a}" for a, b in zip(ranks, ranks[1:]) if b > a + 1]
    tags = [element.tag for element in named]
    faults += [f"there is no <{tag}>" for tag in ("header", "main", "nav", "footer") if tag not in tags]
    if "Content-Security-Policy" not in text:
        faults.append("there is no content security policy")
    return faults


def check_shown(browser, path, name, screenshots):
    """The faults of a page as a browser shows it."""
    faults = []
    for width in WIDTHS:
        for dark in (False, True):
            place = f"{width} px, {'dark' if dark else 'light'}"
            browser.open(path, width=width, dark=dark)
            faults += [f"{place}: {problem}" for problem in browser.problems()]
            wide = browser.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                faults.append(f"{place}: the page is {wide} px wider than the screen")
            missing = browser.evaluate("[...document.images].filter(i => !i.complete || !i.naturalWidth).length")
            if missing:
                faults.append(f"{place}: {missing} images are not shown")
            ground = browser.evaluate("getComputedStyle(document.documentElement).backgroundColor")
            if (ground == "rgb(255, 255, 255)") == dark:
                faults.append(f"{place}: the background is {ground}")
            faults += [f"{place}: contrast of {text}" for text in browser.evaluate(CONTRAST)]
            if screenshots and width != 360:
                browser.screenshot(os.path.join(screenshots, f"{name}-{width}-{'dark' if dark else 'light'}.png"))
    browser.open(path)
    target = browser.evaluate("document.querySelector('svg a')?.getAttribute('href') ?? null")
    if target:
        # A link must open its target even if the reader closed all details.
        browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = false)")
        browser.evaluate(f"location.hash = {json.dumps(target)}")
        if not browser.evaluate(f"document.querySelector({json.dumps(target)})?.checkVisibility() ?? false"):
            faults.append(f"the cell {target} is not shown when its link is followed")
    if screenshots:
        browser.pdf(os.path.join(screenshots, f"{name}.pdf"))
    return faults


def main():
    words = sys.argv[1:]
    screenshots = None
    if "--screenshots" in words:
        place = words.index("--screenshots")
        screenshots = os.path.abspath(words[place + 1])
        os.makedirs(screenshots, exist_ok=True)
        del words[place:place + 2]
    if len(words) != 1:
        raise SystemExit(__doc__)
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        pages = make_pages(os.path.abspath(words[0]), folder)
        try:
            with Browser() as browser:
                for name, path in pages.items():
                    with open(path, encoding="utf-8") as file:
                        text = file.read()
                    found = check_markup(text) + check_shown(browser, path, name, screenshots)
                    if os.path.getsize(path) > MOST_BYTES:
                        found.append(f"it has {os.path.getsize(path)} bytes, expected at most {MOST_BYTES}")
                    faults += [f"{name}: {fault}" for fault in found]
        except BrowserError as error:
            faults.append(str(error))
    for fault in faults:
        print(f"pages: {fault}", file=sys.stderr)
    if faults:
        raise SystemExit(1)
    widths = ", ".join(map(str, WIDTHS))
    print(f"pages: {len(pages)} pages are valid and are shown correctly at {widths} px, in light and dark mode")


if __name__ == "__main__":
    main()
