"""The network in JAX, each step compiled."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np

from .peer import Peer, Task


def _forward(layers: list, x: jax.Array) -> jax.Array:
    for weight, bias in layers[:-1]:
        x = jax.nn.relu(x @ weight + bias)
    weight, bias = layers[-1]
    return x @ weight + bias


def _loss(layers: list, x: jax.Array, labels: jax.Array) -> jax.Array:
    logs = jax.nn.log_softmax(_forward(layers, x))
    return -jnp.take_along_axis(logs, labels[:, None], axis=1).mean()


def _update(layers: list, x: jax.Array, labels: jax.Array, rate: float) -> list:
    gradients = jax.grad(_loss)(layers, x, labels)
    return jax.tree.map(lambda value, gradient: value - rate * gradient, layers, gradients)


class JAXPeer(Peer):
    packages = ("jax", "jaxlib")

    def prepare(self, task: Task, images: np.ndarray, labels: np.ndarray) -> None:
        self.task = task
        self.images = jnp.asarray(images)
        self.labels = jnp.asarray(labels)
        self.layers = [(jnp.asarray(w), jnp.asarray(b)) for w, b in task.weights()]
        self.random = np.random.default_rng(1)
        rate = task.rate

        def full(layers: list, images: jax.Array, labels: jax.Array) -> list:
            return _update(layers, images, labels, rate)

        def gathered(layers: list, images: jax.Array, labels: jax.Array, rows: jax.Array) -> list:
            return _update(layers, images[rows], labels[rows], rate)

        self.full_step = jax.jit(full, donate_argnums=0)
        self.step = jax.jit(gathered, donate_argnums=0)

    def epoch(self) -> None:
        if self.task.batch == 0:
            self.layers = self.full_step(self.layers, self.images, self.labels)
        else:
            order = self.random.permutation(len(self.images)).astype(np.int32)
            for first in range(0, len(order), self.task.batch):
                rows = order[first : first + self.task.batch]
                self.layers = self.step(self.layers, self.images, self.labels, rows)
        jax.block_until_ready(self.layers)

    def logits(self, images: np.ndarray) -> np.ndarray:
        return np.asarray(_forward(self.layers, jnp.asarray(images)))
