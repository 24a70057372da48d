"""Hold the sizes of house.md section 8: no long function, no long file, short ones as a habit."""

import ast
import statistics
import sys
from pathlib import Path

ROOMS = ("state", "prompts", "tools", "nodes", "graphs", "server")
FUNCTION_STOP, FILE_STOP, MEDIAN_STOP = 60, 500, 10


def main() -> int:
    """Print the sizes; the number of broken bounds."""
    bodies: list[int] = []
    broken: list[str] = []
    for file in sorted(path for room in ROOMS for path in Path(room).rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if (lines := text.count("\n")) > FILE_STOP:
            broken.append(f"{file}: {lines} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                bodies.append(body_lines(node))
                if (size := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_STOP:
                    broken.append(f"{file}:{node.lineno} {node.name}: {size} lines")
    median = statistics.median(bodies)
    print(f"{len(bodies)} functions, median body {median:g} lines (at most {MEDIAN_STOP})")
    if median > MEDIAN_STOP:
        broken.append(f"median function body {median:g}")
    print("\n".join(broken) or f"no function over {FUNCTION_STOP} lines, no file over {FILE_STOP}")
    return len(broken)


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function's body without its docstring."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
