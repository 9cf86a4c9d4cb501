"""Where the cycles of a training step go, beside what the units and the first cache allow."""

from __future__ import annotations

from typing import Any

from .cycles import LANES, vectors_a_cycle
from .figures import Figure, Part, Table, progress
from .settings import Settings
from .workers import Ours

#: Loads for each vector of multiply-adds: of single numbers, spread over a vector, and of vectors of 16 floats.
Loads = tuple[float, float]
#: A sparse term is a broadcast, and a load for each vector; a tile of 8 rows by 2 vectors takes 10 loads for 16 sums.
SPARSE: Loads = (1 / 8, 1)
HALVES: Loads = (2 / 8, 1)
TILE: Loads = (8 / 16, 2 / 16)
#: A phase's vectors of multiply-adds a sample and its loads for each; the lists' phases count lit pixels.
PHASES: list[tuple[str, str, float | None, float, Loads | None]] = [
    ("forward 1", "lit pixels × 8 vectors", None, 8, SPARSE),
    ("forward 2", "128 × 4 vectors", 512, 0, TILE),
    ("forward 3", "64 × 1 vector", 64, 0, SPARSE),
    ("loss", "softmax, cross-entropy", None, 0, None),
    ("delta 2", "10 × 4 vectors", 40, 0, TILE),
    ("delta 1", "64 × 8 vectors", 512, 0, TILE),
    ("lists", "lit pixels turned into lists of samples", None, 0, None),
    ("gradient 1", "lit pixels × 8 vectors, in two halves", None, 8, HALVES),
    ("gradient 2", "128 × 4 vectors", 512, 0, TILE),
    ("gradient 3", "64 × 1 vector", 64, 0, SPARSE),
    ("update", "109,386 parameters a batch, packing", None, 0, None),
]


def measure(settings: Settings) -> Part:
    ours = Ours()
    ours.ask("phases")
    samples: dict[str, list[float]] = {name: [] for name, *_ in PHASES}
    lit = 0.0
    clocks: list[float] = []
    peaks: list[float] = []
    for turn in range(settings.rounds):
        progress(f"phases of a step, round {turn + 1} of {settings.rounds}")
        answer = ours.ask("phases")
        clock = float(ours.ask("clock")["rate"])
        lit = float(answer["lit"])
        clocks.append(clock)
        peaks.append(float(ours.ask("multiply-add")["rate"]) / 2 / LANES)
        for name in samples:
            samples[name].append(float(answer[name]) * clock)
    ours.close()
    # The highest of each: whatever disturbs can only lower a reading.
    measured = max(peaks) / max(clocks)
    per_cycle = vectors_a_cycle(measured)
    rows: list[list[str]] = []
    data: dict[str, Any] = {"lit": lit, "vectorsPerCycle": per_cycle, "measuredVectorsPerCycle": measured}
    total = floors = 0.0
    for name, work, vectors, per_lit, loads in PHASES:
        figure = Figure(samples[name])
        count = vectors if vectors is not None else per_lit * lit
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
        f"A picture has {lit:.0f} lit pixels."
    )
    header = ["phase", "work a sample", "cycles", "units allow", "first cache allows", "of the larger"]
    return Part("Phases", prose, [Table(header, rows)], data)
