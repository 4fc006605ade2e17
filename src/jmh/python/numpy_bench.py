"""Times numpy on the work of bench.Workload: float32, one thread.

    numpy_bench.py [--quick]

Prints ROW<TAB>NANOS and check<TAB>ROW<TAB>VALUE: the median of the blocks in thread CPU time.
"""

import os
import statistics
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402: numpy reads the number of threads when it is loaded

QUICK = "--quick" in sys.argv
BLOCKS = 11 if QUICK else 41
BLOCK_SECONDS = 0.01
ROW_SECONDS = 0.5 if QUICK else 2.0
WARM_UP_SECONDS = 0.1 if QUICK else 0.3

MULTIPLIER = 6364136223846793005
INCREMENT = 1442695040888963407

RATE_XOR = np.float32(1)
RATE_WIDE = np.float32(0.05)


class Lcg:
    """Returns values like bench.Lcg: 24 bits, in [0, 1)."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state * MULTIPLIER + INCREMENT) & (2**64 - 1)
        return (self.state >> 40) / 2**24


def floats(stream, count):
    return np.array([stream.next() for _ in range(count)], np.float32)


def parameters(widths, seed):
    """Returns a pair of weights [in, out] and biases [out] per layer."""
    stream = Lcg(seed)
    layers = []
    for fan_in, fan_out in zip(widths, widths[1:]):
        scale = (6.0 / (fan_in + fan_out)) ** 0.5
        values = [(2 * stream.next() - 1) * scale for _ in range((fan_in + 1) * fan_out)]
        block = np.array(values, np.float32).reshape(fan_in + 1, fan_out)
        layers.append((block[:-1].copy(), block[-1].copy()))
    return layers


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(layers, x):
    for weights, biases in layers:
        x = sigmoid(x @ weights + biases)
    return x


def train(layers, inputs, targets, rate):
    """Trains one epoch online on the squared error; all deltas use the old weights."""
    (w1, b1), (w2, b2) = layers
    for x, target in zip(inputs, targets):
        hidden = sigmoid(x @ w1 + b1)
        out = sigmoid(hidden @ w2 + b2)
        delta2 = (out - target) * out * (1 - out)
        delta1 = (w2 @ delta2) * hidden * (1 - hidden)
        w2 -= rate * hidden[:, None] * delta2
        b2 -= rate * delta2
        w1 -= rate * x[:, None] * delta1
        b1 -= rate * delta1


def mean_squared_error(layers, inputs, targets):
    errors = [float(((forward(layers, x) - t) ** 2).sum()) for x, t in zip(inputs, targets)]
    return sum(errors) / len(errors)


def block_nanos(work, calls):
    start = time.thread_time_ns()
    for _ in range(calls):
        work()
    return (time.thread_time_ns() - start) / calls


def measure(row, work):
    once = block_nanos(work, 1) / 1e9
    for _ in range(int(WARM_UP_SECONDS / once)):
        work()
    once = block_nanos(work, 3 if once < 0.1 else 1) / 1e9
    calls = max(1, int(BLOCK_SECONDS / once))
    blocks = min(BLOCKS, max(3, int(ROW_SECONDS / (once * calls))))
    print(f"{row}\t{statistics.median(block_nanos(work, calls) for _ in range(blocks)):.2f}")


def check(row, value):
    print(f"check\t{row}\t{value:.9g}")


def infer(row, widths, seed, inputs):
    layers = parameters(widths, seed)
    check(row, forward(layers, inputs).sum())
    measure(row, lambda: forward(layers, inputs))


def train_row(row, widths, seed, inputs, targets, rate, epochs):
    start = parameters(widths, seed)

    def work():
        layers = [(weights.copy(), biases.copy()) for weights, biases in start]
        for _ in range(epochs):
            train(layers, inputs, targets, rate)
        return layers

    check(row, mean_squared_error(work(), inputs, targets))
    measure(row, work)


def main():
    infer("infer 64-64-64-10 float", [64, 64, 64, 10], 2, floats(Lcg(11), 64))
    infer("infer 784-128-10 float", [784, 128, 10], 3, floats(Lcg(12), 784))
    xor = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)
    answers = np.array([[0], [1], [1], [0]], np.float32)
    train_row("train XOR", [2, 2, 1], 1, xor, answers, RATE_XOR, 4000)
    stream = Lcg(13)
    inputs, targets = [], []
    for _ in range(1000):
        inputs.append(floats(stream, 784))
        target = np.zeros(10, np.float32)
        target[int(10 * stream.next())] = 1
        targets.append(target)
    train_row("train 784-128-10", [784, 128, 10], 3, inputs, targets, RATE_WIDE, 1)


if __name__ == "__main__":
    main()
