"""How long a picture took from step to step. Plain data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Times:
    """In ms; ``inference_ms`` is that of a batch, divided by its pictures."""

    decode_ms: float = 0.0
    preprocess_ms: float = 0.0
    inference_ms: float = 0.0
    postprocess_ms: float = 0.0

    @property
    def total_ms(self) -> float:
        """As if one step came after the other."""
        return self.decode_ms + self.preprocess_ms + self.inference_ms + self.postprocess_ms
