"""The network in NumPy, as the published notebooks have it, with samples as rows."""

from __future__ import annotations

import numpy as np

from .peer import Layers, Peer, Task


class NumPyPeer(Peer):
    packages = ("numpy",)
    dtype: type = np.float32

    def prepare(self, task: Task, images: np.ndarray, labels: np.ndarray) -> None:
        self.task = task
        self.images = images.astype(self.dtype, copy=False)
        self.labels = labels
        self.one_hot = np.eye(10, dtype=self.dtype)
        self.layers = [(w.astype(self.dtype), b.astype(self.dtype)) for w, b in task.weights()]
        self.random = np.random.default_rng(1)

    def epoch(self) -> None:
        if self.task.batch == 0:
            self._step(self.images, self.labels)
            return
        order = self.random.permutation(len(self.images))
        for first in range(0, len(order), self.task.batch):
            rows = order[first : first + self.task.batch]
            self._step(self.images[rows], self.labels[rows])

    def _step(self, x: np.ndarray, labels: np.ndarray) -> None:
        outputs = self._forward(x)
        delta = self._softmax(outputs.pop())
        delta -= self.one_hot[labels]
        delta /= self.dtype(len(x))
        rate = self.dtype(self.task.rate)
        for index in reversed(range(len(self.layers))):
            weight, bias = self.layers[index]
            below = outputs[index]
            gradient = below.T @ delta
            bias_gradient = delta.sum(axis=0)
            if index > 0:
                delta = delta @ weight.T
                delta *= below > 0
            gradient *= rate
            weight -= gradient
            bias -= rate * bias_gradient

    def _forward(self, x: np.ndarray) -> list[np.ndarray]:
        """The input and every layer's outputs."""
        outputs = [x]
        for index, (weight, bias) in enumerate(self.layers):
            y = outputs[-1] @ weight
            y += bias
            if index < len(self.layers) - 1:
                np.maximum(y, 0, out=y)
            outputs.append(y)
        return outputs

    def _softmax(self, logits: np.ndarray) -> np.ndarray:
        e = np.exp(logits - logits.max(axis=1, keepdims=True))
        e /= e.sum(axis=1, keepdims=True)
        return e

    def logits(self, images: np.ndarray) -> np.ndarray:
        return self._forward(images.astype(self.dtype, copy=False))[-1]

    def prepare_inference(self, layers: Layers) -> None:
        self.layers = [(w.astype(self.dtype), b.astype(self.dtype)) for w, b in layers]

    def predict(self, images: np.ndarray) -> np.ndarray:
        return self._softmax(self._forward(images)[-1])


class NumPy64Peer(NumPyPeer):
    dtype = np.float64
