"""Epochs over sizes and batches: a cliff would show that something was tuned to one shape."""

from __future__ import annotations

import math
import statistics
from functools import partial
from typing import Any

from .figures import Part, Table, alternate, duration, megabytes, progress, ratio
from .settings import Settings
from .workers import Ours

SIZES = [10, 16, 17, 32, 64, 100, 128, 144, 256, 300, 512, 1000, 1024, 2048]
BATCHES = [16, 32, 64, 100, 128, 256, 257, 512, 1024, 4096, 16384, 60_000]
#: Threads, far more than there are cores among them.
THREADS = [1, 2, 3, 8, 64]
#: A neighbour further than this from the trend is a cliff.
CLIFF = 1.5


def deviations(places: list[float], times: list[float]) -> list[float | None]:
    """How many times as long each takes as the line through its neighbours says, on logarithmic axes."""
    result: list[float | None] = [None] * len(times)
    for i in range(1, len(times) - 1):
        (x0, x, x1), (y0, y, y1) = (map(math.log, values[i - 1 : i + 2]) for values in (places, times))
        result[i] = math.exp(y - (y0 + (y1 - y0) * (x - x0) / (x1 - x0)))
    return result


def _sample(hidden: int, batch: int, threads: int) -> tuple[float, int]:
    """An epoch and the peak memory of a process that did nothing else."""
    ours = Ours()
    seconds = ours.seconds(
        "epoch", hidden=hidden, batch=batch if batch < 60_000 else "full", threads=threads, epochs=2
    )
    memory = ours.peak_memory()
    ours.close()
    return seconds, memory


def _series(
    title: str, column: str, points: list[tuple[int, int]], places: list[int], settings: Settings
) -> tuple[Table, dict[str, Any]]:
    """A table over (hidden, batch) points, for each number of threads: all of them in each round, as everywhere."""
    samples: dict[int, list[list[float]]] = {threads: [[] for _ in points] for threads in settings.thread_counts}
    memories = [0] * len(points)
    for turn in range(settings.rounds):
        progress(f"{title}, round {turn + 1} of {settings.rounds}")
        for threads in settings.thread_counts:
            for i, (hidden, batch) in enumerate(points):
                seconds, memory = _sample(hidden, batch, threads)
                samples[threads][i].append(seconds)
                memories[i] = max(memories[i], memory)
    times = {threads: [statistics.median(values) for values in rows] for threads, rows in samples.items()}
    off = {threads: deviations([float(p) for p in places], times[threads]) for threads in times}
    most = settings.thread_counts[-1]
    rows = []
    for i, place in enumerate(places):
        row = [f"{place:,}" if place < 60_000 else "full"]
        for threads in settings.thread_counts:
            row.append(duration(times[threads][i]))
            value = off[threads][i]
            cliff = value is not None and not 1 / CLIFF <= value <= CLIFF
            row.append("" if value is None else ratio(value) + (" CLIFF" if cliff else ""))
        rows.append([*row, ratio(times[1][i] / times[most][i]), megabytes(memories[i])])
    header = [column]
    for threads in settings.thread_counts:
        header += [f"{threads} thread{'s' if threads > 1 else ''}", "off the trend"]
    worst = max((max(v, 1 / v) for values in off.values() for v in values if v), default=1.0)
    data: dict[str, Any] = {
        "places": places, "seconds": times, "offTrend": off, "peakMemory": memories, "worst": worst
    }  # fmt: skip
    return Table([*header, "1 ÷ 2 threads", "peak memory"], rows, title), data


def _threads(settings: Settings) -> tuple[Table, dict[str, Any]]:
    """More threads than cores, in turn with as many."""
    ours = Ours()
    keys = {"hidden": "128,64", "batch": 128, "epochs": 2}
    sides = {str(n): partial(ours.seconds, "epoch", threads=n, **keys) for n in THREADS if n <= settings.cores or n > 2}
    figures = alternate(sides, settings.rounds, "two-hidden, threads", pause=0)
    ours.close()
    base = figures[str(min(2, settings.cores))].median
    rows = [[name, duration(figure.median), ratio(figure.median / base)] for name, figure in figures.items()]
    table = Table(["threads", "median", "against 2"], rows, "Epoch of 784-128-64-10, batch 128, 60,000 images")
    return table, {name: figure.json() for name, figure in figures.items()}


def measure(settings: Settings) -> Part:
    sizes = SIZES[::2] if settings.is_quick else SIZES
    batches = BATCHES[::3] if settings.is_quick else BATCHES
    by_size, size_data = _series(
        "Epoch of 784-h-10, batch 128, 60,000 images", "hidden units", [(h, 128) for h in sizes], sizes, settings
    )
    by_batch, batch_data = _series(
        "Epoch of 784-128-10, 60,000 images", "batch", [(128, b) for b in batches], batches, settings
    )
    by_threads, thread_data = _threads(settings)
    prose = (
        "Off the trend: the time divided by the value of the line through its two neighbours, on logarithmic axes; "
        f"above {CLIFF}×, or below its inverse, it is called a cliff. Each time comes from a separate process. Peak "
        "memory is that of a process that holds both parts of MNIST."
    )
    data = {"hidden": size_data, "batch": batch_data, "threads": thread_data}
    return Part("Scaling", prose, [by_size, by_batch, by_threads], data)
