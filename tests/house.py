"""The rules of the house as functions: each reads one module and yields what offends.

They are applied by test_house.py. They read the syntax tree, so they see names, not types: a rule can be
fooled on purpose, hardly by accident.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Table

from pos import local_tables
from pos.server_tables import SERVER_METADATA
from pos.tables import DOCUMENT

# A module imports from its own line and the lines above; cycles are a rule of their own.
LAYERS = (
    {"errors", "paths", "clock", "text", "money", "xlsx", "faults", "mark", "fresh", "settings"}
    | {"kept_json", "ahead", "weight", "complete", "machine", "file_lock", "bugs", "sessions"}
    | {"label_facts", "copies", "sealing", "aside", "disk_pace", "volumes", "placing", "backup_notes"}
    | {"installed", "update_file"},
    {"model"},
    {"cart", "draft", "preorder", "shares", "practice", "rush"},
    {"nouns", "opening"},
    {
        "body",
        "columns",
        "tables",
        "settled_tables",
        "noted_tables",
        "sum_tables",
        "label_tables",
        "sums",
        "local_tables",
        "engines",
        "server",
        "server_rights",
        "server_tables",
        "upgrade",
        "derive",
        "rows",
        "journal",
        "ledger",
        "whose",
    }
    | {"restate", "repeats", "quarantine", "side_log"},
    {
        "catalog",
        "staff",
        "pins",
        "numbers",
        "rights",
        "approvals",
        "shifts",
        "activity",
        "drawer",
        "drawer_count",
        "closing",
        "payments",
        "checkout",
        "refunds",
        "stock",
        "orders",
        "paper",
        "bundles",
    }
    | {"booth_settings", "small_money", "sold_lately"}
    | {"sheets", "buyers", "carts", "photos", "day_photos", "letterhead", "spellings"}
    | {"balances", "deliveries", "stock_slips", "stock_cards", "consignment", "counts", "remittances"}
    | {
        "order_book",
        "deposits",
        "handover",
        "quotas",
        "closed_days",
        "chat",
        "chat_dates",
        "order_texts",
        "order_words",
        "privacy",
    }
    | {"settlements", "settling", "treasury", "offices"}
    | {"sample_orders", "returns", "sales_search", "people"}
    | {"product_cards", "label_goods", "columns_guess", "goods_import", "goods_sheet"}
    | {"exhibition", "qris", "pricelist", "sample", "slips", "today", "archive", "identity"},
    {
        "reports",
        "receipts",
        "exports",
        "sync",
        "chains",
        "backup",
        "carry",
        "segments",
        "merge",
        "prepared",
        "verify",
        "central",
    }
    | {"inbox", "demo", "papers", "paper_search", "printing", "printers", "labels", "doctor", "setup"}
    | {"setup_checks", "standing", "forks", "radar", "parting", "sides"}
    | {"restore", "salvage", "backup_round", "forgetting"}
    | {"targets", "course", "handed", "news", "submit", "receipt_pages", "office_people"}
    | {"office_setup", "letterbox"}
    | {"evening", "evening_text", "support", "inside", "manual"}
    | {"updating", "licences", "training"},
    {"cli", "__main__"},
)
MONEY = {f"pos/{name}.py" for name in ("money", "cart", "payments", "checkout", "model")}
CHANCE = {"time", "random", "secrets", "uuid"}
QT = {"PySide6", "shiboken6"}
DATABASE = {"sqlalchemy", "sqlite3", "psycopg"}
MESSAGE_BOXES = {"QMessageBox", "QErrorMessage", "QInputDialog"}
CLOCK_CALLS = re.compile(
    r"\b(?:datetime|date)\.(?:now|utcnow|today)$|\bos\.urandom$"
    r"|\bQ(?:DateTime|Date|Time)\.current\w+$|\bQUuid\.create\w*$|\bQRandomGenerator\b"
)
MAKERS = {"list", "dict", "set", "bytearray", "defaultdict", "deque", "OrderedDict", "Counter", "ChainMap"}
MUTATORS = {
    "append",
    "extend",
    "insert",
    "add",
    "update",
    "setdefault",
    "pop",
    "popitem",
    "remove",
    "discard",
}
MUTATORS |= {"clear", "sort", "reverse", "appendleft"}
# The one thing every program has one of: the language it speaks (pos/text.py tells why).
EXCUSED_STATE = {("pos/text.py", "_VOICE")}
# Calls that show text: all their arguments; of some only one, by its place; of parsers only the keywords.
SHOWN = re.compile(
    r"set(?:Text|ToolTip|WindowTitle|PlaceholderText|StatusTip|WhatsThis|AccessibleName|AccessibleDescription)"
    r"|set(?:Title|LabelText|InformativeText)|add(?:Action|Item|Tab|Row)|drawText|print"
    r"|Q(?:Label|PushButton|ToolButton|Action|CheckBox|RadioButton|GroupBox)|UserError|Refused|WorldFailed"
)
SHOWN_PLACE = {
    "BadCell": 2,
    "BadDocument": 2,
    "add_argument": None,
    "add_parser": None,
    "ArgumentParser": None,
}
SHOWN_KEYWORDS = {"help", "description", "epilog", "title", "text", "message", "hint", "why"}
WRITING = re.compile(
    r"\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|DELETE\s+FROM|UPDATE(?=\s+\S+\s+SET)|COPY(?=.*FROM\s+STDIN))"
    r"\s+([\w{]+)"
)
LOCAL_TABLES = {table.name for table in vars(local_tables).values() if isinstance(table, Table)}
LOCAL_TABLES |= set(SERVER_METADATA.tables)


@dataclass(frozen=True)
class Module:
    """One file: its path from the top of the repository, with `/`, and its text."""

    path: str
    source: str

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the syntax tree; the first is the module itself."""
        return list(ast.walk(ast.parse(self.source)))

    @property
    def top(self) -> list[ast.stmt]:
        """The statements of the module itself."""
        tree = self.nodes[0]
        return tree.body if isinstance(tree, ast.Module) else []

    @cached_property
    def imports(self) -> list[str]:
        """Every imported name with dots, wherever it is imported: `pos.money.rupiah`, `time`."""
        names = []
        for node in self.nodes:
            if isinstance(node, ast.Import):
                names += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names += [f"{'.' * node.level}{node.module}.{alias.name}" for alias in node.names]
        return names

    def under(self, *folders: str) -> bool:
        """Whether the file lies in one of the top folders."""
        return self.path.split("/")[0] in folders


