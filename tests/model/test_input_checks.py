"""Which shapes an input takes by itself."""

from trtstudio.model.graph import Tensor
from trtstudio.model.input_checks import fits


def test_a_shape_has_the_rank_and_the_fixed_sizes() -> None:
    tensor = Tensor("x", "float32", ("N", 3, -1))
    assert fits(tensor, (4, 3, 7))
    assert fits(tensor, (0, 3, 7)), "nothing may be in it"
    assert not fits(tensor, (4, 3))
    assert not fits(tensor, (4, 2, 7))
    assert fits(Tensor("y", "float32", None), (9,))
