#!/usr/bin/env python3
"""Writes scikit-learn's results for small sets of predictions: every metric and curve, `null` where it is undefined.

    python3 Scripts/reference/golden_metrics.py > Tests/NumeralTests/Golden/metrics.json

A value is undefined if scikit-learn raises an error, warns or returns NaN. Probabilities are multiples of a negative
power of two, so float32 and float64 hold the same numbers, and each row sums to exactly 1. Reference run:
scikit-learn 1.9.1, NumPy 2.4.6; the output names the versions.
"""
import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn.calibration import calibration_curve
from sklearn.exceptions import UndefinedMetricWarning
from sklearn.metrics import (
    accuracy_score, average_precision_score, balanced_accuracy_score, cohen_kappa_score, f1_score, log_loss,
    matthews_corrcoef, multilabel_confusion_matrix, precision_recall_curve, precision_score, recall_score,
    roc_auc_score, roc_curve, top_k_accuracy_score)

RANDOM_CASES = 240
SEED = 20_260
BINS = 15


def plain(function, *arguments, **options):
    """The result of a function, or None if it raises an error, warns or returns NaN."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            value = function(*arguments, **options)
        except (ValueError, IndexError):
            return None
    for warning in caught:
        # Any other warning, for example of a deprecation, is a fault of this script.
        if not issubclass(warning.category, (UndefinedMetricWarning, UserWarning, RuntimeWarning)):
            raise RuntimeError(f"{function.__name__}: {warning.message}")
    if caught or np.isnan(np.asarray(value, dtype=float) if np.isscalar(value) else 0).any():
        return None
    return value


def short(value):
    """A number with ten digits, more than are compared."""
    return None if value is None else float(f"{value:.10g}")


def shorts(values):
    return [short(float(value)) for value in values]


def overall(labels, predicted, probabilities, classes):
    """The figures of the whole set, in the order of "overall" in the file."""
    every = np.arange(classes)
    return [
        short(plain(accuracy_score, labels, predicted)),
        short(plain(log_loss, labels, probabilities, labels=every)),
        short(plain(balanced_accuracy_score, labels, predicted)),
        short(plain(matthews_corrcoef, labels, predicted)),
        short(plain(cohen_kappa_score, labels, predicted)),
    ] + [short(plain(top_k_accuracy_score, labels, probabilities, k=k, labels=every)) for k in (2, 3, 5)]


def one_class(label, labels, predicted, probabilities):
    """The scores of one class, in the order of "scores" in the file."""
    truth, score = (labels == label).astype(int), probabilities[:, label]
    return [short(plain(function, labels, predicted, labels=[label], average="macro"))
            for function in (precision_score, recall_score, f1_score)] + [
        short(plain(roc_auc_score, truth, score)), short(plain(average_precision_score, truth, score))]


def average(kind, labels, predicted, probabilities, classes):
    """A mean over classes: over those that occur for counts, over all for scores."""
    indicator = (labels[:, None] == np.arange(classes)).astype(int)
    return [short(plain(function, labels, predicted, average=kind))
            for function in (precision_score, recall_score, f1_score)] + [
        short(plain(function, indicator, probabilities, average=kind))
        for function in (roc_auc_score, average_precision_score)]


def curves(label, labels, probabilities, denominator):
    """Both curves of one class, from the highest threshold down, without points on a line between their neighbours."""
    truth, score = (labels == label).astype(int), probabilities[:, label]
    result = {"label": label, "roc": None, "precisionRecall": None}
    roc = plain(roc_curve, truth, score)
    if roc is not None:
        # The first threshold is infinite: no score reaches it.
        result["roc"] = {"thresholds": (roc[2][1:] * denominator).astype(int).tolist(), "x": shorts(roc[0]),
                         "y": shorts(roc[1])}
    points = plain(precision_recall_curve, truth, score, drop_intermediate=True)
    if points is not None:
        precision, recall, thresholds = points
        result["precisionRecall"] = {"thresholds": (thresholds[::-1] * denominator).astype(int).tolist(),
                                     "x": shorts(recall[::-1]), "y": shorts(precision[::-1])}
    return result


def calibration(labels, predicted, probabilities):
    """The reliability bins, and the mean difference between confidence and accuracy in them."""
    if len(labels) == 0:
        return None
    confidence, right = probabilities.max(axis=1), (labels == predicted).astype(int)
    accuracies, confidences = calibration_curve(right, confidence, n_bins=BINS, strategy="uniform", pos_label=1)
    counts = np.bincount(np.searchsorted(np.linspace(0, 1, BINS + 1)[1:-1], confidence), minlength=BINS)
    error = np.sum(counts[counts > 0] * np.abs(accuracies - confidences)) / len(labels)
    return {"counts": counts.tolist(), "accuracies": shorts(accuracies), "confidences": shorts(confidences),
            "error": short(error)}


def golden(name, labels, shares, denominator, curve_label=0):
    """One set; `shares` are the numerators of the probabilities."""
    labels, shares = np.asarray(labels, dtype=int), np.asarray(shares, dtype=int)
    classes = shares.shape[1]
    assert (shares >= 0).all() and (shares.sum(axis=1) == denominator).all(), name
    probabilities = shares / denominator
    predicted = probabilities.argmax(axis=1)
    counts = np.zeros((classes, 4), dtype=int)
    if len(labels) > 0:
        for label, ((tn, fp), (fn, tp)) in enumerate(
                multilabel_confusion_matrix(labels, predicted, labels=np.arange(classes))):
            counts[label] = tp, fp, fn, tn
    return {
        "name": name, "classes": classes, "denominator": denominator, "labels": labels.tolist(),
        "shares": shares.flatten().tolist(),
        "overall": overall(labels, predicted, probabilities, classes),
        "counts": counts.tolist(),
        "perClass": [one_class(label, labels, predicted, probabilities) for label in range(classes)],
        **{kind: average(kind, labels, predicted, probabilities, classes) for kind in ("macro", "weighted", "micro")},
        "curves": curves(curve_label, labels, probabilities, denominator),
        "calibration": calibration(labels, predicted, probabilities),
    }


def random_case(index):
    """5 to 60 samples of 2 to 6 classes, predicted well or badly; few levels of probability make many ties."""
    random = np.random.default_rng([SEED, index])
    count, classes = int(random.integers(5, 61)), int(random.integers(2, 7))
    denominator = int(random.choice([8, 64, 1024]))
    # Every second set is uneven, so that some of its classes are rare or missing.
    frequencies = random.dirichlet(np.full(classes, 20.0 if index % 2 == 0 else 0.7))
    labels = random.choice(classes, size=count, p=frequencies)
    # Half of the sets come from a good classifier, the other half from a guessing one.
    logits = random.normal(size=(count, classes)) * 1.5
    logits[np.arange(count), labels] += 2.5 if index % 4 < 2 else 0.0
    weights = np.exp(logits)
    shares = np.floor(weights / weights.sum(axis=1, keepdims=True) * denominator).astype(int)
    # The rest after rounding down goes to a random class in each row.
    shares[np.arange(count), random.integers(0, classes, size=count)] += denominator - shares.sum(axis=1)
    return golden(f"random {index}", labels, shares, denominator, curve_label=index % classes)


def peaks(classes, predicted, height=8, denominator=16):
    """Rows in which the named class has the largest share; the other shares fall from the last class to the first."""
    rows = []
    for label in predicted:
        row = [0] * classes
        row[label] = height
        others = [other for other in range(classes) if other != label]
        for place in range(denominator - height):
            row[others[-1 - place % len(others)]] += 1
        rows.append(row)
    return rows


def edge_cases():
    """Sets in which something is undefined, or nearly."""
    return [
        golden("empty set", [], np.zeros((0, 4)), 16),
        golden("one sample, right", [1], peaks(4, [1]), 16, 1),
        golden("one sample, wrong", [1], peaks(4, [2]), 16, 1),
        golden("one class only, all right", [2] * 5, peaks(4, [2] * 5), 16, 2),
        golden("one class only, some wrong", [2] * 5, peaks(4, [2, 2, 0, 2, 1]), 16, 2),
        golden("one class only, all taken for one other", [2] * 5, peaks(4, [0] * 5), 16, 0),
        golden(
            "a class without samples, never predicted", [0, 1, 2, 0, 1, 2, 0], peaks(4, [0, 1, 1, 0, 2, 2, 0]), 16, 3),
        golden("a class without samples, predicted", [0, 1, 2, 0, 1, 2, 0], peaks(4, [0, 3, 2, 0, 1, 2, 1]), 16, 3),
        golden("a class never predicted", [0, 1, 2, 3, 1, 2, 3], peaks(4, [0, 1, 2, 0, 1, 1, 2]), 16, 3),
        golden("everything taken for one class", [0, 1, 2, 3, 1], peaks(4, [1] * 5), 16, 1),
        golden("all wrong", [0, 1, 2, 3, 0, 1, 2, 3], peaks(4, [1, 2, 3, 0, 2, 3, 0, 1]), 16, 2),
        golden("perfect", [0, 1, 2, 3, 0, 1, 2, 3], peaks(4, [0, 1, 2, 3, 0, 1, 2, 3]), 16, 2),
        golden("all scores tied", [0, 1, 2, 3, 3, 1], [[4, 4, 4, 4]] * 6, 16, 1),
        golden(
            "no probability for the label", [0, 1, 2, 3],
            [[0, 16, 0, 0], [0, 16, 0, 0], [16, 0, 0, 0], [0, 0, 0, 16]], 16, 1),
        golden("two classes", [0, 1, 1, 0, 1], peaks(2, [0, 1, 0, 0, 1], height=12), 16, 1),
        golden("three classes", [0, 1, 2, 0, 1], peaks(3, [0, 1, 2, 2, 1]), 16, 1),
        golden("six classes, all scores at most tied in pairs", [0, 1, 2, 3, 4, 5] * 2,
               [[0, 1, 1, 2, 6, 6], [3, 3, 2, 2, 3, 3], [1, 2, 3, 4, 5, 1], [6, 6, 1, 1, 1, 1], [0, 0, 0, 0, 8, 8],
                [5, 4, 3, 2, 1, 1]] * 2, 16, 4),
    ]


def main():
    file = {
        "reference": f"scikit-learn {sklearn.__version__}, NumPy {np.__version__}",
        "overall": ["accuracy", "loss", "balancedAccuracy", "matthews", "kappa", "topK.2", "topK.3", "topK.5"],
        "scores": ["precision", "recall", "f1", "auc", "averagePrecision"],
        "counts": ["truePositives", "falsePositives", "falseNegatives", "trueNegatives"],
        "edges": edge_cases(), "random": [random_case(index) for index in range(RANDOM_CASES)],
    }
    json.dump(file, sys.stdout, separators=(",", ":"))
    print()


if __name__ == "__main__":
    main()
