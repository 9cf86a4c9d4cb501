"""Whole processes: from start to a trained and evaluated model."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from .figures import Figure, Part, Table, alternate, comparison, megabytes, percent
from .settings import NAMES, Settings
from .workers import PROGRAM, PYTHON, PeerError, Programs, Run

PEERS = ["torch", "numpy", "jax"]


def measure(settings: Settings) -> Part:
    epochs = 3 if settings.is_quick else 15
    rounds = 2 if settings.is_quick else settings.rounds
    most = settings.thread_counts[-1]
    runs: dict[str, list[Run]] = {}
    commands = {
        "Numeral": [str(PROGRAM), "train", "two-hidden", "--validation", "0", "--no-save", "-q", "--json"]
        + ["--epochs", str(epochs)]
    }
    for name in PEERS:
        if name in settings.missing:
            continue
        threads = settings.best_threads.get(name, most)
        commands[NAMES[name]] = [str(PYTHON), "-m", "peers.train", name, "--threads", str(threads)]
        commands[NAMES[name]] += ["--epochs", str(epochs)]

    def run(name: str) -> float:
        result = Programs().run(commands[name])
        runs.setdefault(name, []).append(result)
        return result.seconds

    figures = alternate({name: partial(run, name) for name in commands}, rounds, "whole process")
    if "Numeral" not in figures:
        raise PeerError("numeral train failed; is MNIST where NUMERAL_DATA says?")
    rows, data = [], {}
    for row in comparison(figures, "Numeral"):
        name = row[0]
        memory = Figure([float(r.peak_memory) for r in runs[name]])
        accuracy = _accuracy(runs[name][-1].output)
        rows.append([*row, megabytes(memory.median), percent(accuracy)])
        data[name] = {**figures[name].json(), "peakMemory": memory.median, "accuracy": accuracy}
    table = Table(["side", "median", "quartiles", "against ours", "peak memory", "test accuracy"], rows)
    prose = (
        f"`two-hidden` on 60,000 images, {epochs} epochs, from the start of the process to the accuracy on the test "
        "part: start, reading and unpacking MNIST, training, evaluation. Peers are the same code as above run as a "
        "script. Everybody draws weights of their own here."
    )
    return Part("The whole process", prose, [table], data)


def _accuracy(output: str) -> float | None:
    """The test accuracy in the last line of a program's output."""
    try:
        result: dict[str, Any] = json.loads(output.strip().splitlines()[-1])
    except (ValueError, IndexError):
        return None
    return float(result["accuracy"] if "accuracy" in result else result["test"]["accuracy"])
