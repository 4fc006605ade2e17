"""Makes the files beside it: small networks as ONNX, and what they answer.

Run here with: /usr/bin/python3 make.py. Those that are checked in are from Debian 12: torch 1.13.0a0,
onnx 1.12.0, scikit-learn 1.2.1, numpy 1.24.2. A .txt beside a model holds samples: the inputs, then the
outputs, as torch, scikit-learn or numpy compute them. Models without one are those that are refused.
"""

import os
import warnings

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from torch import nn

warnings.simplefilter("ignore", ConvergenceWarning)
torch.manual_seed(1)
random = np.random.default_rng(1)


def record(name, inputs, outputs):
    """Writes the samples of a model."""
    rows = np.concatenate([inputs.reshape(len(inputs), -1), outputs.reshape(len(inputs), -1)], axis=1)
    with open(name + ".txt", "w") as file:
        for row in rows:
            file.write(" ".join(f"{value:.9g}" for value in row) + "\n")


def samples(width):
    corners = np.array([[k >> i & 1 for i in range(width)] for k in range(4)], dtype=np.float64)
    return np.concatenate([corners, random.uniform(-1.5, 1.5, (8, width))])


# ---- from torch ------------------------------------------------------------------------------


def export(name, model, shape, dtype=torch.float32, batch_axis=0, **options):
    """Exports a model, whose samples have a shape, and records what it answers."""
    model = model.to(dtype)
    model.eval()
    inputs = samples(int(np.prod(shape)))
    batch = torch.tensor(inputs, dtype=dtype).reshape(-1, *shape)
    example = {0: batch[:1], 1: batch[:1].reshape(-1, 1), None: batch[0]}[batch_axis]
    if batch_axis is not None:
        options["dynamic_axes"] = {"x": {batch_axis: "batch"}}
    torch.onnx.export(model, example, name + ".onnx", input_names=["x"], **options)
    with torch.no_grad():
        outputs = torch.cat([model(row.reshape(example.shape)).reshape(1, -1) for row in batch])
    record(name, batch.numpy(), outputs.numpy())


class Classes(nn.Module):
    def __init__(self, inputs=2):
        super().__init__()
        self.hidden = nn.Linear(inputs, 5)
        self.out = nn.Linear(5, 3)

    def forward(self, x):
        return torch.softmax(self.out(torch.relu(self.hidden(x))), dim=1)


class Viewed(Classes):
    """Makes rows of pictures, as many as there are."""

    def __init__(self):
        super().__init__(4)

    def forward(self, x):
        return super().forward(x.view(x.size(0), -1))


class Largest(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 2))

    def forward(self, x):
        scores = self.net(x)
        return scores, torch.argmax(scores, dim=1)


class ByHand(nn.Module):
    """A parameter for each array, as in numpy; the second bias stands first."""

    def __init__(self):
        super().__init__()
        self.w1 = nn.Parameter(torch.randn(2, 3))
        self.b1 = nn.Parameter(torch.randn(3))
        self.w2 = nn.Parameter(torch.randn(3, 1))
        self.b2 = nn.Parameter(torch.randn(1))

    def forward(self, x):
        return torch.sigmoid(self.b2 + torch.tanh(x @ self.w1 + self.b1) @ self.w2)


class Columns(nn.Module):
    """A column for each sample."""

    def __init__(self):
        super().__init__()
        self.w1 = nn.Parameter(torch.randn(3, 2))
        self.b1 = nn.Parameter(torch.randn(3, 1))
        self.w2 = nn.Parameter(torch.randn(2, 3))
        self.b2 = nn.Parameter(torch.randn(2, 1))

    def forward(self, x):
        return torch.softmax(self.w2 @ torch.tanh(self.w1 @ x + self.b1) + self.b2, dim=0)


class Vector(nn.Module):
    """One sample, without an axis for more."""

    def __init__(self):
        super().__init__()
        self.w1 = nn.Parameter(torch.randn(3, 2))
        self.b1 = nn.Parameter(torch.randn(3))
        self.w2 = nn.Parameter(torch.randn(3))
        self.b2 = nn.Parameter(torch.randn(()))

    def forward(self, x):
        return torch.sigmoid(self.w2 @ torch.relu(self.w1 @ x + self.b1) + self.b2)


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = nn.Linear(2, 2)
        self.two = nn.Linear(2, 2)

    def forward(self, x):
        hidden = torch.relu(self.one(x))
        return self.two(hidden) + hidden


