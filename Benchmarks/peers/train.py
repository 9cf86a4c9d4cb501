"""A whole training as a program of its own: start, read MNIST, train, evaluate, print the accuracy.

python -m peers.train torch --epochs 15
"""

from __future__ import annotations

import argparse
import json

from .worker import PEERS, make


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=15)
    arguments = parser.parse_args()
    peer = make(arguments.peer, arguments.threads)
    from . import data
    from .peer import Task

    peer.prepare(Task(), *data.load("train"))
    for _ in range(arguments.epochs):
        peer.epoch()
    images, labels = data.load("t10k")
    print(json.dumps({"accuracy": float((peer.logits(images).argmax(axis=1) == labels).mean())}))


if __name__ == "__main__":
    main()
