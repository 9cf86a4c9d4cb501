#!/usr/bin/env python3
"""Writes where PyTorch's NAdam takes a few parameters along given gradients: after 1, 2, 3 and 20 steps.

    python3 Scripts/reference/golden_nadam.py > Tests/NumeralPlainTests/Golden/nadam.json

Start and gradients are those of golden_optimizers.py, and so is the form of the file. NAdam keeps its product of momenta in
PyTorch's default type, so that is made float64 once the numbers are drawn. Needs torch (reference run: 2.15; the output
names the version).
"""
import json
import sys

import torch

from golden_optimizers import COUNT, STEPS, numbers, walk

OPTIMIZERS = [
    ("nadam", {}, torch.optim.NAdam),
    ("nadam", {"learningRate": 0.1, "beta1": 0.5, "beta2": 0.75, "epsilon": 0.125, "momentumDecay": 0.25},
     lambda p: torch.optim.NAdam(p, lr=0.1, betas=(0.5, 0.75), eps=0.125, momentum_decay=0.25)),
]


def main():
    generator = torch.Generator().manual_seed(1)
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
