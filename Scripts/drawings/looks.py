"""Looks: the eight conditions as rows of a table, and how a figure is drawn under one of them."""
from dataclasses import dataclass

import numpy as np
from PIL import Image

from hands import place, write
from papers import light, photograph, sheet, to_bytes
from pens import ink

INKS = {
    "black": (0.06, 0.06, 0.07), "pencil grey": (0.28, 0.28, 0.30), "blue-black": (0.10, 0.13, 0.32),
    "blue": (0.10, 0.22, 0.72), "red": (0.80, 0.10, 0.12), "green": (0.05, 0.48, 0.22),
    "violet": (0.45, 0.15, 0.60), "orange": (0.90, 0.42, 0.05), "brown": (0.42, 0.24, 0.12), "teal": (0.02, 0.45, 0.50),
    "magenta": (0.80, 0.10, 0.50),
    "white": (1.0, 1.0, 1.0), "chalk": (0.90, 0.91, 0.87), "pale": (0.82, 0.88, 0.95), "lemon": (0.96, 0.92, 0.60),
}
SIZES = ((28, 28), (28, 28), (32, 32), (40, 56), (48, 48), (64, 64), (84, 60), (96, 96), (128, 128), (150, 200),
         (200, 150), (224, 224), (256, 256), (320, 240), (300, 400), (400, 400), (640, 480), (480, 640), (800, 600),
         (900, 1200), (1500, 1200))
PLAIN = (("screen", "black"), ("office", "blue-black"), ("office", "black"), ("cream", "blue"), ("whiteboard", "black"),
         ("lined", "blue-black"), ("office", "pencil grey"), ("screen", "blue-black"))
ROUND_PENS = ("ballpoint", "felt", "pencil", "finger", "brush")
COMMON_FORMATS = ("grey PNG", "colour JPEG", "see-through PNG", "BMP", "palette PNG", "colour PNG", "GIF",
                  "covered RGBA PNG", "grey JPEG", "turned JPEG")


@dataclass(frozen=True)
class Look:
    """One condition. Ranges are (least, most); every choice has the same probability."""

    shares: tuple = (0.55, 0.85)  # of the image, filled by the figure
    nibs: tuple = (0.055, 0.10)  # width of the pen, in figure heights
    pens: tuple = ROUND_PENS
    surfaces: tuple = PLAIN  # pairs of paper and ink
    lights: tuple = (None,)
    slants: tuple = (-0.06, 0.22)
    turns: tuple = (-5, 5)  # degrees
    blurs: tuple = (0.0, 0.0)  # in figure heights
    noises: tuple = (0.0, 0.01)
    qualities: tuple = (75, 95)
    anywhere: bool = False
    smallest: int = 28  # shorter side of the image in pixels
    without: tuple = ()  # forms of digits that would be ambiguous under this look
    formats: tuple = COMMON_FORMATS


LOOKS = {
    "thin strokes": Look(nibs=(0.018, 0.035), pens=("ballpoint", "finger", "mouse", "pencil")),
    "thick strokes": Look(nibs=(0.13, 0.18), pens=("felt", "chisel", "finger", "brush"), shares=(0.6, 0.85)),
    "small and off-centre": Look(shares=(0.14, 0.3), anywhere=True, smallest=128),
    "slanted or rotated": Look(slants=(-0.35, 0.5), turns=(-17, 25), without=("plain",)),
    "inverted": Look(
        pens=("chalk", "felt", "finger", "brush", "ballpoint"), nibs=(0.05, 0.12),
        surfaces=(("board", "chalk"), ("slate", "chalk"), ("black", "white"), ("night", "pale"), ("navy", "white"),
                  ("board", "lemon")),
        formats=("grey PNG", "colour JPEG", "BMP", "palette PNG", "colour PNG", "GIF", "covered RGBA PNG",
                 "turned JPEG")),
    "shaded paper": Look(
        lights=("slope", "lamp", "shadow", "corner"), pens=("ballpoint", "felt", "pencil", "brush"), nibs=(0.045, 0.11),
        surfaces=(("office", "black"), ("cream", "blue-black"), ("lined", "blue-black"), ("squared", "blue"),
                  ("grey", "black"), ("whiteboard", "black")),
        blurs=(0.0, 0.012), noises=(0.008, 0.03), smallest=96,
        formats=("colour JPEG", "turned JPEG", "colour JPEG", "grey JPEG", "colour PNG", "grey PNG",
                 "covered RGBA PNG")),
    "noise and blur": Look(
        blurs=(0.006, 0.035), noises=(0.03, 0.12), qualities=(12, 40), smallest=48,
        nibs=(0.06, 0.12), pens=("ballpoint", "felt"),
        formats=("colour JPEG", "grey JPEG", "colour JPEG", "turned JPEG", "grey PNG", "GIF", "BMP")),
    "coloured ink": Look(
        pens=("ballpoint", "felt", "chisel", "finger", "brush"), nibs=(0.05, 0.12),
        surfaces=(("screen", "red"), ("office", "green"), ("screen", "orange"), ("whiteboard", "blue"),
                  ("cream", "violet"), ("note", "blue"), ("pink", "violet"), ("sky", "red"), ("mint", "brown"),
                  ("kraft", "blue-black"), ("note", "red"), ("office", "teal"), ("screen", "magenta")),
        formats=("colour PNG", "colour JPEG", "see-through PNG", "BMP", "palette PNG", "GIF", "covered RGBA PNG",
                 "turned JPEG")),
}


def pick(choices, rng):
    """Return one of the choices."""
    return choices[rng.integers(len(choices))]


def pick_size(look, rng):
    """Return the (width, height) of an image that suits the look."""
    return pick([size for size in SIZES if min(size) >= look.smallest], rng)


def leaning(look, rng):
    """Return slant and turn. Where the look allows large ones, either the slant or the turn is large."""
    slant, turn = rng.uniform(*look.slants), rng.uniform(*look.turns)
    if look.turns[1] < 10:
        return slant, turn
    if rng.random() < 0.4:
        slants = ((0.3, look.slants[1]), (0.3, look.slants[1]), (look.slants[0], -0.2))
        return rng.uniform(*pick(slants, rng)), turn / 6
    return slant / 6, rng.uniform(*pick(((11, look.turns[1]), (look.turns[0], -11)), rng))


def compose(look, figure, size, see_through, rng):
    """Return the image of a figure under a look: RGBA without paper if `see_through`, else RGB."""
    slant, turn = leaning(look, rng)
    lines, unit = place(write(figure, rng, slant, turn), size, rng.uniform(*look.shares), look.anywhere, rng)
    paper, colour = pick(look.surfaces, rng)
    cover = ink(lines, size, pick(look.pens, rng), max(rng.uniform(*look.nibs) * unit, 1.0), unit, rng)[..., None]
    tone = np.clip(np.array(INKS[colour]) + rng.normal(0, 0.02, 3), 0, 1)
    if see_through:
        return Image.fromarray(to_bytes(np.concatenate([np.ones_like(cover) * tone, cover], axis=2)))
    return Image.fromarray(to_bytes(expose(look, (1 - cover) * sheet(paper, size, rng) + cover * tone, unit, rng)))


def expose(look, picture, unit, rng):
    """Return the picture in the look's light, seen by its camera. A figure's height has `unit` pixels."""
    size, kind = picture.shape[1::-1], pick(look.lights, rng)
    if kind:
        picture = picture * light(kind, size, rng)
    return photograph(picture, rng.uniform(*look.blurs) * unit, rng.uniform(*look.noises), rng)
