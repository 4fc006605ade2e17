"""Loads a 2-3-3-1 network that was written with torch's names, and prints what it answers.

Run by a test with the directory of w.npz, w.safetensors and keras.npz; prints the order of the last.
"""

import json
import struct
import sys

try:
    import numpy as np
    import torch
    from torch import nn
except ImportError:
    print("no torch")
    sys.exit()


def safetensors(path):
    """Reads what the package of that name reads, which Debian lacks."""
    with open(path, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(size))
        data = file.read()
    for name, place in header.items():
        if name != "__metadata__":
            begin, end = place["data_offsets"]
            yield name, np.frombuffer(data[begin:end], "<f4").reshape(place["shape"])


def answer(arrays):
    net = nn.Sequential(
        nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid()
    )
    net.load_state_dict({name: torch.from_numpy(np.array(values)) for name, values in arrays})
    with torch.no_grad():
        return net(torch.tensor([[0.25, -1.0]])).item()


where = sys.argv[1] + "/"
print(answer(np.load(where + "w.npz").items()))
print(answer(safetensors(where + "w.safetensors")))
print(" ".join(np.load(where + "keras.npz").files))