Rule = Callable[[Module], Iterator[str]]


def size(module: Module) -> Iterator[str]:
    """Function <= 70 lines, class <= 300, module <= 400, arguments <= 6 beside self."""
    if (lines := module.source.count("\n")) > 400:
        yield f"module of {lines} lines"
    methods = {id(f) for c in module.nodes if isinstance(c, ast.ClassDef) for f in c.body}
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > (300 if isinstance(node, ast.ClassDef) else 70):
                yield f"{node.name} of {lines} lines"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            a = node.args
            names = [arg.arg for arg in (*a.posonlyargs, *a.args, *a.kwonlyargs)]
            count = len(names) - (id(node) in methods and names[:1] in (["self"], ["cls"]))
            if count > 6:
                yield f"{node.name} takes {count} arguments"


def told(module: Module) -> Iterator[str]:
    """Every module starts by saying what it is for."""
    if ast.get_docstring(ast.parse(module.source)) is None:
        yield "no docstring at the top"


def layers(module: Module) -> Iterator[str]:
    """`pos` imports only its own line and lines above; neither Qt nor `ui`. `ui` imports no database."""
    if module.under("pos", "ui"):
        for name in module.imports:
            top = name.split(".")[0]
            banned = {"pos": QT | {"ui", "tests"}, "ui": DATABASE | {"tests"}}[module.path.split("/")[0]]
            if top in banned or name.startswith((".", "sqlalchemy.orm")):
                yield f"imports {name}"
    if module.under("pos") and module.path != "pos/__init__.py":
        here = _layer(module.path.removesuffix(".py").split("/")[1])
        if here is None:
            yield "has no line in LAYERS"
        for name in module.imports:
            parts = name.split(".")
            there = _layer(parts[1]) if parts[0] == "pos" else None
            if here is not None and there is not None and there > here:
                yield f"imports {name}, which stands above it"


