"""Figures: digits, letters, signs and shapes as strokes, written down by hand.

A stroke is a text of points `x,y` in hundredths of the figure's height; y points down. A smooth curve runs through the
points; a star after a point makes a corner there. A stroke of one point is a dot.
"""
import numpy as np

DIGITS = {
    0: {"round": ("33,1 13,12 2,48 12,87 32,99 53,87 63,50 54,14 36,1 24,5",),
        "narrow, ends overlapping": ("41,6 29,1 12,14 4,50 12,89 28,99 44,84 49,50 44,20 34,6 25,5",)},
    1: {"plain": ("12,0 11,50 10,100",),
        "foot and flag": ("2,26 27,0* 27,100", "4,100 50,99"),
        "flag": ("4,27 27,0* 26,100",)},
    2: {"no loop": ("3,23 13,5 32,0 51,11 52,33 36,60 2,98* 60,97",),
        "loop": ("4,21 16,3 38,1 52,18 47,42 29,70 12,92 3,93 3,84 13,80 30,90 46,98 62,91",)},
    3: {"round": ("4,12 22,0 43,5 48,24 38,40 19,46* 42,50 56,68 48,91 24,100 2,88",),
        "flat-topped": ("4,3 51,2* 22,40* 44,43 56,64 48,90 24,100 2,90",)},
    4: {"open": ("12,4 7,32 3,58* 62,55", "45,14 44,55 42,100"),
        "closed": ("43,100 43,0* 2,67* 64,65",)},
    5: {"hat put on last": ("12,4 8,45* 28,38 51,49 54,76 36,97 3,92", "11,3 56,1"),
        "one stroke": ("55,2 15,3* 11,44* 26,36 45,40 54,64 44,90 24,99 3,90",)},
    6: {"bowed": ("49,5 26,16 7,50 6,80 24,99 47,89 51,70 36,55 17,61 6,77",),
        "straight-backed": ("36,0 18,32 4,68 9,92 28,100 47,90 49,71 34,60 16,67 5,82",)},
    7: {"no bar": ("2,4 56,2* 38,46 23,100",),
        "bar": ("2,3 56,2* 25,100", "17,52 55,48"),
        "hooked, no bar": ("3,17 5,3* 56,4* 37,44 27,100",)},
    8: {"one stroke": ("50,13 31,0 11,11 15,34 34,48 53,68 48,92 28,100 7,90 8,69 26,51 46,34 51,16 44,5",),
        "two rings": ("30,0 13,9 12,33 29,45 47,34 47,11 31,0", "30,46 7,57 4,84 28,100 54,87 54,60 29,46")},
    9: {"hooked": ("49,20 34,1 12,7 4,29 17,48 38,43 49,22* 51,62 42,91 22,100 5,91",),
        "straight": ("48,19 32,1 10,7 4,29 18,48 38,42 48,18* 46,60 44,100",)},
}

