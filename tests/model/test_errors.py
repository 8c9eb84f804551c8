"""What an error says where there is room for one text."""

import pytest

from trtstudio.model.errors import NotLoaded, StudioError


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (StudioError("It broke.", hint="Mend it.", details="line 3"), "It broke. Mend it."),
        (StudioError("It broke."), "It broke."),
        (NotLoaded(), "This model is no longer loaded. Load it again."),
    ],
)
def test_an_error_in_one_text(error: StudioError, text: str) -> None:
    assert error.text == text
