"""Images without a digit: blank papers, specks, scribbles, letters, signs, shapes, words, textures and scenes."""
import numpy as np
from PIL import Image, ImageDraw

import figures
from looks import LOOKS, compose, expose, pick, pick_size
from papers import axes, field, sheet, to_bytes

KINDS = {"blank paper": 18, "specks": 8, "scribble": 14, "letter": 20, "sign": 14, "shape": 8,
         "word": 6, "texture": 6, "scene": 6}
BLANKS = (("screen", "thin strokes"), ("grey", "thin strokes"), ("slate", "inverted"), ("lined", "thick strokes"),
          ("office", "shaded paper"), ("nothing", "thin strokes"), ("cream", "shaded paper"),
          ("squared", "shaded paper"), ("office", "noise and blur"), ("note", "coloured ink"), ("board", "inverted"),
          ("whiteboard", "shaded paper"))


def draw(kind, turn, rng):
    """Return image number `turn` of its kind, and the look under which it was drawn."""
    look = list(LOOKS.values())[turn % len(LOOKS)]
    if kind == "blank paper":
        paper, condition = BLANKS[turn % len(BLANKS)]
        look = LOOKS[condition]
        size = pick_size(look, rng)
        if paper == "nothing":
            return Image.new("RGBA", size, (0, 0, 0, 0)), look
        return photo(look, sheet(paper, size, rng), rng), look
    if kind in ("specks", "texture", "scene"):
        look = LOOKS["shaded paper"] if kind == "specks" and turn % 2 else LOOKS["thin strokes"]
        makers = {"specks": (specks,), "texture": (static, cloth, wood), "scene": (hills, street, window)}[kind]
        size = pick([(96, 96), (256, 256), (400, 300), (900, 700)], rng)
        return photo(look, makers[turn % len(makers)](size, rng), rng), look
    if kind == "scribble":
        figure = (tangle, hatching, coil)[turn % 3](rng)
    elif kind == "word":
        figure = figures.word(figures.WORDS[turn % len(figures.WORDS)])
    else:
        drawn = {"letter": figures.LETTERS, "sign": figures.SIGNS, "shape": figures.SHAPES}[kind]
        figure = figures.read(list(drawn.values())[turn % len(drawn)])
    see_through = "see-through PNG" in look.formats and rng.random() < 0.12
    return compose(look, figure, pick_size(look, rng), see_through, rng), look


def photo(look, picture, rng):
    """Return the image of a finished picture under a look."""
    return Image.fromarray(to_bytes(expose(look, picture, 0.6 * min(picture.shape[:2]), rng)))


def tangle(rng):
    """Return a tangled line."""
    count = rng.integers(16, 30)
    return [(rng.uniform(0, 1, (count, 2)) * [1.2, 1.0], [False] * count)]


def hatching(rng):
    """Return a line to and fro, as a person strikes out a mistake."""
    count = rng.integers(14, 26)
    ways = np.stack([np.where(np.arange(count) % 2, 1.3, 0.0), np.linspace(0, 0.9, count)], axis=1)
    return [(ways + rng.normal(0, 0.06, ways.shape), list(rng.random(count) < 0.5))]


def coil(rng):
    """Return a row of loops, as a person tries a new pen."""
    turns = rng.integers(5, 9)
    angle = np.arange(turns * 8) * np.pi / 4
    loops = np.stack([0.35 * np.cos(angle) + 0.045 * angle, 0.45 * np.sin(angle)], axis=1)
    return [(loops + rng.normal(0, 0.03, loops.shape), [False] * len(loops))]


def specks(size, rng):
    """Return a sheet with dust and drops on it."""
    image = Image.fromarray(to_bytes(sheet(pick(("office", "cream", "screen", "grey"), rng), size, rng)))
    brush = ImageDraw.Draw(image)
    for _ in range(rng.integers(3, 40)):
        x, y = rng.uniform(0, size[0]), rng.uniform(0, size[1])
        radius = min(size) * rng.uniform(0.003, 0.014)
        tone, right = int(rng.integers(20, 150)), x + radius * rng.uniform(0.6, 1.6)
        brush.ellipse((x - radius, y - radius, right, y + radius), fill=(tone, tone, tone))
    return np.asarray(image) / 255


