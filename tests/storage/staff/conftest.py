from tests.databases import bare_engine, database, engine

__all__ = ["bare_engine", "database", "engine"]
