#!/usr/bin/env python3
"""Writes the parameters of a small network after steps of PyTorch with given gradients: with clipping, penalties,
bounds on norms, an average and Muon. Also writes PyTorch's losses and gradients with label smoothing.

    python3 Scripts/reference/golden_updates.py > Tests/NumeralTests/Golden/updates.json

Everything is computed in float64 from numbers that are exact in float32. torch.optim.Muon iterates in bfloat16, which
has three digits. While it runs, this type is replaced by float64, so that the reference is still PyTorch's own code.
The average has no counterpart in PyTorch: it is computed here as a weighted mean. Needs torch (reference run: 2.15; the
output names the version).
"""
import json
import sys
from unittest import mock

import torch

INPUTS, SIZES, STEPS = 7, [5, 18, 3], 4
NAMES = [f"{layer}.{part}" for layer in range(len(SIZES)) for part in ("weight", "bias")]

ADAM = {"betas": (0.9, 0.999), "eps": 1e-8}


def grouped(make, decay, **settings):
    """An optimizer whose weight decay does not apply to biases."""
    return lambda weights, biases: [make([{"params": weights, "weight_decay": decay},
                                          {"params": biases, "weight_decay": 0.0}], **settings)]


def muon(rate, momentum, decay, others):
    """Muon for all weights but the last layer's, AdamW for the rest."""
    def make(weights, biases):
        rest = [{"params": weights[-1:], "weight_decay": decay}, {"params": biases, "weight_decay": 0.0}]
        return [torch.optim.Muon(weights[:-1], lr=rate, momentum=momentum, weight_decay=decay),
                torch.optim.AdamW(rest, lr=others, **ADAM)]
    return make


# Our settings, and PyTorch's optimizer.
CASES = [
    ({"optimizer": "muon"}, muon(0.02, 0.95, 0.01, 0.001)),
    ({"optimizer": "muon", "learningRate": 0.25, "momentum": 0.5, "weightDecay": 0.125, "othersLearningRate": 0.0625,
      "clipNorm": 2.0, "maxNorm": 1.5, "averaging": 0.5}, muon(0.25, 0.5, 0.125, 0.0625)),
    ({"optimizer": "sgd", "learningRate": 0.25, "clipNorm": 3.0}, grouped(torch.optim.SGD, 0.0, lr=0.25)),
    ({"optimizer": "sgd", "learningRate": 0.25, "clipNorm": 1000.0}, grouped(torch.optim.SGD, 0.0, lr=0.25)),
    ({"optimizer": "sgd", "learningRate": 0.25, "clipValue": 0.5}, grouped(torch.optim.SGD, 0.0, lr=0.25)),
    ({"optimizer": "momentum", "learningRate": 0.125, "momentum": 0.75, "l1": 0.0625, "l2": 0.25, "clipValue": 1.0},
     grouped(torch.optim.SGD, 0.25, lr=0.125, momentum=0.75)),
    ({"optimizer": "sgd", "learningRate": 0.25, "l2": 0.5, "decaysBiases": 1},
     lambda weights, biases: [torch.optim.SGD(weights + biases, lr=0.25, weight_decay=0.5)]),
    ({"optimizer": "adam", "learningRate": 0.0625, "l2": 0.25, "averaging": 0.75, "clipNorm": 1.0},
     grouped(torch.optim.Adam, 0.25, lr=0.0625, **ADAM)),
    ({"optimizer": "adamw", "learningRate": 0.125, "weightDecay": 0.5},
     grouped(torch.optim.AdamW, 0.5, lr=0.125, **ADAM)),
    ({"optimizer": "adamw", "learningRate": 0.125, "weightDecay": 0.5, "decaysBiases": 1},
     lambda weights, biases: [torch.optim.AdamW(weights + biases, lr=0.125, weight_decay=0.5, **ADAM)]),
    ({"optimizer": "sgd", "learningRate": 0.25, "maxNorm": 1.25, "averaging": 0.5},
     grouped(torch.optim.SGD, 0.0, lr=0.25)),
]


