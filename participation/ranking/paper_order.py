"""In which order a paper form shows the themes. Pure.

A form cannot have an order of its own that the typist knows, as a ballot on a screen has. So there are as many
orders as themes, each begins with another theme, and its letter stands on the form. Over a pile no theme has the
advantage of the top.
"""

import string
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


def letters(themes: int) -> list[str]:
    """The letters of the orders of a round with so many themes."""
    return list(string.ascii_uppercase[:themes])


def in_order(items: Sequence[Item], letter: str) -> list[Item]:
    """The themes as the form with this letter shows them."""
    start = letters(len(items)).index(letter)
    return [*items[start:], *items[:start]]


def letter_of(number: int, themes: int) -> str:
    """The letter of the form with this number: forms that follow each other have different orders."""
    known = letters(themes)
    return known[number % len(known)]
