from typing import Any

from django.core.management.base import BaseCommand

from haarlemveilig.pages.demo.accounts import PASSWORD, demo_accounts
from haarlemveilig.pages.demo.load_paper import demo_forms
from haarlemveilig.pages.demo.load_rounds import demo_codes


class Command(BaseCommand):
    help = "Toont de demo-accounts en de deelnamecodes van de open ronde."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Demo-accounts, wachtwoord: {PASSWORD}")
        for account in demo_accounts():
            second = f"TOTP-geheim {account.totp_secret}" if account.totp_secret else "geen tweede stap"
            self.stdout.write(f"  {account.role:<18} {account.email:<32} {second}")
        self.stdout.write("Codes uit de brief voor de open ronde:")
        for code, wijk in demo_codes():
            self.stdout.write(f"  {code}  {wijk}")
        self.stdout.write("Papieren formulieren die een collega al één keer overtypte:")
        for form in demo_forms():
            choice = " ".join(f"{place} {theme}" for place, theme in enumerate(form.ranking, start=1))
            self.stdout.write(f"  {form.code}  {choice}, {form.cell or 'geen groep'}; door {form.typed_by}")
