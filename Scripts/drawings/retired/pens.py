"""How it is drawn: a hand that follows strokes with jitter and changing speed, and the pen that leaves ink.

`write` turns the strokes of `figures` into paths on a canvas; `ink` turns paths into the opacity of each pixel.
Lengths are in pixels; a path is an array [points, 3] of x, y and pressure (about 1).
"""
import numpy as np

from papers import blurred, field

PENS = ("ballpoint", "fineliner", "pencil", "marker", "brush", "broad nib", "fingertip", "chalk")


def parse(stroke):
    """The pieces of a stroke between its sharp turns, each an array [points, 2] in heights of a digit."""
    pieces, piece = [], []
    for word in stroke.split():
        x, y = word.rstrip("!").split(",")
        piece.append((float(x) / 100, float(y) / 100))
        if word.endswith("!") and len(piece) > 1:
            pieces.append(piece)
            piece = [piece[-1]]
    if len(piece) > 1:
        pieces.append(piece)
    return [np.array(piece) for piece in pieces]


def spline(points, steps=16):
    """A centripetal Catmull-Rom spline through points [points, 2] (Yuksel et al., 2011, doi:10.1016/j.cad.2010.08.008)."""
    if len(points) == 2:
        return points[0] + np.linspace(0, 1, 2 * steps)[:, None] * (points[1] - points[0])
    ends = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    out = []
    for p0, p1, p2, p3 in zip(ends, ends[1:], ends[2:], ends[3:]):
        t1 = np.sqrt(np.linalg.norm(p1 - p0)) + 1e-6
        t2 = t1 + np.sqrt(np.linalg.norm(p2 - p1)) + 1e-6
        t3 = t2 + np.sqrt(np.linalg.norm(p3 - p2)) + 1e-6
        t = np.linspace(t1, t2, steps, endpoint=False)[:, None]
        a1, a2 = p0 + (p1 - p0) * t / t1, p1 + (p2 - p1) * (t - t1) / (t2 - t1)
        a3 = p2 + (p3 - p2) * (t - t2) / (t3 - t2)
        b1, b2 = a1 + (a2 - a1) * t / t2, a2 + (a3 - a2) * (t - t1) / (t3 - t1)
        out.append(b1 + (b2 - b1) * (t - t1) / (t2 - t1))
    return np.vstack(out + [points[-1:]])


def resampled(path, step):
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    count = max(int(length[-1] / step), 2) + 1
    at = np.linspace(0, length[-1], count)
    return np.stack([np.interp(at, length, path[:, 0]), np.interp(at, length, path[:, 1])], axis=1)