def static(size, rng):
    """Return noise, coarse or fine."""
    grey = 0.5 + 0.2 * field(size, pick((24, 60, 96), rng), rng)
    return np.repeat(grey[..., None], 3, axis=2)


def cloth(size, rng):
    """Return woven cloth."""
    x, y = axes(size)
    threads = rng.uniform(30, 60)
    weave = np.sin(threads * x + 0.5 * field(size, 8, rng)) * np.sin(threads * y + 0.5 * field(size, 8, rng))
    return np.clip((0.6 + 0.2 * weave)[..., None] * rng.uniform(0.6, 1.2, 3), 0, 1)


def wood(size, rng):
    """Return a wooden board with its grain."""
    x, y = axes(size)
    rings = np.sin(rng.uniform(25, 45) * (y + 0.06 * field(size, 4, rng) + 0.05 * x * x)) + 0.3 * field(size, 50, rng)
    return np.clip((0.75 + 0.1 * rings)[..., None] * np.array((0.85, 0.62, 0.40)), 0, 1)


def hills(size, rng):
    """Return hills under a sky."""
    x, y = axes(size)
    picture = np.stack([0.55 + 0.2 * y, 0.72 + 0.12 * y, 0.95 + 0 * y], axis=2) + 0.05 * field(size, 6, rng)[..., None]
    for depth in range(4):
        wave = 0.2 * np.sin(rng.uniform(1.5, 4) * x + rng.uniform(0, 6))
        ridge = -0.3 + 0.3 * depth + wave + 0.03 * field(size, 20, rng)
        green = np.array((0.45, 0.60, 0.50)) * (1 - 0.2 * depth) + 0.04 * field(size, 60, rng)[..., None]
        picture = np.where((y > ridge)[..., None], green, picture)
    return np.clip(picture, 0, 1)


def street(size, rng):
    """Return a row of houses with windows."""
    (width, height), image = size, Image.new("RGB", size, (170, 195, 220))
    brush, left = ImageDraw.Draw(image), 0
    while left < width:
        right, roof = left + width * rng.uniform(0.16, 0.3), height * rng.uniform(0.15, 0.45)
        brush.rectangle((left, roof, right, height), fill=tuple(rng.integers(90, 210, 3).tolist()))
        for row in np.arange(roof + 0.06 * height, 0.8 * height, 0.16 * height):
            for column in np.arange(left + 0.02 * width, right - 0.05 * width, 0.07 * width):
                brush.rectangle((column, row, column + 0.035 * width, row + 0.08 * height), fill=(60, 70, 90))
        left = right
    brush.rectangle((0, 0.88 * height, width, height), fill=(95, 95, 100))
    return np.clip(np.asarray(image) / 255 + 0.03 * field(size, 60, rng)[..., None], 0, 1)


def window(size, rng):
    """Return a wall with a window in it and a table below."""
    (width, height), image = size, Image.new("RGB", size, tuple(rng.integers(150, 215, 3).tolist()))
    brush = ImageDraw.Draw(image)
    left, top = rng.uniform(0.1, 0.35) * width, rng.uniform(0.08, 0.16) * height
    for column in range(2):
        for row in range(2):
            x, y = left + column * 0.24 * width, top + row * 0.24 * height
            pane = (x, y, x + 0.22 * width, y + 0.22 * height)
            brush.rectangle(pane, fill=(205, 225, 240), outline=(90, 70, 55), width=3)
    table = (0, height, 0.08 * width, 0.7 * height, 0.95 * width, 0.7 * height, width, height)
    brush.polygon(table, fill=(125, 85, 55))
    box = (0.6 * width, 0.55 * height, 0.78 * width, 0.78 * height)
    brush.rectangle(box, fill=tuple(rng.integers(60, 200, 3).tolist()))
    return np.clip(np.asarray(image) / 255 + 0.04 * field(size, 5, rng)[..., None], 0, 1)
