"""Pens: how a line becomes ink on paper."""
import numpy as np
from PIL import Image, ImageDraw

from hands import travelled
from papers import field


def widths(line, pen, nib, unit, rng):
    """Return the width of the pen in pixels at each sample of the line. The figure's height has `unit` pixels."""
    way = travelled(line)
    knots = np.arange(0, way[-1] + unit, 0.25 * unit)
    pressure = np.interp(way, knots, rng.normal(0, 1, len(knots)))
    if pen == "brush":
        lifted = np.clip(np.minimum(way + 0.15 * unit, way[-1] - way + 0.05 * unit) / (0.3 * unit), 0, 1)
        return nib * np.clip((0.5 + 0.6 * lifted) * (1 + 0.12 * pressure), 0.4, 1.4)
    if pen == "chisel":
        step = np.gradient(line, axis=0)
        across = np.abs(np.sin(np.arctan2(step[:, 1], step[:, 0]) + np.pi / 4))
        return nib * (0.65 + 0.45 * across)
    change = {"ballpoint": 0.07, "felt": 0.06, "pencil": 0.1, "chalk": 0.1, "finger": 0.03, "mouse": 0.0}[pen]
    return nib * np.clip(1 + change * pressure, 0.6, 1.5)


def ink(lines, size, pen, nib, unit, rng):
    """Return how much of each pixel is inked, `[height, width]` from 0 to 1; `size` is (width, height)."""
    fine = int(np.clip(2400 // max(size), 1, 8))
    canvas = Image.new("L", (size[0] * fine, size[1] * fine))
    brush = ImageDraw.Draw(canvas)
    for line in lines:
        if len(line) == 1:
            dab(brush, line[0] * fine, 1.4 * nib * fine)
            continue
        way, width = travelled(line), widths(line, pen, nib, unit, rng)
        stops = np.linspace(0, way[-1], int(way[-1] / max(0.12 * nib, 0.4 / fine)) + 2)
        for x, y, broad in zip(*(np.interp(stops, way, values) for values in (*line.T, width))):
            dab(brush, (x * fine, y * fine), broad * fine)
    if fine > 1:
        canvas = canvas.reduce(fine)
    cover = np.asarray(canvas, dtype=np.float64) / 255
    if pen == "mouse":
        return (cover > 0.4).astype(np.float64)
    grain = {"pencil": 0.2, "chalk": 0.26}.get(pen, 0.025)
    cells = max(4, int(max(size) / max(0.14 * nib, 1)))
    return cover * np.clip(1 - grain * (0.6 + field(size, cells, rng)), 0.3, 1)


def dab(brush, middle, width):
    """Draw one dot of the pen."""
    (x, y), radius = middle, width / 2
    brush.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
