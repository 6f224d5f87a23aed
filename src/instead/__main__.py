"""``python -m instead``."""

from instead.cli.main import main

main()