LETTERS = {
    "A": ("2,100 32,0* 62,100", "14,64 50,63"), "E": ("52,1 4,2* 4,99* 54,98", "5,48 44,47"),
    "F": ("56,1 4,2* 4,100", "5,46 44,45"), "H": ("4,0 4,100", "58,0 58,100", "5,50 58,48"),
    "K": ("4,0 4,100", "54,0 5,56", "20,44 58,100"), "M": ("2,100 8,0* 40,70* 72,0* 80,100"),
    "N": ("4,100 4,0* 58,100* 58,0"), "R": ("4,0 4,100", "4,3 38,2 52,16 50,36 34,50 5,52", "22,52 58,100"),
    "V": ("2,0 30,100* 58,0"), "W": ("0,0 20,100* 42,28* 64,100* 86,0"), "X": ("4,0 58,100", "58,0 2,100"),
    "f": ("42,6 28,0 19,14 18,100", "2,38 40,36"), "h": ("4,0 4,100", "5,64 20,46 38,48 44,64 44,100"),
    "k": ("4,0 4,100", "40,42 5,74", "16,66 44,100"),
    "m": ("4,40 4,100", "5,58 18,41 32,46 36,100", "36,60 50,41 66,46 70,100"),
    "n": ("4,40 4,100", "5,60 20,41 38,44 46,58 46,100"), "w": ("2,42 16,100* 32,56* 48,100* 64,42"),
    "x": ("4,42 50,100", "50,42 2,100"),
}
WORDS = ("WARM", "fax", "MAKE", "hum", "NEW", "HAVE")
LETTERS_IN_WORDS = {
    "a": ("44,46 24,40 6,58 8,90 26,100 44,84* 45,44* 46,100"), "u": ("4,42 5,86 20,100 40,88 46,70* 46,42* 47,100"),
}
SIGNS = {
    "question mark": ("4,20 16,2 40,0 54,18 46,38 30,52 28,72", "28,97"),
    "and": ("70,100 16,26 20,4 38,2 44,20 10,56 4,82 24,100 50,88 68,56"),
    "at": ("64,38 46,32 34,48 40,66 58,62 66,36* 66,62 80,66 94,46 82,14 50,2 14,18 2,52 16,88 52,100 84,90"),
    "hash": ("26,2 16,98", "56,2 46,98", "2,36 72,32", "0,68 70,64"),
    "per cent": ("64,2 8,98", "14,6 3,18 12,32 24,20 15,6", "58,66 48,80 58,95 70,82 60,66"),
    "arrow right": ("0,50 110,48", "80,20 110,48* 82,80"), "arrow up": ("36,100 36,0", "6,34 36,0* 68,32"),
    "heart": ("50,28 38,4 12,4 4,30 20,62 50,100* 82,60 96,30 86,4 62,4 50,28"),
    "star": ("18,100 50,0* 80,100* 0,36* 100,34* 18,100"), "tick": ("0,62 28,100* 84,0"),
    "quaver": ("46,88 28,78 8,88 14,100 36,99 46,86* 46,2* 62,24 74,32 70,50"),
    "two quavers": ("24,90 12,82 2,92 12,100 25,90* 25,8* 86,0* 86,80", "86,82 72,76 62,86 72,95 86,82", "25,22 86,14"),
    "plus": ("40,6 40,94", "0,50 82,48"), "equals": ("0,34 76,32", "0,66 76,64"),
}
SHAPES = {
    "triangle": ("50,0 0,92* 104,90* 50,0"),
    "box crossed": ("0,0 100,2* 98,100* 2,98* 0,0", "0,0 98,100", "100,2 2,98"),
    "house": ("0,100 0,44* 50,0* 100,44* 100,100* 0,100", "38,100 38,64* 62,64* 62,100", "0,44 100,44"),
    "cube": ("0,30 66,30* 66,100* 0,100* 0,30", "0,30 34,0* 100,0* 66,30", "100,0 100,70* 66,100"),
    "envelope": ("0,0 140,2* 140,90* 0,90* 0,0", "0,0 70,52* 140,2"),
    "waves": ("0,30 16,6 32,30 48,54 64,30 80,6 96,30 112,54 128,30",
              "0,70 16,46 32,70 48,94 64,70 80,46 96,70 112,94 128,70"),
    "face": ("50,0 8,22 2,60 30,98 72,98 100,58 90,20 52,0", "34,36", "66,36", "26,62 50,80 74,62"),
    "cloud": ("14,80 0,58 16,40* 20,12 50,2 66,22* 92,14 104,40* 128,44 126,78 104,82 14,80"),
}


def read(strokes):
    """Return a figure: for each stroke its points `[points, 2]` in units of height, and which ones are corners."""
    figure = []
    for stroke in (strokes,) if isinstance(strokes, str) else strokes:
        words = stroke.split()
        points = np.array([[float(part) for part in word.rstrip("*").split(",")] for word in words]) / 100
        figure.append((points, [word.endswith("*") for word in words]))
    return figure


def word(text):
    """Return the figure of a word: its letters side by side."""
    figure, left = [], 0.0
    for letter in text:
        strokes = read({**LETTERS, **LETTERS_IN_WORDS}[letter])
        figure += [(points + [left, 0], corners) for points, corners in strokes]
        left += max(points[:, 0].max() for points, _ in strokes) + 0.2
    return figure


def curve(points, corners):
    """Return the line through the points, `[samples, 2]`: smooth between corners. A single point stays as it is."""
    if len(points) == 1:
        return points
    inner = [index for index, corner in enumerate(corners) if corner and 0 < index < len(points) - 1]
    ends = [0, *inner, len(points) - 1]
    return np.concatenate([smooth(points[first:last + 1]) for first, last in zip(ends, ends[1:])])


def smooth(points, samples=24):
    """Return a cubic Hermite curve through the points; its parameter grows with the square root of the distance."""
    clock = np.concatenate([[0], np.cumsum(np.sqrt(np.hypot(*np.diff(points, axis=0).T) + 1e-9))])
    slopes = np.gradient(points, clock, axis=0, edge_order=2 if len(points) > 2 else 1)
    t = np.linspace(0, 1, samples)[:, None]
    pieces = []
    for index, span in enumerate(np.diff(clock)):
        start, end = points[index], points[index + 1]
        pieces.append((1 + 2 * t) * (1 - t) ** 2 * start + t * (1 - t) ** 2 * span * slopes[index]
                      + t * t * (3 - 2 * t) * end + t * t * (t - 1) * span * slopes[index + 1])
    return np.concatenate(pieces)
