# SPDX-License-Identifier: Apache-2.0
"""One golden case: a .truce file with its command and its expected result as comments. See tests/golden/README.md."""
import dataclasses
import difflib
import json
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile

RUN = re.compile(r"^-- RUN: (.+?)\s*$")
EXIT = re.compile(r"^-- EXIT: (\d+)\s*$")
# Lines the runner writes: expected diagnostics with their labels and fixes, and expected output.
WRITTEN = re.compile(r"^--(?:   )? (?:EXPECT@|LABEL@|FIX@|NOTE: )|^-- [>!](?: |$)")
TIME_LIMIT_S = 60


class BrokenCase(Exception):
    """The case itself is at fault: no RUN line, or a program that cannot be run."""


@dataclasses.dataclass
class Outcome:
    """What one run of a case gave: `diff` is empty when the file says the same."""
    path: pathlib.Path
    problems: list
    diff: str = ""
    new_text: str = ""

    @property
    def passed(self):
        return not self.problems and not self.diff


def read_text(path):
    # Latin-1 keeps every byte, so that cases may hold text that is not UTF-8.
    return path.read_bytes().decode("latin-1")


def as_latin(text):
    """Text of the program's UTF-8 output in the encoding cases are held in."""
    return text.encode("utf-8", "surrogateescape").decode("latin-1")


def split_lines(text):
    lines = text.split("\n")
    return lines[:-1] if lines and lines[-1] == "" else lines


def is_directive(line):
    return bool(RUN.match(line) or EXIT.match(line) or WRITTEN.match(line))


def case_name(path):
    return path.parent.name if path.name == "case.truce" else path.stem


def find_cases(place):
    """The cases in a folder or file: a `case.truce` owns its whole folder."""
    if place.is_file():
        return [place]
    cases = []
    for path in sorted(place.rglob("*.truce")):
        owners = [folder for folder in path.parents if (folder / "case.truce").exists()]
        if not owners or path.name == "case.truce":
            cases.append(path)
    return cases


