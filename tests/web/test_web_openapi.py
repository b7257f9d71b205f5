"""The description of the API keeps to the Dutch API design rules."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

RULES = Path(os.environ.get("ADR_RULESET", Path(__file__).parents[1] / "api-design-rules-linter.yaml"))


@pytest.fixture
def document(client):
    return client.get("/openapi.json").json()


def operations(document):
    return [(path, method, op) for path, item in document["paths"].items() for method, op in item.items()]


def test_it_lies_where_people_look(client, document):
    response = client.get("/api/v1/openapi.json")
    assert response.json() == document
    assert response.headers["api-version"] == document["info"]["version"] == "1.0.0"


def test_the_frame(document):
    assert document["openapi"].startswith("3.")
    assert all(re.search(r"/v\d", server["url"]) for server in document["servers"])
    assert {"name", "url", "email"} <= set(document["info"]["contact"])
    assert document["info"]["license"]["name"] == "EUPL-1.2"


def test_paths_and_parameters_are_named_by_the_rules(document):
    for path, method, operation in operations(document):
        assert re.fullmatch(r"(/([a-z0-9-]+|\{[a-z]+\}))+", path)
        assert method in {"get", "post", "put", "patch", "delete"}
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query":
                assert re.fullmatch(r"[a-z]+([A-Z][a-z]*)*", parameter["name"])


def test_operations_have_their_own_name_and_known_tags(document):
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names))
    tags = {tag["name"] for tag in document["tags"]}
    assert all(set(operation["tags"]) <= tags for _, _, operation in operations(document))


def test_answers_tell_the_version_and_errors_are_problems(document):
    problem = document["components"]["schemas"]["Probleem"]
    assert {"status", "title", "detail"} <= set(problem["properties"])
    for _, method, operation in operations(document):
        responses = operation["responses"]
        assert "422" not in responses
        assert "400" in responses or (method == "get" and not operation.get("parameters"))
        for status, response in responses.items():
            assert "API-Version" in response["headers"]
            if status[0] in "45":
                assert set(response["content"]) == {"application/problem+json"}


def test_every_reference_leads_somewhere(document):
    text = json.dumps(document)
    assert "HTTPValidationError" not in text
    for name in re.findall(r'"#/components/schemas/(\w+)"', text):
        assert name in document["components"]["schemas"]
        assert name[0].isupper()


def test_spectral_finds_no_errors(document, tmp_path):
    spectral = shutil.which("spectral")
    if spectral is None:
        pytest.skip("the linter is not installed: npm install -g @stoplight/spectral-cli")
    if not RULES.is_file():
        pytest.skip("the rules are not here; point ADR_RULESET at api-design-rules-linter.yaml")
    (tmp_path / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
    command = [spectral, "lint", "--ruleset", str(RULES), "--format", "text", str(tmp_path / "openapi.json")]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
