"""Where the cycles of a training step go, beside what the units and the first cache allow."""

from __future__ import annotations

from typing import Any

from .cycles import LANES, vectors_a_cycle
from .figures import Figure, Part, Table, progress
from .settings import Settings
from .workers import Ours

#: Loads for each vector of multiply-adds: of single numbers, spread over a vector, and of vectors of 16 floats.
Loads = tuple[float, float]
#: A sparse term takes a broadcast, and a load for each vector; in the gradient each load serves two pixels. A tile of 8
#: rows by 2 vectors takes 10 loads for 16 sums. Where zeros are left out, four vectors share one broadcast.
SPARSE: Loads = (1 / 8, 1)
PAIRS: Loads = (2 / 16, 1 / 2)
TILE: Loads = (8 / 16, 2 / 16)
ACTIVE: Loads = (1 / 4, 1)
#: For each phase: its name, its work in words, its vectors of multiply-adds a sample (or a counted quantity and the
#: vectors for each), and its loads for each vector.
PHASES: list[tuple[str, str, float | tuple[str, int] | None, Loads | None]] = [
    ("forward 1", "non-zero pixels × 8 vectors", ("nonzero", 8), SPARSE),
    ("forward 2", "units that are not zero × 4 vectors", ("active", 4), ACTIVE),
    ("forward 3", "64 × 1 vector", 64, SPARSE),
    ("loss", "softmax, cross-entropy", None, None),
    ("delta 2", "10 × 4 vectors", 40, TILE),
    ("delta 1", "units that are not zero × 8 vectors", ("active2", 8), ACTIVE),
    ("gradient 1", "pairs of pixels, one of them non-zero, × 16 vectors; the step", ("pairs", 16), PAIRS),
    ("gradient 2", "units that are not zero × 4 vectors", ("active", 4), ACTIVE),
    ("gradient 3", "64 × 1 vector", 64, SPARSE),
    ("update", "the dense layers' weights, packing", None, None),
]


def measure(settings: Settings) -> Part:
    ours = Ours()
    ours.ask("phases")
    samples: dict[str, list[float]] = {name: [] for name, *_ in PHASES}
    counts = {"nonzero": 0.0, "pairs": 0.0, "active": 0.0, "active2": 0.0}
    clocks: list[float] = []
    peaks: list[float] = []
    for turn in range(settings.rounds):
        progress(f"phases of a step, round {turn + 1} of {settings.rounds}")
        answer = ours.ask("phases")
        clock = float(ours.ask("clock")["rate"])
        counts = {name: float(answer[name]) for name in counts}
        clocks.append(clock)
        peaks.append(float(ours.ask("multiply-add")["rate"]) / 2 / LANES)
        for name in samples:
            samples[name].append(float(answer[name]) * clock)
    ours.close()
    # The highest of each: whatever disturbs can only lower a reading.
    measured = max(peaks) / max(clocks)
    per_cycle = vectors_a_cycle(measured)
    rows: list[list[str]] = []
    data: dict[str, Any] = {**counts, "vectorsPerCycle": per_cycle, "measuredVectorsPerCycle": measured}
    total = floors = 0.0
    for name, work, vectors, loads in PHASES:
        figure = Figure(samples[name])
        count = vectors or 0.0
        if isinstance(count, tuple):
            count = counts[count[0]] * count[1]
        units = count / per_cycle
        single, whole = loads or (0.0, 0.0)
        cache = count * (single / 2 + whole / min(per_cycle, 2))
        floor = max(units, cache)
        rows.append(
            [name, work, f"{figure.median:,.0f}", f"{units:,.0f}" if units else "", f"{cache:,.0f}" if cache else ""]
            + [f"{100 * floor / figure.median:.0f} %" if floor else ""]
        )
        data[name] = {**figure.json(), "units": units, "cache": cache}
        total += figure.median
        floors += floor
    rows.append(["all", "", f"{total:,.0f}", "", f"{floors:,.0f}", f"{100 * floors / total:.0f} %"])
    data["total"] = total
    prose = (
        "`two-hidden`, batch 128, one thread: the kernels of a step in their order over all of MNIST in random order, "
        "each timed by itself, in core cycles a sample by the clock read after each round. Beside them what the "
        f"multiply-add units allow ({per_cycle:g} of 16 floats a cycle; {measured:.2f} were measured) and what the "
        f"first cache does (two numbers a cycle, or {min(per_cycle, 2):g} of 16 floats, for cores load as wide as "
        "they multiply). "
        f"An image has {counts['nonzero']:.0f} non-zero pixels, in {counts['pairs']:.0f} pairs of neighbours; "
        f"{counts['active']:.0f} of the first layer's 128 units and {counts['active2']:.0f} of the second's 64 "
        "are not zero."
    )
    header = ["phase", "work a sample", "cycles", "units allow", "first cache allows", "of the larger"]
    return Part("Phases", prose, [Table(header, rows)], data)
