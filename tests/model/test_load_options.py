"""What a user chose of the loading options."""

from trtstudio.model.load_options import LoadOptions


def test_only_what_differs_from_the_default_is_chosen() -> None:
    assert LoadOptions().chosen() == ()
    assert LoadOptions(device=1, keep_kernels=False).chosen() == ("device", "keep_kernels")
    assert LoadOptions(weight_streaming=0).chosen() == ("weight_streaming",)
