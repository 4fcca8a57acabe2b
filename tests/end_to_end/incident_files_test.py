#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Incident files as people write them: the table of bad input, corrections, accounts, doubts, the digest."""
import hashlib
import json
import os
import random
import subprocess
import unittest

from program import AGREEMENT, HEADER, ROOT, ProgramTest, row, run


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


class Incidents(ProgramTest):
    """`truce incidents`: what files hold, and in another form."""
    EXAMPLE = ROOT / "examples/syria-2016-09"

    def summary(self, *words, status=0):
        done = run("incidents", *words, "--format", "json")
        self.assertEqual(status, done.returncode, done.stderr)
        return json.loads(done.stdout) if status == 0 else done.stderr

    def converted(self, source, form, *words):
        output = self.folder / f"converted.{form}"
        result = self.summary(source, "--to", form, "--output", output, *words)
        return output, result

    def test_the_example_in_every_form_gives_the_same_verdicts(self):
        agreement = self.EXAMPLE / "agreement.truce"
        source = self.EXAMPLE / "incidents.csv"
        digests = set()
        for form in ("truce", "geojson", "kml"):
            output, result = self.converted(source, form, "--agreement", agreement)
            self.assertEqual([], result["written"]["not_kept"])
            done = run("monitor", agreement, "--incidents", output, "--format", "json")
            self.assertEqual(0, done.returncode, done.stderr)
            replayed = json.loads(done.stdout)
            self.assertEqual([], replayed["data"]["skipped"])
            digests.add(replayed["digest"])
        original = json.loads(run("monitor", agreement, "--incidents", source, "--format", "json").stdout)
        self.assertEqual({original["digest"]}, digests)

    def test_it_says_what_the_files_hold(self):
        source = self.write("i.csv", "\n".join([
            HEADER, attack("1", actor="Nroth"), attack("2", reported_at="2030-02-03"),
            attack("2", reported_at="2030-02-04"), attack("3", reported_at="2030-02-03"),
            attack("3", reported_at="2030-02-05", kind="withdrawn"), attack("4", latitude="95", longitude="0")]) + "\n")
        result = self.summary(source, "--agreement", self.write("small.truce", AGREEMENT))
        self.assertEqual("truce.incidents/1", result["schema"])
        self.assertEqual([{"file": str(source), "format": "truce"}], result["files"])
        self.assertEqual((6, 2, 2, 2, 1), (result["rows"], result["reports"], result["incidents"],
                                           result["corrected"], result["withdrawn"]))
        self.assertEqual(1, len(result["skipped"]))
        self.assertEqual(7, result["skipped"][0]["line"])
        self.assertEqual([("Nroth", "North")], [(w["word"], w["did_you_mean"]) for w in result["unknown_words"]])
        self.assertEqual([{"name": "attack", "count": 2}], result["kinds"])
        self.assertIsNone(result["written"])
        self.assert_one_line(self.summary(source, "--strict", status=2))

    def test_a_set_is_counted_once_in_whatever_order(self):
        source = self.write("i.csv", "\n".join([HEADER, attack("1", actor="North|South"),
                                                attack("2", actor="South | North")]) + "\n")
        self.assertEqual([{"name": "North|South", "count": 2}], self.summary(source)["actors"])

    def test_names_are_compared_with_an_actor_file_and_the_vocabulary_alone(self):
        source = self.write("i.csv", "\n".join([HEADER, attack("1", actor="Nroth", kind="attakc")]) + "\n")
        result = self.summary(source)
        self.assertEqual([("kind", "attakc", "attack")],
                         [(w["field"], w["word"], w["did_you_mean"]) for w in result["unknown_words"]])
        self.assertFalse(result["actors_compared"])
        actors = self.write("a.csv", "name,actor,relation\nthe North,North,alias\nthe South,South,alias\n")
        result = self.summary(source, "--actors", actors)
        self.assertEqual({("actor", "Nroth"), ("kind", "attakc")},
                         {(w["field"], w["word"]) for w in result["unknown_words"]})

    def test_what_is_asked_for_goes_to_standard_output_and_the_summary_makes_way(self):
        source = self.write("i.csv", "\n".join([HEADER, attack("=1+1", note="@x")]) + "\n")
        done = run("incidents", source, "--to", "csv")
        self.assertEqual(0, done.returncode)
        self.assertTrue(done.stdout.startswith("incident,account,"))
        self.assertNotRegex(done.stdout, r"(?m)(?:^|,)[=@]")
        self.assertIn("Not kept as it is: the column incident in 1 row", done.stderr)
        done = run("incidents", source, "--output", self.folder / "x.csv")
        self.assertEqual(2, done.returncode)
        self.assert_one_line(done.stderr)

    def test_nothing_that_a_file_says_commands_the_terminal(self):
        evil = "\x1b[31mred\u202e"
        source = self.write("i.csv", "\n".join([
            HEADER + ",x" + evil, *(line + "," + evil for line in (attack("1", "a", evil, actor=evil, kind=evil),
                                                                   attack("2", latitude=evil, longitude="1")))]) + "\n")
        done = run("incidents", source)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn("red", done.stdout)
        self.assertNotRegex(done.stdout + done.stderr, "[\x1b\u202e]")

    def test_several_files_and_standard_input_are_one_record(self):
        first = self.write("a.csv", "\n".join([HEADER, attack("1"), attack("2")]) + "\n")
        place = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": {
            "incident": "2", "account": "a", "reported_at": "2030-03-01", "at": "2030-02-02", "kind": "attack"}}
        done = run("incidents", first, "-", "--format", "json",
                   stdin=json.dumps({"type": "FeatureCollection", "features": [place]}))
        self.assertEqual(0, done.returncode, done.stderr)
        result = json.loads(done.stdout)
        self.assertEqual(["truce", "geojson"], [file["format"] for file in result["files"]])
        self.assertEqual((3, 2, 1), (result["rows"], result["incidents"], result["corrected"]))

    def test_standard_input_is_named_once(self):
        done = run("incidents", "-", "-", stdin="\n".join([HEADER, attack("1")]) + "\n")
        self.assertEqual(2, done.returncode)
        self.assert_one_line(done.stderr)
        self.assertIn("only once", done.stderr)

    def test_columns_that_are_not_read_are_counted(self):
        source = self.write("acled.csv", Acled.HEADER + ",tags,iso\n" + Acled.ROWS[0] + ",,760\n" +
                            Acled.ROWS[2] + ",crowd,760\n")
        result = self.summary(source)
        self.assertEqual([("tags", 1, 3), ("iso", 2, 2)],
                         [(c["column"], c["count"], c["line"]) for c in result["unread_columns"]])
        self.assertEqual([("Peaceful protest", 1)], [(k["kind"], k["count"]) for k in result["left_out"]])

    def test_an_archive_is_named_as_one(self):
        source = self.write("map.kmz", b"PK\x03\x04rest")
        for command in (["incidents", source], ["incidents", f"{source}=kml"]):
            done = run(*command)
            self.assertEqual(2, done.returncode)
            self.assert_one_line(done.stderr)
            self.assertIn("unpack", done.stderr)


