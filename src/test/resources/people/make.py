"""Trains XOR as people of seven programs do, and saves it with the line that the README shows.

Run in this directory with Debian 12's python3-numpy 1.24, python3-sklearn 1.2, python3-torch 1.13
and python3-onnx 1.12. FANN's file is written by fann.c. Keras is not in Debian: keras.npz holds
what its get_weights() returns, a kernel [in, out] and a bias per layer, trained here by numpy.
Outputs of each program for 00, 01, 10, 11 go to outputs.txt.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
import torch
from sklearn.neural_network import MLPClassifier

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float32)
T = np.array([[0], [1], [1], [0]], dtype=np.float32)
OUTPUTS = open("outputs.txt", "w")


def record(name, outputs):
    values = [float(y) for y in np.asarray(outputs).reshape(-1)]
    assert "".join("1" if y > 0.5 else "0" for y in values) == "0110", (name, values)
    print(name, *("%.7f" % y for y in values), file=OUTPUTS)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def numpy():
    W1, b1 = np.random.default_rng(1).normal(size=(2, 4)), np.zeros(4)
    W2, b2 = np.ones((4, 1)), np.zeros(1)
    for epoch in range(5000):
        h = sigmoid(X @ W1 + b1)
        d2 = sigmoid(h @ W2 + b2) - T
        d1 = d2 @ W2.T * h * (1 - h)
        W2 -= h.T @ d2
        b2 -= d2.sum(0)
        W1 -= X.T @ d1
        b1 -= d1.sum(0)
    np.savez("numpy.npz", W1=W1, b1=b1, W2=W2, b2=b2)
    record("numpy", sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2))


def scikit():
    for seed in range(100):
        m = MLPClassifier((4,), solver="lbfgs", max_iter=2000, random_state=seed).fit(X, T[:, 0])
        if (m.predict(X) == T[:, 0]).all():
            break
    np.savez("sklearn.npz", *m.coefs_, *m.intercepts_)
    record("sklearn", m.predict_proba(X)[:, 1])


def trained(m):
    x, t = torch.tensor(X), torch.tensor(T)
    optimiser = torch.optim.Adam(m.parameters(), lr=0.05)
    for epoch in range(2000):
        optimiser.zero_grad()
        torch.nn.functional.mse_loss(m(x), t).backward()
        optimiser.step()
    return m.eval()


class Xor(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = torch.nn.Linear(2, 3)
        self.dropout = torch.nn.Dropout(0)
        self.out = torch.nn.Linear(3, 1)

    def forward(self, x):
        return torch.sigmoid(self.out(self.dropout(torch.relu(self.hidden(x)))))


def torches():
    torch.manual_seed(4)
    m = trained(
        torch.nn.Sequential(
            torch.nn.Linear(2, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1), torch.nn.Sigmoid()
        )
    )
    np.savez("torch.npz", **{k: v.numpy() for k, v in m.state_dict().items()})
    record("torch", m(torch.tensor(X)).detach())

    torch.manual_seed(4)
    m = trained(Xor())
    np.savez("module.npz", **{k: v.numpy() for k, v in m.state_dict().items()})
    record("module", m(torch.tensor(X)).detach())

    x = torch.zeros(1, 2)
    torch.onnx.export(m, x, "onnx.onnx")
    record("onnx", m(torch.tensor(X)).detach())


class Keras:
    """A Sequential of Dense(4, tanh) and Dense(1, sigmoid), as far as it matters here."""

    def __init__(self):
        rng = np.random.default_rng(3)
        self.w = [rng.normal(size=(2, 4)), np.zeros(4), rng.normal(size=(4, 1)), np.zeros(1)]
        for epoch in range(5000):
            h = np.tanh(X @ self.w[0] + self.w[1])
            d2 = sigmoid(h @ self.w[2] + self.w[3]) - T
            d1 = d2 @ self.w[2].T * (1 - h * h)
            for w, d in zip(self.w, (X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0))):
                w -= 0.3 * d

    def get_weights(self):
        return [w.astype(np.float32) for w in self.w]

    def predict(self, x):
        w = self.get_weights()
        return sigmoid(np.tanh(x @ w[0] + w[1]) @ w[2] + w[3])


def keras():
    m = Keras()
    np.savez("keras.npz", *m.get_weights())
    record("keras", m.predict(X))


numpy()
scikit()
torches()
keras()
