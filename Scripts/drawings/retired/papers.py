"""What is drawn on, the light that falls on it, and the camera: pictures are float arrays [height, width, 3] from 0 to 1."""
import io

import numpy as np
from PIL import Image


def blurred(picture, deviation):
    """A Gaussian blur along the first two axes; edges are repeated."""
    if deviation < 0.05:
        return picture
    reach = int(3 * deviation) + 1
    taps = np.exp(-0.5 * (np.arange(-reach, reach + 1) / deviation) ** 2)
    taps = (taps / taps.sum()).astype(picture.dtype)
    for axis in (0, 1):
        edges = [(reach, reach) if a == axis else (0, 0) for a in range(picture.ndim)]
        wide, length = np.pad(picture, edges, "edge"), picture.shape[axis]
        picture = sum(tap * np.take(wide, range(i, i + length), axis) for i, tap in enumerate(taps))
    return picture


def field(shape, random, cell):
    """A smooth random field with deviation about 1 whose hills are about `cell` pixels wide."""
    small = random.normal(size=(max(shape[0] // cell, 1) + 3, max(shape[1] // cell, 1) + 3)).astype(np.float32)
    return np.asarray(Image.fromarray(small).resize((shape[1], shape[0]), Image.Resampling.BICUBIC)) * 1.3


def rgb(text):
    return np.array([int(text[i:i + 2], 16) for i in (0, 2, 4)], np.float32) / 255


def sheet(shape, color, random, fibre=0.008):
    """A sheet of one colour (hexadecimal) with the fine unevenness of paper."""
    paper = np.ones(shape + (3,), np.float32) * rgb(color)
    if fibre:
        fine = blurred(random.normal(size=shape).astype(np.float32), 0.6)
        paper += fibre * (fine + 0.6 * field(shape, random, max(min(shape) // 6, 4)))[..., None]
    return paper


def lined(paper, random, squared, spacing, color="9ab4d6", strength=0.5):
    """Printed lines, across or squared, `spacing` pixels apart and slightly turned, as wide as a line on real paper."""
    height, width = paper.shape[:2]
    slope = random.uniform(-0.03, 0.03)
    x, y = np.arange(width, dtype=np.float32)[None], np.arange(height, dtype=np.float32)[:, None]
    thick = max(spacing * 0.045, 0.8)
    line = np.zeros((height, width), np.float32)
    phase = random.uniform(0, spacing, 2)
    for position, start in ((y + slope * x, phase[0]), (x - slope * y, phase[1]))[:2 if squared else 1]:
        distance = np.abs((position + start) % spacing - spacing / 2)
        line = np.maximum(line, np.clip(thick / 2 - distance + 0.5, 0, 1))
    alpha = strength * line[..., None]
    return paper * (1 - alpha) + alpha * rgb(color)


def light(shape, random, kind):
    """How much light falls on each pixel: a slope, a vignette, the soft shadow of a hand, or a lamp."""
    height, width = shape
    x = (np.arange(width, dtype=np.float32)[None] + 0.5) / width - 0.5
    y = (np.arange(height, dtype=np.float32)[:, None] + 0.5) / height - 0.5
    angle = random.uniform(0, 2 * np.pi)
    along = x * np.cos(angle) + y * np.sin(angle)
    if kind == "slope":
        level = 0.72 + random.uniform(0.35, 0.6) * along
    elif kind == "vignette":
        strength, (cx, cy) = random.uniform(0.8, 1.3), random.uniform(-0.1, 0.1, 2)
        level = 0.92 - strength * ((x - cx) ** 2 + (y - cy) ** 2)
    elif kind == "shadow":
        edge = along + 0.12 * np.sin(5 * (x * np.sin(angle) - y * np.cos(angle)) + angle) - random.uniform(-0.2, 0.2)
        level = 0.9 - random.uniform(0.3, 0.42) / (1 + np.exp(-edge / random.uniform(0.015, 0.06)))
    else:
        cx, cy = random.uniform(-0.4, 0.4, 2)
        level = 0.5 + 0.45 * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / random.uniform(0.15, 0.3))
    return np.clip(level + 0.015 * field(shape, random, max(min(shape) // 3, 4)), 0.22, 1.0).astype(np.float32)


def sensor(picture, random, blur, noise, warmth=0.0):
    """What a camera makes of it: out of focus, tinted by the lamp, noisier in the dark."""
    picture = blurred(picture, blur) * (1 + warmth * np.array([1, 0, -1.6], np.float32))
    grey = random.normal(size=picture.shape[:2]).astype(np.float32)[..., None]
    color = blurred(random.normal(size=picture.shape).astype(np.float32), 0.7)
    return picture + noise * (grey + 0.8 * color) * (1.2 - 0.5 * picture)


def pixels(picture):
    return (np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)


def through_jpeg(picture, quality):
    """The picture after one generation of JPEG, as a messenger leaves it."""
    file = io.BytesIO()
    Image.fromarray(pixels(picture)).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file).convert("RGB")).astype(np.float32) / 255
