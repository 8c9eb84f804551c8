"""What a layer profile says in words, and as files. Any thread."""

import json
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication

from trtstudio.gui.plural import counted
from trtstudio.model.files import whole_file
from trtstudio.model.graph import format_shape
from trtstudio.model.measure.layer_profile import LayerProfile
from trtstudio.model.measure.layer_profile_export import By, profile_csv, profile_json, profile_rows
from trtstudio.model.quantities import format_percent

Form = Literal["json", "csv"]


def summary(profile: LayerProfile) -> str:
    """The whole against its layers, and where the rest of it is."""
    told = _tr("One inference takes {whole:.3f} ms, its {count:,} layers {sum:.3f} ms together.")
    words = told.format(whole=profile.whole_ms, count=len(profile.layers), sum=profile.sum_ms)
    if profile.gap_ms >= 0:
        gap = _tr("{gap:.3f} ms ({share}) are between the layers or were not timed.")
    else:
        gap = _tr(
            "Timing them one by one costs {gap:.3f} ms ({share}), or some run at the same time."
        )
    share = abs(profile.gap_ms) / profile.whole_ms if profile.whole_ms > 0 else 0.0
    return f"{words} {gap.format(gap=abs(profile.gap_ms), share=format_percent(share))}"


def conditions(profile: LayerProfile) -> str:
    """What was timed."""
    shapes = ", ".join(f"{name} {format_shape(shape)}" for name, shape in profile.shapes.items())
    one, many = _tr("Times of 1 inference"), _tr("Medians of {count:,} inferences")
    return f"{counted(profile.iterations, one, many)}; {shapes}"


def as_text(profile: LayerProfile, by: By, form: Form) -> str:
    """The profile told by this, as JSON or as CSV."""
    rows = profile_rows(profile, by)
    if form == "csv":
        return profile_csv(rows) + "\n"
    return json.dumps(profile_json(profile, rows), indent=2) + "\n"


def save_profile(path: Path, profile: LayerProfile, by: By, form: Form) -> None:
    """The same as a file. Raises StudioError."""
    with whole_file(path) as file:
        file.write(as_text(profile, by, form).encode())


def _tr(text: str) -> str:
    return QCoreApplication.translate("LayerProfile", text)
