"""``python -m trtstudio``: the command line, which opens the window when it is given no verb."""

import sys

from trtstudio.cli import main

if __name__ == "__main__":
    sys.exit(main())
