"""Opening an index, and one question to a process that starts for it."""

from processes import in_turn
from run_state import State

TOPIC = "open"


def measure(state: State) -> None:
    """Opens inside a process, then times whole processes."""
    concept = (state.workload / "ids.txt").read_text().split("\n", 1)[0]
    told = state.bench("open", state.index, concept, state.rounds)
    state.add_figures(TOPIC, told)
    tools, topic = state.tools, "one question, whole process"
    if tools.farr:
        mine = [tools.farr, "lookup", "--index", state.index, concept]
    else:
        mine = [tools.bench, "lookup", state.index, concept]
    verify = [tools.bench, "verify", state.index]
    commands = {"farr": mine}
    if tools.sqlite and state.made("release.sqlite").exists():
        rows = f"SELECT * FROM description WHERE conceptId = {concept}"
        commands["sqlite3, terms only"] = [tools.sqlite, state.made("release.sqlite"), rows]
    if tools.engine:
        commands["snomed-ecl-engine"] = [tools.engine, "lookup", state.made("release.ecl"), concept, "--json"]
    if tools.sct:
        commands["sct"] = [tools.sct, "lookup", "--db", state.made("sct.db"), concept]
    _compare(state, topic, "lookup of a concept", in_turn(commands, 2 * state.rounds + 1))
    if tools.engine:
        commands = {"farr": verify, "snomed-ecl-engine": [tools.engine, "verify", state.made("release.ecl")]}
        _compare(state, topic, "verification in full", in_turn(commands, 3))


def _compare(state: State, topic: str, figure: str, seconds: dict[str, float]) -> None:
    mine = seconds.pop("farr")
    for peer, value in seconds.items():
        state.report.add(topic, figure, "seconds", mine, peer, value)
