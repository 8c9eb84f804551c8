"""Which files are taken for pictures by their names. Plain data, without OpenCV; any thread."""

PICTURE_SUFFIXES = frozenset(
    (
        *(".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".gif", ".avif", ".jp2"),
        *(".ppm", ".pgm", ".hdr", ".exr", ".heic", ".heif"),
    )
)
"""What a folder is searched for; ``read_picture`` itself goes by content."""
