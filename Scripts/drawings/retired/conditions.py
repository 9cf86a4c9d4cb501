"""Under which conditions digits are drawn: the recipe of each, and the picture that comes of it."""
import numpy as np

from papers import light, lined, rgb, sensor, sheet, through_jpeg
from pens import hand, ink, placed, turned

WHITE = ("ffffff", "fbfaf6", "f6f4ee", "ffffff", "f2f2f2")
DARK = ("101014", "1c1c28", "26262a", "18203c", "000000")
SMALL = [(28, 28), (32, 32), (40, 56), (64, 64)]
MIDDLE = [(96, 96), (128, 100), (140, 200), (200, 200), (280, 280), (320, 240)]
LARGE = [(480, 640), (640, 480), (600, 800), (800, 600), (1024, 768), (900, 1200), (1200, 900), (1500, 1200)]
ANY = SMALL[:2] + MIDDLE + LARGE[:4] + SMALL[2:] + MIDDLE + LARGE
DRAWN = ["png-grey", "png-rgb", "png-alpha", "gif", "png-palette", "jpeg", "bmp", "png-grey-alpha", "jpeg-exif"]
PHOTOS = ["jpeg-exif", "jpeg", "png-rgb", "jpeg-exif", "jpeg-grey", "png-palette", "bmp", "jpeg", "png-grey", "gif"]

# A condition: sizes (width, height), formats, pens, the width of a stroke as a part of the digit's height, the digit's height
# as a part of the picture's.
CONDITIONS = {
    "thin-stroke": dict(
        sizes=MIDDLE + LARGE, kinds=DRAWN, pens=("ballpoint", "fineliner", "pencil"), width=(0.016, 0.034), part=(0.5, 0.82)),
    "thick-stroke": dict(
        sizes=ANY, kinds=DRAWN, pens=("marker", "fingertip", "brush", "broad nib"), width=(0.15, 0.2), part=(0.55, 0.8)),
    "off-centre-small": dict(
        sizes=MIDDLE[2:] + LARGE, kinds=DRAWN, pens=("ballpoint", "marker", "fineliner", "pencil"), width=(0.06, 0.12),
        part=(0.13, 0.26)),
    "slanted-rotated": dict(
        sizes=ANY, kinds=DRAWN, pens=("ballpoint", "marker", "fineliner", "brush"), width=(0.05, 0.12), part=(0.5, 0.78)),
    "inverted": dict(
        sizes=ANY, kinds=["png-grey", "png-rgb", "jpeg", "gif", "png-palette", "bmp", "png-alpha", "jpeg-exif"],
        pens=("chalk", "fingertip", "marker", "ballpoint"), width=(0.06, 0.12), part=(0.5, 0.78)),
    "shaded-paper": dict(
        sizes=MIDDLE[1:] + LARGE, kinds=PHOTOS, pens=("ballpoint", "marker", "pencil", "brush", "broad nib"),
        width=(0.05, 0.12), part=(0.35, 0.7)),
    "jpeg-noise": dict(
        sizes=[(64, 64)] + MIDDLE + LARGE, kinds=["jpeg", "jpeg-exif", "jpeg-grey", "jpeg", "jpeg-exif", "png-rgb"],
        pens=("ballpoint", "marker", "fineliner", "broad nib"), width=(0.06, 0.12), part=(0.4, 0.72)),
    "colour-ink": dict(
        sizes=MIDDLE + LARGE, kinds=["png-rgb", "jpeg", "png-palette", "jpeg-exif", "gif", "png-alpha", "bmp"],
        pens=("ballpoint", "marker", "fineliner", "brush"), width=(0.05, 0.11), part=(0.45, 0.78)),
}

INKS = ("1f3f9e", "b8202c", "15703c", "2d55c8", "d0342c", "1d8a50", "5a2a8c", "1a6f8a")
COLORED = ("fbf8ee", "fff6c9", "fde6ea", "e6f0fb", "e4f4e2", "d9c09a", "ffffff", "f7e3c8")
BOARDS = [("22352c", "f2f3ea"), ("1e2022", "f4f4f0"), ("2c4a3a", "f3e9a8"), ("26324e", "e8ecf4"), ("3a2e2a", "f6ead6")]
SCREENS = [("000000", "ffffff"), ("121212", "e8e8e8"), ("0b1030", "8fd0ff"), ("101418", "7df09a"), ("202020", "ffd070")]
LIGHTS = ("slope", "vignette", "shadow", "lamp")


