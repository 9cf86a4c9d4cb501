"""The network in PyTorch: eager, and compiled."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from .peer import Layers, Peer, Task


def _sequential(layers: Layers) -> nn.Sequential:
    modules: list[nn.Module] = []
    for index, (weight, bias) in enumerate(layers):
        linear = nn.Linear(*weight.shape)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(weight.T.copy()))
            linear.bias.copy_(torch.from_numpy(bias))
        modules.append(linear)
        if index < len(layers) - 1:
            modules.append(nn.ReLU())
    return nn.Sequential(*modules)


class TorchPeer(Peer):
    packages = ("torch",)
    is_compiled = False

    def __init__(self, threads: int) -> None:
        super().__init__(threads)
        torch.set_num_threads(threads)

    def prepare(self, task: Task, images: np.ndarray, labels: np.ndarray) -> None:
        torch.manual_seed(1)
        self.task = task
        self.images = torch.from_numpy(images)
        self.labels = torch.from_numpy(labels)
        self.model = _sequential(task.weights())
        # One fused kernel for all parameters: the fastest of PyTorch's three ways on a CPU.
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=task.rate, fused=True)
        self.loss = nn.CrossEntropyLoss()
        self.objective = lambda x, y: self.loss(self.model(x), y)
        if self.is_compiled:
            self.objective = torch.compile(self.objective, dynamic=False)

    def epoch(self) -> None:
        if self.task.batch == 0:
            self._step(self.images, self.labels)
            return
        order = torch.randperm(len(self.images))
        for rows in order.split(self.task.batch):
            self._step(self.images[rows], self.labels[rows])

    def _step(self, x: torch.Tensor, labels: torch.Tensor) -> None:
        self.optimizer.zero_grad(set_to_none=True)
        self.objective(x, labels).backward()
        self.optimizer.step()

    def logits(self, images: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            return self.model(torch.from_numpy(images)).numpy()

    def prepare_inference(self, layers: Layers) -> None:
        self.model = nn.Sequential(_sequential(layers), nn.Softmax(dim=1)).eval()

    def native(self, images: np.ndarray) -> torch.Tensor:
        return torch.from_numpy(images)

    def predict(self, images: torch.Tensor) -> torch.Tensor:
        with torch.inference_mode():
            return self.model(images)


class TorchCompiledPeer(TorchPeer):
    is_compiled = True