def _layer(name: str) -> int | None:
    return next((number for number, line in enumerate(LAYERS) if name in line), None)


def state(module: Module) -> Iterator[str]:
    """No module-level mutable state in pos and ui.

    A list, dict or set at module level must be a CONSTANT that nothing changes; an object of a class of the
    same module must be of a frozen one; nothing is `global`. Memos (`functools.cache`) are not counted.
    """
    if not module.under("pos", "ui"):
        return
    thawed = {n.name for n in module.nodes if isinstance(n, ast.ClassDef) and not _frozen(n)}
    for statement in module.top:
        target = getattr(statement, "target", None)
        targets = statement.targets if isinstance(statement, ast.Assign) else [target]
        value = getattr(statement, "value", None)
        for name in (t.id for t in targets if isinstance(t, ast.Name)):
            if isinstance(value, ast.Call) and _name(value.func) in thawed:
                if (module.path, name) not in EXCUSED_STATE:
                    yield f"{name} is an object that changes"
            elif _is_mutable(value) and not name.isupper() and name != "__all__":
                yield f"{name} is a mutable of the module, and no CONSTANT"
    for node in module.nodes:
        if isinstance(node, ast.Global):
            yield f"line {node.lineno}: global {', '.join(node.names)}"
        elif changed := _changed(node):
            yield f"line {getattr(node, 'lineno', 0)}: changes the constant {changed}"


def _frozen(cls: ast.ClassDef) -> bool:
    """Whether objects of the class stay as they are: a frozen dataclass, a NamedTuple, an Enum."""
    marks = ast.unparse(ast.Tuple([*cls.decorator_list, *cls.bases], ast.Load()))
    return bool(re.search(r"frozen=True|NamedTuple|Enum|Protocol|TypedDict", marks))


