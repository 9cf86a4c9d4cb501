#!/usr/bin/env python3
"""Writes PyTorch's results for small networks: probabilities, losses, gradients and three steps of gradient descent.

    python3 Scripts/reference/golden_networks.py > Tests/NumeralTests/Golden/networks.json

Everything is computed in float64 from float32 weights, so the file is exact far beyond float32 and does not depend on
the machine's float32 kernels. Layouts are PyTorch's: a weight is [outputs, inputs]. Needs torch (reference run: 2.x;
the output names the version).
"""
import json
import sys

import torch

ACTIVATIONS = {
    "identity": lambda slope: torch.nn.Identity(),
    "relu": lambda slope: torch.nn.ReLU(),
    "leaky-relu": lambda slope: torch.nn.LeakyReLU(slope),
    "sigmoid": lambda slope: torch.nn.Sigmoid(),
    "tanh": lambda slope: torch.nn.Tanh(),
    "elu": lambda slope: torch.nn.ELU(),
    "gelu": lambda slope: torch.nn.GELU(approximate="tanh"),
    "silu": lambda slope: torch.nn.SiLU(),
}


def numbers(tensor, digits=9):
    """The numbers of a tensor in its own order, with more digits than float32 has."""
    return [float(f"{x:.{digits}g}") for x in tensor.detach().double().flatten().tolist()]


def golden(index, height, width, hidden, classes, activation, slope, reduction, maximum, rate, batches):
    """One network: outputs and gradients over all images, then one step for each batch."""
    generator = torch.Generator().manual_seed(100 + index)
    modules, width_in = [], height * width
    for size in hidden:
        modules += [torch.nn.Linear(width_in, size), ACTIVATIONS[activation](slope)]
        width_in = size
    modules.append(torch.nn.Linear(width_in, classes))
    network = torch.nn.Sequential(*modules).double()
    with torch.no_grad():
        for parameter in network.parameters():
            # Multiples of 2^-12 in (-0.75, 0.75): exact in float32 and short in the file.
            parameter.copy_(torch.randint(-3071, 3072, parameter.shape, generator=generator) / 4096)

    count = max(end for _, end in batches)
    pixels = torch.randint(0, maximum + 1, (count, height * width), generator=generator)
    pixels[torch.rand(pixels.shape, generator=generator) < 0.6] = 0
    labels = torch.randint(0, classes, (count,), generator=generator)
    # The network gets float32 pixels, as ours does.
    inputs = (pixels.float() / maximum).double()
    loss_of = torch.nn.CrossEntropyLoss(reduction=reduction)

    result = {
        "height": height, "width": width, "hidden": hidden, "classes": classes, "activation": activation,
        "slope": slope, "reduction": reduction, "pixelMaximum": maximum, "rate": rate,
        "pixels": pixels.flatten().tolist(), "labels": labels.tolist(),
        "weights": [numbers(p) for p in network.parameters()],
        "batches": [list(b) for b in batches],
    }
    logits = network(inputs)
    loss = loss_of(logits, labels)
    loss.backward()
    result["logits"] = numbers(logits)
    result["probabilities"] = numbers(torch.softmax(logits, dim=1))
    result["loss"] = loss.item()
    result["gradients"] = [numbers(p.grad) for p in network.parameters()]

    optimizer = torch.optim.SGD(network.parameters(), lr=rate)
    result["stepLosses"] = []
    for start, end in batches:
        optimizer.zero_grad()
        loss = loss_of(network(inputs[start:end]), labels[start:end])
        loss.backward()
        optimizer.step()
        result["stepLosses"].append(loss.item())
    result["trained"] = [numbers(p) for p in network.parameters()]
    return result


def main():
    batches = [(0, 8), (8, 13), (3, 12)]
    networks = []
    for index, activation in enumerate(ACTIVATIONS):
        for reduction, maximum in [("mean", 255), ("sum", 16)]:
            rate = 0.5 if reduction == "mean" else 0.0625
            networks.append(golden(2 * index + (reduction == "sum"), 3, 5, [7, 4], 3, activation, 0.125, reduction,
                                   maximum, rate, batches))
    # Wider than one vector of 16, without a hidden layer, one image at a time.
    networks.append(golden(20, 5, 4, [18], 17, "tanh", 0, "mean", 255, 0.25, [(0, 1), (1, 2), (2, 9)]))
    networks.append(golden(21, 2, 7, [], 5, "identity", 0, "sum", 16, 0.125, [(0, 6), (6, 7), (2, 7)]))
    json.dump({"reference": f"PyTorch {torch.__version__.split('+')[0]}, float64", "networks": networks}, sys.stdout,
              separators=(",", ":"))
    print()


if __name__ == "__main__":
    main()
