"""How far away, or what else one number for each part of the picture says. Safe in any thread."""

import numpy as np

from trtstudio.vision.answer import Answer
from trtstudio.vision.network import Network, Scene
from trtstudio.vision.tasks.dense import as_planes, first_planes, on_picture
from trtstudio.vision.tasks.task import Guess, Task

_NAMES = ("depth", "disp", "distance", "heat", "density", "anomaly")


def _fit(network: Network) -> Guess | None:
    form = first_planes(network)
    if form is None or form[0] != 1 or not network.outputs[0].dtype.startswith(("float", "bfl")):
        return None
    name = network.outputs[0].name
    if network.metadata.get("task") == "depth":
        return Guess("depth", 0.95, "Its metadata say: depth.", "zero-to-one")
    is_named = any(word in name.lower() for word in _NAMES)
    is_flat = len(network.shapes[0]) == 3  # as MiDaS and Depth Anything give it
    reason = f"{name} has one number for each part of the picture."
    likelihood = 0.9 if is_named else 0.6 if is_flat else 0.4
    return Guess("depth", likelihood, reason, "segmentation")


def _read(scene: Scene) -> Answer:
    plane = np.asarray(as_planes(scene.arrays[0], scene.network)[0], np.float32)
    return Answer("depth", heat=on_picture(plane, scene.placement))


DEPTH = Task("depth", "Depth or heat map", _fit, _read, ())
