"""The reference of `pos`, made of its docstrings: `python -m tests.api DIR` (or `python3 run.py api DIR`).

One page a module: what it is for, its constants, nouns with their fields, functions with their signatures,
each with the line it stands in; `tables.md` has the columns of every table, `documents.md` every kind of
document with the function that says what its body must be. Units and errors stand in the docstrings;
tests/test_api.py holds that they do.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from sqlalchemy import Table

from pos.columns import METADATA
from pos.derive import ROWS

ROOT = Path(__file__).parent.parent
Defined = ast.FunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Module:
    """A module of `pos`: its dotted name, its file from the top of the repository, its text."""

    name: str
    path: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.source)

    def public(self) -> Iterator[tuple[str, Defined]]:
        """Every public function and class by its name, methods as `Class.method`."""
        for node in self.tree.body:
            if isinstance(node, Defined) and not node.name.startswith("_"):
                yield node.name, node
                for inner in node.body if isinstance(node, ast.ClassDef) else ():
                    if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
                        yield f"{node.name}.{inner.name}", inner

    def constants(self) -> Iterator[str]:
        """What has a name in capitals at the top, and what is said of it; tables have their own page."""
        lines = self.source.splitlines()
        for node in self.tree.body:
            target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(target, ast.Name):
                called = ast.unparse(node.value.func) if isinstance(node.value, ast.Call) else ""
                if target.id.isupper() and target.id[0] != "_" and called not in {"table", "paper", "card"}:
                    first = node.lineno - 1
                    while lines[first - 1].startswith("# "):
                        first -= 1
                    yield "\n".join(lines[first : node.end_lineno])


@cache
def modules() -> tuple[Module, ...]:
    """Every module of `pos`."""
    found = []
    for path in sorted((ROOT / "pos").rglob("*.py")):
        place = path.relative_to(ROOT)
        name = ".".join(place.with_suffix("").parts).removesuffix(".__init__")
        found.append(Module(name, place.as_posix(), path.read_text("utf-8")))
    return tuple(found)


def page(module: Module) -> str:
    """The page of one module."""
    parts = [f"# `{module.name}`", ast.get_docstring(module.tree) or ""]
    if constants := list(module.constants()):
        parts.append(_code("\n".join(constants)))
    for name, node in module.public():
        parts += [f"{'###' if '.' in name else '##'} `{name}`", _code(_head(node))]
        parts += [ast.get_docstring(node) or "", f"[{module.path}:{node.lineno}]"]
    return "\n\n".join(filter(None, parts)) + "\n"


def tables() -> str:
    """The page of the tables: every column, its type, whether it may be empty, and the key."""
    parts = ["# Tables", "What they are for stands beside each in `pos/tables.py` and its parts."]
    for table in sorted(METADATA.tables.values(), key=lambda table: str(table.name)):
        parts += [f"## `{table.name}`", "\n".join(_columns(table))]
    return "\n\n".join(parts) + "\n"


def documents() -> str:
    """The page of the kinds of documents: the code that says what a body holds, and which rows it makes."""
    parts = ["# Documents", "What a body holds, and the rows it makes, is said by one function a kind."]
    for kind, maker in ROWS.items():
        parts += [f"## `{kind}`", _code(inspect.getsource(maker))]
    return "\n\n".join(parts) + "\n"


def write(folder: Path) -> int:
    """Write the whole reference below `folder`, which is made; how many pages it has."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {f"{module.name}.md": page(module) for module in modules()}
    pages |= {"tables.md": tables(), "documents.md": documents()}
    first = [f"- [{name.removesuffix('.md')}]({name}): {_first(text)}" for name, text in pages.items()]
    pages["index.md"] = "# Lapak: the reference of `pos`\n\n" + "\n".join(first) + "\n"
    for name, text in pages.items():
        (folder / name).write_text(text, "utf-8")
    return len(pages)


def _first(text: str) -> str:
    """The first line behind a page's title."""
    return text.split("\n\n", 2)[1].partition("\n")[0]


def _head(node: Defined) -> str:
    """A function's signature, or a class with its bases and the fields it declares."""
    marks = "".join(f"@{ast.unparse(mark)}\n" for mark in node.decorator_list)
    if isinstance(node, ast.FunctionDef):
        returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
        return f"{marks}def {node.name}({ast.unparse(node.args)}){returns}"
    bases = f"({', '.join(map(ast.unparse, node.bases))})" if node.bases else ""
    fields = [f"    {ast.unparse(inner)}" for inner in node.body if isinstance(inner, ast.AnnAssign)]
    return "\n".join([f"{marks}class {node.name}{bases}:", *(fields or ["    ..."])])


def _columns(table: Table) -> Iterator[str]:
    yield "| column | type | |"
    yield "|---|---|---|"
    for column in table.columns:
        kind = "key" if column.primary_key else "may be empty" if column.nullable else ""
        yield f"| `{column.name}` | {'text' if column.type.python_type is str else 'whole number'} | {kind} |"


def _code(text: str) -> str:
    return f"```python\n{text.rstrip()}\n```"


def main() -> int:
    """Write it into the folder that is named; 2 when none is."""
    if len(sys.argv) != 2:
        print("python3 run.py api DIR", file=sys.stderr)  # noqa: T201
        return 2
    print(f"{write(Path(sys.argv[1]))} pages: {Path(sys.argv[1]) / 'index.md'}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
