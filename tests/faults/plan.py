"""Which faults each scene goes through: first those that may cost nothing at all, then those that lose something."""

from tests.faults.database_faults import DISK, FILE, FILE_LOST, SERVER
from tests.faults.fault import Fault
from tests.faults.memory_faults import MEMORY
from tests.faults.other_faults import OTHER, QUIET
from tests.faults.process_faults import KILLED, MIGRATED, ONE_KILLED, REPLACED, ROLLED, STOPPED
from tests.faults.scene import Scene, SharedScene

Parts = dict[str, tuple[Fault[Scene], ...]]
SharedParts = dict[str, tuple[Fault[SharedScene], ...]]

KEEPS, LOSES = "nothing may be lost", "memory or counts are lost"
ALONE: Parts = {
    KEEPS: (*QUIET, *FILE, *DISK, *STOPPED, *MIGRATED, *OTHER),
    LOSES: (*KILLED, *REPLACED, *FILE_LOST),
}
TOGETHER: SharedParts = {
    KEEPS: (*QUIET, *SERVER, *DISK, *STOPPED, *MIGRATED, *OTHER, *ROLLED),
    LOSES: (*MEMORY, *ONE_KILLED),
}
#: The second on every change: without what a line goes through alone on every change, whatever its memory.
TOGETHER_SHORT: SharedParts = {KEEPS: (*QUIET, *SERVER, *STOPPED, *ROLLED), LOSES: TOGETHER[LOSES]}
