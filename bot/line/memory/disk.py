"""What is refused where conversations would reach a disk; known without Redis' client, which not every line loads."""


class PersistentStateError(RuntimeError):
    """Redis was set to write its memory to disk, or would not say."""
