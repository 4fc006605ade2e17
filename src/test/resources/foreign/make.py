"""Makes the files beside it: weights as people save them, most of them a 2-3-1 network that answers XOR.

Run here with: mkdir -p sets; python3 make.py. README.md tells the versions that made what is checked in.
"""

import json
import struct
import sys

import numpy as np
import sklearn
import torch
from sklearn.neural_network import MLPClassifier

W1 = np.array([[6.1, -6.3, 0.7], [6.2, -6.4, -0.9]])
B1 = np.array([-2.9, 9.1, 0.3])
W2 = np.array([[9.1], [8.7], [0.1]])
B2 = np.array([-13.3])
XOR = {"W1": W1, "b1": B1, "W2": W2, "b2": B2}


def network(*names):
    """The network by other names, in the order W1 b1 W2 b2."""
    return dict(zip(names, XOR.values()))


# Types of numbers: W is [[1], [0]] and b is [1], which all of them hold.
for dtype in ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?"]:
    for order in "<>":
        name = ("big_" if order == ">" else "") + ("bool" if dtype == "?" else dtype)
        values = np.array([[1], [0]], dtype=order + dtype)
        np.savez(f"type_{name}.npz", W=values, b=values[0])
np.savez("half.npz", W=np.array([[0.1], [65504]], "<f2"), b=np.array([6e-8], "<f2"))
np.savez("exact.npz", W=np.array([[2**24], [-(2**62)]]), b=np.array([2**63 + 2**40], dtype="u8"))
# Refused by value, then by type:
np.savez("inexact_i8.npz", W=np.array([[1], [2**24 + 1]]), b=np.array([1]))
np.savez("inexact_u8.npz", W=np.array([[1], [2**64 - 1]], dtype="u8"), b=np.array([1]))
np.savez("long_double.npz", **{**XOR, "W1": W1.astype(np.longdouble)})
np.savez("complex.npz", **{**XOR, "W2": W2.astype(complex)})
np.savez("text.npz", **{**XOR, "b1": np.array(["a", "b", "c"])})
np.savez("dates.npz", **{**XOR, "b1": np.array(["2026-01-01"], dtype="M8[s]")})
np.savez("structure.npz", **{**XOR, "b2": np.array([(1.0,)], dtype=[("x", "<f4")])})
coefs = np.array([W1, W2], dtype=object)
np.savez("objects.npz", coefs=coefs, intercepts=np.array([B1, B2], dtype=object))
np.save("objects_list.npy", np.array([W1, B1, W2, B2], dtype=object))
np.save("objects_dict.npy", XOR)

# Shapes:
np.savez("column.npz", W1=W1.T, b1=B1[:, None], W2=W2.T, b2=B2[:, None])
np.savez("column_square.npz", W1=np.array([[1, 2], [3, 4]]), b1=np.array([[5], [6]]))
np.savez("transposed.npz", W1=W1.T, b1=B1, W2=W2.T, b2=B2)
np.savez("tile.npz", W1=W1, b1=np.tile(B1, (4, 1)), W2=W2, b2=np.tile(B2, (4, 1)))
np.savez("scalar.npz", **{**XOR, "b2": B2[0]})
np.savez("vector.npz", **{**XOR, "W2": W2[:, 0]})
np.savez("perceptron.npz", W=W1[:, 0], b=B2[0])
np.savez("no_bias.npz", W1=W1, W2=W2)
np.savez("square.npz", W1=np.array([[1, 2], [3, 4]]), b1=np.array([5, 6]))
np.savez_compressed("large.npz", **XOR, loss=np.zeros(1_000_000, dtype="u1"), history={"epochs": 9}, epochs=9)

