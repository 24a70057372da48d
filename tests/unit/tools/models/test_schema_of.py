"""The shape of an answer as JSON schema: worked out once, and everybody's own."""

from pydantic import BaseModel

from tools.models.live.parameters import schema_of


def test_schema_is_worked_out_once_for_each_shape(monkeypatch):
    class Shape(BaseModel):
        name: str

    first, asked = schema_of(Shape), []
    monkeypatch.setattr(Shape, "model_json_schema", lambda: asked.append(1))
    assert schema_of(Shape) == first == {
        "properties": {"name": {"title": "Name", "type": "string"}}, "required": ["name"],
        "title": "Shape", "type": "object",
    }  # fmt: skip
    assert not asked


def test_who_changes_it_changes_nobody_elses():
    class Shape(BaseModel):
        name: str

    schema_of(Shape).clear()
    assert schema_of(Shape)["required"] == ["name"]
