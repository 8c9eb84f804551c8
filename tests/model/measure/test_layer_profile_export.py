"""A layer profile as rows, JSON and CSV."""

import csv
import io
import json

from trtstudio.model.measure.layer_profile import LayerProfile, LayerTime
from trtstudio.model.measure.layer_profile_export import profile_csv, profile_json, profile_rows

PROFILE = LayerProfile(
    "TensorRT",
    "GPU",
    {"x": (1, 3)},
    5,
    (
        LayerTime("a", "conv", 1.0, 1.5, 0.25, 0, ("n, 0", "n1")),
        LayerTime("b", "relu", 3.0, 3.5, 0.75, 1, ("n2",)),
    ),
    5.0,
)


def test_layers_keep_their_order_and_the_slowest_are_chosen() -> None:
    assert [row["name"] for row in profile_rows(PROFILE, "layer")] == ["a", "b"]
    assert [row["name"] for row in profile_rows(PROFILE, "layer", 1)] == ["b"]
    assert [row["name"] for row in profile_rows(PROFILE, "type")] == ["relu", "conv"]
    assert [row["name"] for row in profile_rows(PROFILE, "node")] == ["n2", "n, 0 + n1"]


def test_csv_reads_back() -> None:
    first, second = csv.DictReader(io.StringIO(profile_csv(profile_rows(PROFILE, "layer"))))
    assert first["origins"] == "n, 0 + n1"
    assert float(second["median_ms"]) == 3.0
    assert profile_csv([]) == ""


def test_json_has_the_sums() -> None:
    told = json.loads(json.dumps(profile_json(PROFILE, profile_rows(PROFILE, "layer"))))
    assert (told["whole_ms"], told["sum_ms"], told["gap_ms"]) == (5.0, 4.0, 1.0)
    assert told["shapes"] == {"x": [1, 3]}
    assert told["rows"][0]["origins"] == ["n, 0", "n1"]
