#!/usr/bin/env python3
"""Checks what the retired set promises: its counts, forms, sizes and formats, and the same bytes twice.

    python3 Scripts/drawings/retired/check.py

Draws the set twice into a temporary folder, in two processes, which takes about two minutes. Needs what `draw.py` needs. It
looks at the pictures only as files, and scores nothing.
"""
import collections
import csv
import hashlib
import os
import subprocess
import sys
import tempfile

import numpy as np
import PIL
from PIL import Image, ImageOps

import draw
from figures import DIGITS
from files import ORIENTATIONS, STORED

GENERATOR = os.path.join(os.path.dirname(os.path.abspath(__file__)), "draw.py")
REFERENCE = {"numpy": "2.4.6", "pillow": "13.0.0"}
REFERENCE_DIGEST = "8660d4323a91349921bd275a7579598911d502db815702d9a087aef282d59f6f"
CONDITIONS = {"thin-stroke", "thick-stroke", "off-centre-small", "slanted-rotated", "inverted", "shaded-paper", "jpeg-noise",
              "colour-ink"}
OTHERS = {"blank": 14, "speck": 12, "scribble": 14, "letter": 20, "shape": 20, "words": 8, "texture": 6, "photo": 6}

problems = []


def check(holds, sentence):
    if not holds:
        problems.append(sentence)


def drawn(folder):
    """Draws the set in a process of its own, and returns the rows of labels.csv and the digest of all files."""
    subprocess.run([sys.executable, GENERATOR, folder], check=True, stdout=subprocess.DEVNULL)
    with open(os.path.join(folder, "labels.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    digest = hashlib.sha256()
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            digest.update(f"{name} {hashlib.sha256(file.read()).hexdigest()}\n".encode())
    return rows, digest.hexdigest()


def check_counts(rows):
    digits = [row for row in rows if row["digit"]]
    conditions = collections.Counter(row["condition"] for row in digits)
    check(len(digits) == 200, f"{len(digits)} digits, expected 200")
    check(set(conditions) == CONDITIONS, f"conditions are {sorted(conditions)}")
    for condition, count in conditions.items():
        check(count == 25, f"{condition}: {count} pictures, expected 25")
        classes = collections.Counter(row["digit"] for row in digits if row["condition"] == condition)
        check(len(classes) == 10 and min(classes.values()) >= 2, f"{condition}: fewer than two pictures of a digit")
    for digit, count in collections.Counter(row["digit"] for row in digits).items():
        check(count == 20, f"digit {digit}: {count} pictures, expected 20")
    others = collections.Counter(row["condition"] for row in rows if not row["digit"])
    check(others == OTHERS, f"pictures without a digit are {dict(others)}")

    forms = collections.Counter((digit, name) for _, _, digit, (name, _) in draw.plan())
    for digit, names in DIGITS.items():
        for name, _ in names:
            check(forms[digit, name] >= 4, f"digit {digit}, {name}: {forms[digit, name]} pictures, expected at least 4")
    planned = [(condition, str(digit)) for condition, _, digit, _ in draw.plan()]
    check(planned == [(row["condition"], row["digit"]) for row in digits], "labels.csv is not what was planned")


def check_files(folder, rows):
    names = [row["file"] for row in rows]
    check(sorted(names + ["labels.csv"]) == sorted(os.listdir(folder)), "labels.csv and the folder name different files")
    kinds, sizes, turned = collections.Counter(), [], set()
    for row in rows:
        with Image.open(os.path.join(folder, row["file"])) as image:
            image.load()
            kinds[image.format, image.mode] += bool(row["digit"])
            sizes.append(image.size)
            turned.add(image.getexif().get(274, 1))
            if row["condition"] == "blank":
                continue
            check(np.ptp(np.asarray(image.convert("RGBA")).reshape(-1, 4), axis=0).max() > 24, f"{row['file']}: nothing is on it")
    for kind in [("PNG", "L"), ("PNG", "RGB"), ("PNG", "P"), ("PNG", "RGBA"), ("PNG", "LA"), ("JPEG", "RGB"), ("JPEG", "L"),
                 ("BMP", "RGB"), ("GIF", "P")]:
        check(kinds[kind] >= 4, f"{kind[0]} {kind[1]}: {kinds[kind]} digits, expected at least 4")
    check((28, 28) in sizes and max(sizes) == (1500, 1200), "sizes do not go from 28x28 to 1500x1200")
    check(set(ORIENTATIONS) <= turned, f"EXIF orientations are {sorted(turned)}")


def check_orientations():
    """What is stored for an orientation must come upright when a reader undoes it."""
    upright = Image.fromarray(np.arange(15, dtype=np.uint8).reshape(3, 5))
    for orientation, stored in STORED.items():
        image = upright.transpose(stored)
        image.getexif()[274] = orientation
        check(ImageOps.exif_transpose(image).tobytes() == upright.tobytes(), f"EXIF orientation {orientation} does not come upright")


def main():
    check_orientations()
    with tempfile.TemporaryDirectory() as scratch:
        first, second = os.path.join(scratch, "first"), os.path.join(scratch, "second")
        rows, digest = drawn(first)
        check_counts(rows)
        check_files(first, rows)
        check(drawn(second)[1] == digest, "two runs wrote different bytes")
    if {"numpy": np.__version__, "pillow": PIL.__version__} == REFERENCE:
        check(digest == REFERENCE_DIGEST, f"the set's SHA-256 is {digest}, expected {REFERENCE_DIGEST}")
    else:
        print(f"retired: NumPy {np.__version__} and Pillow {PIL.__version__} are not those of the reference digest; not compared")
    for problem in problems:
        print(f"retired: {problem}", file=sys.stderr)
    if problems:
        sys.exit(1)
    print(f"retired: 200 digits and 100 other pictures, as promised; SHA-256 {digest}")


if __name__ == "__main__":
    main()
