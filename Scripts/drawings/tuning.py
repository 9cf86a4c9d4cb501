#!/usr/bin/env python3
"""Draws the tuning set: 200 images of digits under ten conditions, and 100 images of something else.

    "$(Scripts/python.sh)" Scripts/drawings/tuning.py FOLDER [--seed N]

Writes PNG and JPEG files and `labels.csv` with the columns file, digit, condition. The digit is empty where the image
shows no digit. The same seed gives the same pixels. The strokes are curves through points of our own; nothing comes
from a dataset. The thresholds of the normalizer were chosen on this set, so an accuracy on it is too good. The held-out
set gives the fair figure: Documentation/YourDigits.md.
"""

import argparse
import csv
import math
import pathlib

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

# A stroke is a list of points in a box of width 1 and height 1; y points down. "L" joins them by straight lines, "C" by
# a smooth curve. A digit that people write in several common forms has an entry for each form.
DIGITS = {
    0: [
        [("C", (0.50, 0.02), (0.18, 0.22), (0.10, 0.55), (0.28, 0.92), (0.55, 0.98), (0.85, 0.78), (0.90, 0.42),
          (0.74, 0.10), (0.50, 0.02))],
        [("C", (0.62, 0.04), (0.30, 0.10), (0.14, 0.50), (0.30, 0.94), (0.62, 0.94), (0.84, 0.56), (0.78, 0.16),
          (0.52, 0.03), (0.40, 0.08))],
    ],
    1: [
        [("L", (0.52, 0.00), (0.48, 1.00))],
        [("L", (0.25, 0.25), (0.52, 0.02), (0.52, 1.00)), ("L", (0.22, 0.99), (0.82, 0.99))],
        [("L", (0.28, 0.28), (0.54, 0.02), (0.50, 1.00))],
    ],
    2: [
        [("C", (0.14, 0.26), (0.30, 0.05), (0.62, 0.02), (0.82, 0.22), (0.70, 0.50), (0.40, 0.76), (0.12, 0.98)),
         ("L", (0.12, 0.98), (0.90, 0.96))],
        [("C", (0.18, 0.20), (0.46, 0.02), (0.78, 0.16), (0.72, 0.46), (0.46, 0.74), (0.20, 0.94), (0.14, 0.80),
          (0.34, 0.78), (0.60, 0.92), (0.90, 0.90))],
    ],
    3: [
        [("C", (0.16, 0.12), (0.46, 0.01), (0.78, 0.14), (0.72, 0.38), (0.42, 0.47)),
         ("C", (0.42, 0.47), (0.76, 0.54), (0.86, 0.78), (0.60, 0.97), (0.14, 0.90))],
        [("L", (0.16, 0.04), (0.80, 0.04), (0.42, 0.42)),
         ("C", (0.42, 0.42), (0.78, 0.50), (0.84, 0.80), (0.54, 0.98), (0.14, 0.88))],
    ],
    4: [
        [("L", (0.26, 0.02), (0.12, 0.58), (0.90, 0.58)), ("L", (0.70, 0.26), (0.66, 1.00))],
        [("L", (0.66, 1.00), (0.68, 0.02), (0.10, 0.68), (0.92, 0.68))],
        [("C", (0.20, 0.04), (0.16, 0.36), (0.34, 0.52), (0.74, 0.42)), ("L", (0.78, 0.04), (0.70, 1.00))],
    ],
    5: [
        [("L", (0.84, 0.04), (0.26, 0.04), (0.22, 0.44)),
         ("C", (0.22, 0.44), (0.52, 0.36), (0.84, 0.56), (0.76, 0.88), (0.44, 0.99), (0.12, 0.88))],
        [("C", (0.30, 0.06), (0.24, 0.26), (0.22, 0.42), (0.50, 0.38), (0.80, 0.56), (0.74, 0.88), (0.40, 0.98),
          (0.12, 0.86)),
         ("L", (0.28, 0.06), (0.86, 0.02))],
    ],
    6: [
        [("C", (0.70, 0.02), (0.36, 0.26), (0.16, 0.62), (0.28, 0.94), (0.60, 0.98), (0.82, 0.78), (0.66, 0.54),
          (0.36, 0.58), (0.20, 0.76))],
        [("C", (0.78, 0.08), (0.52, 0.04), (0.26, 0.30), (0.16, 0.70), (0.36, 0.97), (0.72, 0.92), (0.80, 0.66),
          (0.54, 0.50), (0.22, 0.64))],
    ],
    7: [
        [("L", (0.10, 0.05), (0.86, 0.05), (0.42, 1.00))],
        [("L", (0.12, 0.06), (0.86, 0.04), (0.40, 1.00)), ("L", (0.28, 0.50), (0.80, 0.48))],
        [("C", (0.12, 0.16), (0.20, 0.06), (0.50, 0.08), (0.86, 0.04), (0.62, 0.44), (0.48, 1.00))],
    ],
    8: [
        [("C", (0.76, 0.14), (0.46, 0.01), (0.20, 0.16), (0.34, 0.40), (0.66, 0.56), (0.82, 0.80), (0.52, 0.99),
          (0.18, 0.82), (0.34, 0.58), (0.64, 0.42), (0.78, 0.20), (0.66, 0.06))],
        [("C", (0.50, 0.46), (0.24, 0.26), (0.48, 0.02), (0.76, 0.22), (0.50, 0.46), (0.16, 0.74), (0.48, 0.99),
          (0.84, 0.76), (0.50, 0.46))],
    ],
    9: [
        [("C", (0.80, 0.22), (0.52, 0.02), (0.20, 0.20), (0.26, 0.46), (0.56, 0.52), (0.78, 0.30)),
         ("L", (0.80, 0.20), (0.72, 1.00))],
        [("C", (0.80, 0.24), (0.52, 0.02), (0.18, 0.22), (0.28, 0.48), (0.60, 0.48), (0.80, 0.24), (0.82, 0.60),
          (0.66, 0.94), (0.24, 0.94))],
    ],
}

