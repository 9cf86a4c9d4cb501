"""Networks with convolutions in PyTorch, eager, in either layout of memory."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from .layers import Layer
from .peer import Task
from .torch_peer import TorchPeer


def _modules(layer: Layer) -> list[nn.Module]:
    after: list[nn.Module] = [nn.ReLU()] if layer.is_relu else []
    if layer.kind == "conv":
        return [nn.Conv2d(layer.inputs, layer.outputs, layer.kernel, padding=layer.padding), *after]
    if layer.kind == "max":
        return [nn.MaxPool2d(layer.kernel)]
    if layer.kind == "dropout":
        return [nn.Dropout(layer.rate)]
    return [nn.Flatten(), nn.Linear(layer.inputs, layer.outputs), *after]


class TorchConvolutionPeer(TorchPeer):
    def prepare(self, task: Task, images: np.ndarray, labels: np.ndarray) -> None:
        torch.manual_seed(1)
        self.task = task
        self.is_channels_last = task.layout == "channels-last"
        self.model = nn.Sequential(*[module for layer in task.parsed for module in _modules(layer)])
        weighted = [module for module in self.model if isinstance(module, nn.Conv2d | nn.Linear)]
        with torch.no_grad():
            for module, (weight, bias) in zip(weighted, task.weights(), strict=True):
                module.weight.copy_(torch.from_numpy(weight.T.copy()).reshape(module.weight.shape))
                module.bias.copy_(torch.from_numpy(bias))
        if self.is_channels_last:
            self.model = self.model.to(memory_format=torch.channels_last)
        self.images = self._pictures(images)
        self.labels = torch.from_numpy(labels)
        # One fused kernel for all parameters: the fastest of PyTorch's three ways on a CPU.
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=task.rate, fused=True)
        self.loss = nn.CrossEntropyLoss()
        self.objective = lambda x, y: self.loss(self.model(x), y)

    def _pictures(self, images: np.ndarray) -> torch.Tensor:
        """`[count, 1, 28, 28]`. With one channel both layouts have the same bytes and differ in the strides."""
        pictures = torch.from_numpy(images)
        if self.is_channels_last:
            return pictures.view(-1, 28, 28, 1).permute(0, 3, 1, 2)
        return pictures.view(-1, 1, 28, 28)

    def logits(self, images: np.ndarray) -> np.ndarray:
        self.model.eval()
        # In parts: the first layer's outputs for all test pictures take a gigabyte.
        with torch.inference_mode():
            parts = [self.model(part).numpy() for part in self._pictures(images).split(1000)]
        self.model.train()
        return np.concatenate(parts)
