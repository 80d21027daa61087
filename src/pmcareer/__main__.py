"""``python -m pmcareer``."""

from pmcareer.cli.main import run

if __name__ == "__main__":
    run()
