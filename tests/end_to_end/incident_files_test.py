#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Incident files as people write them: the table of bad input, corrections, accounts, doubts, the digest."""
import hashlib
import json
import random
import unittest

from program import AGREEMENT, HEADER, ProgramTest, row, run


def attack(incident="i", account="a", who="A", **fields):
    values = {"from_": "2030-02-02T10:00", "kind": "attack", "actor": "North", "target": "South",
              "incident": incident, "account": account, "according_to": who}
    values.update(fields)
    return row(**values)


class BadRows(ProgramTest):
    def test_byte_order_mark_and_every_line_end_are_read(self):
        rows = [HEADER, attack("1"), attack("2")]
        for ending in ("\n", "\r\n", "\r"):
            content = b"\xef\xbb\xbf" + (ending.join(rows) + ending).encode()
            result = self.replay(content)
            self.assertEqual((2, 0), (result["incidents"], result["skipped_rows"]), repr(ending))

    def test_a_quoted_field_may_hold_line_ends_and_quotes(self):
        result = self.replay([attack("1", note='first\nsecond "quoted", third'), attack("2")])
        self.assertEqual((2, 0), (result["incidents"], result["skipped_rows"]))

    def test_a_row_that_is_not_utf_8_is_skipped_unless_another_encoding_is_named(self):
        rows = "\n".join([HEADER, attack("1", place="Mar\u00e9"), attack("2")]) + "\n"
        content = rows.encode("windows-1252")
        result = self.replay(content)
        self.assertEqual((1, 1), (result["incidents"], result["skipped_rows"]))
        result = self.replay(content, "--encoding", "windows-1252")
        self.assertEqual((2, 0), (result["incidents"], result["skipped_rows"]))

    def test_what_cannot_be_is_skipped_with_file_line_and_column(self):
        bad = {
            "latitude": attack("x", latitude="91", longitude="10"),
            "longitude": attack("x", latitude="10", longitude="-181"),
            "to": attack("x", to="2030-02-02T09:00"),
            "deaths_best": attack("x", deaths_best="-1"),
            "from": attack("x", from_="yesterday"),
        }
        for column, line in bad.items():
            result = self.replay([attack("1"), line, attack("2")])
            self.assertEqual((2, 1), (result["incidents"], result["skipped_rows"]), column)
            skipped = result["data"]["skipped"][0]
            self.assertTrue(skipped["file"].endswith("incidents.csv"))
            self.assertEqual(3, skipped["line"])
            self.assertGreater(skipped["column"], 0, column)

    def test_strict_stops_at_the_first_bad_row(self):
        message = self.replay([attack("1"), attack("2", latitude="95", longitude="0")], "--strict", status=2)
        self.assert_one_line(message)
        self.assertIn("incidents.csv:3", message)

    def test_the_same_row_twice_counts_once(self):
        result = self.replay([attack("1"), attack("1")])
        self.assertEqual((1, 1), (result["incidents"], result["data"]["duplicates"]))

    def test_a_span_of_a_year_is_a_total_and_no_incident(self):
        result = self.replay([attack("1"), attack("2", from_="2030-01-01", to="2030-12-31")])
        self.assertEqual((1, 1), (result["incidents"], result["data"]["totals"]))

    def test_unknown_words_are_kept_as_unknown_and_counted_with_a_suggestion(self):
        result = self.replay([attack("1", actor="Nroth"), attack("2", actor="Nroth"), attack("3", weapon="Mortarz")])
        words = {(w["field"], w["word"]): w for w in result["data"]["unknown_words"]}
        self.assertEqual(2, words["actor", "Nroth"]["count"])
        self.assertEqual("North", words["actor", "Nroth"]["did_you_mean"])
        self.assertEqual(1, words["weapon", "Mortarz"]["count"])
        outcomes = self.outcomes(result)
        self.assertEqual("unknown", outcomes["North", "1"])
        self.assertEqual("unknown", outcomes["South", "1"]) if ("South", "1") in outcomes else None

    def test_a_header_that_fits_no_format_is_answered_with_the_columns(self):
        message = self.replay([], header="date,what,where", status=2)
        self.assert_one_line(message)
        self.assertIn("incident", message)