export("sequential", nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1), nn.Sigmoid()), [2])
export("classes", Classes(), [2], opset_version=13)
export("old", Classes(), [2], opset_version=9, keep_initializers_as_inputs=True)
export(
    "double",
    nn.Sequential(nn.Linear(2, 3), nn.Sigmoid(), nn.Linear(3, 2), nn.Tanh()),
    [2],
    torch.float64,
)
export(
    "flattened",
    nn.Sequential(nn.Flatten(), nn.Linear(4, 5), nn.ReLU(), nn.Dropout(0.5), nn.Linear(5, 2)),
    [1, 2, 2],
    opset_version=11,
)
export("viewed", Viewed(), [2, 2], opset_version=13)
export("linear", nn.Sequential(nn.Linear(2, 4), nn.Linear(4, 3), nn.Sigmoid()), [2])
export("matmul", ByHand(), [2])
export("columns", Columns(), [2], batch_axis=1)
export("vector", Vector(), [2], batch_axis=None)
export(
    "sequences",
    nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 2), nn.Softmax(dim=-1)),
    [1, 2],
    opset_version=13,
    do_constant_folding=False,
)


def refuse(name, model, shape, **options):
    torch.onnx.export(model.eval(), torch.zeros(shape), name + ".onnx", **options)


largest = Largest().eval()
refuse("argmax", largest, [1, 2])
inputs = samples(2)
with torch.no_grad():
    record("argmax", inputs, largest(torch.tensor(inputs, dtype=torch.float32))[0].numpy())

refuse("residual", Residual(), [1, 2])
refuse("conv", nn.Sequential(nn.Conv1d(1, 2, 2), nn.Flatten(), nn.Linear(2, 1)), [1, 1, 2])
refuse(
    "batch_norm",
    nn.Sequential(nn.Linear(2, 3), nn.Sigmoid(), nn.BatchNorm1d(3), nn.Linear(3, 1)),
    [1, 2],
)
refuse("log_softmax", nn.Sequential(nn.Linear(2, 2), nn.LogSoftmax(dim=1)), [1, 2])
refuse("leaky", nn.Sequential(nn.Linear(2, 2), nn.LeakyReLU()), [1, 2])
refuse("lstm", nn.LSTM(2, 3), [1, 1, 2])
refuse(
    "in_training",
    nn.Sequential(nn.Linear(2, 3), nn.Dropout(0.5), nn.Linear(3, 1)),
    [1, 2],
    training=torch.onnx.TrainingMode.TRAINING,
    do_constant_folding=False,
)

# ---- by hand ---------------------------------------------------------------------------------

W1, B1, W2, B2 = [
    random.normal(size=shape).astype(np.float32) for shape in [(2, 3), (3,), (3, 1), (1,)]
]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def answers(x, w1=W1, b1=B1, w2=W2, b2=B2):
    w1, b1, w2, b2 = [np.asarray(value, dtype=np.float64) for value in (w1, b1, w2, b2)]
    return sigmoid(np.tanh(x @ w1 + b1) @ w2 + b2)


def tensor(name, values, kind=TensorProto.FLOAT, raw=False):
    values = np.asarray(values)
    if raw:
        data = numpy_helper.from_array(values.astype(helper.mapping.TENSOR_TYPE_TO_NP_TYPE[kind]), name)
        return data
    return helper.make_tensor(name, kind, values.shape, values.astype(np.float64).ravel())


def save(
    name,
    nodes,
    tensors,
    shape=("batch", 2),
    outputs=(("y", 2),),
    kind=TensorProto.FLOAT,
    out_kind=None,
    expected=None,
    **metadata,
):
    """Writes a model; an output has a name and a number of axes."""
    graph = helper.make_graph(
        nodes,
        "by hand",
        [helper.make_tensor_value_info("x", kind, shape)],
        [
            helper.make_tensor_value_info(output, out_kind or kind, [None] * axes)
            for output, axes in outputs
        ],
        tensors,
    )
    versions = [helper.make_opsetid("", 13), helper.make_opsetid("ai.onnx.ml", 1)]
    made = helper.make_model(graph, opset_imports=versions)
    helper.set_model_props(made, metadata)
    onnx.checker.check_model(made)
    onnx.save(made, name + ".onnx")
    if expected is not None:
        inputs = samples(2)
        record(name, inputs, expected(inputs))


