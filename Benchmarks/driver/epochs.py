"""Epochs of training: ours and the peers' on the same task, from the same weights."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from .figures import Figure, Part, Table, alternate, comparison, percent, progress
from .settings import NAMES, Settings
from .workers import Ours, Peer, PeerError

#: Epochs get this many times as many rounds as other parts: they are short, and the state of the host changes by the
#: minute.
ROUNDS = 3
PEERS = ["torch", "torch-compiled", "numpy", "numpy64", "sklearn", "jax"]


@dataclass(frozen=True)
class Task:
    title: str
    hidden: list[int]
    batch: int  # 0 is the full batch
    images: int
    init: str
    repeats: int  # epochs, or full-batch iterations, of one sample
    total: int  # epochs before the accuracy is compared

    def fields(self) -> dict[str, Any]:
        return {"hidden": self.hidden, "batch": self.batch, "images": self.images, "init": self.init}

    def keys(self, threads: int, weights: Path) -> dict[str, Any]:
        """What our side is told."""
        return {
            "hidden": ",".join(map(str, self.hidden)),
            "batch": self.batch or "full",
            "images": self.images,
            "init": self.init,
            "threads": threads,
            "weights": weights,
        }


class Runner:
    """A peer's worker, counting the epochs it has trained."""

    def __init__(self, peer: Peer, task: Task) -> None:
        self.peer = peer
        self.task = task
        self.epochs = 0
        peer.ask("prepare", **task.fields())

    def run(self, count: int) -> float:
        self.epochs += count
        return self.peer.seconds("epochs", count=count)

    def accuracy(self, total: int) -> float:
        if total > self.epochs:
            self.run(total - self.epochs)
        return float(self.peer.ask("accuracy")["accuracy"])


def _best(name: str, task: Task, settings: Settings) -> Runner | None:
    """The peer on the thread count that suits it better here."""
    best: Runner | None = None
    fastest = float("inf")
    for threads in settings.thread_counts:
        progress(f"{task.title}: {NAMES[name]} on {threads} thread{'s' if threads > 1 else ''}")
        peer = settings.start(name, threads)
        if peer is None:
            return best
        try:
            runner = Runner(peer, task)
            runner.run(1)
            seconds = min(runner.run(task.repeats) for _ in range(3))
        except PeerError as error:
            settings.miss(name, error)
            peer.close()
            return best
        if seconds < fastest:
            if best:
                best.peer.close()
            best, fastest = runner, seconds
        else:
            peer.close()
    if best and task.batch:
        settings.best_threads[name] = best.peer.threads
    return best


def _measure(task: Task, settings: Settings, weights: Path) -> tuple[Table, dict[str, Any]]:
    ours = Ours()
    most = settings.thread_counts[-1]
    names = {threads: f"Numeral, {threads} thread{'s' if threads > 1 else ''}" for threads in settings.thread_counts}
    runners: dict[str, Runner] = {}
    for name in PEERS:
        runner = _best(name, task, settings)
        if runner is None:
            continue
        if not runners:
            runner.peer.ask("weights", path=str(weights), **task.fields())
        runners[name] = runner
    if not weights.exists():
        raise PeerError("no peer could be started; is there a virtual environment in Benchmarks/.venv?")

    clocks: list[float] = []

    def epoch(threads: int) -> float:
        seconds = ours.seconds("epoch", epochs=task.repeats + 1, **task.keys(threads, weights))
        clocks.append(float(ours.ask("clock")["rate"]))
        return seconds

    epoch(most)
    sides = {names[threads]: partial(epoch, threads) for threads in reversed(settings.thread_counts)}
    for name, runner in runners.items():
        sides[NAMES[name]] = partial(runner.run, task.repeats)
    figures = alternate(sides, ROUNDS * settings.rounds, task.title)

    total = max([task.total, *(runner.epochs for runner in runners.values())])
    progress(f"{task.title}: accuracies after {total}")
    reference = float(ours.ask("train", epochs=total, **task.keys(most, weights))["accuracy"])
    accuracies: dict[str, float | None] = {name: reference for name in names.values()}
    threads_of = {name: threads for threads, name in names.items()}
    for name, runner in runners.items():
        threads_of[NAMES[name]] = runner.peer.threads
        try:
            accuracies[NAMES[name]] = runner.accuracy(total)
        except PeerError as error:
            progress(f"{NAMES[name]}: no accuracy: {error}")
            accuracies[NAMES[name]] = None
        runner.peer.close()
    ours.close()

    rows = []
    for row in comparison(figures, names[most]):
        accuracy = accuracies.get(row[0])
        agrees = "" if accuracy is None else "yes" if abs(accuracy - reference) <= 0.003 + 1e-9 else "NO"
        rows.append([row[0], str(threads_of[row[0]]), *row[1:], percent(accuracy), agrees])
    for name in PEERS:
        if NAMES[name] not in figures:
            rows.append([f"{NAMES[name]}: {settings.missing.get(name, 'failed')}", *[""] * 6])
    table = Table(
        ["side", "threads", "median", "quartiles", "against ours", f"test accuracy after {total}", "within 0.3 points"],
        rows,
        task.title,
    )
    data: dict[str, Any] = {
        name: {**figure.json(), "threads": threads_of[name], "accuracy": accuracies.get(name)}
        for name, figure in figures.items()
    }
    data["clock"] = Figure(clocks).json()
    return table, data


def measure(settings: Settings) -> Part:
    tasks = {
        "two-hidden": Task(
            "two-hidden, one epoch: 784-128-64-10, batch 128, rate 0.1, 60,000 images", [128, 64], 128, 60_000, "he",
            1, 5 if settings.is_quick else 15,
        ),
        "tiny": Task(
            "tiny, one full-batch iteration: 784-10-10, rate 0.1, 41,000 images", [10], 0, 41_000, "uniform",
            10 if settings.is_quick else 25, 0,
        ),
    }  # fmt: skip
    tables, data = [], {}
    with tempfile.TemporaryDirectory() as folder:
        for name, task in tasks.items():
            table, data[name] = _measure(task, settings, Path(folder) / name)
            tables.append(table)
    prose = (
        "All start from the same weights. Peers start from float32 in memory (NumPy float64 from float64), shuffle and "
        "gather each batch, and use the better of one and two threads. Ours starts from bytes in memory; its time is "
        "that of an epoch after the first, from the end of one to the end of the next, loss, accuracy and a copy of "
        "the weights included. What either side prepares once is left out here and is part of the whole process below. "
        f"These alternated {ROUNDS * settings.rounds} times."
    )
    return Part("Training", prose, tables, data)