# What is not a digit: capital letters that resemble no digit, and signs.
LETTERS = {
    "A": [("L", (0.05, 1.0), (0.5, 0.0), (0.95, 1.0)), ("L", (0.22, 0.62), (0.78, 0.62))],
    "E": [("L", (0.9, 0.0), (0.1, 0.0), (0.1, 1.0), (0.9, 1.0)), ("L", (0.1, 0.5), (0.75, 0.5))],
    "F": [("L", (0.9, 0.0), (0.12, 0.0), (0.1, 1.0)), ("L", (0.12, 0.48), (0.7, 0.48))],
    "H": [("L", (0.1, 0.0), (0.1, 1.0)), ("L", (0.9, 0.0), (0.9, 1.0)), ("L", (0.1, 0.5), (0.9, 0.5))],
    "K": [("L", (0.12, 0.0), (0.12, 1.0)), ("L", (0.88, 0.02), (0.14, 0.55), (0.9, 1.0))],
    "M": [("L", (0.02, 1.0), (0.1, 0.0), (0.5, 0.6), (0.9, 0.0), (0.98, 1.0))],
    "N": [("L", (0.1, 1.0), (0.1, 0.0), (0.9, 1.0), (0.9, 0.0))],
    "R": [("L", (0.12, 1.0), (0.12, 0.0)), ("C", (0.12, 0.02), (0.6, 0.0), (0.85, 0.22), (0.6, 0.46), (0.12, 0.48)),
          ("L", (0.4, 0.48), (0.9, 1.0))],
    "W": [("L", (0.0, 0.0), (0.24, 1.0), (0.5, 0.3), (0.76, 1.0), (1.0, 0.0))],
    "X": [("L", (0.05, 0.0), (0.95, 1.0)), ("L", (0.95, 0.0), (0.05, 1.0))],
}
SIGNS = {
    "hash": [("L", (0.35, 0.0), (0.25, 1.0)), ("L", (0.75, 0.0), (0.65, 1.0)), ("L", (0.05, 0.33), (0.97, 0.33)),
             ("L", (0.03, 0.68), (0.95, 0.68))],
    "star": [("L", (0.5, 0.0), (0.8, 0.95), (0.02, 0.36), (0.98, 0.36), (0.2, 0.95), (0.5, 0.0))],
    "house": [("L", (0.1, 1.0), (0.1, 0.45), (0.5, 0.0), (0.9, 0.45), (0.9, 1.0), (0.1, 1.0)),
              ("L", (0.1, 0.45), (0.9, 0.45))],
    "plus": [("L", (0.5, 0.0), (0.5, 1.0)), ("L", (0.0, 0.5), (1.0, 0.5))],
    "asterisk": [("L", (0.5, 0.0), (0.5, 1.0)), ("L", (0.05, 0.25), (0.95, 0.75)), ("L", (0.95, 0.25), (0.05, 0.75))],
    "square": [("L", (0.03, 0.03), (0.97, 0.05), (0.96, 0.97), (0.02, 0.96), (0.03, 0.03)),
               ("L", (0.03, 0.03), (0.96, 0.97))],
    "face": [("C", (0.5, 0.0), (0.08, 0.25), (0.08, 0.75), (0.5, 1.0), (0.92, 0.75), (0.92, 0.25), (0.5, 0.0)),
             ("C", (0.28, 0.6), (0.5, 0.78), (0.72, 0.6)), ("L", (0.35, 0.3), (0.36, 0.38)),
             ("L", (0.65, 0.3), (0.64, 0.38))],
    "arrow": [("L", (0.0, 0.5), (1.0, 0.5)), ("L", (0.62, 0.12), (1.0, 0.5), (0.62, 0.88)),
              ("L", (0.2, 0.2), (0.0, 0.5), (0.2, 0.8))],
    "spiral": [("C", *[(0.5 + (0.05 + 0.45 * t / 23) * math.cos(t * 0.85),
                        0.5 + (0.05 + 0.45 * t / 23) * math.sin(t * 0.85)) for t in range(24)])],
    "waves": [("C", *[(t / 16, middle + 0.14 * (-1) ** t) for t in range(17)]) for middle in (0.25, 0.75)],
}

