#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`truce separate`: the documented fields, names that change, how it ends, and that nothing is put in order of nearness."""
import json
import math
import random
import unittest

from program import AGREEMENT, HEADER as INCIDENTS, ROOT, ProgramTest, run

HEADER = "id,actor,at,latitude,longitude,radius_m,confidence,source\n"
SIDES = ("--between", "North", "--and", "South")


def front(seed, count):
    """Rows of a front of two sides, in an order that is none."""
    dice = random.Random(seed)
    rows = []
    for number in range(count):
        north = number % 2 == 0
        longitude = 37 + (dice.uniform(-0.2, 0.03) if north else dice.uniform(-0.03, 0.2))
        rows.append(f"p{dice.randrange(10**9)},{'North' if north else 'South'},2030-02-0{dice.randint(1, 5)},"
                    f"{36 + dice.uniform(-0.1, 0.1):.5f},{longitude:.5f},{dice.choice(['', 100])},{dice.choice(['', 0.7])},s")
    dice.shuffle(rows)
    return HEADER + "\n".join(rows) + "\n"


class Separate(ProgramTest):
    def separate(self, presence, *options):
        return run("separate", self.write("agreement.truce", AGREEMENT), "--presence",
                   self.write("presence.csv", presence), *SIDES, *options)

    def document(self, presence, *options):
        done = self.separate(presence, *options)
        self.assertEqual(0, done.returncode, done.stderr)
        return json.loads(done.stdout)

    def test_the_fields_are_those_of_the_page(self):
        page = (ROOT / "docs/formats/separation.md").read_text(encoding="utf-8")
        presence = front(1, 40) + "x,North,never,,,,,\n"
        for form in ("json", "geojson"):
            result = self.document(presence, "--format", form, "--window", "2d", "--belt", "2000")
            self.assertEqual("truce.separation/1", result["schema"])
            named = [*result, *result["left_out"], *result["sides"][0], *result["windows"][0], *result["demarcation"]]
            for feature in result.get("features", []):
                named += feature["properties"]
            for row in [*result.get("skipped", []), *result.get("positions", []), *result.get("moves", []),
                        *result["demands"]]:
                named += row
            for field in set(named) - {"type", "features"}:
                self.assertIn(f"`{field}`", page)

    def test_the_fields_of_corridors_and_of_several_sides_are_those_of_the_page(self):
        page = (ROOT / "docs/formats/separation.md").read_text(encoding="utf-8")
        roads = {"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"name": f"road {turn}", "class": "primary", "closed": False},
             "geometry": {"type": "LineString", "coordinates": [[36.8, 36], [37, 36 + turn * 0.05], [37.2, 36]]}} for turn in (-1, 1)]}
        self.write("roads.geojson", json.dumps(roads))
        asked = ("--roads", self.folder / "roads.geojson", "--from", "36,36.8", "--to", "36,37.2", "--belt", "500")
        result = self.document(front(7, 40), "--format", "json", *asked)
        first, second = result["relief"]["corridors"]
        self.assertEqual(0, first["shared_m"] + second["shared_m"])
        named = [*result["relief"], *first, *first["passages"][0], *first["crossings"][0]]
        features = self.document(front(7, 40), "--format", "geojson", *asked)["features"]
        drawn = [one for one in features if one["properties"]["role"] == "corridor"]
        self.assertEqual([1, 2], [one["properties"]["number"] for one in drawn])
        named += drawn[0]["properties"]
        presence = front(8, 30) + "".join(f"c{i},Council,2030-02-03,36.2{i},37,,,s\n" for i in range(4))
        text = AGREEMENT.replace("  South.", "  South;\n  Council.")
        def of_three(*options):
            return run("separate", self.write("three.truce", text), "--presence", self.write("presence.csv", presence), *SIDES,
                       "--and", "Council", *options).stdout
        for form in ("json", "geojson"):
            several = json.loads(of_three("--format", form))
            self.assertEqual(3, len(several["pairs"]))
            self.assertLessEqual(several["demarcation"]["at_least"], several["demarcation"]["cost"])
            named += [*several, *several["pairs"][0], *several["demarcation"]]
            for one in [*several.get("positions", []), *(f["properties"] for f in several.get("features", []))]:
                named += one
                self.assertEqual("id" in one, form == "json")
        for field in set(named) - {"type", "features"}:
            self.assertIn(f"`{field}`", page)
        ids = [line.split(",")[0] for line in presence.splitlines()[1:]]
        plain, web = of_three(), of_three("--format", "html")
        for name in ids:
            self.assertNotIn(f">{name}<", web)
            self.assertNotRegex(plain, rf"\b{name}\b")

    def test_the_index_is_in_its_band_and_grows_with_the_distance(self):
        last = 0
        for distance in (100, 1000, 5000, 50000):
            result = self.document(front(2, 60), "--format", "json", "--distance", distance)
            low, high = result["index_band"]
            self.assertLessEqual(low, result["index"])
            self.assertLessEqual(result["index"], high)
            self.assertGreaterEqual(result["index"], last)
            last = result["index"]
        self.assertEqual(1, last)

    def test_the_order_of_rows_and_sides_changes_no_figure(self):
        lines = front(3, 50).splitlines()
        one = self.document("\n".join(lines), "--format", "json", "--belt", "500")
        other = self.document("\n".join([lines[0], *reversed(lines[1:])]), "--format", "json", "--belt", "500")
        for part in ("positions", "moves"):
            rows = [{k: v for k, v in row.items() if k not in ("line", "position")} for row in one.pop(part)]
            self.assertEqual(rows[::-1], [{k: v for k, v in row.items() if k not in ("line", "position")} for row in other.pop(part)])
        self.assertEqual(one, other)
        swapped = json.loads(run("separate", self.folder / "agreement.truce", "--presence", self.folder / "presence.csv",
                                 "--between", "South", "--and", "North", "--format", "json").stdout)
        for figure in ("index", "index_band"):
            self.assertEqual(one[figure], swapped[figure])
        self.assertEqual(one["demarcation"]["cost"], swapped["demarcation"]["cost"])

    def test_a_name_is_looked_up_in_the_actor_file(self):
        self.write("actors.csv", "name,actor,relation,from,to,source,note\nRiver Brigade,South,member,,,s,\n")
        presence = HEADER + "a,north,2030-02-01,36,37,,,\nb,River Brigade,2030-02-01,36,37,,,\n"
        self.assertEqual(1, self.document(presence, "--format", "json")["index"])

    def test_no_output_orders_positions_or_names_the_nearest(self):
        presence = front(4, 60)
        ids = [line.split(",")[0] for line in presence.splitlines()[1:]]
        document = self.document(presence, "--format", "json", "--belt", "3000")
        self.assertEqual(ids, [position["id"] for position in document["positions"]])
        distances = [position["distance_m"] for position in document["positions"]]
        self.assertNotEqual(distances, sorted(distances))
        self.assertEqual(math.floor(min(distances)), document["demarcation"].pop("least_distance_m"))
        moved = [move["id"] for move in document["moves"]]
        self.assertLess(1, len(moved))
        for move in document["moves"]:
            self.assertEqual(ids[move["position"]], move["id"])
        self.assertEqual(moved, [name for name in ids if name in moved])
        # What remains, the figures of the summary among them, names nobody.
        for part in ("positions", "moves", "skipped"):
            document.pop(part)
        text = self.separate(presence, "--belt", "3000", "--window", "1d").stdout
        for name in ids:
            self.assertNotIn(name, json.dumps(document))
            self.assertNotIn(name, text)
        features = self.document(presence, "--format", "geojson", "--belt", "3000")["features"]
        self.assertEqual(moved, [one["properties"]["id"] for one in features if one["properties"]["role"] == "move"])
        for feature in features:
            self.assertEqual(feature["properties"]["role"] == "move", "id" in feature["properties"])

    def test_the_monitor_names_no_position_in_any_format(self):
        text = AGREEMENT + """
1.2 South shall separate Forces away from Forces of North at least 2 km;
      not later than D + 24 hours;
      consequence none stated.
"""
        presence = front(9, 40)
        rows = [line.split(",") for line in presence.splitlines()[1:]]
        words = ("monitor", self.write("kept.truce", text), "--incidents", self.write("incidents.csv", INCIDENTS + "\n"), "--presence",
                 self.write("presence.csv", presence), "--apart-for", "7d")
        for form in ("text", "json", "csv", "geojson", "html", "ids"):
            done = run(*words, "--format", form)
            self.assertEqual(0, done.returncode, done.stderr)
            for fields in rows:
                for told in (fields[0], fields[3], fields[4]):
                    self.assertNotIn(told, done.stdout, form)
        # The files of a folder of results are no others.
        run(*words, "--output", self.folder / "out")
        for path in (self.folder / "out").iterdir():
            for fields in rows:
                self.assertNotIn(fields[0], path.read_text("utf-8"), path.name)

    def test_who_must_move_is_who_is_near_or_across(self):
        for options in ((), ("--hold", "400")):
            document = self.document(front(6, 40), "--format", "json", "--belt", "1500", *options)
            moves = {move["id"]: move["move_m"] for move in document["moves"]}
            for position in document["positions"]:
                away = position["distance_m"]
                far = 1500 + away if position["ground"] != position["side"] else max(1500 - away, 0)
                self.assertAlmostEqual(far, moves.get(position["id"], 0), delta=0.11)
            across = sum(position["ground"] != position["side"] for position in document["positions"])
            self.assertEqual(across, document["demarcation"]["misplaced"])

    def aleppo(self, *options):
        done = run("separate", ROOT / "examples/syria-2016-09/agreement.truce", "--presence",
                   ROOT / "examples/east-aleppo-2016/presence.csv", "--between", "Government", "--and", "Opposition",
                   "--at", "2016-09-12", *options)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout

    def test_the_example_says_what_the_clauses_ask_for(self):
        document = json.loads(self.aleppo("--format", "json"))
        asked = [(one["clause"], one["bearer"], one["width_m"], one["by"]) for one in document["demands"]]
        self.assertIn(("3.1", "Government", 3500, "2016-09-13T19:00:00+03:00"), asked)
        self.assertIn(("3.1", "Opposition", 3500, "2016-09-13T19:00:00+03:00"), asked)
        # Nobody says what stands in a district: each that must move must only if it is such.
        self.assertTrue(all(need["is_doubtful"] for move in document["moves"] for need in move["needs"]))
        (schedule,) = document["schedules"]
        for side in ("first", "second"):
            moved = sorted(number for one in schedule["slices"] for number in one[side])
            self.assertEqual(moved, sorted(move["position"] for move in document["moves"]
                                           if document["positions"][move["position"]]["side"] ==
                                           document["sides"][side == "second"]["name"]))
        of_russia = json.loads(self.aleppo("--format", "json", "--reading", "United States"))
        self.assertIn("2016-09-14T19:00:00+03:00", [one["by"] for one in of_russia["demands"]])

    def test_what_is_tried_changes_nothing_else(self):
        plain = json.loads(self.aleppo("--format", "json"))
        tried = json.loads(self.aleppo("--format", "json", "--move", "sukkari=36.19,37.10"))
        self.assertEqual(plain["index"], tried["what_if"]["before"]["index"])
        self.assertEqual(plain["demarcation"], tried["what_if"]["before"]["demarcation"])
        self.assertNotEqual(plain["demarcation"], tried["demarcation"])
        self.assertEqual(len(plain["positions"]), len(tried["positions"]))
        dropped = json.loads(self.aleppo("--format", "json", "--drop", "sukkari", "--add", "Opposition=36.1775,37.139"))
        self.assertEqual(None, dropped["positions"][-1]["line"])
        self.assertNotIn("sukkari", [one["id"] for one in dropped["positions"]])

    def test_it_ends_as_elsewhere(self):
        for options in (("--distance", "0"), ("--distance", "-5"), ("--at", "soon"), ("--window", "1s"),
                        ("--belt", "0"), ("--cell", "-1"), ("--pin", "nobody"), ("--prior", "none.geojson"),
                        ("--prior-cost", "0"), ("--reading", "North"), ("--settlements", "none.geojson"),
                        ("--move", "nobody=1,2"), ("--add", "Band=1,2"), ("--drop", "nobody"), ("--terrain", "none.geojson"),
                        ("--presence", "none.csv"), ("--output", self.folder / "presence.csv")):
            done = self.separate(front(5, 10), *options)
            self.assertEqual(2, done.returncode, options)
            self.assert_one_line(done.stderr)
        done = self.separate(front(5, 10), "--format", "geojson", "--output", self.folder / "out.geojson")
        self.assertEqual((0, ""), (done.returncode, done.stdout))
        self.assertEqual("FeatureCollection", json.loads((self.folder / "out.geojson").read_text("utf-8"))["type"])


if __name__ == "__main__":
    unittest.main()
