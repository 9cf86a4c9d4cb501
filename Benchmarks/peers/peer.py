"""The interface of a peer, and the weights that all of them start from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from .layers import Layer, parse

Layers = list[tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Task:
    """A network and how it is trained; the fields are those of the driver's commands."""

    hidden: tuple[int, ...] = (128, 64)
    batch: int = 128  # 0 is the full batch
    images: int = 60_000
    init: str = "he"
    rate: float = 0.1
    #: A network with other layers, as text; then `hidden` and `init` say nothing.
    layers: str = ""
    #: Where PyTorch puts the channels of a picture: `default` or `channels-last`.
    layout: str = "default"

    @property
    def parsed(self) -> list[Layer]:
        return parse(self.layers)

    def weights(self, seed: int = 1) -> Layers:
        """Weights `[inputs, outputs]` and biases, drawn as the recipe draws them; of convolutions
        `[inputs · kernel², outputs]`."""
        random = np.random.default_rng(seed)
        layers: Layers = []
        if self.layers:
            for layer in self.parsed:
                if layer.has_weights:
                    fan_in = math.prod(layer.weight_shape[1:])
                    weight = random.normal(0, np.sqrt(2 / fan_in), (fan_in, layer.outputs))
                    layers.append((weight.astype(np.float32), np.zeros(layer.outputs, np.float32)))
            return layers
        sizes = [784, *self.hidden, 10]
        for inputs, outputs in zip(sizes, sizes[1:], strict=False):
            if self.init == "uniform":
                weight, bias = random.uniform(-0.5, 0.5, (inputs, outputs)), random.uniform(-0.5, 0.5, outputs)
            else:
                weight = random.normal(0, np.sqrt(2 / inputs), (inputs, outputs))
                bias = np.zeros(outputs)
            layers.append((weight.astype(np.float32), bias.astype(np.float32)))
        return layers


class Peer:
    """One library. A peer overrides what it can do; what it cannot is reported as an error and left out."""

    #: The distributions whose versions are reported.
    packages: tuple[str, ...] = ()

    def __init__(self, threads: int) -> None:
        self.threads = threads

    def prepare(self, task: Task, images: np.ndarray, labels: np.ndarray) -> None:
        """Takes over the data, builds the network and compiles what is to be compiled."""
        raise NotImplementedError

    def epoch(self) -> None:
        """One epoch: shuffle, gather each batch, train on it. With the full batch: one iteration."""
        raise NotImplementedError

    def logits(self, images: np.ndarray) -> np.ndarray:
        """The outputs for some images, in float32."""
        raise NotImplementedError

    def prepare_inference(self, layers: Layers) -> None:
        """Takes over weights for prediction."""
        raise NotImplementedError

    def native(self, images: np.ndarray) -> Any:
        """Images in the form that `predict` takes, made before the clock starts."""
        return images

    def predict(self, images: Any) -> Any:
        """The probabilities of the classes."""
        raise NotImplementedError

    def binding(self, images: Any) -> Any:
        """A call that does nothing but cross into the library; what it costs is subtracted."""
        raise NotImplementedError
