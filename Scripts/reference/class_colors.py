#!/usr/bin/env python3
"""Chooses the ten class colours of the plots, for a light and for a dark background.

    python3 Scripts/reference/class_colors.py

Starts with the ten colours of M. Petroff, 2021, "Accessible Color Sequences for Data Visualization", arXiv:2107.02270,
and changes each as little as possible. Each colour gets a contrast of at least 3 (WCAG 2.2, 1.4.11) to the background.
The search maximizes the smallest distance between two colours, in OKLab (B. Ottosson, 2020), as seen with normal
vision, protanopia and deuteranopia (F. Viénot, H. Brettel, J. Mollon, 1999,
doi:10.1002/(SICI)1520-6378(199908)24:4<243::AID-COL5>3.0.CO;2-3). Needs numpy (reference run: 2.x). The search has a
seed and prints the same colours each time.
"""
import numpy as np

PETROFF = "3f90da ffa90e bd1f01 94a4a2 832db6 a96b59 e76300 b9ac70 717581 92dadd".split()
BACKGROUNDS = {"light": "ffffff", "dark": "14171c"}

TO_LMS = np.array([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
                   [0.0883024619, 0.2817188376, 0.6299787005]])
TO_LAB = np.array([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
                   [0.0259040371, 0.7827717662, -0.8086757660]])
# Viénot's matrices, from linear RGB to linear RGB.
PROTANOPIA = np.array([[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]])
DEUTERANOPIA = np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]])


def linear(color):
    color = np.asarray(color, float) / 255
    return np.where(color <= 0.04045, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)


def parse(text):
    return np.array([int(text[i:i + 2], 16) for i in (0, 2, 4)])


def luminance(color):
    return linear(color) @ np.array([0.2126, 0.7152, 0.0722])


def contrast(a, b):
    high, low = max(luminance(a), luminance(b)), min(luminance(a), luminance(b))
    return (high + 0.05) / (low + 0.05)


def oklab(rgb):
    return np.cbrt(np.clip(rgb, 0, 1) @ TO_LMS.T) @ TO_LAB.T


def smallest(colors):
    """The smallest distance between two colours in the worst of three kinds of vision."""
    rgb = linear(colors)
    least = np.inf
    for matrix in (np.eye(3), PROTANOPIA, DEUTERANOPIA):
        lab = oklab(rgb @ matrix.T)
        distance = np.linalg.norm(lab[:, None] - lab[None], axis=-1) + 9 * np.eye(len(lab))
        least = min(least, distance.min())
    return least


def search(background):
    random = np.random.default_rng(1)
    start = np.array([parse(text) for text in PETROFF])
    target = oklab(linear(start))
    # Darker or lighter, until the contrast is sufficient.
    colors = start.astype(float)
    for i in range(len(colors)):
        while contrast(np.rint(colors[i]), background) < 3.05:
            colors[i] = colors[i] * 0.98 if luminance(background) > 0.5 else 255 - (255 - colors[i]) * 0.98

    def score(candidate):
        return smallest(candidate) - 0.01 * np.linalg.norm(oklab(linear(candidate)) - target, axis=1).mean()

    colors = np.rint(colors)
    best = score(colors)
    for step in range(60000):
        trial = colors.copy()
        i = random.integers(len(colors))
        trial[i] = np.clip(np.rint(trial[i] + random.normal(0, 14 * (1 - step / 60000) + 2, 3)), 0, 255)
        if contrast(trial[i], background) < 3.05:
            continue
        # The hue may change only so far that the colour keeps its name.
        if np.linalg.norm(oklab(linear(trial[i]))[1:] - target[i][1:]) > 0.13:
            continue
        value = score(trial)
        if value > best:
            colors, best = trial, value
    return colors.astype(int)


for name, text in BACKGROUNDS.items():
    colors = search(parse(text))
    digits = " ".join("%02X%02X%02X" % tuple(color) for color in colors)
    print(name, digits, "smallest distance %.3f" % smallest(colors))
