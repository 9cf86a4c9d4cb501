"""What the engine is to reach, and whether this run reached it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import convolution
from .figures import Table, digits, duration, megabytes, ratio

Data = dict[str, Any]
#: The work, how to read it, at least, aim, the figure, and whether larger is better.
Target = tuple[str, Callable[[float], str], float, float | None, Callable[[Data], float], bool]


def _against(part: str, task: str | None, peer: str, ours: str, key: str = "median") -> Callable[[Data], float]:
    def value(data: Data) -> float:
        figures = data[part] if task is None else data[part][task]
        return float(figures[peer][key]) / float(figures[ours][key])

    return value


def _product(shape: str) -> Callable[[Data], float]:
    def value(data: Data) -> float:
        entry = data["kernels"]["shapes"][shape]
        return float(entry["blas"]["median"]) / float(entry["ours"]["median"])

    return value


def _of_peak(shape: str) -> Callable[[Data], float]:
    def value(data: Data) -> float:
        entry = data["kernels"]["shapes"][shape]
        return float(entry["operations"]) / float(entry["ours"]["median"]) / float(data["kernels"]["peak"])

    return value


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def _points(value: float) -> str:
    return f"{100 * value:.2f} points"


def _epoch(peer: str, least: float, aim: float | None = None) -> Target:
    measured = _against("epoch", "two-hidden", peer, "Numeral, 2 threads")
    return (f"two-hidden, an epoch, against {peer}", ratio, least, aim, measured, True)


def _furthest_accuracy(data: Data) -> float:
    sides = [side for side in data["epoch"]["two-hidden"].values() if side.get("accuracy") is not None]
    return max(abs(float(side["accuracy"]) - float(sides[0]["accuracy"])) for side in sides)


def _convolution(name: str, network: convolution.Network) -> list[Target]:
    """Two goals of a network: the ratio to PyTorch and the share of the peak."""
    faster = _against("convolution", name, "PyTorch eager", "Numeral, 2 threads")

    def share(data: Data) -> float:
        return float(data["convolution"][name]["Numeral, 2 threads"]["share"])

    epoch = f"convolution {network.title}, an epoch, against PyTorch eager"
    return [
        (epoch, ratio, network.least_ratio, 4, faster, True),
        (f"convolution {network.title}, whole step, of the peak", _percent, network.least_share, None, share, True),
    ]


TARGETS: list[Target] = [
    ("two-hidden, core cycles per sample, two threads", digits, 6500, 5000, lambda d: d["cycles"]["cycles2"], False),
    _epoch("PyTorch eager", 6, 10),
    _epoch("NumPy float32", 5),
    _epoch("NumPy float64", 8),
    _epoch("scikit-learn", 7),
    ("two-hidden, test accuracy, furthest from ours", _points, 0.003, None, _furthest_accuracy, False),
    ("two threads against one, an epoch", ratio, 1.7, 1.85,
     _against("epoch", "two-hidden", "Numeral, 1 thread", "Numeral, 2 threads"), True),
    ("tiny, an iteration, against NumPy float32", ratio, 8, 15,
     _against("epoch", "tiny", "NumPy float32", "Numeral, 2 threads"), True),
    *(target for name, network in convolution.NETWORKS.items() for target in _convolution(name, network)),
    ("whole process, against PyTorch eager", ratio, 10, 15,
     _against("process", None, "PyTorch eager", "Numeral"), True),
    ("whole process, peak memory", megabytes, 150e6, None, lambda d: d["process"]["Numeral"]["peakMemory"], False),
    ("10,000 images, against ONNX Runtime", ratio, 3, 5,
     _against("inference", "many", "ONNX Runtime", "Numeral"), True),
    ("one image, p50, against ONNX Runtime", ratio, 3, 5,
     _against("inference", "one", "ONNX Runtime", "Numeral"), True),
    ("product 128×128×784, of the peak", _percent, 0.85, None, _of_peak("forward 128×128×784"), True),
    ("product 128×128×784, against OpenBLAS", ratio, 1, None, _product("forward 128×128×784"), True),
    ("product 128×64×128, of the peak", _percent, 0.65, None, _of_peak("forward 128×64×128"), True),
    ("product 67×10×64, against OpenBLAS", ratio, 1, None, _product("forward 67×10×64"), True),
    ("product 1×128×784, against OpenBLAS", ratio, 1, None, _product("forward 1×128×784"), True),
    ("numeral --version", duration, 0.040, 0.015, lambda d: d["startup"]["numeral --version"]["median"], False),
    ("64 threads against two, an epoch", ratio, 3, None,
     lambda d: d["scaling"]["threads"]["64"]["median"] / d["scaling"]["threads"]["2"]["median"], False),
    ("scaling, furthest from the trend", ratio, 1.5, None,
     lambda d: max(d["scaling"]["hidden"]["worst"], d["scaling"]["batch"]["worst"]), False),
    ("sigmoid, last ten of 100 epochs against the first ten", ratio, 1.2, None,
     lambda d: d["saturation"]["growth"], False),
]  # fmt: skip


def table(data: Data) -> tuple[Table, list[dict[str, Any]]]:
    rows, records = [], []
    for work, show, least, aim, measured, larger in TARGETS:
        sign = "≥ " if larger else "≤ "
        goals = [sign + show(least), "" if aim is None else sign + show(aim)]
        try:
            value = measured(data)
        except KeyError:
            rows.append([work, *goals, "", "not measured"])
            continue
        verdict = "NOT MET"
        for goal, name in ((least, "met"), (aim, "aim met")):
            if goal is not None and (value >= goal if larger else value <= goal + 1e-12):
                verdict = name
        rows.append([work, *goals, show(value), verdict])
        records.append({"work": work, "atLeast": least, "aim": aim, "measured": value, "verdict": verdict})
    return Table(["work", "at least", "aim", "measured", "verdict"], rows), records
