"""Draws the held-out set: 200 images of handwritten digits under eight conditions, and 100 images without a digit.

    python3 Scripts/drawings/heldout.py FOLDER

Writes the images and `labels.csv` into the folder. The columns are file, digit (empty where the image shows no digit)
and condition. Needs NumPy and Pillow. The same seed gives the same bytes with the same versions of both.

The set is for measuring, not for tuning. README.md says what follows from that, and what each module does.
"""
import csv
import sys
from pathlib import Path

import numpy as np

import figures
import others
from files import save
from looks import LOOKS, compose, pick, pick_size

SEED = 41_207
PER_CONDITION = 25
COUNT = PER_CONDITION * len(LOOKS) + sum(others.KINDS.values())


def plan():
    """Return what each image shows: (condition, turn, digit, form). Digit and form are None where there is no digit.

    Every condition holds each digit twice and five digits a third time. Two neighbouring conditions share the ten
    digits between them, five each, so every digit comes 20 times. The forms of a digit alternate. The order is shuffled
    last.
    """
    rng = np.random.default_rng([SEED, COUNT])
    entries, seen = [], dict.fromkeys(figures.DIGITS, 0)
    for index, (condition, look) in enumerate(LOOKS.items()):
        if index % 2 == 0:
            extra = rng.permutation(10)
        digits = [*range(10), *range(10), *extra[5 * (index % 2):][:5]]
        for turn, digit in enumerate(rng.permutation(digits).tolist()):
            forms = [form for form in figures.DIGITS[digit] if form not in look.without]
            entries.append((condition, turn, digit, forms[seen[digit] % len(forms)]))
            seen[digit] += 1
    entries += [(kind, turn, None, None) for kind, count in others.KINDS.items() for turn in range(count)]
    return [entries[index] for index in rng.permutation(COUNT)]


def draw(number, entry, folder):
    """Draw one image into the folder and return its file name."""
    rng = np.random.default_rng([SEED, number])
    condition, turn, digit, form = entry
    if digit is None:
        image, look = others.draw(condition, turn, rng)
        kind = pick([kind for kind in look.formats if (kind == "see-through PNG") == (image.mode == "RGBA")], rng)
    else:
        look = LOOKS[condition]
        kind = look.formats[turn % len(look.formats)]
        figure = figures.read(figures.DIGITS[digit][form])
        image = compose(look, figure, pick_size(look, rng), kind == "see-through PNG", rng)
    quality = int(rng.integers(look.qualities[0], look.qualities[1] + 1))
    return save(image, kind, folder / f"drawing-{number:03d}", quality, rng)


def main(arguments):
    """Draw the whole set into the folder named by the arguments; return the exit code."""
    if len(arguments) != 1:
        print("heldout.py: name one folder to draw into: python3 heldout.py FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        print(f"heldout.py: {folder} exists and is not an empty folder; name a new or an empty one.", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "labels.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["file", "digit", "condition"])
        for number, entry in enumerate(plan()):
            condition, _, digit, _ = entry
            rows.writerow([draw(number, entry, folder), "" if digit is None else digit, condition])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
