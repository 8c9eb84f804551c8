"""Converting a model to the precision that an engine is to have. For a worker thread."""

from trtstudio.engine.conversion.convert import convert, converted
from trtstudio.model.build.conversion import PRECISIONS

__all__ = ["PRECISIONS", "convert", "converted"]
