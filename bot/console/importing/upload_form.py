"""The form by which a directory is uploaded, and the way of its file into a folder."""

import re
from pathlib import Path

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import StringField
from wtforms.validators import ValidationError

from bot.console.importing.plans import Wanted
from bot.console.wording import say
from bot.directory.sources import is_source, named_after

_LONGEST_NAME = 80


class UploadForm(FlaskForm):  # type: ignore[misc]
    """A directory, its name here, and how its columns are to be read."""

    file = FileField()
    source = StringField()
    mapping = FileField()

    def validate_file(self, field: FileField) -> None:
        """Take any file that holds something; what it is its content says, once it is read."""
        if not _is_given(field.data):
            raise ValidationError(say("Choose a file."))
        if _is_empty(field.data):
            raise ValidationError(say("The file is empty."))

    def validate_source(self, field: StringField) -> None:
        """Take a name, or make one from that of the file."""
        field.data = (field.data or "").strip()
        if field.data and not is_source(field.data):
            raise ValidationError(say("Small letters, digits, dots and hyphens only, 60 at most: ohana, 211-la."))


def put(folder: Path, name: str, form: UploadForm) -> Wanted:
    """Put what was uploaded into a folder; say what is wanted of it. Raises OSError."""
    inbox = folder / "upload"
    inbox.mkdir(mode=0o700)
    form.file.data.save(inbox / name)
    mapping = None
    if _is_given(form.mapping.data):
        aside = folder / "mapping"
        aside.mkdir(mode=0o700)
        mapping = aside / safe(form.mapping.data.filename or "")
        form.mapping.data.save(mapping)
    return Wanted(folder / "plan", inbox / name, form.source.data or named_after(name), mapping)


def safe(name: str) -> str:
    """Return a name without a way to anywhere, and without letters that mean something to anybody."""
    last = re.split(r"[/\\]", name)[-1]
    plain = re.sub(r"[^A-Za-z0-9._ -]+", "_", last).strip(" .")
    return plain[-_LONGEST_NAME:] or "directory"


def _is_given(file: FileStorage | None) -> bool:
    return isinstance(file, FileStorage) and bool(file.filename)


def _is_empty(file: FileStorage) -> bool:
    first = file.stream.read(1)
    file.stream.seek(0)
    return not first
