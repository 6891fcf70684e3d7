"""`python -m minsheng`."""

from minsheng.cli import main

if __name__ == "__main__":  # the processes that measure lists import this too
    main()