CONDITIONS = ["plain", "thin", "thick", "small", "slanted", "light-on-dark", "shaded", "jpeg", "colour", "pencil"]


def smooth(points, steps=16):
    """The Catmull-Rom curve through the points."""
    p = np.array(points, dtype=float)
    padded = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    if np.allclose(p[0], p[-1]):
        padded[0], padded[-1] = p[-2], p[1]
    result = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:]):
        for t in np.linspace(0, 1, steps, endpoint=False):
            square, cube = (2 * a - 5 * b + 4 * c - d) * t**2, (3 * b - a - 3 * c + d) * t**3
            result.append(0.5 * (2 * b + (c - a) * t + square + cube))
    result.append(p[-1])
    return np.array(result)


def dense(points, steps=16):
    """Straight lines through the points, with more points in between."""
    p = np.array(points, dtype=float)
    parts = [a + (b - a) * np.linspace(0, 1, steps, endpoint=False)[:, None] for a, b in zip(p, p[1:])]
    return np.vstack(parts + [p[-1:]])


def coverage(
        strokes, size, rng, height, width, aspect=0.68, slant=0.0, turn=0.0, centre=(0.5, 0.5), jitter=0.02, gaps=0.0):
    """How much of each pixel the ink covers, 0 to 1. The strokes are drawn at four times the size and averaged."""
    times = 4
    image = Image.new("L", (size[0] * times, size[1] * times), 0)
    draw = ImageDraw.Draw(image)
    c, s = math.cos(turn), math.sin(turn)
    for kind, *points in strokes:
        moved = [(x + rng.normal(0, jitter), y + rng.normal(0, jitter)) for x, y in points]
        if np.allclose(points[0], points[-1]):
            moved[-1] = moved[0]
        line = smooth(moved) if kind == "C" else dense(moved)
        x = (line[:, 0] - 0.5) * height * aspect
        y = (line[:, 1] - 0.5) * height
        x = x - slant * y
        x, y = c * x - s * y + centre[0] * size[0], s * x + c * y + centre[1] * size[1]
        pen = width * times / 2
        wobble = 1 + 0.12 * np.sin(np.linspace(0, rng.uniform(3, 9), len(x)) + rng.uniform(0, 6))
        skipped = rng.random(len(x)) < gaps
        for k in range(len(x) - 1):
            if skipped[k]:
                continue
            for t in np.linspace(0, 1, 6):
                px, py = (x[k] + (x[k + 1] - x[k]) * t) * times, (y[k] + (y[k + 1] - y[k]) * t) * times
                r = pen * wobble[k]
                draw.ellipse([px - r, py - r, px + r, py + r], fill=255)
    return np.asarray(image.resize(size, Image.BOX), dtype=float) / 255


