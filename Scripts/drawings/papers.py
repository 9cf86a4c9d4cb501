"""Paper, light and camera. A picture here is an array `[height, width, 3]` of numbers from 0 to 1."""
import numpy as np
from PIL import Image, ImageFilter

PAPERS = {  # colour, roughness, ruling
    "screen": ((1.00, 1.00, 1.00), 0.000, None), "office": ((0.96, 0.96, 0.95), 0.008, None),
    "cream": ((0.96, 0.93, 0.85), 0.015, None), "grey": ((0.76, 0.76, 0.77), 0.015, None),
    "whiteboard": ((0.93, 0.95, 0.96), 0.004, None), "lined": ((0.97, 0.97, 0.95), 0.010, "lines"),
    "squared": ((0.96, 0.96, 0.96), 0.010, "squares"), "note": ((0.98, 0.91, 0.48), 0.008, None),
    "pink": ((0.97, 0.76, 0.80), 0.008, None), "sky": ((0.72, 0.86, 0.96), 0.008, None),
    "mint": ((0.76, 0.93, 0.80), 0.008, None), "kraft": ((0.78, 0.64, 0.47), 0.030, None),
    "board": ((0.13, 0.24, 0.19), 0.025, None), "slate": ((0.15, 0.16, 0.18), 0.020, None),
    "black": ((0.00, 0.00, 0.00), 0.000, None), "night": ((0.08, 0.10, 0.17), 0.000, None),
    "navy": ((0.10, 0.16, 0.36), 0.010, None),
}


def field(size, cells, rng):
    """Return smooth random numbers `[height, width]` of about unit size, with `cells` hills along the longer side."""
    width, height = size
    counts = [max(2, round(cells * side / max(size))) for side in size]
    coarse = Image.fromarray(rng.normal(0, 1, counts[::-1]).astype(np.float32))
    return np.asarray(coarse.resize((width, height), Image.Resampling.BICUBIC), dtype=np.float64)


def axes(size):
    """Return x and y of every pixel, each from -1 to 1."""
    return np.meshgrid(np.linspace(-1, 1, size[0]), np.linspace(-1, 1, size[1]))


def sheet(paper, size, rng):
    """Return an empty sheet of the paper."""
    colour, roughness, ruling = PAPERS[paper]
    picture = np.ones((size[1], size[0], 3)) * colour
    if roughness:
        stain = roughness * (0.7 * rng.normal(0, 1, (size[1], size[0])) + field(size, 7, rng))
        picture = picture + stain[..., None] + rng.normal(0, 0.01, 3)
    if ruling:
        period = min(size) * rng.uniform(0.1, 0.2)
        thickness = max(1.0, min(size) / 350)
        start, tilt = rng.uniform(0, period), rng.normal(0, 0.015)
        rows, columns = np.mgrid[:size[1], :size[0]].astype(np.float64)
        marked = np.mod(rows + tilt * columns - start, period) < thickness
        if ruling == "squares":
            marked |= np.mod(columns - tilt * rows - start, period) < thickness
        strength = 0.4 * min(1, min(size) / 200) * marked[..., None]
        picture = (1 - strength) * picture + strength * np.array((0.55, 0.68, 0.85))
    return np.clip(picture, 0, 1)


def light(kind, size, rng):
    """Return how bright each pixel of a photographed sheet is, `[height, width, 3]`, coloured a little by the lamp."""
    x, y = axes(size)
    angle = rng.uniform(0, 2 * np.pi)
    along = np.cos(angle) * x + np.sin(angle) * y
    darkest = rng.uniform(0.42, 0.65)
    if kind == "slope":
        shade = np.clip((along + 1.2) / 2.4, 0, 1)
    elif kind == "lamp":
        shade = np.exp(-0.5 * ((x - rng.uniform(-0.6, 0.6)) ** 2 + (y - rng.uniform(-0.6, 0.6)) ** 2))
    elif kind == "shadow":
        edge = along + 0.15 * field(size, 3, rng) - rng.uniform(-0.5, 0.5)
        shade = 1 / (1 + np.exp(-edge / rng.uniform(0.05, 0.2)))
    else:
        across = np.sin(angle) * x - np.cos(angle) * y
        edge = np.minimum(along, across) - rng.uniform(-0.6, 0.0)
        shade = 1 - 0.9 / (1 + np.exp(-edge / rng.uniform(0.06, 0.2)))
    tint = np.array((1, 1 - rng.uniform(0, 0.05), 1 - rng.uniform(0, 0.14)))
    return (darkest + (1 - darkest) * shade)[..., None] * tint * rng.uniform(0.85, 1.0)


def photograph(picture, blur, noise, rng):
    """Return the picture as a camera sees it: blurred or shaken by `blur` pixels, with `noise` in every pixel."""
    if blur > 0.2:
        image = Image.fromarray(to_bytes(picture))
        if rng.random() < 0.3:
            dx, dy = rng.normal(0, 1, 2)
            reach = 2 * blur / np.hypot(dx, dy)
            shaken, edge = np.zeros_like(picture), tuple(to_bytes(picture.mean(axis=(0, 1))).tolist())
            steps = np.linspace(-1, 1, 2 * min(int(2 * blur), 25) + 3)
            for step in steps:
                moves = (1, 0, step * dx * reach, 0, 1, step * dy * reach)
                moved = image.transform(
                    image.size, Image.Transform.AFFINE, moves, Image.Resampling.BILINEAR, fillcolor=edge)
                shaken += np.asarray(moved) / (255 * len(steps))
            picture = shaken
        else:
            picture = np.asarray(image.filter(ImageFilter.GaussianBlur(float(blur)))) / 255
    if noise:
        grey = rng.normal(0, noise, picture.shape[:2])[..., None]
        picture = picture + grey + rng.normal(0, 0.5 * noise, picture.shape)
    return np.clip(picture, 0, 1)


def to_bytes(picture):
    """Return numbers from 0 to 1 as bytes."""
    return np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8)
