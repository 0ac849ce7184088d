"""``python -m trellis`` is the command ``trellis``."""

from trellis.cli import main

if __name__ == "__main__":
    main()
