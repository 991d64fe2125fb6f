"""What a label tells of a product beside its name and price, as its card has it.

All of it is told by the institution and printed as it was typed; nothing here says that a number is valid. A
price tag and a shelf card are no food label: what the law wants on the pack itself (UU 18/2012 on food,
article 97: ingredients, net weight, the maker's address and more) stands on the institution's own one.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields
from typing import Any

MAX_STORY = 280  # characters: what a shelf card holds in a size that is read standing
MAX_NUMBER = 40  # of a number of a certificate or permit

# A code, never a name (privacy): capital letters, digits and joints, one digit at least.
_WORKSHOP = re.compile(r"(?=[A-Z0-9./-]*[0-9])[A-Z0-9][A-Z0-9./-]{0,19}")


@dataclass(frozen=True, slots=True)
class Facts:
    """The product's story, the numbers of its halal certificate and of its permit for food made at home or in
    a small workshop (P-IRT), and the code of the workshop that made it, in place of anybody's name.

    Empty is not told.
    """

    story: str = ""
    halal: str = ""
    pirt: str = ""
    workshop: str = ""


UNTOLD = Facts()


def facts_text(facts: Facts) -> str:
    """What is told as the text of a column; empty where nothing is."""
    told = {name: value for name, value in asdict(facts).items() if value}
    return json.dumps(told, ensure_ascii=False, sort_keys=True) if told else ""


def facts_of(text: str) -> Facts:
    """What `facts_text` wrote."""
    return Facts(**json.loads(text)) if text else UNTOLD


def facts_in(card: dict[str, Any]) -> Facts:
    """What a product's card in a document tells; what a newer program told besides is passed over.

    Raises TypeError for what is no text.
    """
    told = card.get("facts", {})
    known = {one.name: told[one.name] for one in fields(Facts) if one.name in told}
    if any(type(value) is not str for value in known.values()):
        raise TypeError(known)
    return Facts(**known)


def is_workshop(code: str) -> bool:
    """Whether a workshop may be called so."""
    return bool(_WORKSHOP.fullmatch(code))
