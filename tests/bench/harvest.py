"""Runs a command as the parent of all that it leaves behind, and writes what they used to standard error.

A browser starts many processes and does not wait for each; here every one of them is counted.
"""

import ctypes
import json
import os
import resource
import subprocess
import sys

SET_CHILD_SUBREAPER = 36


def main() -> int:
    ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    code = subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL, check=False).returncode
    try:
        while True:
            os.wait()
    except ChildProcessError:
        pass
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    usage = {"cpu_seconds": used.ru_utime + used.ru_stime, "peak_bytes": used.ru_maxrss * 1024}
    sys.stderr.write(f"\n{json.dumps(usage)}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
