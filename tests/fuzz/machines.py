"""How the state machines run: bounded and always the same in the suite, long and by chance by the command."""

from __future__ import annotations

import time

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

RUNS, STEPS = 5, 35  # between two looks at the clock


def settings_of(runs: int, steps: int, *, chance: bool = False) -> settings:
    """For `runs` runs of up to `steps` steps; the same ones each time unless `chance` has a say."""
    return settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        derandomize=not chance,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
        print_blob=chance,
    )


def run_long(machine: type[RuleBasedStateMachine], seconds: float) -> tuple[int, float]:
    """Run a machine for about so long; how many runs it made, and how long it took.

    Raises what the machine raises, with the steps that lead there.
    """
    begun, runs = time.monotonic(), 0
    while time.monotonic() - begun < seconds:
        run_state_machine_as_test(machine, settings=settings_of(RUNS, STEPS, chance=True))
        runs += RUNS
    return runs, time.monotonic() - begun
