"""Whether epochs stay as short as they were: saturated units make subnormal numbers, slow on Intel's processors."""

from __future__ import annotations

import json
import statistics
from typing import Any

from .figures import Figure, Part, Table, duration, progress, ratio
from .settings import Settings
from .workers import PROGRAM, PeerError, Programs

#: The recipe whose units saturate, and how many epochs at either end are compared.
RECIPE, EPOCHS, ENDS = "sigmoid", 100, 10


def _seconds(output: str) -> list[float]:
    """The seconds of each epoch, from the lines that the program prints."""
    events: list[dict[str, Any]] = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    return [float(event["seconds"]) for event in events if event.get("event") == "epoch"]


def measure(settings: Settings) -> Part:
    command = [str(PROGRAM), "train", RECIPE, "--epochs", str(EPOCHS), "--no-save", "-q", "--json"]
    first, last, growth = [], [], []
    for turn in range(2 if settings.is_quick else settings.rounds):
        progress(f"{RECIPE}, run {turn + 1}")
        epochs = _seconds(Programs().run(command).output)
        if len(epochs) != EPOCHS:
            raise PeerError(f"numeral train {RECIPE} reported {len(epochs)} epochs, expected {EPOCHS}")
        first.append(statistics.median(epochs[:ENDS]))
        last.append(statistics.median(epochs[-ENDS:]))
        growth.append(last[-1] / first[-1])
    rows = [
        [f"first {ENDS}", duration(Figure(first).median), ""],
        [f"last {ENDS}", duration(Figure(last).median), ratio(Figure(growth).median)],
    ]
    prose = (
        f"The recipe `{RECIPE}`, {EPOCHS} epochs: the median of the last {ENDS} against that of the first {ENDS}. As "
        "its units saturate, numbers become subnormal; the engine makes these zero, so epochs should stay as short."
    )
    table = Table(["epochs", "median", "against the first"], rows)
    return Part("Saturated units", prose, [table], {"growth": Figure(growth).median, "first": first, "last": last})
