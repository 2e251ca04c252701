"""Run the command line as ``python -m engagekit``."""

from engagekit.cli import main

if __name__ == "__main__":
    main()
