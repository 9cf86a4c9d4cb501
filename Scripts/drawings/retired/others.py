"""What is no digit: empty papers, specks, scribbles, letters, shapes, words, textures and photographs of nothing."""
import numpy as np

from figures import LETTERS, SHAPES, WORDS
from papers import blurred, field, light, lined, rgb, sensor, sheet
from pens import hand, ink, placed, turned

# kind: how many.
OTHERS = {"blank": 14, "speck": 12, "scribble": 14, "letter": 20, "shape": 20, "words": 8, "texture": 6, "photo": 6}

SIZES = [(28, 28), (200, 200), (640, 480), (96, 96), (480, 640), (320, 240), (1200, 900), (140, 200), (280, 280), (800, 600),
         (64, 64)]
KINDS = ["png-grey", "jpeg", "png-rgb", "gif", "jpeg-exif", "png-palette", "bmp", "png-alpha", "jpeg-grey"]
PAPERS = ("ffffff", "fbfaf6", "f2f2f2", "fff6c9", "e6f0fb", "ffffff")
INKS = ("101014", "1f3f9e", "26262a", "b8202c", "1c1c28", "15703c", "000000")
PENS = ("ballpoint", "marker", "fineliner", "pencil", "brush", "fingertip")


def other(random, what, number):
    """The picture, the ink's colour and opacity or None, and the layout of the file."""
    width, height = SIZES[(number * 5 + len(what)) % len(SIZES)]
    if what == "words":
        width, height = max(width, height, 320), max(width, height, 320) // 2
    elif what != "blank" and what != "speck":
        width, height = max(width, 64), max(height, 64)
    kind = KINDS[(number + len(what)) % len(KINDS)]
    shape = (height, width)
    if what == "texture":
        return texture(random, number, shape), None, kind
    if what == "photo":
        return photograph(random, number, shape), None, kind
    dark = number % 6 == 5 and kind != "png-alpha"
    paper = sheet(shape, "16181a" if dark else PAPERS[number % 6], random, 0.006 * (number % 2))
    if number % 4 == 3 and not dark and min(shape) > 120:
        paper = lined(paper, random, number % 8 == 3, min(shape) / random.uniform(6, 16), strength=random.uniform(0.2, 0.4))
    pen = PENS[number % len(PENS)]
    opacity = np.zeros(shape, np.float32)
    if what != "blank":
        thick, paths = figure(random, what, number, shape)
        opacity = ink(shape, paths, thick, pen, random)
    color = "f0f0ea" if dark else INKS[number % len(INKS)]
    picture = paper * (1 - opacity[..., None]) + rgb(color) * opacity[..., None]
    if number % 3 == 1 and not dark:
        picture = picture * light(shape, random, ("slope", "vignette", "shadow", "lamp")[number // 3 % 4])[..., None]
        picture = sensor(picture, random, 0.6, random.uniform(0.006, 0.02), 0.03)
    return picture, (color, opacity), kind


def figure(random, what, number, shape):
    """The width of the stroke and the paths."""
    height, width = shape
    short = min(shape)
    part = random.uniform(0.45, 0.75)
    if what == "speck":
        return specks(random, number, shape)
    if what == "scribble":
        paths = hand([scribble(random, number)], random, 0.01)
    elif what == "letter":
        paths = hand(list(LETTERS.values())[number % len(LETTERS)], random)
        paths = turned(paths, random.uniform(0.9, 1.15), random.normal(0.06, 0.06), random.normal(0, 4))
    elif what == "shape":
        paths = hand(list(SHAPES.values())[number % len(SHAPES)], random, 0.012)
        paths = turned(paths, 1, 0, random.normal(0, 4))
    else:
        paths, part = lines(random, number), 0.88
    tall, wide = part * height, part * (width if what == "words" else short)
    x, y = (width - wide) * random.uniform(0.35, 0.65), (height - tall) * random.uniform(0.35, 0.65)
    paths = placed(paths, (x, y, wide, tall))
    thick = part * random.uniform(0.05, 0.12) if what == "letter" else random.uniform(0.012, 0.03)
    return max(short * thick, 1.5), paths


def specks(random, number, shape):
    """Crumbs: a few points, too small for anything that somebody wrote."""
    count = (1, 2, 3, 1, 6, 12)[number % 6]
    size = max(min(shape) * random.uniform(0.004, 0.012), 1.0)
    paths = []
    for _ in range(count):
        at = random.uniform(0.08, 0.92, 2) * shape[::-1]
        paths.append(np.column_stack([at + random.normal(0, 0.4 * size, (3, 2)), np.ones(3)]))
    return size, paths


def scribble(random, number):
    """One long stroke over the same place: a zigzag, wild loops, or a tangle."""
    turns = int(random.integers(14, 26))
    if number % 3 == 0:
        points = [(100 * i / turns, 50 + (-1) ** i * random.uniform(30, 50)) for i in range(turns)]
    elif number % 3 == 1:
        angle = np.linspace(0, 2 * np.pi * turns / 4, 4 * turns)
        x = 50 + 28 * np.cos(5 * angle) + 80 * (angle / angle[-1] - 0.5)
        points = list(zip(x, 50 + 40 * np.sin(5 * angle) * random.uniform(0.6, 1.1, len(angle))))
    else:
        points = list(random.uniform(0, 100, (turns + 8, 2)))
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def lines(random, number):
    """Words in capitals, or lines of joined writing that nobody can read."""
    if number % 2 == 0:
        paths, x = [], 0.0
        for letter in WORDS[number // 2 % len(WORDS)]:
            written = turned(hand(LETTERS[letter], random), 1, 0.06)
            right = np.vstack(written)[:, 0].max()
            paths += [path + [x, random.normal(0, 0.03), 0] for path in written]
            x += right + random.uniform(0.18, 0.3)
        return paths
    paths = []
    for line in range(3):
        x = 0.0
        while x < 7:
            humps = int(random.integers(6, 12))
            points = []
            for i in range(2 * humps):
                ascender = 45 if i % 2 == 0 and random.random() < 0.12 else 0
                points.append((100 * (x + 0.16 * i), 130 * line + 50 * (i % 2) - ascender + random.normal(0, 6)))
            paths += hand([" ".join(f"{a:.1f},{b:.1f}" for a, b in points)], random, 0.01)
            x += 0.32 * humps + 0.4
    return paths


def texture(random, number, shape):
    height, width = shape
    x, y = np.arange(width, dtype=np.float32)[None], np.arange(height, dtype=np.float32)[:, None]
    cell = max(min(shape) // 24, 4)
    if number == 0:  # noise of a dead channel
        level = 0.5 + 0.2 * random.normal(size=shape)
    elif number == 1:  # wood
        level = 0.6 + 0.12 * np.sin(y / cell * 2 + 2.5 * field(shape, random, 5 * cell)) + 0.03 * random.normal(size=shape)
    elif number == 2:  # cloth
        level = 0.6 + 0.15 * np.sin(x * 6 / cell) * np.sin(y * 6 / cell) + 0.04 * field(shape, random, cell)
    elif number == 3:  # spots
        level = 0.9 - 0.6 * ((x % (2 * cell) - cell) ** 2 + (y % (2 * cell) - cell) ** 2 < (0.5 * cell) ** 2)
    elif number == 4:  # stripes
        level = 0.55 + 0.35 * np.sign(np.sin((x + 0.6 * y) / cell))
    else:  # gravel
        level = 0.5 + 0.2 * np.clip(field(shape, random, cell), -1.5, 1.5)
    tint = rgb(("ffffff", "e8c49a", "c8d4ee", "ffffff", "f4d8d0", "e4e0d8")[number])
    return (np.float32(1) * level[..., None] * tint).astype(np.float32)


def photograph(random, number, shape):
    """Light without things: a sky over land, lamps out of focus, a wall."""
    height, width = shape
    y = np.arange(height, dtype=np.float32)[:, None, None] / height
    above = rgb(("8fb4e0", "303848", "c8b8a0", "f0a878", "606870", "d8dcd8")[number])
    below = rgb(("e8eef4", "584838", "8a7a66", "503050", "283038", "98a49a")[number])
    picture = above * (1 - y) + below * y
    picture = np.broadcast_to(picture, shape + (3,)).copy()
    if number % 3 == 0:
        ridge = 0.65 + 0.05 * field((1, width), random, max(width // 5, 4))[0]
        picture[y[..., 0] > ridge[None]] *= 0.45
        picture = blurred(picture, 1.5)
    elif number % 3 == 1:
        for _ in range(9):
            at, size = random.uniform(0, 1, 2) * shape, random.uniform(0.05, 0.16) * min(shape)
            distance = np.hypot(np.arange(height)[:, None] - at[0], np.arange(width)[None] - at[1])
            disc = 0.35 / (1 + np.exp(np.clip((distance - size) / (0.06 * size + 1), -30, 30)))
            picture += (disc[..., None] * random.uniform(0.4, 1, 3)).astype(np.float32)
    else:
        picture *= light(shape, random, "lamp")[..., None]
    return sensor(picture.astype(np.float32), random, 0.8, 0.015)
