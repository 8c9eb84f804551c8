"""What the Model page shows in place of a reading that is not there. Main thread only."""

from trtstudio.gui.document import Document, Reading
from trtstudio.gui.parts.reading_status import ReadingStatus
from trtstudio.model.graph import View


class MissingReading(ReadingStatus):
    """Says of a document what is being waited for, or why there is nothing."""

    def show_reading(self, document: Document, view: View, reading: Reading | None) -> None:
        """Say it of this one, which has no graph."""
        if reading is not None and reading.problem is not None:
            self.show_problem(reading.problem, self._facts(document))
        elif reading is None or not reading.is_loading:
            self.show_stopped(self.tr("The layers have not been read."))
        elif view == "network":
            words = self.tr("TensorRT is parsing {name} ...")
            self.show_busy(words.format(name=document.path.name))
        else:
            assert document.plan is not None
            words = self.tr("Reading the layers of {name} ...")
            self.show_busy(words.format(name=document.plan.name))

    def _facts(self, document: Document) -> str:
        """What a plan says without being loaded."""
        header = document.file.header
        if header is None:
            return ""
        built = self.tr("This plan was built by {label}.")
        if header.targets:
            built = self.tr("This plan was built by {label} for {targets}.")
        why = self.tr(
            "A plan tells its layers only to the TensorRT that built it, on a GPU that it runs on, "
            "unless the record of its build is beside it. The properties show what its header says."
        )
        targets = ", ".join(header.targets)
        return "\n".join((built.format(label=header.label, targets=targets), why))