def drift(count, random, smooth):
    """A slow random walk around 0 with deviation 1, for the tremor of a hand and the weight on a pen."""
    knots = random.normal(size=max(count // smooth, 2) + 3)
    return np.interp(np.linspace(0, len(knots) - 1, count), np.arange(len(knots)), knots)


def hand(strokes, random, jitter=0.018):
    """The paths of one person's hand, in heights of a digit: control points displaced, the pen trembling, slower in bends."""
    # Neighbouring points move together, as a habit of the hand; only the rest is chance.
    waves, phases = random.normal(0, 6, (2, 2)), random.uniform(0, 2 * np.pi, 2)
    paths = []
    for stroke in strokes:
        offset, pieces, before = random.normal(0, jitter / 2, 2), [], None
        for points in parse(stroke):
            warp = 1.3 * jitter * np.sin(points @ waves + phases)
            points = points + warp + random.normal(0, 0.55 * jitter, points.shape) + offset
            if before is not None:
                points[0] = before
            before = points[-1]
            if len(points) == 2:
                across = (points[1] - points[0])[::-1] * [1, -1]
                points = np.array([points[0], points.mean(0) + across * random.normal(0, 0.025), points[1]])
            pieces.append(spline(points))
        path = resampled(np.vstack(pieces), 0.012)
        count = len(path)
        path = path + 0.004 * np.stack([drift(count, random, 7), drift(count, random, 7)], axis=1)
        bend = np.zeros(count)
        turn = np.diff(np.unwrap(np.arctan2(*np.diff(path, axis=0).T)))
        bend[1:-1] = np.abs(turn)
        bend = np.convolve(bend, np.ones(9) / 9, "same")[:count]
        # A hand slows down in bends (Lacquaniti et al., 1983, doi:10.1016/0001-6918(83)90027-6) and then presses harder.
        pressure = 0.9 + 0.25 * np.tanh(4 * bend) + 0.06 * drift(count, random, 12)
        paths.append(np.column_stack([path, pressure]))
    return paths


def turned(paths, aspect=1.0, slant=0.0, degrees=0.0):
    """Widened by `aspect`, slanted (x moves by `slant` for each y, positive leans right), turned clockwise by `degrees`."""
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix = turn @ np.array([[aspect, -slant], [0, 1]])
    return [np.column_stack([path[:, :2] @ matrix.T, path[:, 2]]) for path in paths]


def placed(paths, box):
    """Scaled without distortion to fit box (x, y, width, height), and centred in it."""
    points = np.vstack(paths)[:, :2]
    low, size = points.min(0), np.ptp(points, axis=0)
    scale = min(box[2] / max(size[0], 1e-3), box[3] / max(size[1], 1e-3))
    origin = np.array(box[:2]) + (np.array(box[2:]) - size * scale) / 2
    return [np.column_stack([(path[:, :2] - low) * scale + origin, path[:, 2]]) for path in paths]


def ink(shape, paths, width, pen, random):
    """The opacity [height, width] of the ink that a pen of that width leaves along the paths."""
    mask = np.zeros(shape, np.float32)
    flat, angle = (0.35, np.deg2rad(random.uniform(25, 50))) if pen == "broad nib" else (1.0, 0.0)
    cos, sin = np.cos(angle), np.sin(angle)
    for path in paths:
        points = resampled(path[:, :2], max(width * 0.3, 1.2))
        count = len(points)
        pressure = np.interp(np.linspace(0, 1, count), np.linspace(0, 1, len(path)), path[:, 2])
        radius = width / 2 * reach(pen, pressure, random)
        for (ax, ay), (bx, by), ra, rb in zip(points, points[1:], radius, radius[1:]):
            far = max(ra, rb) + 2
            x0, x1 = max(int(min(ax, bx) - far), 0), min(int(max(ax, bx) + far) + 1, shape[1])
            y0, y1 = max(int(min(ay, by) - far), 0), min(int(max(ay, by) + far) + 1, shape[0])
            if x0 >= x1 or y0 >= y1:
                continue
            x = np.arange(x0, x1, dtype=np.float32)[None] + 0.5
            y = np.arange(y0, y1, dtype=np.float32)[:, None] + 0.5
            # Distances are taken where the nib is round: turned by its angle and stretched across.
            u, v = (x - ax) * cos - (y - ay) * sin, ((x - ax) * sin + (y - ay) * cos) / flat
            du, dv = (bx - ax) * cos - (by - ay) * sin, ((bx - ax) * sin + (by - ay) * cos) / flat
            t = np.clip((u * du + v * dv) / max(du * du + dv * dv, 1e-9), 0, 1)
            distance = np.hypot(u - t * du, v - t * dv) * flat
            cover = np.clip((ra + (rb - ra) * t) * flat - distance + 0.5, 0, 1)
            np.maximum(mask[y0:y1, x0:x1], cover, out=mask[y0:y1, x0:x1])
    return mask * grain(shape, width, pen, random)


def reach(pen, pressure, random):
    """The radius along a path, as a multiple of half the pen's width."""
    count = len(pressure)
    rough = 1 + 0.035 * drift(count, random, 3)
    if pen == "brush":
        s = np.linspace(0, 1, count)
        tapered = np.clip(0.45 + 5 * s, 0, 1) * np.clip(0.25 + 4 * (1 - s), 0, 1)
        return np.clip(0.25 + 0.9 * pressure ** 2, 0.4, 1.3) * tapered * rough
    if pen in ("fineliner", "fingertip"):
        return np.ones(count)
    if pen == "chalk":
        return (0.8 + 0.25 * pressure) * (1 + 0.12 * random.normal(size=count))
    if pen == "broad nib":
        return np.full(count, 1.35) * rough
    return (0.65 + 0.35 * pressure) * rough


def grain(shape, width, pen, random):
    """How much of the pen's ink the paper takes at each pixel, 0 to 1."""
    if pen in ("fineliner", "fingertip"):
        return np.float32(1)
    fine = blurred(random.normal(size=shape).astype(np.float32), min(0.15 * width, 1.0))
    fine /= fine.std()
    slow = field(shape, random, max(min(shape) // 14, 3))
    if pen == "pencil":
        return np.clip(0.74 + 0.2 * fine + 0.1 * slow, 0.2, 0.96)
    if pen == "chalk":
        return np.clip(0.8 + 0.24 * fine + 0.1 * slow, 0.2, 1)
    if pen == "ballpoint":
        return np.clip(0.9 + 0.05 * fine + 0.08 * slow, 0.45, 1)
    if pen == "brush":
        return np.clip(0.94 + 0.04 * slow, 0.6, 1)
    return np.clip(0.95 + 0.02 * fine + 0.03 * slow, 0.6, 1)