node = helper.make_node
TWO_LAYERS = [
    node("MatMul", ["x", "W1"], ["p1"], name="first"),
    node("Add", ["p1", "b1"], ["z1"]),
    node("Tanh", ["z1"], ["a1"]),
    node("MatMul", ["a1", "W2"], ["p2"]),
    node("Add", ["b2", "p2"], ["z2"]),
    node("Sigmoid", ["z2"], ["y"]),
]


def four(kind, raw=False, round_to=None):
    values = {"W1": W1, "b1": B1, "W2": W2, "b2": B2}
    tensors = [tensor(name, value, kind, raw) for name, value in values.items()]
    if round_to is None:
        return tensors, answers
    rounded = [round_to(value) for value in values.values()]
    return tensors, lambda x: answers(x, *rounded)


def to_bfloat16(values):
    """Rounds to the nearest, as onnx.helper does."""
    bits = np.asarray(values, dtype=np.float32).view(np.uint32)
    return ((bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000).astype(np.uint32).view(np.float32)


def bfloat16(name, values):
    made = TensorProto(name=name, data_type=TensorProto.BFLOAT16, dims=values.shape)
    made.raw_data = (to_bfloat16(values).view(np.uint32) >> 16).astype("<u2").tobytes()
    return made


for name, kind, raw, round_to in [
    ("float_data", TensorProto.FLOAT, False, None),
    ("double_data", TensorProto.DOUBLE, False, None),
    ("float16_raw", TensorProto.FLOAT16, True, np.float16),
    ("float16_data", TensorProto.FLOAT16, False, np.float16),
]:
    tensors, expected = four(kind, raw, round_to)
    save(name, TWO_LAYERS, tensors, kind=kind, expected=expected)

save(
    "bfloat16",
    TWO_LAYERS,
    [bfloat16(name, value) for name, value in [("W1", W1), ("b1", B1), ("W2", W2), ("b2", B2)]],
    kind=TensorProto.BFLOAT16,
    expected=lambda x: answers(x, *[to_bfloat16(value) for value in (W1, B1, W2, B2)]),
)

# Constants in nodes, some behind others; the line has what changes nothing.
save(
    "constants",
    [
        node("Constant", [], ["c1"], value=tensor("", W1.T, TensorProto.DOUBLE)),
        node("Transpose", ["c1"], ["t1"], perm=[1, 0]),
        node("Identity", ["t1"], ["W1"]),
        node("Constant", [], ["c2"], value_floats=B1.tolist()),
        node("Cast", ["c2"], ["b1"], to=TensorProto.DOUBLE),
        node("Constant", [], ["c3"], value_float=float(B2[0])),
        node("Cast", ["c3"], ["b2"], to=TensorProto.DOUBLE),
        node("Constant", [], ["two"], value_ints=[0, -1]),
        node("Identity", ["x"], ["x1"]),
        node("Cast", ["x1"], ["x2"], to=TensorProto.DOUBLE),
        node("Reshape", ["x2", "two"], ["x3"]),
        node("MatMul", ["x3", "W1"], ["p1"]),
        node("Add", ["p1", "b1"], ["z1"]),
        node("Flatten", ["z1"], ["f1"]),
        node("Dropout", ["f1", "", "no"], ["d1", "mask"]),
        node("Tanh", ["d1"], ["a1"]),
        node("MatMul", ["a1", "W2"], ["p2"]),
        node("Add", ["p2", "b2"], ["z2"]),
        node("Sigmoid", ["z2"], ["s2"]),
        node("Squeeze", ["s2"], ["y"]),
    ],
    [
        tensor("W2", W2, TensorProto.DOUBLE),
        helper.make_tensor("no", TensorProto.BOOL, [], [False]),
    ],
    outputs=[("y", 1)],
    out_kind=TensorProto.DOUBLE,
    expected=answers,
)

save(
    "gemm",
    [
        node("Gemm", ["x", "W1", "b1"], ["z1"], alpha=0.5, beta=-2.0, transB=1),
        node("Tanh", ["z1"], ["a1"]),
        node("Gemm", ["a1", "W2"], ["z2"], alpha=3.0),
        node("Sigmoid", ["z2"], ["y"]),
    ],
    [tensor("W1", W1.T), tensor("b1", B1.reshape(1, 3)), tensor("W2", W2)],
    expected=lambda x: answers(x, 0.5 * W1, -2 * B1, 3 * W2, 0),
)

# A column for each sample, by Gemm.
save(
    "gemm_columns",
    [
        node("Gemm", ["W1", "x", "b1"], ["z1"], transA=1),
        node("Tanh", ["z1"], ["a1"]),
        node("Gemm", ["W2", "a1", "b2"], ["z2"]),
        node("Sigmoid", ["z2"], ["y"]),
    ],
    [tensor("W1", W1), tensor("b1", B1.reshape(3, 1)), tensor("W2", W2.T), tensor("b2", B2)],
    shape=[2, "batch"],
    expected=answers,
)
save(
    "turned",
    [node("Transpose", ["x"], ["columns"], name="turn"), node("Gemm", ["W1", "columns"], ["y"], transA=1)],
    [tensor("W1", W1)],
)

save(
    "metadata",
    TWO_LAYERS,
    four(TensorProto.FLOAT)[0],
    outputs=[("y", 2), ("a1", 2)],
    coding="-1,1",
    author="somebody",
)

onnx.save(
    onnx.load("float16_raw.onnx"),
    "external.onnx",
    save_as_external_data=True,
    location="external.data",
    size_threshold=0,
)
os.remove("external.data")

save(
    "grouped",
    [
        node("MatMul", ["x", "W1"], ["p1"]),
        node("Reshape", ["p1", "shape"], ["r1"]),
        node("Softmax", ["r1"], ["y"], name="groups"),
    ],
    [tensor("W1", random.normal(size=(2, 4))), helper.make_tensor("shape", TensorProto.INT64, [2], [-1, 2])],
)
save(
    "wider",
    [
        node("Gemm", ["x", "W1"], ["z1"], name="first"),
        node("Gemm", ["z1", "W2"], ["y"], name="second"),
    ],
    [tensor("W1", W1), tensor("W2", random.normal(size=(4, 1)))],
)
save(
    "shared",
    [node("Reshape", ["x", "pairs"], ["r"]), node("Gemm", ["r", "W1"], ["y"], name="first")],
    [tensor("W1", W1), helper.make_tensor("pairs", TensorProto.INT64, [2], [-1, 2])],
    shape=["batch", 4],
)
save(
    "quantised",
    [
        node("DequantizeLinear", ["W8", "scale"], ["W1"], name="dequantise"),
        node("MatMul", ["x", "W1"], ["y"], name="first"),
    ],
    [
        helper.make_tensor("W8", TensorProto.INT8, [2, 3], [1, 2, 3, 4, 5, 6]),
        tensor("scale", np.float32(0.1)),
    ],
)
save(
    "infinite",
    [node("MatMul", ["x", "W1"], ["y"])],
    [tensor("W1", [[1.0, 2.0], [np.inf, 4.0]])],
)
save(
    "integers",
    [node("MatMul", ["x", "W1"], ["y"], name="first")],
    [helper.make_tensor("W1", TensorProto.INT64, [2, 1], [1, 2])],
)

# What a scaler becomes that works in double.
save(
    "standardised",
    [
        node("Sub", ["x", "mean"], ["centred"], name="centre"),
        node("Div", ["centred", "scale"], ["scaled"]),
        node("MatMul", ["scaled", "W1"], ["y"]),
    ],
    [tensor("mean", [0.5, 0.5]), tensor("scale", [0.5, 0.5]), tensor("W1", W1)],
)

# What skl2onnx adds for several labels at once, and a network that answers 1 - p.
save(
    "labels",
    [
        *TWO_LAYERS[:-1],
        node("Sigmoid", ["z2"], ["p"]),
        node("Identity", ["p"], ["probabilities"]),
        node("Binarizer", ["p"], ["bits"], domain="ai.onnx.ml", threshold=0.5),
        node("Cast", ["bits"], ["y"], to=TensorProto.INT64),
    ],
    four(TensorProto.FLOAT)[0],
    outputs=[("y", 2)],
    out_kind=TensorProto.INT64,
    expected=answers,
)
save(
    "inverted",
    [
        *TWO_LAYERS[:-1],
        node("Sigmoid", ["z2"], ["p"]),
        node("Sub", ["one", "p"], ["y"], name="invert"),
    ],
    [*four(TensorProto.FLOAT)[0], tensor("one", np.float32(1))],
)

# ---- as skl2onnx lays them out ---------------------------------------------------------------


def maps(name):
    """Describes an output that is a probability by class for each sample."""
    info = onnx.ValueInfoProto(name=name)
    each = info.type.sequence_type.elem_type.map_type
    each.key_type = TensorProto.INT64
    each.value_type.tensor_type.elem_type = TensorProto.FLOAT
    return info


def of_scikit(name, classes, zipmap=True, scaler=False):
    """Lays out a trained MLPClassifier node by node as skl2onnx does, with its names."""
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]] * 4, dtype=np.float64)
    labels = (x[:, 0] != x[:, 1]).astype(int) if classes == 2 else x.sum(axis=1).astype(int)
    mlp = MLPClassifier(
        (4,), activation="tanh" if classes == 2 else "relu", solver="lbfgs", random_state=1, max_iter=200
    ).fit(x, labels)
    initialisers, nodes = [], []
    value = "X"
    if scaler:
        nodes.append(
            node(
                "Scaler",
                ["X"],
                ["variable"],
                name="Scaler",
                domain="ai.onnx.ml",
                offset=[0.5, 0.5],
                scale=[2.0, 2.0],
            )
        )
        value = "variable"
    nodes.append(node("Cast", [value], ["cast_input"], name="Cast", to=TensorProto.FLOAT))
    value = "cast_input"
    for l, (weights, biases) in enumerate(zip(mlp.coefs_, mlp.intercepts_)):
        n = "" if l == 0 else str(l)
        last = l == len(mlp.coefs_) - 1
        initialisers.append(tensor("coefficient" + n, weights))
        initialisers.append(tensor("intercepts" + n, biases.reshape(1, -1)))
        nodes.append(node("MatMul", [value, "coefficient" + n], ["mul_result" + n], name="MatMul" + n))
        nodes.append(
            node("Add", ["mul_result" + n, "intercepts" + n], ["add_result" + n], name="Add" + n)
        )
        value = "out_activations_result" if last else "next_activations"
        kind = mlp.out_activation_ if last else mlp.activation
        operator = {"logistic": "Sigmoid", "tanh": "Tanh", "relu": "Relu", "softmax": "Softmax"}[kind]
        options = {"axis": 1} if operator == "Softmax" else {}
        nodes.append(node(operator, ["add_result" + n], [value], name=operator, **options))
    initialisers.append(
        helper.make_tensor("classes", TensorProto.INT32, [classes], mlp.classes_.astype(np.int32))
    )
    if classes == 2:
        initialisers.append(helper.make_tensor("unity", TensorProto.FLOAT, [], [1]))
        nodes.append(node("Sub", ["unity", value], ["negative_class_proba"], name="Sub"))
        nodes.append(
            node("Concat", ["negative_class_proba", value], ["probabilities"], name="Concat", axis=1)
        )
    else:
        nodes.append(node("Identity", [value], ["probabilities"], name="Identity"))
    initialisers.append(helper.make_tensor("shape_tensor", TensorProto.INT64, [1], [-1]))
    nodes += [
        node("ArgMax", ["probabilities"], ["argmax_output"], name="ArgMax", axis=1),
        node(
            "ArrayFeatureExtractor",
            ["classes", "argmax_output"],
            ["array_feature_extractor_result"],
            name="ArrayFeatureExtractor",
            domain="ai.onnx.ml",
        ),
        node(
            "Cast",
            ["array_feature_extractor_result"],
            ["cast_result"],
            name="Cast1",
            to=TensorProto.INT64,
        ),
        node("Reshape", ["cast_result", "shape_tensor"], ["output_label"], name="Reshape"),
    ]
    if zipmap:
        nodes.append(
            node(
                "ZipMap",
                ["probabilities"],
                ["output_probability"],
                name="ZipMap",
                domain="ai.onnx.ml",
                classlabels_int64s=list(range(classes)),
            )
        )
    graph = helper.make_graph(
        nodes,
        "network of scikit-learn",
        [helper.make_tensor_value_info("X", TensorProto.FLOAT, [None, 2])],
        [
            helper.make_tensor_value_info("output_label", TensorProto.INT64, [None]),
            maps("output_probability")
            if zipmap
            else helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [None, classes]),
        ],
        initialisers,
    )
    made = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("ai.onnx.ml", 1), helper.make_opsetid("", 15)],
        producer_name="skl2onnx",
        producer_version="1.14.0",
        domain="ai.onnx",
    )
    onnx.checker.check_model(made)
    onnx.save(made, name + ".onnx")
    if not scaler:
        inputs = samples(2)
        outputs = mlp.predict_proba(inputs)
        record(name, inputs, outputs[:, 1:] if classes == 2 else outputs)


of_scikit("scikit_two", 2)
of_scikit("scikit_three", 3)
of_scikit("scikit_array", 2, zipmap=False)
of_scikit("scikit_scaler", 2, scaler=True)
