"""What commands have in common that others call from a script: wrong input is one line, never a traceback."""

import argparse
import re
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor


def year(text: str) -> int:
    """A year on the command line; the type of an argument."""
    if not re.fullmatch(r"(19|20)[0-9]{2}", text):
        raise argparse.ArgumentTypeError(f"‘{text}’ is geen jaar, zoals 2024")
    return int(text)


class OneLineCommand(BaseCommand):
    """A command that answers a wrong argument with one line, without a summary of all its options."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(prog_name, subcommand, usage=argparse.SUPPRESS, **kwargs)


class DatabaseCommand(OneLineCommand):
    """A command on the database: an empty one gets its tables first, one that lags behind is refused."""

    requires_migrations_checks = True

    def check_migrations(self) -> None:
        try:
            executor = MigrationExecutor(connection)
        except OperationalError:
            raise CommandError("De database antwoordt niet. Klopt DATABASE_URL?") from None
        if not executor.loader.applied_migrations:
            call_command("migrate", verbosity=0)
        elif executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("De database loopt achter. Draai eerst: script/run python manage.py migrate")