def shade(size, rng, strength):
    """The light on each pixel: uneven across the paper, 1 where it is brightest."""
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    angle = rng.uniform(0, 2 * math.pi)
    ramp = (math.cos(angle) * x / size[0] + math.sin(angle) * y / size[1] + 1.5) / 3
    cx, cy = rng.uniform(0.2, 0.8) * size[0], rng.uniform(0.2, 0.8) * size[1]
    spot = np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (0.9 * max(size)) ** 2)
    light = 0.5 * ramp + 0.5 * spot
    light = (light - light.min()) / (light.max() - light.min())
    return 1 - strength * (1 - light)


def paint(cover, paper, ink):
    """Ink over paper: `[height, width, 3]` in 0 to 255."""
    paper = np.broadcast_to(np.asarray(paper, dtype=float), cover.shape + (3,))
    return paper * (1 - cover[..., None]) + np.asarray(ink, dtype=float) * cover[..., None]


def save(pixels, path, quality=None):
    image = Image.fromarray(np.clip(np.rint(pixels), 0, 255).astype(np.uint8), "RGB")
    if quality is None:
        image.save(path)
    else:
        image.save(path, quality=quality)


def draw_digit(strokes, condition, rng, stem):
    """Draws one image of a digit and returns its name."""
    side = int(rng.integers(90, 240))
    size = (side, side)
    height = side * rng.uniform(0.5, 0.8)
    width = height * rng.uniform(0.07, 0.13)
    slant, turn, centre = rng.uniform(-0.1, 0.25), rng.uniform(-0.1, 0.1), rng.uniform(0.44, 0.56, 2)
    aspect, gaps, quality = rng.uniform(0.55, 0.8), 0.0, None
    paper, ink = (255, 255, 255), (0, 0, 0)
    if condition == "thin":
        width = max(1.2, height * rng.uniform(0.018, 0.035))
    elif condition == "thick":
        width = height * rng.uniform(0.16, 0.22)
        aspect = rng.uniform(0.7, 0.85)
    elif condition == "small":
        size = (int(rng.integers(300, 640)), int(rng.integers(300, 640)))
        height = min(size) * rng.uniform(0.1, 0.22)
        width, centre = height * rng.uniform(0.08, 0.13), rng.uniform(0.2, 0.8, 2)
    elif condition == "slanted":
        slant, turn = rng.choice([-0.3, 0.45]) + rng.uniform(-0.08, 0.08), rng.uniform(-0.2, 0.2)
    elif condition == "light-on-dark":
        paper, ink = [(0, 0, 0), (30, 60, 40), (20, 20, 60), (60, 60, 60)][rng.integers(4)], (240, 240, 230)
    elif condition == "shaded":
        size = (int(rng.integers(240, 480)), int(rng.integers(240, 480)))
        height = min(size) * rng.uniform(0.35, 0.6)
        width, centre = height * rng.uniform(0.05, 0.11), rng.uniform(0.35, 0.65, 2)
        quality = int(rng.integers(60, 90))
    elif condition == "jpeg":
        quality = int(rng.integers(8, 25))
    elif condition == "colour":
        paper = [(255, 255, 255), (250, 243, 215), (225, 238, 250), (255, 225, 225)][rng.integers(4)]
        ink = [(30, 60, 200), (200, 30, 40), (20, 130, 60), (230, 140, 0), (120, 40, 150)][rng.integers(5)]
    elif condition == "pencil":
        width, gaps = height * rng.uniform(0.04, 0.07), 0.06
        paper, ink = (240, 238, 232), (120, 120, 125)
    cover = coverage(strokes, size, rng, height, width, aspect, slant, turn, centre, gaps=gaps)
    if condition == "pencil":
        cover = cover * np.clip(rng.normal(0.8, 0.3, cover.shape), 0.1, 1)
    pixels = paint(cover, paper, ink)
    if condition == "shaded":
        pixels = paint(cover, (235, 228, 215), (50, 48, 60)) * shade(size, rng, rng.uniform(0.4, 0.7))[..., None]
        image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8), "RGB")
        pixels = np.asarray(image.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 1.4))), dtype=float)
        pixels = pixels + rng.normal(0, rng.uniform(3, 9), pixels.shape)
    elif condition in ("pencil", "colour"):
        pixels = pixels + rng.normal(0, 3, pixels.shape)
    if condition == "plain" and rng.random() < 0.3:
        # Ink without paper: a transparent image.
        name = f"{stem}.png"
        rgba = np.zeros(cover.shape + (4,), dtype=np.uint8)
        rgba[..., 3] = np.rint(cover * 255)
        Image.fromarray(rgba, "RGBA").save(name)
        return name
    name = f"{stem}.png" if quality is None else f"{stem}.jpg"
    save(pixels, name, quality)
    return name


