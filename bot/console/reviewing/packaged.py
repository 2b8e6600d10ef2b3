"""The sentences that came with the program: what an older release lacks is taken from them when it comes back."""

from bot.settings import Settings
from bot.storage.document import Document
from bot.storage.files import DataFilesError, data_dir, read_document


def packaged(settings: Settings) -> Document:
    """Return the default release as its files have it; nothing where they cannot be read."""
    try:
        return read_document(settings.data_dir or data_dir({}))
    except DataFilesError:
        return {}