class Doubts(ProgramTest):
    def test_a_day_that_the_beginning_cuts_through_is_unknown(self):
        result = self.replay([attack("1", from_="2030-02-01"), attack("2", from_="2030-02-02"),
                              attack("3", from_="2030-01-31"), attack("4", from_="2030-02-01T18:59"),
                              attack("5", from_="2030-02-01T19:00")])
        outcomes = self.outcomes(result)
        self.assertEqual({("North", "1"): "unknown", ("North", "2"): "broken", ("North", "5"): "broken"}, outcomes)

    def test_one_of_two_is_unknown_for_each_and_counted_once(self):
        result = self.replay([attack("1", actor="North|South", target="Civilians")])
        self.assertEqual({("North", "1"): "unknown", ("South", "1"): "unknown"}, self.outcomes(result))
        self.assertEqual(1, result["clauses"][0]["broken_by_one_of"])
        self.assertEqual(0, result["clauses"][0]["broken"])

    def test_nobody_named_is_unknown_for_each(self):
        for actor in ("", "unattributed", "Unattributed"):
            result = self.replay([attack("1", actor=actor, target="Civilians")])
            self.assertEqual({("North", "1"): "unknown", ("South", "1"): "unknown"}, self.outcomes(result), actor)

    def test_two_together_are_both_in_breach(self):
        result = self.replay([attack("1", actor="North & South", target="Civilians")])
        self.assertEqual({("North", "1"): "broken", ("South", "1"): "broken"}, self.outcomes(result))


class Accounts(ProgramTest):
    def test_contradicting_accounts_are_contested_and_both_stand_there(self):
        result = self.replay([attack("1", "a", "A"), attack("1", "b", "B", actor="South", target="North")])
        verdicts = {v["bearer"]: v for v in result["verdicts"]}
        self.assertEqual("contested", verdicts["North"]["verdict"])
        by_account = {o["according_to"]: o["verdict"] for o in verdicts["North"]["by_account"]}
        self.assertEqual({"A": "broken", "B": "kept"}, by_account)
        self.assertEqual([], verdicts["North"]["blame"])

    def test_the_rule_across_accounts(self):
        broken, kept, unknown = {}, {"actor": "South", "target": "North"}, {"actor": "North|South", "target": "Civilians"}
        cases = [([broken], "broken"), ([broken, broken], "broken"), ([broken, unknown], "unknown"),
                 ([broken, kept], "contested"), ([broken, kept, unknown], "contested"), ([kept, unknown], "unknown")]
        for fields, expected in cases:
            rows = [attack("1", f"a{n}", f"W{n}", **f) for n, f in enumerate(fields)]
            self.assertEqual(expected, self.outcomes(self.replay(rows))["North", "1"], fields)

    def test_according_to_leaves_one_account(self):
        rows = [attack("1", "a", "A"), attack("1", "b", "B", actor="South", target="North")]
        self.assertEqual("broken", self.outcomes(self.replay(rows, "--according-to", "A"))["North", "1"])
        self.assertNotIn(("North", "1"), self.outcomes(self.replay(rows, "--according-to", "B")))
        message = self.replay(rows, "--according-to", "C", status=2)
        self.assert_one_line(message)


class Corrections(ProgramTest):
    ROWS = [attack("1", reported_at="2030-02-02", actor="South", target="North"),
            attack("1", reported_at="2030-02-04"),
            attack("2", reported_at="2030-02-02"),
            attack("2", reported_at="2030-02-05", kind="withdrawn")]

    def test_the_row_reported_last_stands_in_whatever_order(self):
        for rows in (self.ROWS, self.ROWS[::-1]):
            self.assertEqual({("North", "1"): "broken"}, self.outcomes(self.replay(rows)))

    def test_as_known_at_goes_back(self):
        outcomes = self.outcomes(self.replay(self.ROWS, "--as-known-at", "2030-02-03"))
        self.assertEqual({("South", "1"): "broken", ("North", "2"): "broken"}, outcomes)
        self.assertEqual({("North", "1"): "broken", ("North", "2"): "broken"},
                         self.outcomes(self.replay(self.ROWS, "--as-known-at", "2030-02-04")))
        message = self.replay(self.ROWS, "--as-known-at", "Tuesday", status=2)
        self.assert_one_line(message)

    def test_at_the_same_time_the_greater_row_stands_with_a_warning(self):
        rows = [attack("1", reported_at="2030-02-02", note="a"),
                attack("1", reported_at="2030-02-02", note="b", actor="South", target="North")]
        for ordered in (rows, rows[::-1]):
            result = self.replay(ordered)
            greater = max(rows)
            expected = "South" if greater == rows[1] else "North"
            self.assertEqual({(expected, "1"): "broken"}, self.outcomes(result))
            self.assertTrue(result["data"]["warnings"])


