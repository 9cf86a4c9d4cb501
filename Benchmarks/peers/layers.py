"""A network as text, `conv:6:5:padding-2:relu,max:2,dense:10`: its shapes, its weights and its multiply-adds."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Layer:
    """A layer and the pictures that pass it: channels and side length before and after, 1 where there are no sides."""

    kind: str  # conv, max, dropout or dense
    inputs: int
    outputs: int
    side: int
    side_after: int
    kernel: int = 1
    padding: int = 0
    rate: float = 0
    is_relu: bool = False

    @property
    def has_weights(self) -> bool:
        return self.kind in ("conv", "dense")

    @property
    def weight_shape(self) -> tuple[int, ...]:
        """The shape in files: `[outputs, inputs, kernel, kernel]` or `[outputs, inputs]`."""
        window = (self.kernel, self.kernel) if self.kind == "conv" else ()
        return (self.outputs, self.inputs, *window)

    @property
    def multiply_adds(self) -> int:
        """Those of one sample forward, each product with the zeros around a picture included."""
        return self.side_after**2 * math.prod(self.weight_shape) if self.has_weights else 0


def parse(text: str, side: int = 28) -> list[Layer]:
    """The layers of a text for pictures of one channel; dense layers see what comes before as features."""
    layers: list[Layer] = []
    channels = 1
    for part in text.split(","):
        kind, number, *words = part.split(":")
        before = (channels, side)
        kernel, padding, rate = 1, 0, 0.0
        if kind == "conv":
            kernel = int(words[0])
            padding = next((int(word[8:]) for word in words if word.startswith("padding-")), 0)
            channels, side = int(number), side + 2 * padding - kernel + 1
        elif kind == "max":
            kernel = int(number)
            side //= kernel
        elif kind == "dropout":
            rate = float(number)
        elif kind == "dense":
            before = (channels * side**2, 1)
            channels, side = int(number), 1
        else:
            raise ValueError(f'"{part}" is no layer; expected conv, max, dropout or dense')
        layers.append(Layer(kind, before[0], channels, before[1], side, kernel, padding, rate, "relu" in words))
    return layers


def step_multiply_adds(layers: list[Layer]) -> int:
    """Those of a whole training step for one sample: forward, the gradient of the weights and that of the inputs, which
    nobody needs of the first layer."""
    counts = [layer.multiply_adds for layer in layers if layer.has_weights]
    return 3 * sum(counts) - counts[0]
