"""``python -m pledgecalc`` is the command ``pledgecalc``."""

import sys

import cli

sys.exit(cli.main())
