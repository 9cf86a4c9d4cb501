"""scikit-learn's MLPClassifier with plain gradient descent and no penalty."""

from __future__ import annotations

import warnings

import numpy as np
from sklearn.neural_network import MLPClassifier

from .peer import Peer, Task


class SklearnPeer(Peer):
    packages = ("scikit-learn",)

    def prepare(self, task: Task, images: np.ndarray, labels: np.ndarray) -> None:
        self.images = images
        self.labels = labels
        self.model = MLPClassifier(
            hidden_layer_sizes=task.hidden,
            solver="sgd",
            alpha=0,
            batch_size=task.batch or len(images),
            learning_rate_init=task.rate,
            momentum=0,
            nesterovs_momentum=False,
            # A stream, not a seed: with a seed every call would shuffle alike.
            random_state=np.random.RandomState(1),
        )
        self.classes = np.arange(10)
        # It draws its weights at the first call; they are replaced in place, because its optimizer refers to them.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.model.partial_fit(images[:10], labels[:10], classes=self.classes)
        for index, (weight, bias) in enumerate(task.weights()):
            self.model.coefs_[index][...] = weight
            self.model.intercepts_[index][...] = bias

    def epoch(self) -> None:
        self.model.partial_fit(self.images, self.labels, classes=self.classes)

    def logits(self, images: np.ndarray) -> np.ndarray:
        return self.model.predict_proba(images)
