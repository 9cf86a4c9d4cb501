#!/usr/bin/env python3
"""Writes the learning rate of every step as PyTorch's schedulers give it, for a rate of 1.

    python3 Scripts/reference/golden_schedules.py > Tests/NumeralTests/Golden/schedules.json

Needs torch (reference run: 2.x; the output names the version).
"""
import json
import sys
import warnings

import torch
from torch.optim import lr_scheduler

# A schedule in our notation, and the scheduler of PyTorch that means the same.
STEPS, EPOCHS = 7, 12
TOTAL = STEPS * EPOCHS
LOSSES = [2, 1.5, 1.49999, 1.6, 1.4, 1.4, 1.39995, 1.5, 1.3, 1.2, 1.2, 1.1]


def warm(optimizer, epochs, start, rest):
    return lr_scheduler.SequentialLR(
        optimizer, [lr_scheduler.LinearLR(optimizer, start, total_iters=epochs * STEPS), rest], [epochs * STEPS])


BY_STEP = {
    "cosine": lambda o: lr_scheduler.CosineAnnealingLR(o, TOTAL),
    "cosine:0.125:15": lambda o: lr_scheduler.CosineAnnealingLR(o, 15 * STEPS, eta_min=0.125),
    "one-cycle": lambda o: lr_scheduler.OneCycleLR(o, 1, TOTAL, cycle_momentum=False),
    "one-cycle:0.125": lambda o: lr_scheduler.OneCycleLR(o, 1, TOTAL, pct_start=0.125, cycle_momentum=False),
    "warm-up:3": lambda o: lr_scheduler.LinearLR(o, total_iters=3 * STEPS),
    "warm-up:2:0.125,cosine": lambda o: warm(o, 2, 0.125, lr_scheduler.CosineAnnealingLR(o, TOTAL - 2 * STEPS)),
}
BY_EPOCH = {
    "constant": lambda o: lr_scheduler.ConstantLR(o, 1),
    "step:5": lambda o: lr_scheduler.StepLR(o, 5),
    "step:2:0.75": lambda o: lr_scheduler.StepLR(o, 2, 0.75),
    "exponential:0.875": lambda o: lr_scheduler.ExponentialLR(o, 0.875),
    "plateau:0.5:1": lambda o: lr_scheduler.ReduceLROnPlateau(o, factor=0.5, patience=1, eps=0),
    "plateau:0.25:0": lambda o: lr_scheduler.ReduceLROnPlateau(o, factor=0.25, patience=0, eps=0),
}


def factors(make, by_step):
    """The rate of every step of a training run."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))], lr=1.0)
    scheduler = make(optimizer)
    found = []
    for epoch in range(EPOCHS):
        for _ in range(STEPS):
            found.append(float(f"{optimizer.param_groups[0]['lr']:.15g}"))
            optimizer.step()
            if by_step and len(found) < TOTAL:
                scheduler.step()
        if not by_step:
            loss = [LOSSES[epoch]] if isinstance(scheduler, lr_scheduler.ReduceLROnPlateau) else []
            scheduler.step(*loss)
    return found


def main():
    # SequentialLR restarts its second scheduler by a call that PyTorch has deprecated.
    warnings.simplefilter("ignore")
    rows = [(name, make, True) for name, make in BY_STEP.items()] + [(n, m, False) for n, m in BY_EPOCH.items()]
    json.dump({
        "reference": f"PyTorch {torch.__version__.split('+')[0]}, float64",
        "stepsPerEpoch": STEPS, "epochs": EPOCHS, "losses": LOSSES,
        "schedules": [{"name": name, "factors": factors(make, by_step)} for name, make, by_step in rows],
    }, sys.stdout, separators=(",", ":"))
    print()


if __name__ == "__main__":
    main()
