#!/usr/bin/env python3
"""Scores `numeral predict` on a folder of images with `labels.csv`, and a naive way beside it.

    "$(Scripts/python.sh)" Scripts/drawings/score.py PROGRAM FOLDER [--model MODEL] [--min-confidence SHARE]
        [--mistakes]

`labels.csv` has the columns file, digit, condition. The digit is empty where the image shows no digit. Several digits
stand in the order of reading, for example 407. An image is read right if exactly its digits are found; "not sure"
counts as wrong. An image without a digit must be refused. The naive way makes the whole image grey and 28×28, inverts
it if it is bright on average, and asks the same model.
"""

import argparse
import collections
import csv
import json
import pathlib
import subprocess
import tempfile

import numpy as np
from PIL import Image, ImageOps


def predictions(program, arguments):
    """The JSON objects that the program prints, also those for images that cannot be read."""
    done = subprocess.run([program, "predict", "--json", *arguments], capture_output=True, text=True)
    if done.returncode not in (0, 65):
        raise SystemExit(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def ours(program, folder, options):
    """What is read in each file: its digits, with "?" for each one that is refused."""
    found = collections.defaultdict(str)
    confidences = {}
    for reading in predictions(program, [str(folder), *options]):
        if "input" not in reading:
            continue
        name = pathlib.Path(reading["input"]).name
        digit = reading.get("digit")
        found[name] += "?" if digit is None else str(digit)
        confidences[name] = reading.get("confidence", reading.get("reason", "error"))
    return found, confidences


def naive(program, folder, rows, options):
    """What the model reads in each image after the whole image was made 28×28."""
    table = ["pixel0," + ",".join(f"pixel{place}" for place in range(1, 784))]
    for row in rows:
        image = ImageOps.exif_transpose(Image.open(folder / row["file"])).convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
        pixels = np.asarray(paper.convert("L").resize((28, 28), Image.BILINEAR))
        if pixels.mean() > 127:
            pixels = 255 - pixels
        table.append(",".join(str(value) for value in pixels.ravel()))
    with tempfile.TemporaryDirectory() as scratch:
        path = pathlib.Path(scratch) / "naive.csv"
        path.write_text("\n".join(table) + "\n")
        found = predictions(program, ["--data", str(path), *options])
    return {row["file"]: str(reading["digit"]) for row, reading in zip(rows, found)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--model")
    parser.add_argument("--min-confidence")
    parser.add_argument("--mistakes", action="store_true", help="list the images that were read wrong")
    options = parser.parse_args()
    rows = list(csv.DictReader(open(options.folder / "labels.csv", newline="")))
    model = ["--model", options.model] if options.model else []
    least = ["--min-confidence", options.min_confidence] if options.min_confidence else []
    found, confidences = ours(options.program, options.folder, model + least)
    digits = [row for row in rows if row["digit"]]
    plain = naive(options.program, options.folder, [row for row in digits if len(row["digit"]) == 1], model)

    counts = collections.defaultdict(lambda: np.zeros(4, dtype=int))
    for row in digits:
        read = found[row["file"]]
        right = read == row["digit"]
        scores = np.array([1, right, "?" in read or read == "", plain.get(row["file"]) == row["digit"]])
        counts[row["condition"]] += scores
        counts["all digits"] += scores
        if options.mistakes and not right:
            print(f"{row['file']}: {row['digit']} read as {read or 'nothing'}, {confidences.get(row['file'])}")
    print(f"{'condition':20}{'images':>9}{'right':>7}{'accuracy':>10}{'not sure':>10}{'naive':>9}")
    for condition in [name for name in counts if name != "all digits"] + ["all digits"]:
        total, right, unsure, other = counts[condition]
        print(f"{condition:20}{total:9}{right:7}{right / total:10.1%}{unsure:10}{other / total:9.1%}")

    others = [row for row in rows if not row["digit"]]
    if others:
        print(f"\n{'no digit':20}{'images':>9}{'refused':>9}")
        refused = collections.Counter()
        totals = collections.Counter()
        for row in others:
            is_refused = set(found[row["file"]]) <= {"?"}
            for name in (row["condition"], "all others"):
                totals[name] += 1
                refused[name] += is_refused
            if options.mistakes and not is_refused:
                print(f"{row['file']}: read as {found[row['file']]}, {confidences.get(row['file'])}")
        for name in [name for name in totals if name != "all others"] + ["all others"]:
            print(f"{name:20}{totals[name]:9}{refused[name]:9}")


if __name__ == "__main__":
    main()
