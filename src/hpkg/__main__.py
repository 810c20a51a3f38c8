"""`python -m hpkg`: the command line, where the program `hpkg` is not on the path."""

from hpkg.cli import main

if __name__ == "__main__":
    main()
