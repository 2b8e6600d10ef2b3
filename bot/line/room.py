"""How many connections a process may hold at once: each is an open file, and there is a limit on those."""

import resource

#: Files that are no connections: the database, Redis, logs, modules that are loaded late.
SPARE = 200


def room_for(connections: int) -> int:
    """Ask the system for enough open files, and return how many connections there is room for.

    A process that held more than its files allow could take no new one until an old one is given up: whoever opens
    many would shut out all others.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + SPARE
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return connections
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    # Where next to nothing is allowed a quarter of it goes to connections all the same.
    return min(connections, max(allowed - SPARE, allowed // 4))
