"""`switchback eval WEIGHTS` as a short Python program with the same output.

    answer_once.py WEIGHTS.npz

It loads a network of sigmoid neurons and prints its answer in every switch position.
"""

import sys

import numpy as np


def main(path):
    with np.load(path) as file:
        layers = [(file[f"W{k}"], file[f"b{k}"]) for k in range(1, len(file.files) // 2 + 1)]
    widths = [weights.shape[0] for weights, _ in layers] + [layers[-1][0].shape[1]]
    inputs = widths[0]
    levels = (np.arange(1 << inputs)[:, None] >> np.arange(inputs)[::-1]) & 1
    x = levels.astype(np.float32)
    for weights, biases in layers:
        x = 1 / (1 + np.exp(-(x @ weights + biases)))
    answers = x[:, 0] > 0.5 if widths[-1] == 1 else x.argmax(axis=1)
    print("-".join(map(str, widths)), ",".join(["sigmoid"] * len(layers)) + ", float")
    print(*(chr(ord("A") + i) for i in range(inputs)), " answer  output")
    for row, answer, outputs in zip(levels, answers, x):
        print(*row, f" {answer:6d} ", *(f"{output:.4f}" for output in outputs))


main(sys.argv[1])
