class PdfError(Exception):
    """The PDF was not made. The message is one or two Dutch sentences for the person who asked for it."""
