"""The child process of `render_in_child`: a job comes in, the PDF or a Dutch sentence goes out."""

import os
import sys

from haarlemveilig.pdf.child import FAULT, OUT_OF_MEMORY, unpack
from haarlemveilig.pdf.engine import load_engine, render
from haarlemveilig.pdf.errors import PdfError
from haarlemveilig.pdf.limits import confine_this_process


def main() -> int:
    html, assets, attachments, limits = unpack(sys.stdin.buffer.read())
    load_engine()  # first, so that the limits are about the document alone
    confine_this_process(limits)
    try:
        sys.stdout.buffer.write(render(html, assets=assets, attachments=attachments, limits=limits))
    except PdfError as error:
        sys.stdout.buffer.write(str(error).encode())
        return FAULT
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    # Without tearing down: Pango's threads may still be looking for fonts, and crash when the fonts go first.
    os._exit(code)
