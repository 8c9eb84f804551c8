"""How many floating-point operations an ONNX operator takes. Safe in any thread.

A multiply-add counts as 2. A function of one element counts as 1, whatever it is: a sum, a maximum,
a comparison, an exponential, a whole Gelu. Windows count whole, at the borders too. What only moves
or converts data counts as 0. Integer arithmetic counts like floating-point arithmetic.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from trtstudio.model.graph import Layer, Shape

MaybeShapes = Sequence[Shape | None]


def count_flops(layer: Layer, inputs: MaybeShapes, outputs: MaybeShapes) -> int | None:
    """The operations of one node whose inputs and outputs have these shapes, None where one is not
    known; None as well for an operator that has no formula here, or where a shape is missing.
    """
    formula = _FORMULAS.get(layer.type)
    if formula is None or layer.attributes.get("domain"):
        return None
    try:
        return formula(_Node(layer, inputs, outputs))
    except LookupError:
        return None


def count_turns(layer: Layer, inputs: MaybeShapes) -> int | None:
    """How often one subgraph of a node is run: that of a Scan for each element that it scans. 1 for
    a Loop, which only tells while it runs. None where that is not known.
    """
    if layer.type in ("If", "Loop"):
        return 1
    scanned = layer.attributes.get("num_scan_inputs")
    axes = layer.attributes.get("scan_input_axes")
    first = inputs[-scanned] if layer.type == "Scan" and isinstance(scanned, int) else None
    try:
        return None if first is None else first[int(axes[0]) if isinstance(axes, list) else 0]
    except LookupError:
        return None


@dataclass(frozen=True, slots=True)
class _Node:
    """A layer with its shapes. What is not known raises LookupError when it is asked for."""

    layer: Layer
    inputs: MaybeShapes
    outputs: MaybeShapes

    def input(self, index: int = 0) -> Shape:
        return self._known(self.inputs[index])

    def output(self) -> Shape:
        return self._known(self.outputs[0])

    def has_input(self, index: int) -> bool:
        return index < len(self.layer.inputs) and self.layer.inputs[index] is not None

    def integer(self, name: str, default: int | None = None) -> int:
        value = self.layer.attributes.get(name, default)
        if not isinstance(value, int):
            raise LookupError(name)
        return value

    def integers(self, name: str) -> list[int]:
        value = self.layer.attributes.get(name)
        if not isinstance(value, list):
            raise LookupError(name)
        return [int(each) for each in value]

    def _known(self, shape: Shape | None) -> Shape:
        if shape is None:
            raise LookupError(self.layer.name)
        return shape


Formula = Callable[[_Node], int | None]


def _convolution(node: _Node, weight: int = 1, bias: int | None = 2) -> int:
    """Each output element: a multiply-add for each weight of its filter, and the bias."""
    outputs = math.prod(node.output())
    biased = bias is not None and node.has_input(bias)
    return 2 * outputs * math.prod(node.input(weight)[1:]) + biased * outputs


def _transposed_convolution(node: _Node) -> int:
    """Each input element: a multiply-add for each weight that spreads it; a bias for each output
    element.
    """
    spread = 2 * math.prod(node.input()) * math.prod(node.input(1)[1:])
    return spread + (math.prod(node.output()) if node.has_input(2) else 0)


def _gemm(node: _Node) -> int:
    """Each output element: a multiply-add for each element of its row, and C; alpha and beta do
    not count.
    """
    outputs = math.prod(node.output())
    row = node.input()[0 if node.integer("transA", 0) else 1]
    return 2 * outputs * row + (outputs if node.has_input(2) else 0)


def _matmul(node: _Node) -> int:
    """Each output element: a multiply-add for each element of its row."""
    return 2 * math.prod(node.output()) * node.input()[-1]


def _recurrent(node: _Node, gates: int, elementwise: int) -> int:
    """Each step and direction: a multiply-add for each weight and element of the batch, the biases,
    and so many functions of one element for each hidden unit.
    """
    batch_first = node.integer("layout", 0)
    batch, steps = node.input()[:2] if batch_first else node.input()[1::-1]
    directions, rows, width = node.input(1)
    units = rows // gates
    biases = 2 * rows if node.has_input(3) else 0
    each = 2 * rows * (width + units) + rows + biases + elementwise * units
    return steps * batch * directions * each


def _pool(node: _Node) -> int:
    """Each output element: one for each element of its window."""
    return math.prod(node.output()) * math.prod(node.integers("kernel_shape"))


def _local_response(node: _Node) -> int:
    """Each element: squares and sums over its window; then scale, bias, power and quotient."""
    return math.prod(node.output()) * (2 * node.integer("size") + 4)


def _resize(node: _Node) -> int | None:
    """Nearest neighbours are moved; what an interpolation takes depends on its scales."""
    return 0 if node.layer.attributes.get("mode", "nearest") == "nearest" else None


def _variadic(node: _Node) -> int:
    """One for each input after the first, and element."""
    return math.prod(node.output()) * (len(node.inputs) - 1)


def _mean(node: _Node) -> int:
    """The same, and the division."""
    return math.prod(node.output()) * len(node.inputs)


def _each_output(node: _Node, times: int = 1) -> int:
    return math.prod(node.output()) * times


def _each_input(node: _Node, times: int = 1) -> int:
    return math.prod(node.input()) * times


def _none(_node: _Node) -> int:
    return 0


_ELEMENTWISE = """
    Abs Acos Acosh Add And Asin Asinh Atan Atanh BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor
    Ceil Celu Clip Cos Cosh Div Elu Equal Erf Exp Floor Gelu Greater GreaterOrEqual HardSigmoid
    HardSwish IsInf IsNaN LeakyRelu Less LessOrEqual Log Mish Mod Mul Neg Not Or PRelu Pow
    Reciprocal Relu Round Selu Sigmoid Sign Sin Sinh Softplus Softsign Sqrt Sub Swish Tan Tanh
    ThresholdedRelu Where Xor