# Names and orders:
np.savez("zero.npz", **network("W0", "b0", "W1", "b1"))
np.savez("underscore.npz", **network("W_1", "b_1", "W_2", "b_2"))
np.savez("words.npz", **network("weights1", "bias1", "weights2", "bias2"))
np.savez("short.npz", **network("wih", "bh", "who", "bo"))
np.savez("short_transposed.npz", wih=W1.T, who=W2.T)
np.savez(
    "layers.npz",
    **network("weights_input_hidden", "bias_hidden", "weights_hidden_output", "bias_output"),
)
np.savez("alternating.npz", *XOR.values())
np.savez("split.npz", W1, W2, B1, B2)
np.savez("alone.npz", W1, W2)
np.savez("alternating_transposed.npz", W1.T, B1, W2.T, B2)
np.savez(
    "keras.npz", **network("dense/kernel:0", "dense/bias:0", "dense_1/kernel:0", "dense_1/bias:0")
)
np.savez(
    "flax.npz",
    **network(
        "params/Dense_0/kernel", "params/Dense_0/bias", "params/Dense_1/kernel", "params/Dense_1/bias"
    ),
)
model = MLPClassifier((3,), activation="logistic", max_iter=1, random_state=1)
model.fit([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
model.coefs_, model.intercepts_ = [W1, W2], [B1, B2]
np.savez("sklearn.npz", *model.coefs_, *model.intercepts_)
np.savez(
    "sklearn_named.npz",
    **{f"coefs_{i}": w for i, w in enumerate(model.coefs_)},
    **{f"intercepts_{i}": b for i, b in enumerate(model.intercepts_)},
)

# Sets of files:
for name, values in [("wih", W1), ("bh", B1), ("who", W2), ("bo", B2)]:
    np.save(f"sets/{name}.npy", values)
for name, values in [("hidden.weight", W1.T), ("hidden.bias", B1), ("out.weight", W2.T), ("out.bias", B2)]:
    np.save(f"sets/{name}.npy", values)
    np.save(f"sets/xor-{name}.npy", values)
for name, values in XOR.items():
    np.save(f"sets/old_{name}.npy", values)


def safetensors(name, tensors, metadata=None):
    """As safetensors.torch.save_file writes it."""
    dtypes = {
        torch.float16: "F16",
        torch.bfloat16: "BF16",
        torch.float32: "F32",
        torch.float64: "F64",
        torch.int64: "I64",
    }
    header, data = {"__metadata__": metadata or {"format": "pt"}}, b""
    for key, tensor in tensors.items():
        dtype = dtypes[tensor.dtype]
        flat = tensor.detach().contiguous()
        raw = (flat.view(torch.int16) if dtype == "BF16" else flat).numpy().tobytes()
        offsets = [len(data), len(data) + len(raw)]
        header[key] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": offsets}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(name + ".safetensors", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


class Net(torch.nn.Module):
    def __init__(self, **modules):
        super().__init__()
        for name, module in modules.items():
            setattr(self, name, module)


def linear(weights, bias):
    layer = torch.nn.Linear(*weights.shape, bias=bias is not None)
    layer.weight.data = torch.tensor(weights.T, dtype=torch.float32)
    if bias is not None:
        layer.bias.data = torch.tensor(bias, dtype=torch.float32)
    return layer


def first():
    return linear(W1, B1)


def second():
    return linear(W2, B2)


nn = torch.nn
safetensors("torch_fc", Net(fc1=first(), fc2=second()).state_dict())
safetensors("torch_out", Net(out=second(), fc1=first()).state_dict())
safetensors("torch_hidden", Net(hidden=first(), output=second()).state_dict())
safetensors("torch_nested", Net(encoder=nn.Sequential(first(), nn.Tanh()), classifier=second()).state_dict())
safetensors("torch_ten", nn.Sequential(*[nn.Tanh()] * 9, first(), second()).state_dict())
safetensors("torch_last_without_bias", Net(fc1=first(), fc2=linear(W2, None)).state_dict())
safetensors("torch_one", linear(W2, B2).state_dict())
safetensors("torch_double", Net(fc1=first(), fc2=second()).double().state_dict())
safetensors("torch_half", Net(fc1=first(), fc2=second()).half().state_dict())
safetensors("torch_bfloat16", Net(fc1=first(), fc2=second()).bfloat16().state_dict())
KERAS = network("dense.kernel", "dense.bias", "dense_1.kernel", "dense_1.bias")
safetensors("keras", {name: torch.tensor(values) for name, values in KERAS.items()})
safetensors(
    "metadata", Net(fc1=first(), fc2=second()).state_dict(), {"activations": '["tanh", "sigmoid"]'}
)
# Refused: an order that is open, and layers that we lack.
square = np.array([[1.0, 2.0], [3.0, 4.0]])
safetensors("torch_ambiguous", Net(fc=linear(square, B1[:2]), cls=linear(square, B1[:2])).state_dict())
safetensors("torch_batchnorm", nn.Sequential(first(), nn.BatchNorm1d(3), second()).state_dict())
safetensors("torch_layernorm", nn.Sequential(first(), nn.LayerNorm(3), second()).state_dict())
safetensors("torch_prelu", nn.Sequential(first(), nn.PReLU(), second()).state_dict())
safetensors("torch_conv", Net(conv=nn.Conv2d(1, 3, 3), fc=second()).state_dict())
safetensors("torch_lstm", Net(lstm=nn.LSTM(2, 3), fc=second()).state_dict())
print("numpy", np.__version__, "torch", torch.__version__, "scikit-learn", sklearn.__version__)
print("python", sys.version.split()[0])
