#!/usr/bin/env python3
"""Writes a few parameters after 1, 2, 3 and 20 steps of PyTorch's optimizers with given gradients.

    python3 Scripts/reference/golden_optimizers.py > Tests/NumeralTests/Golden/optimizers.json

Everything is computed in float64 from parameters and gradients that are exact in float32. NAdam keeps its product of
momenta in PyTorch's default type, so the default becomes float64 after the numbers are drawn. Needs torch (reference
run: 2.x; the output names the version).
"""
import json
import sys

import torch

COUNT, STEPS = 21, 20
KEPT = (1, 2, 3, 20)

# Our name and settings, and PyTorch's optimizer: each once with the defaults, and with settings far from them.
OPTIMIZERS = [
    ("sgd", {"learningRate": 0.25}, lambda p: torch.optim.SGD(p, lr=0.25)),
    ("momentum", {"learningRate": 0.1, "momentum": 0.9}, lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9)),
    ("momentum", {"learningRate": 0.5, "momentum": 0.25}, lambda p: torch.optim.SGD(p, lr=0.5, momentum=0.25)),
    ("nesterov", {"learningRate": 0.1, "momentum": 0.9},
     lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True)),
    ("nesterov", {"learningRate": 0.5, "momentum": 0.25},
     lambda p: torch.optim.SGD(p, lr=0.5, momentum=0.25, nesterov=True)),
    ("rmsprop", {}, torch.optim.RMSprop),
    ("rmsprop", {"learningRate": 0.1, "smoothing": 0.5, "epsilon": 0.125},
     lambda p: torch.optim.RMSprop(p, lr=0.1, alpha=0.5, eps=0.125)),
    ("adagrad", {}, torch.optim.Adagrad),
    ("adagrad", {"learningRate": 0.3, "epsilon": 0.125}, lambda p: torch.optim.Adagrad(p, lr=0.3, eps=0.125)),
    ("adam", {}, torch.optim.Adam),
    ("adam", {"learningRate": 0.1, "beta1": 0.5, "beta2": 0.75, "epsilon": 0.125},
     lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.5, 0.75), eps=0.125)),
    ("adamw", {}, torch.optim.AdamW),
    ("adamw", {"learningRate": 0.1, "beta1": 0.5, "beta2": 0.75, "epsilon": 0.125, "weightDecay": 0.5},
     lambda p: torch.optim.AdamW(p, lr=0.1, betas=(0.5, 0.75), eps=0.125, weight_decay=0.5)),
    ("nadam", {}, torch.optim.NAdam),
    ("nadam", {"learningRate": 0.1, "beta1": 0.5, "beta2": 0.75, "epsilon": 0.125, "momentumDecay": 0.5},
     lambda p: torch.optim.NAdam(p, lr=0.1, betas=(0.5, 0.75), eps=0.125, momentum_decay=0.5)),
]


def numbers(tensor, digits=12):
    """The numbers of a tensor, with more digits than float32 has."""
    return [float(f"{x:.{digits}g}") for x in tensor.detach().double().flatten().tolist()]


def walk(optimizer_of, start, gradients):
    """The parameters after some of the steps."""
    parameter = torch.nn.Parameter(start.clone())
    optimizer = optimizer_of([parameter])
    kept = {}
    for step, gradient in enumerate(gradients, start=1):
        parameter.grad = gradient.clone()
        optimizer.step()
        if step in KEPT:
            kept[str(step)] = numbers(parameter)
    return kept


def main():
    generator = torch.Generator().manual_seed(1)
    # Multiples of 2^-10: exact in float32. Every fourth gradient is 0. The gradient of one parameter is always 0.
    start = torch.randint(-2047, 2048, (COUNT,), generator=generator).double() / 1024
    gradients = torch.randint(-2047, 2048, (STEPS, COUNT), generator=generator).double() / 1024
    gradients[torch.rand(gradients.shape, generator=generator) < 0.25] = 0
    gradients[:, 7] = 0
    torch.set_default_dtype(torch.float64)
    json.dump({
        "reference": f"PyTorch {torch.__version__.split('+')[0]}, float64",
        "start": numbers(start), "gradients": [numbers(g) for g in gradients],
        "optimizers": [{"name": name, "settings": settings, "parameters": walk(make, start, gradients)}
                       for name, settings, make in OPTIMIZERS],
    }, sys.stdout, separators=(",", ":"))
    print()


if __name__ == "__main__":
    main()
