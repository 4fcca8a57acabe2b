# SPDX-License-Identifier: Apache-2.0
"""What the house scripts share: which files belong to the project, and C++ text without comments and strings."""
import pathlib
import re
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[1]
NOT_OURS = {"build", "out", ".git", ".cache", "__pycache__"}
# Comments, strings (raw ones too) and character literals. An apostrophe between digits separates thousands.
COMMENT_OR_LITERAL = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'", re.S)


def project_files(root):
    """Every file of the project, as paths below `root`: what Git tracks or would, or the whole tree without Git."""
    listing = None
    if shutil.which("git"):
        listing = subprocess.run(["git", "-C", str(root), "ls-files", "-z", "--cached", "--others",
                                  "--exclude-standard"], capture_output=True, check=False)
    if listing and listing.returncode == 0:
        names = listing.stdout.decode("utf-8", "surrogateescape").split("\0")
        return sorted({pathlib.PurePath(name) for name in names if name and (root / name).is_file()})
    found = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return sorted(path for path in found if not NOT_OURS & set(path.parts))


def without_comments_and_literals(text):
    """The same text with comments and literals blanked; lines keep their numbers."""
    def blank(match):
        kept = match.group(0)
        return ('""' if kept[0] in '"R' else " ") + "\n" * kept.count("\n")
    return COMMENT_OR_LITERAL.sub(blank, text)
