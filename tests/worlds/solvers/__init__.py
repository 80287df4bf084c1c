"""Second readers, one a world: each answers from the prose alone and shares no code with the world that wrote it."""

from tests.worlds.solvers import alibis, custody, letters, program, railway, warehouse

SOLVERS = {
    "warehouse": warehouse.answer,
    "custody": custody.answer,
    "program": program.answer,
    "railway": railway.answer,
    "letters": letters.answer,
    "alibis": alibis.answer,
}
