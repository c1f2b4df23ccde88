#!/usr/bin/env python
import os
import sys
from pathlib import Path

if __name__ == "__main__":
    # Callable from any folder: the packages stand beside this file.
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haarlemveilig.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
