#!/usr/bin/env python3
"""Writes PyTorch's results for small networks with layers of every kind: outputs, loss, gradients, running statistics
and three steps of Adam.

    python3 Scripts/reference/golden_layers.py > Tests/NumeralTests/Golden/layers.json

Everything is computed in float64 from float32 numbers, so the file is exact far beyond float32. Dropout is not among
the layers: its random numbers are our own. Adam's epsilon is 1e-4. Otherwise a gradient that differs from zero only by
rounding would make a step of full length. Needs torch (reference run: 2.x; the output names the version).
"""
import json
import sys

import torch
from torch import nn

ACTIVATIONS = {
    "identity": nn.Identity, "relu": nn.ReLU, "leaky-relu": lambda: nn.LeakyReLU(0.01), "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh, "elu": nn.ELU, "gelu": lambda: nn.GELU(approximate="tanh"), "silu": nn.SiLU,
}
RATE, EPSILON = 0.01, 1e-4


class Dense(nn.Linear):
    def forward(self, x):
        return super().forward(x.flatten(1))


class Residual(nn.Sequential):
    def forward(self, x):
        return x + super().forward(x)


def activated(module, activation):
    """The module with its activation applied to its output; the names of its tensors do not change."""
    function = ACTIVATIONS[activation]()
    module.register_forward_hook(lambda _, __, output: function(output))
    return module


def build(specs, shape):
    """The modules of some layers, and the shape of their output, found by running them."""
    modules = []
    for spec in specs:
        kind, activation = spec["type"], spec.get("activation", "identity")
        if kind == "dense":
            count = 1
            for extent in shape:
                count *= extent
            module = activated(Dense(count, spec["outputs"]), activation)
        elif kind == "convolution":
            module = activated(
                nn.Conv2d(shape[0], spec["outputs"], spec["kernel"], stride=spec["stride"], padding=spec["padding"],
                          bias=spec["bias"]), activation)
        elif kind == "depthwise":
            module = activated(
                nn.Conv2d(shape[0], shape[0], spec["kernel"], stride=spec["stride"], padding=spec["padding"],
                          bias=spec["bias"], groups=shape[0]), activation)
        elif kind == "max":
            module = nn.MaxPool2d(spec["window"], spec["stride"])
        elif kind == "average":
            module = nn.AvgPool2d(spec["window"], spec["stride"])
        elif kind == "global":
            module = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())
        elif kind == "flatten":
            module = nn.Flatten()
        elif kind == "batch-norm":
            module = activated((nn.BatchNorm2d if len(shape) == 3 else nn.BatchNorm1d)(shape[0]), activation)
        elif kind == "layer-norm":
            module = activated(nn.LayerNorm(shape[0]), activation)
        else:
            inner, _ = build(spec["branch"], shape)
            module = activated(Residual(*inner), activation)
        module = module.double()
        with torch.no_grad():
            shape = tuple(module.eval()(torch.zeros(2, *shape, dtype=torch.float64)).shape[1:])
        modules.append(module)
    return modules, shape


def conv(outputs, kernel, stride=1, padding=0, bias=True, activation="identity"):
    return {"type": "convolution", "outputs": outputs, "kernel": kernel, "stride": stride, "padding": padding,
            "bias": bias, "activation": activation}


def depthwise(kernel, stride=1, padding=0, bias=True, activation="identity"):
    return {"type": "depthwise", "kernel": kernel, "stride": stride, "padding": padding, "bias": bias,
            "activation": activation}


def dense(outputs, activation="identity"):
    return {"type": "dense", "outputs": outputs, "activation": activation}


def pool(kind, window, stride=None):
    return {"type": kind, "window": window, "stride": stride or window}


def norm(kind, activation="identity"):
    return {"type": f"{kind}-norm", "activation": activation}


def residual(*branch, activation="identity"):
    return {"type": "residual", "branch": list(branch), "activation": activation}


