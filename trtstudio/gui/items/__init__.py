"""Qt item models over plain data. Main thread only."""
