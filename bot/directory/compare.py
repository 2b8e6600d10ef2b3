"""What differs between two tables, told key by key, under the name by which the directory knows it."""

from bot.referral.changes import Change, changes, shown, untold

__all__ = ["Change", "changes", "shown", "untold"]