NETWORKS = [
    ("convolutions and pooling", (1, 7, 9), [
        conv(3, 3, padding=1, activation="relu"), pool("max", 2), conv(5, 2, padding=1, activation="tanh"),
        pool("average", 2, 1), dense(6, "silu"), dense(3)]),
    ("strides, batch normalisation, global average", (2, 5, 6), [
        conv(4, 3, stride=2, padding=2, bias=False), norm("batch", "gelu"),
        conv(3, 2, padding=1, bias=False), norm("batch", "elu"), {"type": "global"}, dense(3)]),
    ("residual blocks", (1, 6, 5), [
        conv(3, 3, padding=1, activation="relu"),
        residual(conv(3, 3, padding=1, bias=False), norm("batch", "relu"), conv(3, 3, padding=1, bias=False),
                 norm("batch"), activation="relu"),
        residual(conv(3, 1, activation="sigmoid"), residual(norm("batch"), activation="leaky-relu")),
        pool("max", 3, 2), dense(3)]),
    ("dense with both normalisations", (1, 3, 5), [
        dense(18, "gelu"), norm("batch", "relu"), dense(7, "elu"), norm("layer", "tanh"),
        residual(dense(7, "silu")), dense(3)]),
    ("a network of its own", (1, 6, 7), [
        norm("batch"), conv(2, 5, stride=3, padding=4, activation="silu"), {"type": "flatten"}, norm("layer", "gelu"),
        dense(3)]),
    ("depthwise convolutions", (2, 6, 7), [
        depthwise(3, padding=1, activation="relu"), conv(5, 1, bias=False), norm("batch", "silu"),
        depthwise(2, stride=2, padding=1, bias=False), norm("batch", "relu"), depthwise(3, stride=2, activation="tanh"),
        dense(3)]),
]


def numbers(tensor, digits=12):
    """The numbers of a tensor in its own order, with more digits than float32 has."""
    return [float(f"{x:.{digits}g}") for x in tensor.detach().double().flatten().tolist()]


def tensors(network):
    """The tensors of our networks by name: PyTorch's, without the counter of batches."""
    return {name: t for name, t in network.state_dict(keep_vars=True).items() if "num_batches" not in name}


def golden(index, name, shape, specs):
    generator = torch.Generator().manual_seed(300 + index)
    modules, _ = build(specs, shape)
    network = nn.Sequential(*modules)
    with torch.no_grad():
        for tensor_name, tensor in tensors(network).items():
            # Multiples of 2^-12 in (-0.6, 0.6): exact in float32 and short in the file. Factors are around 1.
            draw = torch.randint(-2457, 2458, tensor.shape, generator=generator) / 4096
            is_gain = tensor_name.endswith("running_var") or (tensor.dim() == 1 and tensor_name.endswith("weight"))
            tensor.copy_(1 + draw / 2 if is_gain else draw)

    batches = [(0, 17), (17, 21), (3, 20)]
    pixels = torch.randint(0, 256, (21, *shape), generator=generator)
    pixels[torch.rand(pixels.shape, generator=generator) < 0.4] = 0
    labels = torch.randint(0, 3, (21,), generator=generator)
    inputs = (pixels.float() / 255).double()
    loss_of = nn.CrossEntropyLoss()
    start = {name: numbers(t) for name, t in tensors(network).items()}

    network.eval()
    result = {
        "name": name, "channels": shape[0], "height": shape[1], "width": shape[2], "layers": specs,
        "pixels": pixels.flatten().tolist(), "labels": labels.tolist(), "tensors": start,
        "logits": numbers(network(inputs)), "evaluationLoss": loss_of(network(inputs), labels).item(),
        "batches": [list(b) for b in batches], "rate": RATE, "epsilon": EPSILON,
    }
    network.train()
    loss = loss_of(network(inputs), labels)
    loss.backward()
    result["loss"] = loss.item()
    result["gradients"] = {name: numbers(t.grad) for name, t in tensors(network).items() if t.grad is not None}
    # The pass over all images has changed the running statistics: set them back to the initial values.
    with torch.no_grad():
        for name, tensor in tensors(network).items():
            tensor.copy_(torch.tensor(start[name], dtype=torch.float64).reshape(tensor.shape))
    optimizer = torch.optim.Adam(network.parameters(), lr=RATE, eps=EPSILON)
    result["stepLosses"], result["trained"] = [], []
    for first, last in batches:
        optimizer.zero_grad()
        loss = loss_of(network(inputs[first:last]), labels[first:last])
        loss.backward()
        optimizer.step()
        result["stepLosses"].append(loss.item())
        result["trained"].append({name: numbers(t) for name, t in tensors(network).items()})
    network.eval()
    result["trainedLogits"] = numbers(network(inputs))
    return result


def main():
    json.dump({"reference": f"PyTorch {torch.__version__.split('+')[0]}, float64",
               "networks": [golden(i, *network) for i, network in enumerate(NETWORKS)]}, sys.stdout,
              separators=(",", ":"))
    print()


if __name__ == "__main__":
    main()
