"""`lapak sbom` and `lapak update`: what is inside, and another version of it."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

from pos.cli.answer import Answer
from pos.errors import Refused
from pos.inside import bill_of_materials
from pos.text import _


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


def update(args: Namespace) -> Answer:
    """Another version from the next start on; with `--back` the one before this."""
    from pos.updating import go_back
    from pos.updating import update as take

    if bool(args.file) == args.back:
        raise Refused(
            _("Either a file or --back is needed."), _("See: {command} --help").format(command="lapak update")
        )
    done = go_back() if args.back else take(Path(args.file))
    told = _("From the next start on it is Lapak {version}. The books stay as they are.")
    kept = [_("A copy of the books lies in {file}.").format(file=path) for path in done.copies]
    fields = {"version": done.version, "former": done.former, "copies": [str(path) for path in done.copies]}
    return Answer(fields, [told.format(version=done.version), *kept])
