"""Whatever fits the API's description is answered as the description says (Schemathesis)."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from standfast.ledger import Ledger
from standfast.web import Settings, create_app

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
]


class _NoJobs:
    """Checks are not run here: a process would read texts of random letters."""

    def close(self) -> None:
        pass

    class checking:  # noqa: N801 - stands for an attribute
        @staticmethod
        def submit(*_: Any) -> Any:
            from standfast.web.jobs import BusyError

            raise BusyError("the queue", "3 wait already", "try again later")

        @staticmethod
        def get(*_: Any) -> Any:
            from standfast.model import StandfastError

            raise StandfastError("this address", "no such work here", "begin it anew")


@pytest.fixture(scope="module")
def schema(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("schema") / "ledger.db"
    shutil.copy(made, path)
    with Ledger(path) as ledger:
        app = create_app(Settings(str(path), hosts=("testserver",)), ledger)
        app.state.jobs = _NoJobs()
        yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


def test_answers_are_as_described(schema: Any) -> None:
    called = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            called += _call(operation, mode)
    assert called > 200


def _call(operation: Any, mode: GenerationMode) -> int:
    """Call one operation with made-up values, good or bad ones; how often it was."""
    called = 0

    @seed(8)
    @settings(
        max_examples=12,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def call(case: Any) -> None:
        nonlocal called
        case.headers = {**(case.headers or {}), "origin": "http://testserver"}
        case.call_and_validate(checks=CHECKS)
        called += 1

    try:
        call()
    except Unsatisfiable:  # it takes nothing that could be bad
        assert mode is GenerationMode.NEGATIVE
    return called
