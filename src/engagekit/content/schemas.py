"""JSON Schemas for editors, made from the models. Nothing reads them back; a test finds stale ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from engagekit.content.load import KINDS

FOLDER = "source_material/schemas"


def render_schemas() -> dict[str, str]:
    """Return file name to JSON Schema text, one for each kind of content file."""
    return {
        f"{kind.schema}.schema.json": _render(kind.schema, kind.model, kind.id_of is not None)
        for kind in KINDS
    }


def write_schemas(root: Path) -> list[Path]:
    """Write the schemas below a course folder, and return the files that changed."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, text in render_schemas().items():
        path = folder / name
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            changed.append(path)
    return changed


def _render(name: str, model: Any, id_is_file_name: bool) -> str:
    schema = model.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = f"engagekit {name}"
    schema["properties"] = {"schema": {"const": f"{name}/1"}, **schema["properties"]}
    if id_is_file_name:
        schema["properties"].pop("id", None)
    schema["required"] = [
        "schema",
        *[field for field in schema.get("required", []) if field != "id" or not id_is_file_name],
    ]
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
