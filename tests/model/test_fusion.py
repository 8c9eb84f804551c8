"""What became of the layers of one reading in another, on real builds of the sample."""

from trtstudio.model.fusion import fuse
from trtstudio.model.graph import Graph
from trtstudio.model.links import Links


def test_every_node_is_in_a_kernel_or_gone(sample_graph: Graph, engine_fp16: Graph) -> None:
    fusion = fuse(sample_graph, engine_fp16)
    used = {layer for layers in fusion.made_of.values() for layer in layers}
    assert used.isdisjoint(fusion.gone)
    assert used | set(fusion.gone) == set(range(len(sample_graph.layers)))
    assert [sample_graph.layers[p].name for p in fusion.gone] == ["/Reshape"]
    kernels = set(range(len(engine_fp16.layers)))
    assert set(fusion.made_of).isdisjoint(fusion.unnamed)
    inserted = {p for places in fusion.inserted.values() for p in places}
    assert set(fusion.made_of) | set(fusion.unnamed) | inserted == kernels
    assert fusion.inserted == Links(sample_graph, engine_fp16).inserted


def test_the_order_makes_no_difference(sample_graph: Graph, engine_fp32: Graph) -> None:
    fusion = fuse(engine_fp32, sample_graph)
    assert fusion == fuse(sample_graph, engine_fp32)
    assert fusion.before.view == "onnx"
