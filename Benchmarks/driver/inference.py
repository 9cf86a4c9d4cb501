"""Predictions: one image at a time, and the whole test part at once."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from functools import partial
from typing import Any

from .figures import Figure, Part, Table, alternate, comparison, duration, progress, ratio
from .settings import NAMES, Settings
from .workers import Ours, Peer, PeerError

PEERS = ["onnx", "torch", "numpy"]


def measure(settings: Settings) -> Part:
    tables, data = [], {}
    for name, measured in (("one", _one), ("many", _many)):
        table, data[name] = measured(settings)
        tables.append(table)
    prose = (
        "`two-hidden`, probabilities of all classes. Peers start from float32 in memory, ours from bytes in memory. "
        "ONNX Runtime is called from Python; the time of such a call with a model that does nothing, on the same "
        "image, is measured in the same round and subtracted."
    )
    return Part("Prediction", prose, tables, data)


def _start(settings: Settings, threads: int) -> dict[str, Peer]:
    peers = {}
    for name in PEERS:
        progress(f"prediction: preparing {NAMES[name]} on {threads}")
        peer = settings.start(name, threads)
        if peer is None:
            continue
        try:
            peer.ask("prepare-inference")
            peers[name] = peer
        except PeerError as error:
            settings.miss(name, error)
            peer.close()
    return peers


def _binding(peer: Peer, count: int) -> float:
    """What a call costs that crosses into the library and does nothing there."""
    seconds: list[float] = peer.ask("one", count=count, binding=True)["seconds"]
    return statistics.median(seconds)


def _one(settings: Settings) -> tuple[Table, dict[str, Any]]:
    count = 2_000 if settings.is_quick else 5_000
    ours, peers = Ours(), _start(settings, 1)
    calls: dict[str, Callable[[], dict[str, Any]]] = {
        "Numeral": partial(ours.ask, "one", count=count, threads=1),
        **{NAMES[name]: partial(peer.ask, "one", count=count) for name, peer in peers.items()},
    }
    tails: dict[str, list[float]] = {name: [] for name in calls}
    bindings: list[float] = []

    def sample(name: str) -> float:
        seconds: list[float] = sorted(calls[name]()["seconds"])
        cost = 0.0
        if name == NAMES["onnx"]:
            cost = _binding(peers["onnx"], count)
            bindings.append(cost)
        tails[name].append(seconds[int(0.99 * len(seconds))] - cost)
        return statistics.median(seconds) - cost

    figures = alternate({name: partial(sample, name) for name in calls}, settings.rounds, "one image")
    for worker in (ours, *peers.values()):
        worker.close()
    rows, data = [], {}
    for row in comparison(figures, "Numeral"):
        tail = statistics.median(tails[row[0]])
        against = tail / statistics.median(tails["Numeral"])
        rows.append([*row, duration(tail), ratio(against)])
        data[row[0]] = {**figures[row[0]].json(), "p99": tail}
    if bindings:
        data["binding"] = Figure(bindings).json()
        rows.append(["(call from Python, subtracted)", duration(Figure(bindings).median), *[""] * 4])
    header = ["one image, one thread", "p50", "quartiles of the rounds", "against ours", "p99", "against ours"]
    return Table(header, rows), data


def _many(settings: Settings) -> tuple[Table, dict[str, Any]]:
    most = settings.thread_counts[-1]
    ours, peers = Ours(), _start(settings, most)
    repeats = 5

    def onnx() -> float:
        cost = _binding(peers["onnx"], 200)
        return peers["onnx"].seconds("many", repeats=repeats) - cost

    sides: dict[str, Callable[[], float]] = {"Numeral": partial(ours.seconds, "many", repeats=repeats, threads=most)}
    for name, peer in peers.items():
        sides[NAMES[name]] = onnx if name == "onnx" else partial(peer.seconds, "many", repeats=repeats)
    figures = alternate(sides, settings.rounds, "10,000 images")
    for worker in (ours, *peers.values()):
        worker.close()
    header = [f"10,000 images, {most} threads", "median", "quartiles", "against ours"]
    return Table(header, comparison(figures, "Numeral")), {name: figure.json() for name, figure in figures.items()}