class Digest(ProgramTest):
    def rows(self):
        rows = []
        for n in range(60):
            actor = ["North", "South", "North|South", "", "Elsewhere"][n % 5]
            target = ["South", "Civilians", "North", "", "South|Civilians"][n % 5]
            day = ["2030-02-01", "2030-02-02T10:00", "2030-02-03T18:59", "2030-02-03"][n % 4]
            rows.append(attack(f"i{n % 40}", f"a{n % 3}", f"W{n % 3}", actor=actor, target=target, from_=day,
                               reported_at=f"2030-02-0{4 + n % 5}"))
        return rows

    def test_the_order_of_arrival_does_not_matter(self):
        rows = self.rows()
        first = self.replay(rows)["digest"]
        shuffler = random.Random(7)
        for _ in range(5):
            shuffler.shuffle(rows)
            self.assertEqual(first, self.replay(rows)["digest"])

    def test_it_is_the_sha_256_of_the_canonical_lines(self):
        result = self.replay(self.rows())

        def utc(at):
            import datetime
            moment = datetime.datetime.fromisoformat(at).astimezone(datetime.timezone.utc)
            return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

        lines = sorted(
            "\t".join([v["clause"], v["bearer"], v["incident"] or "", utc(v["at"]), v["verdict"],
                       ",".join(sorted(f'{o["according_to"]}={o["verdict"]}' for o in v["by_account"])),
                       ",".join(sorted(v["blame"]))])
            for v in result["verdicts"])
        self.assertTrue(lines)
        expected = hashlib.sha256("".join(line + "\n" for line in lines).encode()).hexdigest()
        self.assertEqual(expected, result["digest"])

    def test_it_changes_with_a_fact(self):
        first = self.replay([attack("1")])["digest"]
        self.assertNotEqual(first, self.replay([attack("1", actor="South", target="North")])["digest"])


class Acled(ProgramTest):
    """Invented rows."""
    HEADER = ("event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,latitude,longitude,"
              "geo_precision,fatalities,timestamp")
    ROWS = ["V1,2 February 2030,1,Violence against civilians,Attack,Valley Army,Civilians (Valley),1,2,1,3,1900000000",
            "V2,2 February 2030,1,Battles,Armed clash,Valley Army,River Front,1,2,1,3,1900000000",
            "V3,2 February 2030,1,Protests,Peaceful protest,Protesters (Valley),,1,2,1,0,1900000000",
            "V4,2 February 2030,1,Explosions/Remote violence,Grenade,River Front,Valley Army,1,2,1,0,1900000000"]
    MAPPING = "field,value,becomes\nactor,Valley Army,North\nactor,River Front,South\n"

    def test_battles_stay_open_and_one_sided_events_have_an_actor(self):
        self.write("acled.mapping.csv", self.MAPPING)
        result = self.replay(self.ROWS, header=self.HEADER)
        self.assertEqual({("North", "V1"): "broken", ("North", "V2"): "unknown", ("South", "V2"): "unknown",
                          ("South", "V4"): "broken"}, self.outcomes(result))
        self.assertEqual(3, result["incidents"])
        self.assertEqual(1, len([w for w in result["data"]["warnings"] if "Peaceful protest (1)" in w]))

    def test_deleted_events_are_taken_back(self):
        self.write("acled.mapping.csv", self.MAPPING)
        deleted = self.write("deleted.csv", "event_id_cnty,deleted_timestamp\nV4,1900000001\n")
        result = self.replay(self.ROWS, "--incidents", f"{deleted}=acled", header=self.HEADER)
        self.assertNotIn(("South", "V4"), self.outcomes(result))


class NamedFiles(ProgramTest):
    def test_an_empty_file_that_is_named_is_an_error(self):
        empty = self.write("empty.csv", "")
        for option in ("--actors", "--mapping", "--coverage"):
            message = self.replay([attack("1")], option, empty, status=2)
            self.assert_one_line(message)
            self.assertIn("empty.csv", message)


class Formats(ProgramTest):
    def files(self):
        text = self.write("small.truce", AGREEMENT)
        incidents = self.write("incidents.csv", "\n".join([HEADER, attack("=1+1", note="<script>alert(1)</script>",
                                                                        latitude="1", longitude="2")]) + "\n")
        return text, incidents

    def test_csv_cells_that_begin_a_formula_are_made_safe(self):
        text, incidents = self.files()
        output = run("monitor", text, "--incidents", incidents, "--format", "csv").stdout
        self.assertNotRegex(output, r"(?m)(?:^|,)\"?=1\+1")

    def test_html_does_not_run_what_a_report_says(self):
        text, incidents = self.files()
        output = run("monitor", text, "--incidents", incidents, "--format", "html").stdout
        self.assertNotIn("<script>alert(1)", output)

    def test_geojson_has_the_incident_at_its_place(self):
        text, incidents = self.files()
        output = json.loads(run("monitor", text, "--incidents", incidents, "--format", "geojson").stdout)
        points = [f for f in output["features"] if f["geometry"]["type"] == "Point"]
        self.assertEqual([[2, 1]], [f["geometry"]["coordinates"] for f in points])

    def test_a_format_that_does_not_exist_is_named(self):
        text, incidents = self.files()
        done = run("monitor", text, "--incidents", f"{incidents}=xlsx")
        self.assertEqual(2, done.returncode)
        self.assertIn("xlsx", done.stderr)


if __name__ == "__main__":
    unittest.main()
