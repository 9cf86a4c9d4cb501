#!/usr/bin/env python3
"""Draws the retired set: 200 handwritten digits under eight conditions, and 100 pictures that are no digit.

    python3 Scripts/drawings/retired/draw.py FOLDER

Writes the pictures and `labels.csv` with the columns file, digit, condition; `digit` is empty where there is none. FOLDER must be
new or empty. Needs NumPy and Pillow (reference: NumPy 2.4.6, Pillow 13.0.0, Python 3.11); with these the bytes are the same each
time. Every picture has a random stream of its own, from SEED and its number, so that a change to one leaves the others alone.

The set was held out once and scored once; it has been seen since, and tunes. `figures` says what is drawn, `pens` how, `papers`
on what and in what light, `conditions` under which of the eight conditions, `others` what is no digit, `files` in which format
it is kept.
"""
import csv
import os
import sys

import numpy as np

from conditions import CONDITIONS, drawing, quality
from figures import DIGITS
from files import EXTENSIONS, save
from others import OTHERS, other

SEED = 20_261_126


def plan():
    """(condition, number in it, digit, form) of the 200 pictures: each digit 20 times, all its forms in turn."""
    used = {digit: 0 for digit in DIGITS}
    for at, condition in enumerate(CONDITIONS):
        digits = list(range(10)) * 2 + list(range(5 * (at % 2), 5 * (at % 2) + 5))
        order = np.random.default_rng([SEED, 1000 + at]).permutation(digits)
        for number, digit in enumerate(order.tolist()):
            forms = DIGITS[digit]
            yield condition, number, digit, forms[used[digit] % len(forms)]
            used[digit] += 1


def generate(folder):
    """Writes all pictures and labels.csv into the folder."""
    rows = []
    for serial, (condition, number, digit, (_, strokes)) in enumerate(plan()):
        random = np.random.default_rng([SEED, serial])
        picture, bare = drawing(random, condition, number, digit, strokes)
        kinds = CONDITIONS[condition]["kinds"]
        kind = kinds[(number + number // len(kinds)) % len(kinds)]
        if kind == "bmp" and picture.shape[0] > 800:
            kind = "png-rgb"
        name = f"drawing-{serial:03}.{EXTENSIONS[kind]}"
        bare = None if condition == "inverted" else bare  # light ink on nothing would be seen by nobody
        save(os.path.join(folder, name), picture, kind, serial, quality(random, condition), bare)
        rows.append((name, digit, condition))
    serial = len(rows)
    for what, count in OTHERS.items():
        for number in range(count):
            random = np.random.default_rng([SEED, serial])
            picture, bare, kind = other(random, what, number)
            name = f"drawing-{serial:03}.{EXTENSIONS[kind]}"
            save(os.path.join(folder, name), picture, kind, serial, quality(random, what), bare)
            rows.append((name, "", what))
            serial += 1
    with open(os.path.join(folder, "labels.csv"), "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("file", "digit", "condition"))
        writer.writerows(rows)
    return rows


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit("usage: python3 Scripts/drawings/retired/draw.py FOLDER")
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    if os.listdir(folder):
        sys.exit(f"{folder}: the folder is not empty; give a new one")
    rows = generate(folder)
    digits = sum(digit != "" for _, digit, _ in rows)
    print(f"{folder}: {digits} digits and {len(rows) - digits} other pictures, named in labels.csv")


if __name__ == "__main__":
    main()
