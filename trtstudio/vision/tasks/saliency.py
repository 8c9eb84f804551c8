"""What stands out of a picture, or is cut out of it: a mask of figure and ground. Safe in any
thread.
"""

import numpy as np

from trtstudio.vision.answer import Answer, Label, Regions
from trtstudio.vision.heads.head import as_scores
from trtstudio.vision.network import Network, Scene
from trtstudio.vision.tasks.dense import as_planes, first_planes, on_picture
from trtstudio.vision.tasks.task import Guess, Task

_NAMES = ("mask", "sal", "alpha", "matte", "seg", "fg", "foreground", "sigmoid")


def _fit(network: Network) -> Guess | None:
    form = first_planes(network)
    if form is None or form[0] != 1 or not network.outputs[0].dtype.startswith(("float", "bfl")):
        return None
    name = network.outputs[0].name
    is_named = any(word in name.lower() for word in _NAMES)
    reason = f"{name} has one number for each part of the picture."
    return Guess("saliency", 0.7 if is_named else 0.5, reason, "segmentation")


def _read(scene: Scene) -> Answer:
    planes = as_planes(scene.arrays[0], scene.network)
    scores = as_scores(np.asarray(planes[-1], np.float32))  # of two, the second is the figure
    raster = on_picture((scores >= scene.settings.mask_threshold).astype(np.uint8), scene.placement)
    heat = on_picture(scores, scene.placement)
    share = float(raster.values.mean())
    top = (Label("foreground", share, 1),)
    regions = Regions(raster, unpainted=0)
    return Answer("saliency", top=top, regions=regions, heat=heat, has_own_words=True)


SALIENCY = Task("saliency", "Saliency mask", _fit, _read, ("mask_threshold",))
