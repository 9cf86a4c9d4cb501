"""Medians, quartiles, alternation, and how numbers are printed."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .workers import PeerError


@dataclass
class Figure:
    """What was measured of one side: all samples, in seconds unless it says so."""

    samples: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.samples)

    @property
    def quartiles(self) -> tuple[float, float]:
        if len(self.samples) < 2:
            return self.median, self.median
        low, _, high = statistics.quantiles(self.samples, n=4, method="inclusive")
        return low, high

    def json(self) -> dict[str, Any]:
        low, high = self.quartiles
        return {"median": self.median, "quartiles": [low, high], "samples": self.samples}


@dataclass
class Table:
    """A table, the first column to the left, the others to the right."""

    header: list[str]
    rows: list[list[str]]
    title: str = ""

    def markdown(self) -> str:
        widths = [max(len(row[i]) for row in [self.header, *self.rows]) for i in range(len(self.header))]

        def line(cells: list[str]) -> str:
            padded = [cells[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(cells[1:], widths[1:], strict=True))]
            return "| " + " | ".join(padded) + " |"

        rule = "|" + "|".join(["-" * (widths[0] + 2), *("-" * (w + 1) + ":" for w in widths[1:])]) + "|"
        title = [f"**{self.title}**", ""] if self.title else []
        return "\n".join([*title, line(self.header), rule, *map(line, self.rows)])


@dataclass
class Part:
    """A part of the report: prose, tables, and the numbers behind them."""

    title: str
    prose: str
    tables: list[Table]
    data: dict[str, Any]

    def markdown(self) -> str:
        return "\n\n".join([f"## {self.title}", self.prose, *(table.markdown() for table in self.tables)])


#: Libraries keep their threads spinning for a while after a call; the next side must not pay for that.
PAUSE = 0.15

_start = time.monotonic()


def progress(text: str) -> None:
    """Says on standard error what is being done, and since when the program runs."""
    print(f"bench: {time.monotonic() - _start:4.0f} s: {text}", file=sys.stderr, flush=True)


def alternate(
    sides: Mapping[str, Callable[[], float]], rounds: int, what: str, pause: float = PAUSE
) -> dict[str, Figure]:
    """Measures all sides in turn, so many rounds, every other one backwards; a side that fails is left out."""
    samples: dict[str, list[float]] = {name: [] for name in sides}
    failed: set[str] = set()
    for turn in range(rounds):
        progress(f"{what}, round {turn + 1} of {rounds}")
        for name in list(sides) if turn % 2 == 0 else list(sides)[::-1]:
            if name in failed:
                continue
            time.sleep(pause)
            try:
                samples[name].append(sides[name]())
            except PeerError as error:
                progress(f"{name} failed: {error}")
                failed.add(name)
    return {name: Figure(list_) for name, list_ in samples.items() if name not in failed and list_}


def duration(seconds: float) -> str:
    """Three digits and a unit."""
    if seconds >= 1:
        return f"{digits(seconds)} s"
    if seconds >= 1e-3:
        return f"{digits(seconds * 1e3)} ms"
    return f"{digits(seconds * 1e6)} µs"


def digits(value: float) -> str:
    """Three significant digits, without an exponent."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def ratio(value: float) -> str:
    return f"{digits(value)}×"


def percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.2f} %"


def megabytes(size: float) -> str:
    return f"{size / 1e6:.0f} MB"


def comparison(figures: dict[str, Figure], ours: str) -> list[list[str]]:
    """Rows of name, median, quartiles and how many times as long as our side."""
    if ours not in figures:
        raise PeerError("our own side failed")
    base = figures[ours].median
    rows = []
    for name, figure in figures.items():
        low, high = figure.quartiles
        rows.append(
            [name, duration(figure.median), f"{duration(low)} to {duration(high)}", ratio(figure.median / base)]
        )
    return rows
