"""Which parts of Qt and of the libraries go into a package, on every system."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

# Modules that nothing of ours calls, though a library names them. UPX and strip stay off: packed files raise
# alarms of virus scanners, and stripped ones break Qt's plug-ins.
EXCLUDED = [
    "tkinter",
    "unittest",
    "setuptools",
    "pip",
    "pydoc",
    "sqlalchemy.dialects.mysql",
    "sqlalchemy.dialects.oracle",
    "sqlalchemy.dialects.mssql",
    "sqlalchemy.testing",
    "PIL._avif",
    "PySide6.QtNetwork",
    "PySide6.QtDBus",
    "PySide6.QtOpenGL",
    "PySide6.QtQml",
]

# What of Qt is imported; PyInstaller finds that by itself.
MODULES = {"QtCore", "QtGui", "QtWidgets", "QtSvg", "QtTest"}
# Of Qt's plug-ins only these: windows by X11, drawing unseen, Windows' own, what typing needs, pictures.
PLUGINS = re.compile(
    r"platforms/(lib)?q(xcb|offscreen|windows)\b|platforminputcontexts/lib(compose|ibus)"
    r"|platformthemes/libqxdgdesktopportal|styles/qmodernwindowsstyle|iconengines/|imageformats/(lib)?q(gif|ico|jpeg|svg|webp)\b"
)
# Of its libraries not these, which only other plug-ins ask for.
LIBRARIES = re.compile(
    r"Qt6?(Qml|Quick|VirtualKeyboard|Pdf|EglFS|Wayland|Wl|Labs|Designer|Help|Sql|UiTools|QuickTest|PrintSupport"
    r"|Concurrent|SvgWidgets|OpenGLWidgets|JsonRpc|LanguageServer|ExampleIcons|FFmpegStub|Lottie)"
)
PLAIN = re.compile(
    r"\.(pyi|qml|qmltypes|h|cmake|prl|json|lib|debug|exe)$|^(opengl32sw|pyside6qml|libpyside6qml)"
)


def wanted(entry: Sequence[str]) -> bool:
    """Whether a file goes in: (its place in the package, where it comes from, kind), as PyInstaller tells."""
    place = entry[0].replace("\\", "/")
    if entry[2:] == (
        "SYMLINK",
    ):  # libraries find each other where they lie; a package holds plain files only
        return False
    return is_wanted(place)


def is_wanted(place: str) -> bool:
    """The same by the place alone, with `/`."""
    name = PurePosixPath(place).name
    if "PySide6/" not in place:
        return not name.startswith("_avif")
    if "/plugins/" in place:
        return PLUGINS.search(place.partition("/plugins/")[2]) is not None
    if re.search(
        r"/(translations|qml|metatypes|resources|libexec|typesystems|include|glue|scripts|support/deliver)/",
        place,
    ):
        return False
    if name.startswith("Qt") and name.endswith(".pyd"):
        return name.removesuffix(".pyd") in MODULES
    return not LIBRARIES.search(name) and not PLAIN.search(name)