def draw_other(kind, place, rng, stem):
    """Draws one image without a digit and returns its name."""
    side = int(rng.integers(100, 240))
    size = (side, side)
    height = side * rng.uniform(0.5, 0.75)
    width = height * rng.uniform(0.05, 0.12)
    name = f"{stem}.png"
    if kind in ("letter", "sign"):
        table = LETTERS if kind == "letter" else SIGNS
        strokes = table[sorted(table)[place % len(table)]]
        aspect, slant, turn = rng.uniform(0.7, 1.0), rng.uniform(-0.1, 0.2), rng.uniform(-0.1, 0.1)
        cover = coverage(strokes, size, rng, height, width, aspect, slant, turn)
        save(paint(cover, (255, 255, 255), (0, 0, 0)), name)
    elif kind == "scribble":
        points = [tuple(rng.uniform(0, 1, 2)) for _ in range(int(rng.integers(9, 22)))]
        cover = coverage([("C", *points)], size, rng, height, max(1.5, width * 0.5), 1.0)
        save(paint(cover, (255, 255, 255), (0, 0, 90)), name)
    elif kind == "blank":
        paper = [(255, 255, 255), (0, 0, 0), (240, 235, 220), (128, 128, 128)][place % 4]
        pixels = np.broadcast_to(np.asarray(paper, dtype=float), (side, side, 3)).copy()
        if place % 5 > 0:
            pixels = pixels * shade(size, rng, 0.1 * (place % 5))[..., None]
            pixels = pixels + rng.normal(0, 2 * (place % 4), pixels.shape)
        save(pixels, name)
    else:
        image = Image.new("RGB", size, "white")
        draw = ImageDraw.Draw(image)
        a, b = side * 0.2, side * 0.8
        if place % 7 == 0:
            draw.ellipse([a, a, b, b], fill="black")
        elif place % 7 == 1:
            draw.rectangle([a, a * 1.4, b, b], fill="navy")
        elif place % 7 == 2:
            draw.polygon([(a, b), (b, b), (side / 2, a)], fill="black")
        elif place % 7 == 3:
            image = Image.fromarray(rng.integers(0, 256, (side, side, 3)).astype(np.uint8), "RGB")
        elif place % 7 == 4:
            for x in range(0, side, 12):
                draw.line([x, 0, x, side], fill="black", width=4)
        elif place % 7 == 5:
            for x in range(0, side, 24):
                for y in range(0, side, 24):
                    if (x + y) // 24 % 2:
                        draw.rectangle([x, y, x + 23, y + 23], fill="black")
        else:
            coarse = Image.fromarray(rng.integers(0, 256, (9, 9)).astype(np.uint8), "L")
            image = coarse.resize(size, Image.BICUBIC).convert("RGB")
        image.save(name)
    return name


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for condition in CONDITIONS:
        for digit in range(10):
            for copy in range(2):
                rng = np.random.default_rng([options.seed, CONDITIONS.index(condition), digit, copy])
                forms = DIGITS[digit]
                form = (copy + CONDITIONS.index(condition)) % len(forms)
                stem = options.folder / f"{condition}-{digit}-{copy}"
                rows.append((pathlib.Path(draw_digit(forms[form], condition, rng, stem)).name, digit, condition))
    for number, kind in enumerate(["letter", "sign", "scribble", "blank", "shape"]):
        for place in range(20):
            rng = np.random.default_rng([options.seed, 100 + number, place])
            stem = options.folder / f"{kind}-{place:02}"
            rows.append((pathlib.Path(draw_other(kind, place, rng, stem)).name, "", kind))
    with open(options.folder / "labels.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("file", "digit", "condition")] + rows)


if __name__ == "__main__":
    main()
