"""The measures of a drawing, in pixels at full size, and what its parts are called."""

BOX_WIDTH = 168.0
BOX_HEIGHT = 44.0
PITCH_X = 200.0
PITCH_Y = 96.0
GAP = PITCH_Y - BOX_HEIGHT

Edge = tuple[int, int]
Point = tuple[float, float]
