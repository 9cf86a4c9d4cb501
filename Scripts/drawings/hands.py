"""The hand: how a person's drawing of a figure differs from the ideal, anew each time."""
import numpy as np

from figures import curve


def write(figure, rng, slant=0.0, turn=0.0):
    """Return the lines `[samples, 2]` of a figure as a hand draws it.

    Points are missed, strokes shifted, lines tremble, ends go too far or stop short. `slant` says how far the top leans
    to the right per unit of height; `turn` is in degrees, clockwise.
    """
    care, trembling = rng.uniform(0.008, 0.022), rng.uniform(0.001, 0.007)
    aspect = rng.uniform(0.82, 1.25)
    lines = []
    for points, corners in figure:
        missed = points + rng.normal(0, care, points.shape) + rng.normal(0, 0.4 * care, 2)
        line = curve(missed, corners)
        if len(points) > 1:
            line = reach(line, rng.uniform(-0.02, 0.035))
            line = reach(line[::-1], rng.uniform(-0.02, 0.025))[::-1]
            line = line + trembling * wander(line, rng, 0.09)
        lines.append(line)
    angle = np.deg2rad(turn)
    cosine, sine = np.cos(angle), np.sin(angle)
    slanted = [np.stack([aspect * line[:, 0] - slant * line[:, 1], line[:, 1]], axis=1) for line in lines]
    return [np.stack([cosine * x - sine * y, sine * x + cosine * y], axis=1) for x, y in (line.T for line in slanted)]


def travelled(line):
    """Return the length of the line up to each of its samples."""
    return np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])


def reach(line, amount):
    """Return the line made longer at its end by `amount`, or shorter if that is negative."""
    way = travelled(line)
    if amount < 0:
        return line[way <= max(way[-1] + amount, way[-1] / 2)]
    direction = line[-1] - line[-4]
    return np.concatenate([line, [line[-1] + amount * direction / (np.hypot(*direction) + 1e-9)]])


def wander(line, rng, stride):
    """Return smooth random numbers `[samples, 2]` of about unit size along the line, new ones every `stride`."""
    way = travelled(line)
    knots = np.arange(0, way[-1] + 2 * stride, stride)
    return np.stack([np.interp(way, knots, rng.normal(0, 1, len(knots))) for _ in range(2)], axis=1)


def place(lines, size, share, anywhere, rng):
    """Return the lines in pixels of an image of `size` (width, height), and how many pixels one unit of height has.

    The figure fills `share` of the image. It stands near the middle, or anywhere with a margin left.
    """
    everything = np.concatenate(lines)
    low, high = everything.min(axis=0), everything.max(axis=0)
    extent = high - low
    scale = min(share * size[0] / max(extent[0], 0.3), share * size[1] / max(extent[1], 0.3))
    room = np.maximum((np.array(size) - scale * extent) / 2 - (1 + 0.12 * scale), 0)
    shift = rng.uniform(-1, 1, 2) if anywhere else np.clip(rng.normal(0, 0.3, 2), -1, 1)
    middle = np.array(size) / 2 + shift * room
    return [middle + scale * (line - (low + high) / 2) for line in lines], scale
