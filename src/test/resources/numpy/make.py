"""Makes the files beside it: a 2-3-1 network that answers XOR, as numpy writes it.

Run here with: mkdir -p files; python3 make.py. Those that are checked in are from NumPy 2.4.6, Python 3.11.
"""

import io
import json
import struct
import sys
import zipfile

import numpy as np

NETWORK = {
    "W1": np.array([[6.1, -6.3, 0.7], [6.2, -6.4, -0.9]]),
    "b1": np.array([-2.9, 9.1, 0.3]),
    "W2": np.array([[9.1], [8.7], [0.1]]),
    "b2": np.array([-13.3]),
}
SINGLE = {name: values.astype("<f4") for name, values in NETWORK.items()}


class Pipe(io.RawIOBase):
    """A file that cannot seek, so that the ZIP gets data descriptors."""

    def __init__(self, file):
        self.file = file

    def writable(self):
        return True

    def seekable(self):
        return False

    def write(self, data):
        return self.file.write(data)


def with_version(path, version):
    with zipfile.ZipFile(path, "w") as archive:
        for name, values in SINGLE.items():
            with archive.open(name + ".npy", "w") as entry:
                np.lib.format.write_array(entry, values, version=version)


def safetensors(path, tensors):
    header, data = {}, b""
    for name, values in tensors.items():
        raw = np.ascontiguousarray(values).tobytes()
        header[name] = {
            "dtype": "F64" if values.dtype == np.float64 else "F32",
            "shape": values.shape,
            "data_offsets": [len(data), len(data) + len(raw)],
        }
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


np.savez("savez.npz", **SINGLE)
np.savez_compressed("savez_compressed.npz", **SINGLE)
np.savez("double.npz", **NETWORK)
np.savez("fortran.npz", **{k: np.asfortranarray(v) for k, v in SINGLE.items()})
np.savez("transposed.npz", **{**SINGLE, "W1": np.ascontiguousarray(SINGLE["W1"].T).T})
np.savez("rows.npz", **{k: v.reshape(1, -1) if k[0] == "b" else v for k, v in SINGLE.items()})
with open("stream.npz", "wb") as target:
    np.savez(Pipe(target), **SINGLE)
with open("stream_compressed.npz", "wb") as target:
    np.savez_compressed(Pipe(target), **SINGLE)
for major in (1, 2, 3):
    with_version(f"version{major}.npz", (major, 0))
safetensors("double.safetensors", NETWORK)
for name, values in SINGLE.items():
    np.save(f"files/{name}.npy", values)
TORCH = {"0.weight": "W1", "0.bias": "b1", "2.weight": "W2", "2.bias": "b2"}
np.savez("torch.npz", **{k: np.ascontiguousarray(SINGLE[v].T) for k, v in TORCH.items()})
np.savez("torch_transposed.npz", **{k: SINGLE[v].T for k, v in TORCH.items()})
for name, origin in TORCH.items():
    np.save(f"files/{name}.npy", SINGLE[origin].T)

# Refused:
np.savez("half.npz", **{k: v.astype("<f2") for k, v in SINGLE.items()})
np.savez("big_endian.npz", **{k: v.astype(">f4") for k, v in SINGLE.items()})
np.savez("integers.npz", **{k: v.astype("<i8") for k, v in SINGLE.items()})
np.savez("objects.npz", **{**SINGLE, "b2": np.array([None], dtype=object)})
np.savez("record.npz", **{**SINGLE, "b2": np.array([(1.0,)], dtype=[("x", "<f4")])})
np.savez("scalar.npz", **{**SINGLE, "b2": np.float32(-13.3)})
np.savez("positional.npz", *SINGLE.values())
print("numpy", np.__version__, "python", sys.version.split()[0])