class Videos(ProgramTest):
    """Invented rows."""
    HEADER = ("reference_code,recording_date,hour_minute,city,neighborhood,latitude,longitude,lat_inferred,lon_inferred,"
              "violation_type,weapons_used,description,source,youtube_id")
    ROWS = ["a,2030-02-02,20:00,TOWN,Ford,36.5,37.25,,,Unlawful attacks,Barrel Bomb,one,Channel A,",
            "b,2030-02-02,22:00,TOWN,Ford,36.5,37.25,,,Unlawful attacks,,two,Channel B,",
            "c,2030-02-02,23:00,TOWN,Ford,36.5,37.25,,,Unlawful attacks,,three,Channel A,",
            "d,2030-02-09,23:00,TOWN,Ford,36.5,37.25,,,Unlawful attacks,,four,Channel A,"]

    def test_each_is_an_incident_of_its_own_and_said_to_be(self):
        result = self.replay(self.ROWS, header=self.HEADER)
        self.assertEqual(4, result["incidents"])
        self.assertTrue([w for w in result["data"]["warnings"] if "--cluster" in w])

    def test_in_a_cluster_a_channel_is_one_account(self):
        result = self.replay(self.ROWS, "--cluster", header=self.HEADER)
        self.assertEqual((2, 4), (result["incidents"], result["accounts"]))
        verdicts = [v for v in result["verdicts"] if v["incident"] == "a" and v["bearer"] == "North"]
        self.assertEqual([["Channel A", "Channel B"]],
                         [[o["according_to"] for o in v["by_account"]] for v in verdicts])

    def test_a_person_edits_the_proposal(self):
        source = self.write("videos.csv", "\n".join([self.HEADER, *self.ROWS]) + "\n")
        done = run("incidents", source, "--cluster", "--to", "joins")
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn("\nc,a,Channel A,", done.stdout)
        joins = self.write("joins.csv", done.stdout.replace("\nc,a,", "\nc,another,").replace("\nd,d,", "\nd,a,"))
        done = run("incidents", source, "--joins", joins, "--format", "json")
        clusters = {c["incident"]: [r["row"] for r in c["rows"]] for c in json.loads(done.stdout)["clusters"]}
        self.assertEqual({"a": ["a", "b", "d"], "another": ["c"]}, clusters)

    def test_joins_of_another_archive_are_one_note(self):
        source = self.write("videos.csv", "\n".join([self.HEADER, *self.ROWS]) + "\n")
        joins = self.write("joins.csv", "row,incident\n" + "".join(f"z{n},z\n" for n in range(9)))
        notes = [line for line in run("incidents", source, "--joins", joins).stdout.splitlines() if "no file" in line]
        self.assertEqual(["Note: the joins file names 9 videos which no file holds: z0, z1, z2 and 6 more"], notes)

    def test_options_that_mean_nothing_are_refused(self):
        source = self.write("videos.csv", "\n".join([self.HEADER, *self.ROWS]) + "\n")
        for words in (["--within", "5"], ["--cluster", "--within", "near"], ["--cluster", "--gap", "soon"],
                      ["--cluster", "--within", "2000000"], ["--to", "joins"]):
            done = run("incidents", source, *words)
            self.assertEqual(2, done.returncode, words)
            self.assert_one_line(done.stderr)
        for gap in ("90min", "2d", "3 hours", "30s"):
            self.assertEqual(0, run("incidents", source, "--cluster", "--gap", gap).returncode, gap)