"""
_MOVING = """
    Cast CastLike Compress Concat Constant ConstantOfShape DepthToSpace Dropout Expand EyeLike
    Flatten Gather GatherElements GatherND Identity OneHot Pad Range Reshape ReverseSequence Scatter
    ScatterElements ScatterND Shape Size Slice SpaceToDepth Split Squeeze Tile Transpose Trilu
    Unsqueeze
"""
_REDUCING = {
    **dict.fromkeys(("ArgMax", "ArgMin", "CumSum", "GlobalAveragePool", "GlobalMaxPool"), 1),
    **dict.fromkeys(("ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceProd"), 1),
    **dict.fromkeys(("ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSumExp"), 2),
    "ReduceLogSum": 1,
}
"""Operations for each element that goes in."""
_NORMALIZING = {
    "BatchNormalization": 2,  # scale and bias, which hold mean and variance
    "QuantizeLinear": 2,  # scale and zero point
    "DequantizeLinear": 2,
    "LpNormalization": 3,  # power, sum, quotient
    "RMSNormalization": 4,  # square, sum, quotient, scale
    "MeanVarianceNormalization": 5,  # sum, difference, square, sum, quotient
    "Softmax": 5,  # maximum, difference, exponential, sum, quotient
    "LogSoftmax": 5,
    "GroupNormalization": 7,  # sum, difference, square, sum, quotient, scale, bias
    "InstanceNormalization": 7,
    "LayerNormalization": 7,
}
"""Operations for each element that comes out."""

_FORMULAS: dict[str, Formula] = {
    "Conv": _convolution,
    "ConvInteger": partial(_convolution, bias=None),
    "QLinearConv": partial(_convolution, weight=3, bias=8),
    "ConvTranspose": _transposed_convolution,
    "Gemm": _gemm,
    **dict.fromkeys(("MatMul", "MatMulInteger", "QLinearMatMul"), _matmul),
    **dict.fromkeys(("MaxPool", "AveragePool"), _pool),
    "RNN": partial(_recurrent, gates=1, elementwise=1),  # an activation
    "GRU": partial(_recurrent, gates=3, elementwise=8),  # 3 activations, reset, and the mixing
    "LSTM": partial(_recurrent, gates=4, elementwise=9),  # 5 activations, 3 products, a sum
    "LRN": _local_response,
    **dict.fromkeys(("Resize", "Upsample"), _resize),
    **dict.fromkeys(("Sum", "Max", "Min"), _variadic),
    "Mean": _mean,
    **dict.fromkeys(_ELEMENTWISE.split(), _each_output),
    **dict.fromkeys(_MOVING.split(), _none),
    **{name: partial(_each_input, times=times) for name, times in _REDUCING.items()},
    **{name: partial(_each_output, times=times) for name, times in _NORMALIZING.items()},
}
