"""Checks the held-out set: draws it twice, in two processes, and checks counts, names, formats, sizes and bytes.

    python3 Scripts/drawings/check.py

Prints one line and ends with 0, or prints one sentence for each fault and ends with 1. The digest is compared only if
NumPy and Pillow have the versions with which it was computed.
"""
import csv
import hashlib
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import PIL
from PIL import Image, ImageOps

import figures
import others
from files import ENDINGS, ORIENTATION, TURNS, kind_of
from heldout import COUNT, PER_CONDITION, plan
from looks import LOOKS

REFERENCE = {"numpy": "2.4.6", "pillow": "13.0.0"}
DIGEST = "ae552d680cc737fb30a87d19f7903089d3baa68357f436b5bec508e67a9feeb2"


def digest(folder):
    """Return the SHA-256 of all file names and bytes in the folder, in order of name."""
    total = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def count_faults(rows):
    """Yield what is wrong with the numbers of digits, conditions, kinds and forms."""
    conditions = Counter(row["condition"] for row in rows)
    expected = {**dict.fromkeys(LOOKS, PER_CONDITION), **others.KINDS}
    if conditions != expected:
        yield f"The conditions and kinds are {dict(conditions)}, expected {expected}."
    digits = Counter(int(row["digit"]) for row in rows if row["digit"])
    if digits != dict.fromkeys(range(10), 20):
        yield f"The digits are {dict(digits)}, expected 20 of each."
    pairs = Counter((row["condition"], row["digit"]) for row in rows)
    for condition in LOOKS:
        for digit in range(10):
            if pairs[condition, str(digit)] < 2:
                yield f"{digit} comes {pairs[condition, str(digit)]} times under {condition}, expected 2 or more."
    if any(bool(row["digit"]) != (row["condition"] in LOOKS) for row in rows):
        yield "An image has a digit although its kind has none, or no digit although its condition has one."
    forms = Counter((digit, form) for _, _, digit, form in plan())
    for digit, known in figures.DIGITS.items():
        for form in known:
            if forms[digit, form] < 4:
                yield f"The {digit} in the form {form!r} comes {forms[digit, form]} times, expected 4 or more."


def file_faults(folder, rows):
    """Yield what is wrong with the files: names, formats, orientations and sizes."""
    names = [row["file"] for row in rows]
    if sorted([*names, "labels.csv"]) != sorted(path.name for path in folder.iterdir()):
        yield "The files in the folder differ from those that labels.csv names."
    if [Path(name).stem for name in names] != [f"drawing-{number:03d}" for number in range(COUNT)]:
        yield f"The names are not drawing-000 to drawing-{COUNT - 1:03d}."
    kinds, orientations, sizes = Counter(), set(), set()
    for row in rows:
        with Image.open(folder / row["file"]) as image:
            if row["digit"]:
                kinds[kind_of(image)] += 1
            orientations.add(image.getexif().get(ORIENTATION, 1))
            sizes.add(ImageOps.exif_transpose(image).size)
    for kind in ENDINGS:
        if kinds[kind] < 4:
            yield f"{kind} comes {kinds[kind]} times among the digits, expected 4 or more."
    if orientations != {1, *TURNS}:
        yield f"The EXIF orientations are {sorted(orientations)}, expected 1, 3, 6 and 8."
    if min(sizes) != (28, 28) or max(sizes) != (1500, 1200):
        yield f"The sizes go from {min(sizes)} to {max(sizes)}, expected (28, 28) to (1500, 1200)."


def main():
    """Draw twice, check, and return the exit code."""
    with tempfile.TemporaryDirectory() as place:
        folders = [Path(place, name) for name in ("first", "second")]
        for folder in folders:
            subprocess.run([sys.executable, Path(__file__).with_name("heldout.py"), folder], check=True)
        with open(folders[0] / "labels.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        first, second = map(digest, folders)
        faults = [*count_faults(rows), *file_faults(folders[0], rows)]
    if first != second:
        faults.append(f"Two runs differ: {first} and {second}.")
    pinned = {"numpy": np.__version__, "pillow": PIL.__version__} == REFERENCE
    if pinned and first != DIGEST:
        faults.append(f"The digest is {first}, expected {DIGEST}.")
    if faults:
        print("\n".join(faults))
        return 1
    versions = "" if pinned else " (not compared: other versions of NumPy or Pillow)"
    print(f"{len(rows)} images are as expected; digest {first}{versions}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
