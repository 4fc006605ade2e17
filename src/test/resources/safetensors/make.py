"""Makes the files beside it: a 2-3-1 network that answers XOR, as safetensors of Python writes it.

Run here with: python3 make.py. Those that are checked in are from safetensors 0.8.0, NumPy 2.4.6.
"""

import numpy as np
from safetensors.numpy import save_file

W1 = np.array([[6.1, -6.3, 0.7], [6.2, -6.4, -0.9]], dtype="<f4")
B1 = np.array([-2.9, 9.1, 0.3], dtype="<f4")
W2 = np.array([[9.1], [8.7], [0.1]], dtype="<f4")
B2 = np.array([-13.3], dtype="<f4")


def turned(matrix):
    """As torch.nn.Linear keeps it: [out, in]."""
    return np.ascontiguousarray(matrix.T)


TORCH = {"0.weight": turned(W1), "0.bias": B1, "2.weight": turned(W2), "2.bias": B2}

save_file(
    {"W1": W1, "b1": B1, "W2": W2, "b2": B2},
    "numpy.safetensors",
    metadata={"activations": "sigmoid,sigmoid", "note": "from numpy"},
)
save_file(TORCH, "torch.safetensors", metadata={"format": "pt"})
save_file({"net." + k: v for k, v in TORCH.items()}, "torch_prefix.safetensors")
# Square: only the names tell which way it lies.
SQUARE = np.array([[1.0, 2.0], [3.0, 4.0]], dtype="<f4")
save_file({"W1": SQUARE, "b1": B1[:2]}, "square_numpy.safetensors")
save_file({"0.weight": SQUARE, "0.bias": B1[:2]}, "square_torch.safetensors")
# Refused:
save_file({"0.weight": TORCH["0.weight"].astype("<f2"), "0.bias": B1}, "half.safetensors")
save_file({**TORCH, "W1": W1}, "both.safetensors")
save_file({k: v for k, v in TORCH.items() if k != "2.bias"}, "no_bias.safetensors")
