"""Colours that stand for classes, and that all eyes tell apart. Without OpenCV; any thread."""

Color = tuple[int, int, int]

# Okabe and Ito's colours, the most distinct first.
PALETTE: tuple[Color, ...] = (
    (0, 114, 178),
    (213, 94, 0),
    (0, 158, 115),
    (240, 228, 66),
    (204, 121, 167),
    (86, 180, 233),
    (230, 159, 0),
)

_TINTS = (0.0, 0.4, -0.35)  # towards white, and towards black


def class_color(index: int) -> Color:
    """The colour that stands for a class everywhere: the palette's, then lighter and darker."""
    tint = _TINTS[index // len(PALETTE) % len(_TINTS)]
    goal = 255 if tint > 0 else 0
    red, green, blue = (
        round(channel + (goal - channel) * abs(tint)) for channel in PALETTE[index % len(PALETTE)]
    )
    return red, green, blue


def ink_on(color: Color) -> Color:
    """Black or white, whichever has the higher contrast on ``color`` by WCAG's measure."""
    red, green, blue = ((channel / 255) ** 2.2 for channel in color)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return (0, 0, 0) if luminance > 0.179 else (255, 255, 255)
