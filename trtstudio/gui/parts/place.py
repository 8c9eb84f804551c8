"""Where widgets are while they are hidden. Main thread only."""

from PySide6.QtWidgets import QWidget


def keep_place(widget: QWidget) -> None:
    """Its layout leaves room for it while it is hidden, so that nothing moves when it is shown."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