def drawing(random, condition, number, digit, strokes):
    """The picture, and the ink's colour and opacity."""
    recipe = CONDITIONS[condition]
    width, height = recipe["sizes"][(11 * number + 3) % len(recipe["sizes"])]
    pen = recipe["pens"][number % len(recipe["pens"])]
    if condition == "slanted-rotated":
        # A flagged 1 turned to the left is a roof, to the right it is how many people write.
        lean = 0.75 if digit == 1 else random.choice([-1, 1])
        degrees, slant = lean * random.uniform(12, 24), lean * random.uniform(0.0, 0.2)
        degrees *= 0.5 if digit == 4 else 1  # turned further, a closed 4 is a flag on a stick
        if number % 3 == 2:
            degrees, slant = random.uniform(-5, 5), random.uniform(0.32, 0.45)
    else:
        degrees, slant = random.normal(0, 3), random.normal(0.07, 0.07)
    paths = turned(hand(strokes, random), random.uniform(0.85, 1.25), slant, degrees)

    tall = random.uniform(*recipe["part"]) * min(height, 1.25 * width)
    tall = max(tall, 30) if condition == "off-centre-small" else max(tall, 19) if min(width, height) < 40 else tall
    thick = random.uniform(*recipe["width"])
    if condition == "thick-stroke" and digit in (4, 6, 8, 9):
        thick *= 0.85  # so that the holes stay open
    thick = max(thick * tall, 1.3 if tall > 40 else 1.8)
    paths = placed(paths, box(random, condition, width, height, tall, thick))
    opacity = ink((height, width), paths, thick, pen, random)

    color, picture = ground(random, condition, number, (height, width), tall)
    if pen == "pencil":
        color = "4a4a4e"
    picture = picture * (1 - opacity[..., None]) + rgb(color) * opacity[..., None]
    return seen(random, condition, number, picture), (color, opacity)


def box(random, condition, width, height, tall, thick):
    """Where the digit stands: (x, y, width, height) without the half stroke around it."""
    tall, wide = tall - thick, 0.95 * tall
    edge = thick + 2
    wide = min(wide, width - 2 * edge)
    room = np.array([width - 2 * edge - wide, height - 2 * edge - tall]).clip(0)
    if condition == "off-centre-small":
        where = random.choice([random.uniform(0.02, 0.3, 2), random.uniform(0.7, 0.98, 2)], axis=0)
        where[random.integers(2)] = random.uniform(0.02, 0.98)
    else:
        where = np.clip(random.normal(0.5, 0.13, 2), 0.1, 0.9)
    x, y = edge + room * where
    return x, y, wide, tall


def ground(random, condition, number, shape, tall):
    """The ink's colour and the empty paper."""
    if condition == "inverted":
        board = number % 4 == 0 or number % 4 == 3
        paper, color = (BOARDS if board else SCREENS)[number // 2 % 5]
        return color, sheet(shape, paper, random, 0.018 if board else 0)
    if condition == "colour-ink":
        paper = sheet(shape, COLORED[number * 3 % 8], random)
        if number % 3 and min(shape) > 120:
            paper = lined(paper, random, number % 3 == 1, tall * random.uniform(0.28, 0.8), strength=random.uniform(0.22, 0.4))
        return INKS[number % 8], paper
    photo = condition in ("shaded-paper", "jpeg-noise")
    paper = sheet(shape, WHITE[number % 5], random, 0.01 if photo else 0.004 * (number % 2))
    if condition == "shaded-paper" and number % 5 == 4:
        paper = lined(paper, random, number % 2 == 0, tall * random.uniform(0.3, 0.7), strength=0.25)
    return DARK[number * 2 % 5], paper


def seen(random, condition, number, picture):
    """The picture as it arrives: drawn on a screen, scanned, or photographed."""
    shape = picture.shape[:2]
    scale = min(shape) / 500
    if condition == "shaded-paper":
        picture = picture * light(shape, random, LIGHTS[number % 4])[..., None]
        blur, noise, warmth = random.uniform(0.4, 0.8) + 0.3 * scale, random.uniform(0.006, 0.016), random.uniform(0, 0.05)
        return sensor(picture, random, blur, noise, warmth)
    if condition == "jpeg-noise":
        picture = picture * (0.9 - 0.12 * random.random())
        blur, noise, warmth = random.uniform(0.6, 1.0) + 0.9 * scale, random.uniform(0.03, 0.075), random.uniform(-0.02, 0.05)
        return through_jpeg(sensor(picture, random, blur, noise, warmth), int(random.integers(12, 35)))
    if condition == "inverted" and number % 4 in (0, 3):
        return sensor(picture, random, 0.5, 0.012)
    if condition == "colour-ink" and number % 2:
        return sensor(picture, random, 0.5, 0.008, 0.02)
    return picture


def quality(random, condition):
    return int(random.integers(15, 40) if condition == "jpeg-noise" else random.integers(72, 94))
