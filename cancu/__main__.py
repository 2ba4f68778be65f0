"""``python -m cancu`` is the command ``cancu``."""

import sys

from cancu.cli import main

sys.exit(main())