def _name(node: ast.AST) -> str:
    """`f` of `f`, `a.f` and `a.b.f`; nothing of other expressions."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_mutable(value: ast.expr | None) -> bool:
    displays = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
    return isinstance(value, displays) or (isinstance(value, ast.Call) and _name(value.func) in MAKERS)


def _changed(node: ast.AST) -> str:
    """The CONSTANT that this node changes inside a function or at the top, or nothing."""
    changed: list[ast.AST] = []
    if isinstance(node, ast.Assign | ast.Delete | ast.AugAssign):
        targets = [node.target] if isinstance(node, ast.AugAssign) else node.targets
        changed = [t.value for t in targets if isinstance(t, ast.Subscript)]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MUTATORS:
        # TABLE.insert() and TABLE.update() take nothing and make statements; a container's take something.
        changed = [] if node.func.attr in {"insert", "update"} and not node.args else [node.func.value]
    return next((_name(target) for target in changed if _name(target).strip("_").isupper()), "")


def clock(module: Module) -> Iterator[str]:
    """The clock and chance are read in pos/clock.py only."""
    if not module.under("pos", "ui") or module.path == "pos/clock.py":
        return
    yield from (f"imports {name}" for name in module.imports if name.split(".")[0] in CHANCE)
    for node in module.nodes:
        if isinstance(node, ast.Call) and CLOCK_CALLS.search(called := ast.unparse(node.func)):
            yield f"line {node.lineno}: {called}()"


def no_float(module: Module) -> Iterator[str]:
    """Where money is counted there is no float: no such name, no such number, no division that makes one."""
    if module.path not in MONEY:
        return
    for node in module.nodes:
        if isinstance(node, ast.Name) and node.id == "float":
            yield f"line {node.lineno}: float"
        elif isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield f"line {node.lineno}: {node.value}"
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            yield f"line {node.lineno}: division makes a float"


def writers(module: Module) -> Iterator[str]:
    """Derived tables are written by pos/rows.py only, the journal by pos/journal.py and pos/sync.py.

    The tables that never leave this machine (settings, the open cart) may be written by any module of pos.
    Laying the documents into the table is done by rows.insert_documents, which only those two may call.
    """
    if not module.under("pos", "ui") or module.path == "pos/rows.py":
        return
    own = LOCAL_TABLES if module.under("pos") else set()
    if module.path in {"pos/journal.py", "pos/sync.py"}:
        own = own | {DOCUMENT.name}
    elif any(name.endswith("rows.insert_documents") for name in module.imports):
        yield "imports insert_documents"
    for name in module.imports:
        if re.fullmatch(r"sqlalchemy(\.\w+)*\.(insert|update|delete)", name):
            yield f"imports {name}; write TABLE.insert(), so that the table can be seen"
    docstrings = {id(node.value) for node in module.nodes if isinstance(node, ast.Expr)}
    for node in module.nodes:
        tables: list[str] = []
        if isinstance(node, ast.JoinedStr):
            tables = WRITING.findall(ast.unparse(node))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            tables = WRITING.findall(node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.args:
            base = _name(node.func.value)
            if node.func.attr in {"insert", "update", "delete"} and base.isupper():
                tables = [base.lower()]
        yield from (f"line {getattr(node, 'lineno', 0)}: writes {name}" for name in tables if name not in own)


def boxes(module: Module) -> Iterator[str]:
    """Only ui/tell.py shows message boxes."""
    if module.under("ui") and module.path != "ui/tell.py":
        yield from (f"imports {name}" for name in module.imports if name.split(".")[-1] in MESSAGE_BOXES)


def texts(module: Module) -> Iterator[str]:
    """Every visible text goes through `_()`, whole: no bare literal is shown, no f-string is looked up."""
    if not module.under("pos", "ui"):
        return
    for node in module.nodes:
        if not isinstance(node, ast.Call):
            continue
        name = _name(node.func)
        if name in {"_", "ngettext"}:
            built = [arg for arg in node.args[:2] if isinstance(arg, ast.JoinedStr | ast.BinOp | ast.Call)]
            yield from (f"line {node.lineno}: a built text in _(): {ast.unparse(arg)}" for arg in built[:1])
        tells = isinstance(node.func, ast.Attribute) and _name(node.func.value) == "tell"
        shows_all = tells or SHOWN.fullmatch(name)
        if shows_all or name in SHOWN_PLACE:
            shown = [arg for place, arg in enumerate(node.args) if shows_all or place == SHOWN_PLACE[name]]
            shown += [word.value for word in node.keywords if word.arg in SHOWN_KEYWORDS]
            yield from (f"line {node.lineno}: bare text {ast.unparse(arg)}" for arg in shown if _bare(arg))


def _bare(node: ast.expr) -> bool:
    """Whether the expression shows a word (two letters together, mark-up aside) not from `_()`."""
    match node:
        case ast.Constant(value=str(text)):
            return bool(re.search(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>|\S+://\S*", "", text)))
        case ast.JoinedStr(values=parts):
            return any(_bare(part) for part in parts)
        case ast.BinOp(left=left, right=right):
            return _bare(left) or _bare(right)
        case ast.IfExp(body=one, orelse=other):
            return _bare(one) or _bare(other)
        case ast.Call(func=ast.Attribute(value=inner, attr="format" | "join")):
            return _bare(inner)
    return False


RULES: tuple[Rule, ...] = (size, told, layers, state, clock, no_float, writers, boxes, texts)