def numbers(tensor, digits=12):
    """The numbers of a tensor in its own order, with more digits than float32 has."""
    return [float(f"{x:.{digits}g}") for x in tensor.detach().double().flatten().tolist()]


def walk(settings, make, start, gradients):
    """The parameters and their averages after each step."""
    parameters = {name: torch.nn.Parameter(start[name].clone()) for name in NAMES}
    weights = [p for n, p in parameters.items() if n.endswith("weight")]
    optimizers = make(weights, [p for n, p in parameters.items() if n.endswith("bias")])
    history, steps = [], []
    for gradient in gradients:
        for name, parameter in parameters.items():
            parameter.grad = gradient[name].clone()
        if "clipNorm" in settings:
            torch.nn.utils.clip_grad_norm_(parameters.values(), settings["clipNorm"])
        if "clipValue" in settings:
            torch.nn.utils.clip_grad_value_(parameters.values(), settings["clipValue"])
        if "l1" in settings:
            for weight in weights:
                weight.grad += settings["l1"] * weight.detach().sign()
        with mock.patch.object(torch, "bfloat16", torch.float64):
            for optimizer in optimizers:
                optimizer.step()
        if "maxNorm" in settings:
            with torch.no_grad():
                for weight in weights:
                    weight.copy_(torch.renorm(weight, 2, 0, settings["maxNorm"]))
        history.append({name: p.detach().clone() for name, p in parameters.items()})
        kept = history[-1]
        if "averaging" in settings:
            shares = [settings["averaging"] ** (len(history) - 1 - i) for i in range(len(history))]
            kept = {n: sum(w * h[n] for w, h in zip(shares, history)) / sum(shares) for n in NAMES}
        steps.append([numbers(kept[name]) for name in NAMES])
    return steps


def smoothed(samples, classes, smoothing, generator):
    """PyTorch's losses with label smoothing and the gradient of their sum."""
    logits = (torch.randint(-8191, 8192, (samples, classes), generator=generator).double() / 1024).requires_grad_()
    labels = torch.randint(0, classes, (samples,), generator=generator)
    losses = torch.nn.functional.cross_entropy(logits, labels, reduction="none", label_smoothing=smoothing)
    losses.sum().backward()
    return {"classes": classes, "smoothing": smoothing, "logits": numbers(logits), "labels": labels.tolist(),
            "losses": numbers(losses), "gradient": numbers(logits.grad)}


def main():
    generator = torch.Generator().manual_seed(1)
    shapes, width = {}, INPUTS
    for layer, size in enumerate(SIZES):
        shapes[f"{layer}.weight"], shapes[f"{layer}.bias"] = (size, width), (size,)
        width = size

    def draw():
        # Multiples of 2^-10: exact in float32.
        return {name: torch.randint(-2047, 2048, shape, generator=generator).double() / 1024
                for name, shape in shapes.items()}
    start, gradients = draw(), [draw() for _ in range(STEPS)]
    json.dump({
        "reference": f"PyTorch {torch.__version__.split('+')[0]}, float64", "inputs": INPUTS, "sizes": SIZES,
        "start": [numbers(start[name]) for name in NAMES],
        "gradients": [[numbers(gradient[name]) for name in NAMES] for gradient in gradients],
        "cases": [{"name": settings["optimizer"],
                   "settings": {k: float(v) for k, v in settings.items() if k != "optimizer"},
                   "steps": walk(settings, make, start, gradients)} for settings, make in CASES],
        "labelSmoothing": [smoothed(samples, classes, smoothing, generator) for samples, classes, smoothing in
                           [(5, 3, 0.125), (35, 10, 0.1), (17, 18, 0.5), (3, 2, 0.9)]],
    }, sys.stdout, separators=(",", ":"))
    print()


if __name__ == "__main__":
    main()
