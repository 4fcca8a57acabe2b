#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a row of a log costs, as clauses, places and periods grow: it should stay the same.

usage: flatness_bench.py [--program PATH] [--rows N] [SWEEP …]

Makes agreements and logs, and runs `truce monitor --format ids` on them on one processor. Printed are nanoseconds of
processor time for a row, of the second half of a log beyond the first (the best of three each), so that what is spent
once, such as reading the agreement and drawing its places, is left out; that is printed as `once`."""
import argparse
import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
TIMES = 3
HEAD = """truce "Bench";
  of 1970-01-01;
  clock Local at UTC;
  days of 24 hours;
  vocabulary "truce/ceasefire-1";
  metric planar about latitude 15.
"""
MAPPING = """field,value,becomes,note
id,id,,
print,id,,
order,id,,
time,t,unix seconds,
account,Log,,
coverage,complete,,
column,kind,kind,
column,actor,actor,
column,target,target,
column,place,place,
column,lat,latitude,
column,lon,longitude,
kind,presence,stay,
"""
SPAN = 30 * 86_400


def names_of(count):
    return [f"Side {chr(65 + i // 26)}{chr(65 + i % 26)}" for i in range(count)]


def parties(names):
    return "\nparties\n  " + ";\n  ".join(names) + ".\n"


def log(path, rows, sides, places, seed, kinds=("attack",)):
    """Rows by a fixed seed, so that the first half of a longer log is the shorter one."""
    dice = random.Random(seed)
    with open(path, "w", encoding="ascii") as file:
        file.write("id,t,kind,actor,target,place,lat,lon\n")
        for i in range(1, rows + 1):
            one, other = dice.sample(sides, 2)
            kind = dice.choice(kinds)
            file.write(f"{i},{i * SPAN // (rows + 1) + 1},{kind},{one},{other if kind == 'attack' else ''},"
                       f"place {dice.randrange(places)},{10 + dice.random() * 10:.5f},{30 + dice.random() * 10:.5f}\n")


def by_clauses(count, folder):
    """A clause for each pair of sides; a row concerns one of them."""
    sides = names_of(next(n for n in range(2, 100) if n * (n - 1) >= count))
    pairs = [(a, b) for a in sides for b in sides if a != b][:count]
    clauses = "".join(f"\n1.{i} {a} shall not attack {b};\n      except in response to an attack by that Party in the same "
                      f"place within 24 hours;\n      consequence none stated.\n"
                      for i, (a, b) in enumerate(pairs, 1))
    return HEAD + parties(sides) + clauses, {"sides": sides, "places": 100}


def by_places(count, folder):
    """Places that are drawn: one clause for all of them, the point decides. They lie as a net with gaps."""
    side = next(n for n in range(1, 200) if n * n >= count)
    step = 10 / side
    with open(folder / "zones.csv", "w", encoding="ascii") as file:
        file.write("zone,seq,lon,lat\n")
        for zone in range(count):
            west, south = 30 + zone % side * step, 10 + zone // side * step
            for corner, (x, y) in enumerate(((0.1, 0.2), (0.8, 0.1), (0.9, 0.7), (0.5, 0.9), (0.2, 0.8))):
                file.write(f"{zone + 1},{corner},{west + x * step:.6f},{south + y * step:.6f}\n")
    sides = names_of(2)
    text = (HEAD + parties(sides) + "\nparameters\n  zones a file of places.\n\nplaces\n  Protected Zones = any of "
            f"zones.\n\n1.1 {sides[0]} shall not attack {sides[1]};\n      in Protected Zones;\n"
            "      consequence none stated.\n")
    return text, {"sides": sides, "places": 100, "settings": ["--set", f"zones={folder / 'zones.csv'}"]}


def by_names(count, folder):
    """Places that are only named, each with its own last attacks."""
    sides = names_of(10)
    return (HEAD + parties(sides) + "\n1.1 each Party shall not attack another Party;\n      except in response to an "
            "attack by that Party in the same place within 24 hours;\n      consequence none stated.\n",
            {"sides": sides, "places": count})


def by_hours(count, folder):
    """A longer and longer period: an answer, a count, a streak, in the same place."""
    sides = names_of(4)
    return (HEAD + parties(sides) + f"\nsituations\n  Flare Up = at least 30 occasions within {count} hours in the same "
            f"place on which anyone attacks;\n  Quiet = no one attacks;\n  Still = uninterrupted period of {count} "
            "hours in the same place in which Quiet holds from 1969-11-01.\n\n1.1 each Party shall not attack another "
            f"Party;\n      except in response to an attack by that Party in the same place within {count} hours;\n"
            "      consequence none stated.\n\n2.1 report when Flare Up.\n\n2.2 report when Still;\n"
            "      whenever anyone stays.\n",
            {"sides": sides, "places": 100, "kinds": ("attack", "presence")})


def by_hours_near(count, folder):
    """The same for what happens within a distance: so many rows that a long period has all of them."""
    sides = names_of(4)
    return (HEAD + parties(sides) + f"\nsituations\n  Clear Ground = no {sides[1]} stays within 5 km during the preceding "
            f"{count} hours.\n\n1.1 {sides[0]} shall not attack {sides[1]};\n      if Clear Ground holds;\n"
            "      consequence none stated.\n",
            {"sides": sides, "places": 100, "kinds": ("attack", "presence")})


SWEEPS = {
    "clauses": (by_clauses, (10, 100, 1000)),
    "places": (by_places, (10, 100, 1000, 10_000)),
    "names": (by_names, (10, 100, 1000, 10_000)),
    "hours": (by_hours, (1, 24, 168, 720)),
    "hours-near": (by_hours_near, (1, 24, 168, 720)),
}


def on_one_processor():
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def processor_seconds(command):
    best = None
    for _ in range(TIMES):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, capture_output=True, text=True, preexec_fn=on_one_processor)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode not in (0, 1) or done.stderr:
            sys.exit(f"flatness_bench: {done.stderr or done.stdout}")
        taken = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        best = taken if best is None else min(best, taken)
    return best, done.stdout.count("\n")


def run(program, name, count, rows):
    make, _ = SWEEPS[name]
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        text, what = make(count, folder)
        settings = what.pop("settings", [])
        (folder / "bench.truce").write_text(text)
        (folder / "bench.mapping.csv").write_text(MAPPING)
        path = folder / "log.csv"
        log(path, rows, seed=1, **what)
        command = [program, "monitor", folder / "bench.truce", "--incidents", path, "--mapping",
                   folder / "bench.mapping.csv", *settings, "--format", "ids"]
        whole, shown = processor_seconds(command)
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(lines[:rows // 2 + 1]))
        half, _ = processor_seconds(command)
    each = (whole - half) / (rows - rows // 2)
    print(f"{name:12}{count:8}{each * 1e9:10.0f}{(half - each * (rows // 2)) * 1e3:10.0f}{shown:10}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=ROOT / "build/release/truce", type=pathlib.Path)
    parser.add_argument("--rows", default=400_000, type=int)
    parser.add_argument("sweeps", nargs="*", choices=[*SWEEPS, []], default=[])
    options = parser.parse_args()
    print(f"{'sweep':12}{'count':>8}{'ns a row':>10}{'once ms':>10}{'shown':>10}")
    for name in options.sweeps or SWEEPS:
        for count in SWEEPS[name][1]:
            run(options.program, name, count, options.rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
