"""Makes the images beside it: the 2-3-1 network of ../numpy, as other programs make a weight image.

The payload is written by Python's safetensors, the container by what weight-image.md says, the
signature by Python's cryptography. Run here with: python3 make.py
"""

import hashlib
import struct
import sys

import cryptography
import numpy as np
import safetensors
from cryptography.hazmat.primitives import serialization
from safetensors.numpy import save

NETWORK = {
    "W1": np.array([[6.1, -6.3, 0.7], [6.2, -6.4, -0.9]]),
    "b1": np.array([-2.9, 9.1, 0.3]),
    "W2": np.array([[9.1], [8.7], [0.1]]),
    "b2": np.array([-13.3]),
}
SINGLE = {name: values.astype("<f4") for name, values in NETWORK.items()}
KEY = serialization.load_pem_private_key(open("device.pem", "rb").read(), None)
PUBLIC = KEY.public_key().public_bytes(
    serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
)


def payload(tensors, **metadata):
    return save(tensors, metadata={"activations": "sigmoid,sigmoid", **metadata})


def tlv(kind, value):
    return struct.pack("<HH", kind, len(value)) + value


def area(magic, *entries):
    return struct.pack("<HH", magic, 4 + sum(map(len, entries))) + b"".join(entries)


def image(path, body, version=(1, 2, 3, 4), is_signed=True, protected=b"", is_pure=False):
    header = struct.pack(
        "<IIHHIIBBHII", 0x96F3B83D, 0, 32, len(protected), len(body), 0, *version, 0
    )
    hashed = header + body + protected
    digest = hashlib.sha256(hashed).digest()
    entries = [tlv(0x10, digest)]
    if is_signed:
        entries.append(tlv(0x01, hashlib.sha256(PUBLIC).digest()))
        if is_pure:
            entries.append(tlv(0x25, b"\1"))
        entries.append(tlv(0x24, KEY.sign(hashed if is_pure else digest)))
    with open(path, "wb") as file:
        file.write(hashed + area(0x6907, *entries))


COMPLETE = payload(SINGLE, topology="2-3-1", engine="float", q_format="Q7.16", truth="0110")
image("unsigned.img", COMPLETE, is_signed=False)
image("signed.img", COMPLETE)
image("sparse.img", payload(SINGLE))
image("double.img", payload(NETWORK))
image("vendor.img", COMPLETE, protected=area(0x6908, tlv(0xA0, b"class 7b"), tlv(0x1A1, b"")))
image("largest_version.img", COMPLETE, version=(255, 255, 65535, 4294967295))

# Refused:
image("pure.img", COMPLETE, is_pure=True)
image("counter.img", COMPLETE, protected=area(0x6908, tlv(0x50, struct.pack("<I", 7))))
image("width.img", payload(SINGLE, topology="2-2-1"))
image("half.img", payload({name: values.astype("<f2") for name, values in SINGLE.items()}))
image("torch.img", payload({"0.weight": SINGLE["W1"].T.copy(), "0.bias": SINGLE["b1"]}))
print("safetensors", safetensors.__version__, "cryptography", cryptography.__version__)
print("numpy", np.__version__, "python", sys.version.split()[0])
