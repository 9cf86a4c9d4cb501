#!/usr/bin/env python3
"""Golden images of the augmentation: all steps from a seed to distorted bytes, computed with NumPy and SciPy.

    Scripts/reference/golden_augmentation.py > Tests/NumeralTests/Golden/augmentation.json

Random numbers are SplitMix64 over whole arrays, fields are scipy.ndimage.gaussian_filter, pixels are read by
scipy.ndimage.map_coordinates of order 1 on an image with zeros around it, strokes are grey_dilation and grey_erosion
with a cross. All is in double precision, so a byte may differ by one where a value lies near the middle between two
bytes. Reference run: NumPy 2.4.6, SciPy 1.17.1.
"""
import json

import numpy as np
from scipy import ndimage

MASK = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15
PURPOSE = 6
FIELDS = 16
CROSS = ndimage.generate_binary_structure(2, 1)


def mix(value):
    z = value & MASK
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


class Stream:
    def __init__(self, seed, epoch, sample):
        self.key = mix(mix(mix(mix(seed) + PURPOSE) + epoch) + sample)

    def value(self, index):
        return mix(self.key + (index + 1) * GAMMA)

    def share(self, index):
        return (self.value(index) >> 11) * 2.0**-53

    def either(self, index):
        return 2 * self.share(index) - 1

    def field(self, first, shape):
        count = shape[0] * shape[1]
        values = np.array([self.value(first + n) for n in range((count + 3) // 4)], dtype="<u8")
        bits = values.view("<u2").astype(float)[:count]
        return ((2 * bits + 1 - 65536) / 65536).reshape(shape)


def distorted(picture, a, maximum, seed, epoch, sample):
    channels, height, width = picture.shape
    stream = Stream(seed, epoch, sample)
    per_field = (height * width + 3) // 4

    shift = np.array([a["shift"] * stream.either(0), a["shift"] * stream.either(1)])
    angle = np.deg2rad(a["rotation"] * stream.either(2))
    low, high = a["scale"]
    scale = [low + (high - low) * stream.share(3), low + (high - low) * stream.share(4)]
    shear = a["shear"] * stream.either(5)
    thickness = a["stroke"] * stream.either(6)
    hole = int(stream.share(7) * width), int(stream.share(8) * height)

    rotate = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    slant = np.array([[1, shear], [0, 1]])
    forward = rotate @ slant @ np.diag(scale)
    middle = np.array([(width - 1) / 2, (height - 1) / 2])
    y, x = np.mgrid[0:height, 0:width]
    to = np.stack([x, y], axis=-1) - middle - shift
    source = to @ np.linalg.inv(forward).T + middle

    fields = []
    if a["elastic"]:
        alpha, sigma = a["elastic"]
        for which in range(2):
            field = stream.field(FIELDS + which * per_field, (height, width))
            smooth = ndimage.gaussian_filter(field, sigma, mode="constant", truncate=3.0)
            fields.append(smooth)
            source[:, :, which] += alpha * smooth

    planes = []
    for channel in range(channels):
        plane = ndimage.map_coordinates(
            picture[channel].astype(float), [source[:, :, 1], source[:, :, 0]], order=1, mode="grid-constant")
        filtered = plane
        if thickness > 0:
            filtered = ndimage.grey_dilation(plane, footprint=CROSS, mode="constant", cval=0)
        elif thickness < 0:
            filtered = ndimage.grey_erosion(plane, footprint=CROSS, mode="constant", cval=0)
        plane = plane + abs(thickness) * (filtered - plane)
        if a["noise"] > 0:
            plane = plane + a["noise"] * maximum * stream.field(FIELDS + (2 + channel) * per_field, (height, width))
        plane = np.floor(np.clip(plane, 0, maximum) + 0.5)
        if a["cutout"] > 0:
            left, top = hole[0] - a["cutout"] // 2, hole[1] - a["cutout"] // 2
            plane[max(0, top):top + a["cutout"], max(0, left):left + a["cutout"]] = 0
        planes.append(plane)
    return np.stack(planes), fields


def picture(shape, maximum, seed):
    """Blurred blots: neighbouring pixels differ, and the paper is zero."""
    random = np.random.Generator(np.random.PCG64(seed))
    blots = np.stack([ndimage.gaussian_filter(random.random(shape[1:]), 1.5) for _ in range(shape[0])])
    blots = np.clip((blots - blots.mean()) * 6, 0, 1)
    return np.floor(blots * maximum + 0.5)


NONE = {"shift": 0, "rotation": 0, "scale": [1, 1], "shear": 0, "elastic": None, "stroke": 0, "noise": 0, "cutout": 0}
CASES = [
    ((1, 12, 9), 255, {"shift": 3}),
    ((1, 12, 9), 255, {"rotation": 40}),
    ((1, 9, 12), 255, {"scale": [0.7, 1.4]}),
    ((1, 9, 12), 255, {"shear": 0.5}),
    ((1, 17, 19), 255, {"elastic": [34, 4]}),
    ((1, 28, 28), 255, {"elastic": [8, 1.5]}),
    ((1, 12, 9), 255, {"stroke": 1}),
    ((1, 12, 9), 255, {"noise": 0.2}),
    ((1, 12, 18), 255, {"cutout": 5}),
    ((1, 8, 8), 16, {"rotation": 15, "scale": [0.9, 1.1], "stroke": 0.5, "noise": 0.1}),
    ((3, 10, 33), 255, {"shift": 1, "rotation": 10, "elastic": [20, 3], "stroke": 0.6, "noise": 0.05, "cutout": 4}),
    (
        (1, 28, 28), 255,
        {"shift": 2, "rotation": 15, "scale": [0.8, 1.2], "shear": 0.2, "elastic": [30, 4], "stroke": 0.8},
    ),
]


def main():
    pictures, fields = [], []
    for number, (shape, maximum, given) in enumerate(CASES):
        a = {**NONE, **given}
        source = picture(shape, maximum, number)
        for seed, epoch, sample in [(1, 1, number), (7, 30, 59_999)]:
            result, displacements = distorted(source, a, maximum, seed, epoch, sample)
            pictures.append({
                "shape": shape, "maximum": maximum, "augmentation": a, "seed": seed, "epoch": epoch, "sample": sample,
                "source": source.astype(int).ravel().tolist(), "expected": result.astype(int).ravel().tolist(),
            })
            if displacements and seed == 1:
                fields.append({
                    "height": shape[1], "width": shape[2], "sigma": a["elastic"][1], "seed": seed, "epoch": epoch,
                    "sample": sample, "dx": [round(v, 7) for v in displacements[0].ravel().tolist()],
                    "dy": [round(v, 7) for v in displacements[1].ravel().tolist()],
                })
    print(json.dumps({"pictures": pictures, "fields": fields}, separators=(",", ":")))


main()
