"""`python -m generator` is the same as `briefbook`."""

from .cli import main

main()