class Beside(ProgramTest):
    def test_it_says_what_each_text_made_of_the_rows(self):
        first = self.write("small.truce", AGREEMENT)
        second = self.write("other/small.truce", AGREEMENT.replace("North", "East"))
        source = self.write("i.csv", "\n".join([HEADER, attack("1"), attack("2", latitude="95", longitude="0")]) + "\n")
        words = ["monitor", first, "--beside", second, "--incidents", source]
        text = run(*words).stdout
        self.assertIn("First  text: 2 rows read; 1 skipped,", text)
        self.assertIn("Second text: 2 rows read; 1 skipped,", text)
        result = json.loads(run(*words, "--format", "json").stdout)
        self.assertEqual([(1, 0), (1, 1)], [(result[side]["skipped_rows"], result[side]["unknown_words"])
                                            for side in ("first", "second")])


class Overwriting(ProgramTest):
    """What was read is not written over, and a device stays a device."""

    def assert_refused(self, kept, *words):
        before = kept.read_bytes()
        done = run(*words)
        self.assertEqual(2, done.returncode, words)
        self.assert_one_line(done.stderr)
        self.assertIn("one of the files that are read", done.stderr)
        self.assertEqual(before, kept.read_bytes())

    def test_a_file_that_is_read_is_not_written_over(self):
        text = self.write("small.truce", AGREEMENT)
        source = self.write("i.csv", "\n".join([HEADER, attack("1")]) + "\n")
        actors = self.write("a.csv", "name,actor,relation\nthe North,North,alias\n")
        link = self.folder / "link.csv"
        link.symlink_to(source)
        for kept, output in ((source, source), (source, link), (text, text), (actors, actors)):
            self.assert_refused(kept, "incidents", source, "--agreement", text, "--actors", actors, "--to", "csv",
                                "--output", output)
        self.assert_refused(text, "render", text, "--output", text)
        drawn = self.folder / "incidents.geojson"
        self.assertEqual(0, run("incidents", source, "--to", "geojson", "--output", drawn).returncode)
        self.assert_refused(drawn, "monitor", text, "--incidents", f"{drawn}=geojson", "--output", self.folder)
        self.assertFalse((self.folder / "report.html").exists())
        named = self.write("verdicts.csv", actors.read_text())
        self.assert_refused(named, "monitor", text, "--incidents", source, "--actors", named, "--output", self.folder)
        table = self.write("beside.csv", source.read_text())
        self.assert_refused(table, "monitor", text, "--beside", text, "--incidents", table, "--output", self.folder)

    def test_a_device_stays_a_device(self):
        source = self.write("i.csv", "\n".join([HEADER, attack("1")]) + "\n")
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE, text=True) as reader:
            done = run("incidents", source, "--to", "csv", "--output", pipe)
            stayed = pipe.is_fifo()
            if not stayed:
                reader.kill()
            written = reader.communicate()[0]
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertTrue(stayed)
        self.assertTrue(written.startswith("incident,account,"))


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
