"""``python -m tongchou`` is the command line."""

from tongchou.surfaces.cli import main

if __name__ == "__main__":
    main()
