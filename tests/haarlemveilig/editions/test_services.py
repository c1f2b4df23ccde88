import pytest
from django.db import DatabaseError, transaction

from haarlemveilig.editions.models import Edition, EditionFile
from haarlemveilig.editions.services import PublishedFile, add_rendering, publish

pytestmark = pytest.mark.django_db


def publish_one(**changes: object) -> Edition:
    arguments = {"kind": "programme", "subject": "2023", "title": "Programma", "view_model": {"a": 1}}
    return publish(**(arguments | changes))


def test_numbers_count_per_subject() -> None:
    assert [publish_one().number, publish_one().number, publish_one(subject="2024").number] == [1, 2, 1]


def test_the_same_view_model_has_the_same_hash() -> None:
    assert publish_one(view_model={"b": 1, "a": 2}).sha256 == publish_one(view_model={"a": 2, "b": 1}).sha256


def test_files_are_kept_with_size_and_hash(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    publish_one(files=[PublishedFile("programma.pdf", "application/pdf", b"%PDF-")])
    file = EditionFile.objects.get()
    assert file.size == 5
    with file.file.open() as stored:
        assert stored.read() == b"%PDF-"


def test_an_edition_and_its_files_are_never_changed_or_removed(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    publish_one(files=[PublishedFile("programma.pdf", "application/pdf", b"%PDF-")])
    for act in (
        lambda: Edition.objects.update(title="Anders"),
        lambda: Edition.objects.all()._raw_delete("default"),
        lambda: EditionFile.objects.update(size=1),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            act()


def test_another_form_of_what_an_edition_says_is_added_once(db: None) -> None:
    edition = publish_one()
    first = add_rendering(edition=edition, file=PublishedFile("a.pdf", "application/pdf", b"one"))
    second = add_rendering(edition=edition, file=PublishedFile("a.pdf", "application/pdf", b"two"))
    assert first == second
    assert edition.files.get().size == 3
