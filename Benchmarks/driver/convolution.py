"""Epochs of networks with convolutions: ours and PyTorch's, and the share of the peak that ours reaches."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from peers.layers import parse, step_multiply_adds

from .figures import Part, Table, alternate, digits, duration, percent, progress, ratio
from .settings import NAMES, Settings
from .workers import Ours, Peer, PeerError

PEER = "torch-convolution"
IMAGES = 60_000
#: Of a trial of PyTorch's layouts of memory.
TRIAL_IMAGES = 6_000
LAYOUTS = ["default", "channels-last"]


@dataclass(frozen=True)
class Network:
    title: str
    layers: str
    #: At least this many times as fast as PyTorch, and this share of the peak.
    least_ratio: float
    least_share: float

    def fields(self, images: int, layout: str) -> dict[str, Any]:
        """What the peer is told."""
        return {"layers": self.layers, "batch": 128, "rate": 0.001, "images": images, "layout": layout}

    def keys(self, threads: int, weights: Path) -> dict[str, Any]:
        """What our side is told; its Adam has the same rate."""
        fields = {"layers": self.layers, "optimizer": "adam", "batch": 128, "images": IMAGES}
        return {**fields, "threads": threads, "weights": weights}


NETWORKS = {
    "A": Network("A: two convolutions", "conv:8:5:relu,max:2,conv:16:5:relu,max:2,dense:10", 3, 0.35),
    "B": Network(
        "B: LeNet-5",
        "conv:6:5:padding-2:relu,max:2,conv:16:5:relu,max:2,dense:120:relu,dense:84:relu,dense:10",
        3,
        0.35,
    ),
    "C": Network("C: with dropout", "conv:32:3:relu,max:2,conv:64:3:relu,max:2,dropout:0.5,dense:10", 2, 0.5),
}


class Runner:
    """PyTorch on one network, counting the epochs it has trained."""

    def __init__(self, peer: Peer, network: Network) -> None:
        self.peer = peer
        trials = {layout: self._trial(network, layout) for layout in LAYOUTS}
        self.layout = min(trials, key=lambda layout: trials[layout])
        self.trials = trials
        self.epochs = 0
        self.peer.ask("prepare", **network.fields(IMAGES, self.layout))

    def _trial(self, network: Network, layout: str) -> float:
        self.peer.ask("prepare", **network.fields(TRIAL_IMAGES, layout))
        self.peer.ask("epochs", count=1)
        return min(self.peer.seconds("epochs", count=1) for _ in range(3))

    def run(self) -> float:
        self.epochs += 1
        return self.peer.seconds("epochs", count=1)


def _side(threads: int) -> str:
    return f"Numeral, {threads} thread{'s' if threads > 1 else ''}"


def _measure(name: str, settings: Settings, weights: Path) -> dict[str, Any]:
    network = NETWORKS[name]
    most = settings.thread_counts[-1]
    progress(f"{network.title}: PyTorch's layouts of memory")
    peer = settings.start(PEER, most)
    if peer is None:
        raise PeerError(f"PyTorch is missing: {settings.missing[PEER]}")
    runner = Runner(peer, network)
    ours = Ours()
    runner.peer.ask("weights", path=str(weights), **network.fields(IMAGES, runner.layout))
    runner.run()
    peaks: list[float] = []

    def epoch(threads: int) -> float:
        seconds = ours.seconds("epoch", epochs=2, **network.keys(threads, weights))
        peaks.append(float(ours.ask("multiply-add")["rate"]))
        return seconds

    sides = {_side(threads): partial(epoch, threads) for threads in reversed(settings.thread_counts)}
    sides[NAMES[PEER]] = runner.run
    figures = alternate(sides, settings.rounds, network.title)
    for side in sides:
        if side not in figures:
            raise PeerError(f"{side} failed on {network.title}")
    progress(f"{network.title}: accuracies after {runner.epochs}")
    accuracy = float(runner.peer.ask("accuracy")["accuracy"])
    mine = float(ours.ask("train", epochs=runner.epochs, **network.keys(most, weights))["accuracy"])
    runner.peer.close()
    ours.close()

    # Whatever disturbs can only lower a reading.
    peak = max(peaks)
    work = step_multiply_adds(parse(network.layers))
    data: dict[str, Any] = {
        "layers": network.layers, "multiplyAdds": work, "peak": peak, "layout": runner.layout, "layouts": runner.trials,
        "epochs": runner.epochs, "accuracy": {"Numeral": mine, NAMES[PEER]: accuracy},
    }  # fmt: skip
    for side, figure in figures.items():
        data[side] = figure.json()
    for threads in settings.thread_counts:
        seconds = data[_side(threads)]["median"]
        data[_side(threads)]["share"] = 2 * work * IMAGES / seconds / (threads * peak)
    return data


def _rows(name: str, data: dict[str, Any], thread_counts: list[int]) -> list[list[str]]:
    network = NETWORKS[name]
    peer = data[NAMES[PEER]]
    rows = []
    for threads in reversed(thread_counts):
        side = data[_side(threads)]
        # The goals are those of all threads against PyTorch on as many.
        is_goal = threads == thread_counts[-1]
        rows.append(
            [f"{network.title}, {threads} thread{'s' if threads > 1 else ''}"]
            + ([_spread(peer), _spread(side)] if is_goal else ["", _spread(side)])
            + ([ratio(peer["median"] / side["median"]), f"≥ {ratio(network.least_ratio)}"] if is_goal else ["", ""])
            + [f"{100 * side['share']:.0f} %", f"≥ {100 * network.least_share:.0f} %" if is_goal else ""]
        )
    return rows


def _spread(side: dict[str, Any]) -> str:
    low, high = side["quartiles"]
    return f"{duration(side['median'])} ({duration(low)} to {duration(high)})"


def measure(settings: Settings) -> Part:
    data: dict[str, Any] = {}
    times: list[list[str]] = []
    others: list[list[str]] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, network in NETWORKS.items():
            entry = data[name] = _measure(name, settings, Path(folder) / name)
            times += _rows(name, entry, settings.thread_counts)
            mine, peers = entry["accuracy"]["Numeral"], entry["accuracy"][NAMES[PEER]]
            others.append(
                [network.title, f"{entry['multiplyAdds']:,}", digits(entry["peak"] / 1e9), str(entry["epochs"])]
                + [percent(mine), percent(peers), "yes" if abs(mine - peers) <= 0.003 + 1e-9 else "NO"]
                + [entry["layout"]]
                + [duration(entry["layouts"][layout] * IMAGES / TRIAL_IMAGES) for layout in LAYOUTS]
            )
    layers = "; ".join(f"{name} `{network.layers}`" for name, network in NETWORKS.items())
    prose = (
        f"One epoch over {IMAGES:,} images, Adam with rate 0.001, batch 128: {layers}. Both sides start from the same "
        "weights. PyTorch has as many threads as ours, its fused Adam and the better of two layouts of memory, which a "
        f"trial with {TRIAL_IMAGES:,} images chooses; its pictures are float32 in memory, shuffled and gathered for "
        "each batch. Ours starts from bytes in memory; its time is that of an epoch after the first, with loss, "
        "accuracy and a copy of the weights. The share of the peak is that of the whole step: multiply-adds of direct "
        "convolutions and dense layers, forward, for the gradients of the weights and for those of the inputs, which "
        "the first layer needs not, ÷ time ÷ (threads × peak of one core). All else counts as no work."
    )
    header = ["network", "PyTorch eager", "Numeral", "PyTorch ÷ Numeral", "goal", "of peak", "goal"]
    more = ["network", "multiply-adds a sample", "GFLOP/s, peak of a core", "epochs", "Numeral's test accuracy"]
    more += ["PyTorch's", "within 0.3 points", "PyTorch's layout", *(f"{layout}, trial × 10" for layout in LAYOUTS)]
    return Part("Convolution", prose, [Table(header, times), Table(more, others)], data)
