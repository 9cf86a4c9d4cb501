#!/usr/bin/env python3
"""Golden values of the statistics: McNemar's exact test, Newcombe's paired interval, Student's interval of a mean.

    Scripts/reference/golden_statistics.py > Tests/NumeralTests/Golden/statistics.json

McNemar's p comes from scipy.stats.binomtest. Newcombe's method 10 is computed in another way than ours: each end of a
Wilson interval is a root of the score equation (p - x)^2 = z^2 x (1 - x) / n, found with 40 digits, and the correlation
is computed from the two lists of 0 and 1. Student's quantile comes from scipy.stats.t.ppf. Reference run: scipy 1.17.1,
mpmath 1.3.0.
"""
import json

import mpmath
import scipy
from mpmath import mp, mpf
from scipy.stats import binomtest, t

mp.dps = 40
Z = mp.sqrt(2) * mp.erfinv(mpf("0.95"))

# both right, only the first, only the second, both wrong
TABLES = [
    (340, 5, 3, 11), (9700, 120, 151, 29), (36, 12, 2, 0), (0, 0, 0, 7), (7, 0, 0, 0), (0, 10, 0, 0), (0, 0, 10, 0),
    (1, 1, 0, 0), (5, 2, 2, 1), (9000, 1, 30, 969), (50, 0, 5, 0), (20, 7, 9, 3), (9990, 4, 6, 0),
    (3000, 3000, 3300, 700), (52000, 900, 700, 400), (0, 3, 4, 0), (10, 60, 10, 20), (58000, 500, 1500, 0),
]


def wilson(successes, n):
    p = mpf(successes) / n
    # The ends are the two roots of (p - x)^2 - z^2 x (1 - x) / n.
    roots = mp.polyroots([1 + Z**2 / n, -(2 * p + Z**2 / n), p**2], maxsteps=500, extraprec=200)
    low, high = sorted(mp.re(root) for root in roots)
    return p, low, high


def correlation(a, b, c, d):
    """The Pearson correlation of the two lists of right (1) and wrong (0), corrected if positive."""
    n = mpf(a + b + c + d)
    first, second = (a + b) / n, (a + c) / n
    variance = first * (1 - first) * second * (1 - second)
    if variance == 0:
        return mpf(0)
    covariance = a / n - first * second
    if covariance > 0:
        covariance = max(covariance - 1 / (2 * n), 0)
    return covariance / mp.sqrt(variance)


def interval(a, b, c, d):
    n = a + b + c + d
    p1, l1, u1 = wilson(a + b, n)
    p2, l2, u2 = wilson(a + c, n)
    phi = correlation(a, b, c, d)
    reach = lambda x, y: mp.sqrt(max(0, x**2 - 2 * phi * x * y + y**2))
    return p2 - p1 - reach(p2 - l2, u1 - p1), p2 - p1 + reach(u2 - p2, p1 - l1)


paired = []
for counts in TABLES:
    a, b, c, d = counts
    low, high = interval(*counts)
    p = binomtest(b, b + c, 0.5).pvalue if b + c else 1.0
    paired.append({"counts": counts, "pValue": float(p), "low": float(low), "high": float(high)})

means = [{"degrees": n, "quantile": float(t.ppf(0.975, n))} for n in [*range(1, 31), 49, 99, 199, 999, 9999]]

print(json.dumps({
    "reference": f"scipy {scipy.__version__}, mpmath {mpmath.__version__}", "paired": paired, "student": means,
}))
