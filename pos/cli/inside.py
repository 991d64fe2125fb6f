"""`lapak sbom`: what is inside."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

from pos.cli.answer import Answer
from pos.inside import bill_of_materials


def sbom(args: Namespace) -> Answer:
    """Every package, its version, licence and hashes, in the form of CycloneDX; on the screen a line each."""
    from pos.fresh import fresh_file

    told = bill_of_materials()
    if args.output is not None:
        with fresh_file(Path(args.output)) as draft:
            draft.write_text(json.dumps(told, indent=1), "utf-8")
        return Answer({"file": args.output, "components": len(told["components"])}, [args.output])
    lines = [f"{one['name']} {one['version']}  {_licence(one)}".rstrip() for one in told["components"]]
    return Answer(told, lines)


def _licence(part: dict[str, list[dict[str, dict[str, str]]]]) -> str:
    return "; ".join(one["license"]["name"] for one in part.get("licenses", []))
