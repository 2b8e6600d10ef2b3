from tests.databases import bare_engine, database, engine
from tests.storage.sources import clock, make, parser

__all__ = ["bare_engine", "clock", "database", "engine", "make", "parser"]