class Case:
    def __init__(self, path):
        self.path = path
        self.text = read_text(path)
        lines = split_lines(self.text)
        # What stays when expectations are rewritten, and of that what the program gets to read.
        self.kept = [line for line in lines if not WRITTEN.match(line)]
        self.input = [line for line in self.kept if not is_directive(line)]
        runs = [match.group(1) for match in map(RUN.match, lines) if match]
        if len(runs) != 1:
            raise BrokenCase(f"has {len(runs)} lines `-- RUN: …`, needs one")
        self.arguments = shlex.split(runs[0])
        exits = [int(match.group(1)) for match in map(EXIT.match, lines) if match]
        self.stated_exit = exits[0] if exits else None

    @property
    def gives_diagnostics(self):
        """What checks a text is compared as data where no format is asked for, so that a renderer can change freely."""
        is_check = self.arguments[0] == "check" or self.arguments[:2] == ["talks", "positions"]
        return is_check and "--format" not in self.arguments

    def run(self, program, root):
        """Runs the command in a fresh folder on the input without its directives."""
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder)
            if self.path.name == "case.truce":
                shutil.copytree(self.path.parent, place, dirs_exist_ok=True)
            ending = "\n" if self.input and self.text.endswith("\n") else ""
            (place / self.path.name).write_bytes(("\n".join(self.input) + ending).encode("latin-1"))
            arguments = [word.replace("%s", self.path.name).replace("%r", str(root)) for word in self.arguments]
            if self.arguments == ["check"]:
                arguments.append(self.path.name)
            if self.gives_diagnostics:
                arguments += ["--format", "json"]
            said = place / "stdin"
            try:
                return subprocess.run([program, *arguments], cwd=place, capture_output=True, timeout=TIME_LIMIT_S,
                                      input=said.read_bytes() if said.exists() else b"", check=False)
            except subprocess.TimeoutExpired as error:
                raise BrokenCase(f"still runs after {TIME_LIMIT_S} s") from error

    def outcome(self, program, root):
        result = self.run(program, root)
        problems = self.exit_problems(result.returncode)
        output = as_latin(result.stdout.decode("utf-8", "surrogateescape")).replace(str(root), "%r")
        errors = as_latin(result.stderr.decode("utf-8", "surrogateescape")).replace(str(root), "%r")
        if self.gives_diagnostics and result.returncode in (0, 1):
            try:
                diagnostics = json.loads(result.stdout)["diagnostics"]
            except (ValueError, KeyError, TypeError):
                problems.append("standard output is not the JSON of diagnostics: " + output[:200])
                return Outcome(self.path, problems)
            new_text = self.with_diagnostics(diagnostics, errors)
        else:
            new_text = self.with_output(output, errors)
        diff = "\n".join(difflib.unified_diff(self.text.split("\n"), new_text.split("\n"), "expected", "actual",
                                              n=1, lineterm=""))
        return Outcome(self.path, problems, diff, new_text)

    def exit_problems(self, code):
        problems = []
        is_named_fail = case_name(self.path).startswith("fail_")
        wanted = self.stated_exit if self.stated_exit is not None else (1 if is_named_fail else 0)
        if code < 0:
            problems.append(f"the program died of signal {-code}")
        elif code != wanted:
            problems.append(f"ends with status {code}, not {wanted}")
        if is_named_fail and wanted == 0:
            problems.append("is named fail_… and is said to end with 0")
        if not is_named_fail and wanted != 0:
            problems.append(f"ends with {wanted} and is not named fail_…")
        return problems

    def with_output(self, output, errors):
        """The text of the case with the whole output at its end."""
        written = [f"-- > {line}".rstrip(" ") for line in split_lines(output)]
        written += [f"-- ! {line}".rstrip(" ") for line in split_lines(errors)]
        return "\n".join([*self.kept, *written]) + "\n"

    def with_diagnostics(self, diagnostics, errors):
        """The text of the case with each diagnostic above the line it speaks of."""
        above = {}
        for diagnostic in diagnostics:
            own = diagnostic.get("file") in (None, self.path.name)
            line = min(diagnostic["line"], len(self.input) + 1) if own else len(self.input) + 1
            above.setdefault(line, []).extend(self.entries(diagnostic))
        # Final lines: kept ones as text, written ones as entries that still need their distance.
        final, position_of, input_line = [], {}, 0
        for line in self.kept:
            if not is_directive(line):
                input_line += 1
                final += above.pop(input_line, [])
                position_of[input_line] = len(final)
            final.append(line)
        for rest in above.values():
            final += rest
        final += [f"-- ! {line}".rstrip(" ") for line in split_lines(errors)]
        lines = [entry if isinstance(entry, str) else entry.render(position, position_of)
                 for position, entry in enumerate(final)]
        return "\n".join(lines) + ("\n" if self.text.endswith("\n") or len(final) != len(self.kept) else "")

    def entries(self, diagnostic):
        head = f"{diagnostic['level']} {diagnostic['code']}"
        found = [Entry("-- EXPECT", diagnostic, self.path.name, head, diagnostic["message"])]
        for label in diagnostic.get("labels") or []:
            found.append(Entry("--    LABEL", label, self.path.name, "", label["text"]))
        found += [f"--    NOTE: {as_latin(note)}" for note in diagnostic.get("notes") or []]
        fix = diagnostic.get("fix")
        if fix:
            found.append(Entry("--    FIX", fix, self.path.name, "", f"`{fix['text']}`"))
        return found


class Entry:
    """A written line that points at a place by its distance in lines."""

    def __init__(self, word, place, own_file, head, message):
        self.word, self.place, self.own_file, self.head, self.message = word, place, own_file, head, message

    def render(self, position, position_of):
        place = self.place
        if place.get("file") not in (None, self.own_file):
            where = f"{place['file']}:{place['line']}"
        elif place["line"] in position_of:
            where = f"{position_of[place['line']] - position:+d}"
        else:
            where = "end"
        columns = f"{place['column']}-"
        down = place.get("end_line", place["line"]) - place["line"]
        columns += f"{down:+d}:{place['end_column']}" if down else str(place["end_column"])
        words = " ".join(word for word in (self.head, columns) if word)
        message = self.message.replace("\n", "\\n")
        return as_latin(f"{self.word}@{where}: {words}: {message}")
