#!/usr/bin/env python3
"""Fits the polynomials of the vector functions in Sources/NumeralKernels/Elements/Elementary.swift.

Each polynomial nearly minimizes the largest relative error: it is interpolated at Chebyshev nodes in 60-digit
arithmetic, then the nodes are moved by Remez exchange. Prints the coefficients, lowest degree first, and the largest
relative error before rounding to float32. Needs mpmath (reference run: 1.3.0).
"""
from mpmath import mp, mpf, exp, log, tanh, sqrt, cos, pi, lu_solve, matrix

mp.dps = 60


def remez(function, low, high, degree, rounds=20):
    """The polynomial of a degree with the least relative error to a function on an interval."""
    count = degree + 2
    nodes = [(low + high) / 2 + (high - low) / 2 * cos(pi * (count - 1 - i) / (count - 1)) for i in range(count)]
    grid = [low + (high - low) * i / mpf(4000) for i in range(4001)]
    values = [function(x) for x in grid]
    for _ in range(rounds):
        system, right = matrix(count, count), matrix(count, 1)
        for i, x in enumerate(nodes):
            f = function(x)
            for d in range(degree + 1):
                system[i, d] = x**d / f
            system[i, degree + 1] = (-1) ** i
            right[i] = 1
        solution = lu_solve(system, right)
        coefficients = [solution[d] for d in range(degree + 1)]
        errors = [mp.polyval(coefficients[::-1], x) / f - 1 for x, f in zip(grid, values)]
        extrema, start = [], 0
        for i in range(1, len(grid) + 1):
            if i == len(grid) or (errors[i] > 0) != (errors[start] > 0):
                best = max(range(start, i), key=lambda j: abs(errors[j]))
                extrema.append(grid[best])
                start = i
        if len(extrema) != count:
            break
        nodes = extrema
    return coefficients, max(abs(e) for e in errors)


def show(name, result):
    coefficients, error = result
    print(f"{name}: largest relative error {mp.nstr(error, 3)}")
    for degree, c in enumerate(coefficients):
        print(f"  {degree}: {mp.nstr(c, 12)}")


half = log(2) / 2
# e^r = 1 + r + r² p(r)
show("exp: (e^r - 1 - r)/r^2 on +-ln2/2", remez(lambda r: (exp(r) - 1 - r) / r**2 if abs(r) > 1e-25 else mpf(1) / 2,
                                               -half, half, 4))
# tanh x = x + x³ p(x²) for |x| ≤ 0.625
show("tanh: (tanh x - x)/x^3 in x^2 on [0, 0.625^2]",
     remez(lambda u: (tanh(sqrt(u)) - sqrt(u)) / sqrt(u) ** 3 if u > 1e-25 else -mpf(1) / 3, mpf(0),
            mpf("0.390625"), 4))
# ln m = 2 s + 2 s³ p(s²), s = (m − 1)/(m + 1), m in [√½, √2)
edge = ((sqrt(2) - 1) / (sqrt(2) + 1)) ** 2
show("log: (atanh s - s)/s^3 in s^2",
     remez(lambda u: (mp.atanh(sqrt(u)) - sqrt(u)) / sqrt(u) ** 3 if u > 1e-25 else mpf(1) / 3, mpf(0), edge, 3))
