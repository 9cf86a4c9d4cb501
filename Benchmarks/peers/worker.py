"""A peer as a long-lived process: reads one JSON command a line, answers each with one line.

python -m peers.worker torch --threads 2
{"do": "prepare", "hidden": [128, 64], "batch": 128}
{"do": "epochs", "count": 1}
"""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import json
import os
import sys
import time
from collections.abc import Sequence
from typing import Any

PEERS = {
    "numpy": ("numpy_peer", "NumPyPeer"),
    "numpy64": ("numpy_peer", "NumPy64Peer"),
    "torch": ("torch_peer", "TorchPeer"),
    "torch-convolution": ("torch_convolution_peer", "TorchConvolutionPeer"),
    "torch-compiled": ("torch_peer", "TorchCompiledPeer"),
    "sklearn": ("sklearn_peer", "SklearnPeer"),
    "jax": ("jax_peer", "JAXPeer"),
    "onnx": ("onnx_peer", "ONNXPeer"),
}


def limit_threads(count: int) -> None:
    """Tells every library how many threads to use; works only before they are imported."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = str(count)
    if count == 1:
        os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"


def make(name: str, threads: int) -> Any:
    """The peer of a name."""
    limit_threads(threads)
    module, kind = PEERS[name]
    return getattr(importlib.import_module(f".{module}", __package__), kind)(threads)


def _task(hidden: Sequence[int] = (), **fields: Any) -> Any:
    """The task of a command."""
    from .peer import Task

    return Task(hidden=tuple(hidden), **fields)


class Worker:
    """Carries out the driver's commands on one peer."""

    def __init__(self, peer: Any) -> None:
        self.peer = peer
        self.test: Any = None

    def answer(self, command: dict[str, Any]) -> dict[str, Any]:
        return getattr(self, "do_" + command.pop("do").replace("-", "_"))(**command)

    def do_versions(self) -> dict[str, Any]:
        return {"versions": {name: importlib.metadata.version(name) for name in self.peer.packages}}

    def do_prepare(self, **fields: Any) -> dict[str, Any]:
        from . import data

        task = _task(**fields)
        images, labels = data.load("train")
        self.peer.prepare(task, images[: task.images], labels[: task.images])
        return {}

    def do_weights(self, path: str, **fields: Any) -> dict[str, Any]:
        """Writes the weights that a task starts from, `[outputs, inputs]` and bias, so that our side can, too."""
        with open(path, "wb") as file:
            for weight, bias in _task(**fields).weights():
                file.write(weight.T.tobytes() + bias.tobytes())
        return {}

    def do_epochs(self, count: int) -> dict[str, Any]:
        """The mean time of some epochs, or of some iterations on the full batch."""
        start = time.perf_counter()
        for _ in range(count):
            self.peer.epoch()
        return {"seconds": (time.perf_counter() - start) / count}

    def do_accuracy(self) -> dict[str, Any]:
        images, labels = self._test()
        return {"accuracy": float((self.peer.logits(images).argmax(axis=1) == labels).mean())}

    def do_prepare_inference(self) -> dict[str, Any]:
        from .peer import Task

        images, _ = self._test()
        self.peer.prepare_inference(Task().weights())
        self.all = self.peer.native(images)
        self.singles = [self.peer.native(images[row : row + 1].copy()) for row in range(len(images))]
        self.peer.predict(self.all)
        return {}

    def do_one(self, count: int, binding: bool = False) -> dict[str, Any]:
        """The times of some predictions of one image each."""
        call = self.peer.binding if binding else self.peer.predict
        seconds = []
        for index in range(count):
            single = self.singles[index % len(self.singles)]
            start = time.perf_counter()
            call(single)
            seconds.append(time.perf_counter() - start)
        return {"seconds": seconds}

    def do_many(self, repeats: int) -> dict[str, Any]:
        """The mean time of some predictions of all test images."""
        self.peer.predict(self.all)
        start = time.perf_counter()
        for _ in range(repeats):
            self.peer.predict(self.all)
        return {"seconds": (time.perf_counter() - start) / repeats}

    def _test(self) -> tuple[Any, Any]:
        from . import data

        if self.test is None:
            self.test = data.load("t10k")
        return self.test


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    # Whatever libraries print must not mix with the answers.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)

    def report(answer: dict[str, Any]) -> None:
        print(json.dumps(answer), file=answers)

    try:
        worker = Worker(make(arguments.peer, arguments.threads))
    except Exception as error:  # A peer that cannot be had is a row of the table.
        report({"error": f"{type(error).__name__}: {error}"})
        return
    report(worker.do_versions())
    for line in sys.stdin:
        try:
            report(worker.answer(json.loads(line)))
        except Exception as error:
            report({"error": f"{type(error).__name__}: {error}"})


if __name__ == "__main__":
    main()
