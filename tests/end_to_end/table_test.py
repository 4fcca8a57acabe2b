#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`truce talks keys`, `seal`, `open`, `sign`, `adopt`, `announce` and `release`."""
import json
import os
import pty
import stat
import subprocess
import unittest

from program import AGREEMENT, PROGRAM, ROOT, ProgramTest, run

# Nothing is found in it that nobody accepted: what an announcement needs.
SOUND = AGREEMENT.replace("consequence none stated.", """monitored by Mission;
      determined by Mission;
      consequence none stated.
""").replace("moments\n", 'bodies\n  Mission "the mission", monitors Attacks.\n\nmoments\n') + """
accept TR-U05 on 1.1 "nobody would agree to more" by North.
"""


class TableTest(ProgramTest):
    def talks(self, *words, status=0):
        done = run("talks", *words, cwd=self.folder)
        self.assertEqual(status, done.returncode, done.stdout + done.stderr)
        if status == 2:
            self.assert_one_line(done.stderr)
        return done.stderr if status == 2 else done.stdout

    def keys(self, *names):
        for name in names:
            self.talks("keys", name)

    def refuse_changed(self, name, *words):
        """`words` with each of some changed copies of a file in its place are refused."""
        whole = (self.folder / name).read_bytes()
        for at in [*range(0, len(whole), max(1, len(whole) // 40)), len(whole) - 1]:
            changed = bytearray(whole)
            changed[at] ^= 1
            self.write("changed", bytes(changed)).chmod(0o600)
            self.talks(*["changed" if word == name else word for word in words], status=2)
        self.write("changed", whole[:-1]).chmod(0o600)
        self.talks(*["changed" if word == name else word for word in words], status=2)


class Keys(TableTest):
    def test_only_the_owner_may_read_the_secret_and_nothing_is_written_over(self):
        result = json.loads(self.talks("keys", "Russian Federation", "--format", "json"))
        self.assertEqual({"schema": "truce.keys/1", "name": "Russian Federation", "secret": "russian-federation.key",
                          "public": "russian-federation.pub"}, result)
        secret = self.folder / "russian-federation.key"
        self.assertEqual(0o600, stat.S_IMODE(secret.stat().st_mode))
        before = secret.read_bytes()
        self.assertIn("is there already", self.talks("keys", "Russian Federation", status=2))
        self.assertEqual(before, secret.read_bytes())
        secret.unlink()
        # The public half alone stops it too: it was given away.
        self.talks("keys", "Russian Federation", status=2)
        self.assertFalse(secret.exists())

    def test_a_key_may_take_a_passphrase(self):
        def talks(*words, passphrase, status=0):
            self.write("pass", passphrase + "\n")
            done = run("talks", *words, cwd=self.folder, environment={"TRUCE_PASSPHRASE_FILE": "pass"})
            self.assertEqual(status, done.returncode, done.stderr)
            self.assertNotIn(passphrase, done.stdout + done.stderr)
            return done.stdout + done.stderr
        talks("keys", "North", "--passphrase", passphrase="seven quiet days")
        self.assertTrue((self.folder / "north.key").read_text().startswith("truce-secret-key/2\nname: North\n"))
        self.assertEqual(0o600, stat.S_IMODE((self.folder / "north.key").stat().st_mode))
        self.write("demands", "no deal worth 30")
        self.talks("seal", "demands", "--to", "north.pub")
        opening = ("open", "demands.sealed", "--key", "north.key")
        self.assertIn("no deal worth 30", talks(*opening, passphrase="seven quiet days"))
        self.assertIn("does not open with this passphrase", talks(*opening, passphrase="seven days", status=2))
        done = subprocess.run([PROGRAM, "talks", *opening], cwd=self.folder, capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL, start_new_session=True)
        self.assertEqual((2, True), (done.returncode, "TRUCE_PASSPHRASE_FILE" in done.stderr), done.stderr)

    def test_at_a_terminal_the_passphrase_is_asked_for_and_not_shown(self):
        def at_terminal(*words, typed):
            child, terminal = pty.fork()
            if child == 0:
                os.chdir(self.folder)
                os.execv(PROGRAM, [PROGRAM, "talks", *words])
            shown = b""
            for line in typed:
                while not shown.endswith(b": "):
                    shown += os.read(terminal, 1000)
                os.write(terminal, line.encode() + b"\n")
                shown += b" "
            try:
                while chunk := os.read(terminal, 1000):
                    shown += chunk
            except OSError:
                pass
            os.close(terminal)
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()
        status, shown = at_terminal("keys", "North", "--passphrase", typed=["first", "second"])
        self.assertEqual((2, []), (status, list(self.folder.iterdir())), shown)
        self.assertIn("differ", shown)
        status, shown = at_terminal("keys", "North", "--passphrase", typed=["quiet", "quiet"])
        self.assertEqual((0, False), (status, "quiet" in shown), shown)
        self.write("demands", "no deal worth 30")
        self.talks("seal", "demands", "--to", "north.pub")
        status, shown = at_terminal("open", "demands.sealed", "--key", "north.key", typed=["quiet"])
        self.assertEqual((0, False, True), (status, "quiet" in shown, "no deal worth 30" in shown), shown)

    def test_a_secret_that_others_may_read_is_refused(self):
        self.keys("North")
        self.write("p", "x")
        self.talks("seal", "p", "--to", "north.pub")
        os.chmod(self.folder / "north.key", 0o644)
        self.assertIn("chmod 600", self.talks("open", "p.sealed", "--key", "north.key", status=2))

    def test_a_name_stays_in_its_folder(self):
        self.talks("keys", "../North", "--output", "keys")
        self.assertEqual(["key..-north.key", "key..-north.pub"], sorted(os.listdir(self.folder / "keys")))
        self.talks("keys", "a\nb", status=2)


class Sealing(TableTest):
    def test_what_is_sealed_opens_for_its_recipient_alone(self):
        self.keys("Mediator", "North", "South")
        self.write("position", "no deal worth 30\n")
        self.talks("seal", "position", "--to", "mediator.pub", "--from", "north.key")
        sealed = (self.folder / "position.sealed").read_bytes()
        self.assertNotIn(b"worth", sealed)
        self.assertNotIn(b"North", sealed)
        self.assertIn("none of the keys", self.talks("open", "position.sealed", "--key", "mediator.key", "--from",
                                                     "south.pub", status=2))
        opened = run("talks", "open", "position.sealed", "--key", "mediator.key", "--from", "south.pub", "--from",
                     "north.pub", cwd=self.folder)
        self.assertEqual((0, "no deal worth 30\n", "Signed by North\n"),
                         (opened.returncode, opened.stdout, opened.stderr))
        self.assertIn("sealed to another key", self.talks("open", "position.sealed", "--key", "north.key", status=2))

    def test_the_length_of_a_position_does_not_show(self):
        self.keys("Mediator")
        for name, size in (("short", 1), ("long", 3500)):
            self.write(name, "x" * size)
            self.talks("seal", name, "--to", "mediator.pub")
        self.assertEqual(*((self.folder / f"{name}.sealed").stat().st_size for name in ("short", "long")))

    def test_what_was_opened_is_for_its_owner_and_replaces_nothing(self):
        self.keys("Mediator")
        self.write("position", "x")
        self.talks("seal", "position", "--to", "mediator.pub", "--output", "s")
        self.talks("open", "s", "--key", "mediator.key", "--output", "opened")
        self.assertEqual(0o600, stat.S_IMODE((self.folder / "opened").stat().st_mode))
        self.talks("open", "s", "--key", "mediator.key", "--output", "position", status=2)
        self.talks("seal", "position", "--to", "mediator.pub", "--output", "position", status=2)

    def test_nothing_changed_opens(self):
        self.keys("Mediator")
        self.write("position", "x")
        self.talks("seal", "position", "--to", "mediator.pub")
        self.refuse_changed("position.sealed", "open", "position.sealed", "--key", "mediator.key")
        self.refuse_changed("mediator.pub", "seal", "position", "--to", "mediator.pub", "--output", "t")

    def test_bytes_that_are_no_text_stand_in_base64(self):
        self.keys("Mediator")
        self.write("bytes", b"\xff\x00")
        self.talks("seal", "bytes", "--to", "mediator.pub")
        result = json.loads(self.talks("open", "bytes.sealed", "--key", "mediator.key", "--format", "json"))
        self.assertEqual({"schema": "truce.opened/1", "signed": False, "signed_by": None, "base64": "/wA="}, result)


class SignedTest(TableTest):
    SIGNED = ("--by", "north.pub", "--by", "south.pub", "--signature", "t.north.signature", "--signature",
              "t.south.signature")

    def signed(self, text):
        self.write("t.truce", text)
        self.keys("North", "South")
        for name in ("north", "south"):
            self.talks("sign", "t.truce", "--key", f"{name}.key")


class Answers(TableTest):
    TALLY = ("answers", "t.truce", "--offer", "t.offer", "--key", "mediator.key", "--by", "north.pub", "--by", "south.pub")

    def setUp(self):
        super().setUp()
        self.write("t.truce", AGREEMENT)
        self.keys("Mediator", "North", "South")
        self.offered = self.talks("offer", "t.truce", "--by", "south.pub", "--by", "north.pub")

    def answer(self, number, name, word, output, status=0):
        return self.talks("answer", "t.truce", "--offer", "t.offer", "--share", f"t.offer-{number}.sealed", "--key",
                          f"{name}.key", "--to", "mediator.pub", f"--{word}", "--output", output, status=status)

    def tally(self, *answers, status):
        return self.talks(*self.TALLY, *[word for name in answers for word in ("--answer", name)], status=status)

    def test_it_shows_only_whether_all_accept(self):
        self.assertIn("Written: t.offer-2.sealed (for South)", self.offered)
        for number, name in ((1, "north"), (2, "south")):
            for word in ("accept", "refuse"):
                self.answer(number, name, word, f"{name}.{word}")
        self.assertEqual("All accept: North, South\n", self.tally("south.accept", "north.accept", status=0))
        refused = {self.tally(*pair, status=1) for pair in (("north.accept", "south.refuse"), ("north.refuse", "south.accept"),
                                                            ("north.refuse", "south.refuse"))}
        self.assertEqual(1, len(refused), "who refused, and how many, shows in nothing")
        self.assertEqual(1, len({(self.folder / f"{name}.{word}").stat().st_size for name in ("north", "south")
                                 for word in ("accept", "refuse")}))
        result = json.loads(self.talks(*self.TALLY, "--answer", "north.accept", "--answer", "south.refuse", "--format",
                                       "json", status=1))
        self.assertEqual(("truce.answers/1", False, ["North", "South"]),
                         (result["schema"], result["all_accept"], result["signatories"]))
        self.assertEqual({"schema", "instrument", "signatories", "all_accept"}, set(result))

    def test_what_is_in_an_answer_tells_nothing(self):
        for word in ("accept", "refuse"):
            self.answer(1, "north", word, word)
            lines = self.talks("open", word, "--key", "mediator.key", "--from", "north.pub").splitlines()
            self.assertEqual(["truce-answer/1", "offer", "number", "share"], [line.split(":")[0] for line in lines])

    def test_what_is_missing_is_named_whatever_the_others_say(self):
        for word in ("accept", "refuse"):
            self.answer(1, "north", word, word)
            self.assertEqual("truce: there is no answer of South; ask for it\n", self.tally(word, status=2))
        self.assertIn("second answer of North", self.tally("accept", "refuse", status=2))

    def test_each_answers_for_itself_and_for_this_text(self):
        self.answer(2, "north", "accept", "out", status=2)
        self.answer(1, "north", "accept", "north.answer")
        self.keys("Hill")
        self.write("hill.share", self.talks("open", "north.answer", "--key", "mediator.key")).chmod(0o600)
        self.talks("seal", "hill.share", "--to", "mediator.pub", "--from", "south.key", "--output", "forged")
        self.assertIn("is not signed by North", self.tally("forged", status=2))
        self.write("t.truce", AGREEMENT.replace("48 hours", "49 hours"))
        self.assertIn("another text", self.answer(1, "north", "accept", "out", status=2))
        self.assertIn("another text", self.tally("north.answer", status=2))
        self.write("t.truce", AGREEMENT.replace("48 hours", "[North: 48 hours | South: 49 hours]"))
        self.assertIn("Not offered", self.talks("offer", "t.truce", "--by", "south.pub", "--by", "north.pub", status=1))

    def test_nothing_changed_is_read_and_nothing_is_written_over(self):
        self.assertIn("is there already", self.talks("offer", "t.truce", "--by", "south.pub", "--by", "north.pub", status=2))
        self.assertIn("public key of South", self.talks("offer", "t.truce", "--by", "north.pub", "--output", "x", status=2))
        for number, name in ((1, "north"), (2, "south")):
            self.answer(number, name, "accept", f"{name}.answer")
        words = (*self.TALLY, "--answer", "north.answer", "--answer", "south.answer")
        self.refuse_changed("north.answer", *words)
        self.refuse_changed("t.offer", *words)


class Adoption(SignedTest):
    def states(self, *words, status):
        result = json.loads(self.talks("adopt", "t.truce", *words, "--format", "json", status=status))
        self.assertEqual(("truce.adoption/1", status == 0), (result["schema"], result["adopted"]))
        return {one["name"]: one["state"] for one in result["signatories"]}

    def test_a_text_is_adopted_whole_by_all_or_not_at_all(self):
        self.signed(AGREEMENT)
        self.assertEqual({"North": "signed", "South": "signed"}, self.states(*self.SIGNED, status=0))
        self.assertEqual({"North": "signed", "South": "missing"}, self.states(*self.SIGNED[:6], status=1))
        # One word more, and nobody has signed it; another layout or a companion is the same text.
        self.write("t.truce", AGREEMENT.replace("48 hours", "49 hours"))
        self.assertEqual({"North": "other-text", "South": "other-text"}, self.states(*self.SIGNED, status=1))
        self.write("t.truce", AGREEMENT.replace("for 48 hours", "for  48\n hours"))
        self.write("t.companion.truce", 'companion of "Small".\n')
        self.states(*self.SIGNED, status=0)

    def test_a_key_of_another_name_or_another_key_of_the_name_is_none(self):
        self.signed(AGREEMENT)
        (self.folder / "south.key").unlink()
        (self.folder / "south.pub").rename(self.folder / "old.pub")
        self.keys("South")
        self.assertEqual({"North": "signed", "South": "other-key"}, self.states(*self.SIGNED, status=1))
        self.assertEqual({"North": "signed", "South": "unknown-key"},
                         self.states(*self.SIGNED, "--by", "old.pub", status=1))

    def test_an_annex_is_part_of_what_is_signed(self):
        square = {"type": "Feature", "properties": {"annex": "A", "place": "Valley"},
                  "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}}
        self.write("a.geojson", json.dumps({"type": "FeatureCollection", "features": [square]}))
        self.write("map.geojson", json.dumps({"type": "FeatureCollection", "features": []}))
        self.signed(AGREEMENT.replace("moments\n", "places\n  Valley = annex A area.\n\nmoments\n"))
        self.states(*self.SIGNED, status=0)
        self.write("map.geojson", json.dumps({"type": "FeatureCollection", "features": [], "name": "other"}))
        self.states(*self.SIGNED, status=0)
        square["geometry"]["coordinates"][0][1][0] = 2
        self.write("a.geojson", json.dumps({"type": "FeatureCollection", "features": [square]}))
        self.states(*self.SIGNED, status=1)

    def test_brackets_and_errors_are_not_signed(self):
        self.keys("North")
        self.write("t.truce", AGREEMENT.replace("for 48 hours", "for [North: 48 hours | South: 72 hours]"))
        self.assertEqual("Not signed: 1 bracket is still disputed, in 1.1.\n",
                         self.talks("sign", "t.truce", "--key", "north.key", status=1))
        self.write("t.truce", AGREEMENT.replace("shall", "should"))
        result = json.loads(self.talks("sign", "t.truce", "--key", "north.key", "--format", "json", status=1))
        self.assertEqual("truce.diagnostics/1", result["schema"])
        self.assertFalse((self.folder / "t.north.signature").exists())

    def test_a_changed_signature_is_refused(self):
        self.signed(AGREEMENT)
        self.refuse_changed("t.north.signature", "adopt", "t.truce", *self.SIGNED)


class Announcement(SignedTest):
    def announced(self, text, *words, status=0):
        self.signed(text)
        return self.talks("announce", "t.truce", *self.SIGNED, "--output", "out", *words, status=status)

    def test_it_opens_when_every_share_is_there(self):
        self.write("message", "We announce.\n")
        self.announced(SOUND, "--message", "message")
        for number, name in ((1, "north"), (2, "south")):
            self.talks("open", f"out/share-{number}.sealed", "--key", f"{name}.key", "--output", f"{name}.share")
        self.talks("open", "out/share-1.sealed", "--key", "south.key", status=2)
        locked = "out/announcement.locked"
        self.assertIn("1 of 2 shares", self.talks("release", locked, "--share", "north.share", status=2))
        self.assertIn("1 of 2", self.talks("release", locked, "--share", "north.share", "--share", "north.share", status=2))
        both = ("--share", "south.share", "--share", "north.share")
        self.assertEqual("We announce.\n", self.talks("release", locked, *both))
        self.refuse_changed("north.share", "release", locked, *both)
        self.refuse_changed(locked, "release", locked, *both)

    def test_without_every_signature_there_is_none(self):
        self.signed(SOUND)
        out = self.talks("announce", "t.truce", *self.SIGNED[:6], "--output", "out", status=1)
        self.assertIn("South: has not signed", out)
        self.assertIn("No announcement.", out)
        self.assertFalse((self.folder / "out").exists())

    def test_without_a_clean_or_accepted_analysis_there_is_none(self):
        result = json.loads(self.announced(AGREEMENT, "--format", "json", status=1))
        self.assertEqual(("truce.announcement/1", True, True, []),
                         (result["schema"], result["refused"], result["adopted"], result["files"]))
        self.assertTrue(result["open_findings"])
        found = json.loads(run("analyse", self.folder / "t.truce", "--format", "json").stdout)["findings"]
        # Accepted by name in the companion, which is no part of what was signed.
        self.write("t.companion.truce", 'companion of "Small".\n\n' + "".join(
            f"accept {one['code']}{' on ' + ', '.join(one['clauses']) if one['clauses'] else ''} \"known\" by North.\n"
            for one in found))
        self.talks("announce", "t.truce", *self.SIGNED, "--output", "out")
        # Once given out, shares are not made anew.
        self.talks("announce", "t.truce", *self.SIGNED, "--output", "out", status=2)


DRAFT = AGREEMENT.replace("for 48 hours", "for [North: 48 hours | South: 72 hours]").replace(
    "consequence none stated", "[North: monitored by South | South: monitored by North];\n      consequence none stated")


def position(side, longer, watched, no_deal):
    return (f'position of {side} on "Small";\n  1.1 bracket 1: 72 hours worth {longer}, 48 hours worth 10;\n'
            f'  1.1 bracket 2: monitored by South worth {watched}, any other worth 5;\n  no deal worth {no_deal}.\n')


class Positions(TableTest):
    def setUp(self):
        super().setUp()
        self.write("draft.truce", DRAFT)
        self.write("north.position", position("North", 2, 20, 10))
        self.write("south.position", position("South", 30, 3, 12.5))

    def test_sealed_positions_are_the_same_and_leave_no_trace(self):
        self.keys("Mediator")
        clear = self.talks("positions", "draft.truce", "north.position", "south.position", "--format", "json")
        result = json.loads(clear)
        self.assertEqual("truce.positions/1", result["schema"])
        self.assertEqual(("25/2", "2"), (result["positions"][1]["no_deal"], result["positions"][1]["denominator"]))
        for side in ("north", "south"):
            self.talks("seal", f"{side}.position", "--to", "mediator.pub")
            (self.folder / f"{side}.position").unlink()
        sealed = ("draft.truce", "north.position.sealed", "south.position.sealed")
        self.assertIn("--key", self.talks("positions", *sealed, status=2))
        before = sorted(os.listdir(self.folder))
        self.assertEqual(clear, self.talks("positions", *sealed, "--key", "mediator.key", "--format", "json"))
        found = json.loads(self.talks("packages", "draft.truce", "--position", sealed[1], "--position", sealed[2], "--key",
                                      "mediator.key", "--format", "json"))
        self.assertEqual(["North", "South"], found["parties"])
        self.assertEqual({"1.1 bracket 1": "72 hours", "1.1 bracket 2": "monitored by South"},
                         found["utilitarian"]["package"])
        self.assertEqual(before, sorted(os.listdir(self.folder)))

    def test_a_page_is_for_its_owner_alone_and_replaces_nothing_that_was_read(self):
        self.write("game.json", json.dumps({"issues": [{"name": "A", "values": ["x", "y"]}], "parties": [
            {"name": "North", "contrib": [[0, 1]]}, {"name": "South", "contrib": [[1, 0]]}]}))
        (self.folder / "out").mkdir()
        for _ in range(2):
            self.assertEqual("Written: out/packages.html\n",
                             self.talks("packages", "game.json", "--format", "html", "--output", "out"))
            page = self.folder / "out/packages.html"
            self.assertEqual(0o600, stat.S_IMODE(page.stat().st_mode))
            page.chmod(0o644)
        self.assertIn("<svg", page.read_text())
        self.assertIn("worth to South", page.read_text())
        self.assertIn("game.json", self.talks("packages", "game.json", "--output", "game.json", status=2))
        for question in ("close", "next", "robust", "blocks"):
            self.talks(question, "game.json", "--format", "html", "--output", "out")
            self.assertEqual(0o600, stat.S_IMODE((self.folder / f"out/{question}.html").stat().st_mode))
            self.talks(question, "game.json", "--format", "html", "--output", "game.json", status=2)

    def test_what_next_and_how_sure(self):
        both = ("--position", "north.position", "--position", "south.position", "--format", "json")
        table = ("--package", "1.1 bracket 1: 48 hours", "--package", "1.1 bracket 2: monitored by North")
        result = json.loads(self.talks("next", "draft.truce", *both, *table))
        self.assertEqual(("truce.next/1", True, True),
                         (result["schema"], result["deal_there"], result["on_table"]["accepted_by_all"]))
        self.assertEqual([("North", "1.1 bracket 1", "72 hours", "8"), ("South", "1.1 bracket 2", "monitored by South", "2")],
                         [(step["party"], step["issue"], step["to"], step["gives"]) for step in result["exchange"]["steps"]])
        self.assertEqual(["22", "33"], result["exchange"]["after"]["utilities"])
        sure = json.loads(self.talks("robust", "draft.truce", *both, "--error", "0"))
        self.assertEqual(("truce.robust/1", [True, True]), (sure["schema"], [one["survives"] for one in sure["parties"]]))
        self.write("north.position", position("North", 2, 20, 21.5).replace("21.5.", "21.5;\n  no deal give or take 10 percent."))
        shaken = json.loads(self.talks("robust", "draft.truce", *both, "--error", "0", status=1))
        self.assertEqual([(False, "1/10"), (True, "0")], [(one["survives"], one["errors"]["no_deal"]) for one in shaken["parties"]])
        self.assertEqual("North", shaken["unsettled"]["ask"]["party"])

    def test_what_one_side_can_obtain_does_not_depend_on_the_other(self):
        """South has the draft, its own position, its own key and the sealed file of North."""
        self.keys("Mediator", "North", "South")

        def obtained():
            self.talks("seal", "north.position", "--to", "mediator.pub", "--from", "north.key", "--output", "sealed")
            size = (self.folder / "sealed").stat().st_size
            refused = [run("talks", "open", "sealed", "--key", "south.key", *more, cwd=self.folder)
                       for more in ([], ["--from", "north.pub"], ["--format", "json"])]
            refused += [run("talks", "positions", "draft.truce", "south.position", "sealed", *more, cwd=self.folder)
                        for more in ([], ["--key", "south.key"])]
            refused += [run("talks", question, "draft.truce", "--position", "south.position", "--position", "sealed",
                            "--key", "south.key", "--format", "html", cwd=self.folder)
                        for question in ("packages", "close", "blocks", "next", "robust")]
            own = [run("talks", "positions", "draft.truce", "south.position", "--format", "json", cwd=self.folder),
                   run("render", "draft.truce", cwd=self.folder)]
            return size, [(done.returncode, done.stdout, done.stderr) for done in refused + own]

        first = obtained()
        self.assertEqual([2] * 10 + [0, 0], [status for status, _, _ in first[1]])
        for other in (position("North", 999, 0, 1), position("North", 3, 20, 11) + "-- " + "x" * 3000 + "\n"):
            self.write("north.position", other)
            self.assertEqual(first, obtained())

    def test_a_position_counts_only_where_its_side_signed_it(self):
        self.keys("Mediator", "North", "South")
        for side, by in (("north", "north"), ("south", "north")):
            self.talks("seal", f"{side}.position", "--to", "mediator.pub", "--from", f"{by}.key", "--output", side)
        known = ("--key", "mediator.key", "--from", "north.pub", "--from", "south.pub")
        self.talks("positions", "draft.truce", "north", *known)
        self.assertIn("south speaks for South, and North signed it",
                      self.talks("positions", "draft.truce", "north", "south", *known, status=2))
        self.assertIn("speaks for South", self.talks("packages", "draft.truce", "--position", "south", *known, status=2))
        self.assertIn("speaks for South", self.talks("text", "draft.truce", "--position", "south", *known, status=2))
        self.assertIn("is not sealed", self.talks("positions", "draft.truce", "north.position", *known, status=2))
        self.talks("seal", "south.position", "--to", "mediator.pub", "--output", "south")
        self.assertIn("is not signed", self.talks("positions", "draft.truce", "south", *known, status=2))

    def test_errors_stand_where_they_are_made_and_stop_the_rest(self):
        self.write("south.position", position("South", 30, 3, 12).replace("72 hours", "73 hours"))
        both = ("north.position", "south.position")
        out = self.talks("positions", "draft.truce", *both, status=1)
        self.assertIn("south.position:2:18", out)
        self.assertIn("T0705", out)
        self.assertEqual("truce.diagnostics/1", json.loads(
            self.talks("positions", "draft.truce", *both, "--format", "json", status=1))["schema"])
        self.assertIn("see truce talks positions", self.talks(
            "packages", "draft.truce", *(word for one in both for word in ("--position", one)), status=2))
        self.assertIn("name each with --position", self.talks("packages", "draft.truce", status=2))

    def test_a_position_is_laid_out(self):
        self.write("north.position", position("North", 2, 20, 10).replace("\n", " "))
        self.assertEqual(1, run("fmt", "--check", self.folder / "north.position").returncode)
        self.assertEqual(0, run("fmt", self.folder / "north.position").returncode)
        self.assertEqual(position("North", 2, 20, 10), (self.folder / "north.position").read_text())


class Text(TableTest):
    """North would open first and wait, and so would South: together that is a circle of waits."""
    CIRCLE = AGREEMENT + """
1.2 North shall open Roads;
      [North: upon fulfilment of 1.3 | South: within 2 days of D];
      consequence none stated.

1.3 South shall open Roads;
      [South: upon fulfilment of 1.2 | North: within 2 days of D];
      consequence none stated.
"""

    def setUp(self):
        super().setUp()
        self.write("draft.truce", self.CIRCLE)
        for side, own, other, no_deal in (("North", "1.2", "1.3", 5), ("South", "1.3", "1.2", 4)):
            self.write(f"{side.lower()}.position", f'position of {side} on "Small";\n  {own}: text of {side} worth 20, '
                       f'any other worth 3;\n  {other}: any other worth 2;\n  no deal worth {no_deal}.\n')

    SIDES = ("--position", "north.position", "--position", "south.position")

    def test_a_circle_of_waits_is_excluded_and_the_next_package_is_written(self):
        result = json.loads(self.talks("text", "draft.truce", *self.SIDES, "--format", "json"))
        self.assertEqual("truce.settled/1", result["schema"])
        self.assertEqual([{"1.2": ["upon fulfilment of 1.3"], "1.3": ["upon fulfilment of 1.2"]}],
                         [one["options"] for one in result["excluded"]])
        self.assertIn("TR-D01 about 1.2, 1.3", result["excluded"][0]["reasons"][0])
        self.assertEqual(1, sum(words.startswith("upon") for words in result["package"].values()))
        page = (ROOT / "docs/language/positions.md").read_text(encoding="utf-8")
        for field in result:
            self.assertIn(f"`{field}`", page)
        self.write("clean.truce", result["text"])
        self.assertEqual(0, run("check", self.folder / "clean.truce").returncode)
        self.assertEqual(0, run("fmt", "--check", self.folder / "clean.truce").returncode)
        self.assertNotIn("[", result["text"])
        self.keys("North")
        self.talks("sign", "clean.truce", "--key", "north.key")

    def test_a_package_is_named_and_is_refused_where_it_cannot_be_carried_out(self):
        circle = ("--package", "1.2: text of North", "--package", "1.3: upon fulfilment of 1.2")
        out = self.talks("text", "draft.truce", *circle, "--output", "clean.truce", status=1)
        self.assertIn("TR-D01", out)
        self.assertFalse((self.folder / "clean.truce").exists())
        text = self.talks("text", "draft.truce", *circle[:2], "--package", "1.3: within 2 days of D")
        self.assertIn("1.3 South shall open Roads;\n      within 2 days of D;", text)
        self.assertIn("nothing is chosen for 1.3", self.talks("text", "draft.truce", *circle[:2], status=2))
        self.assertIn("chosen twice", self.talks("text", "draft.truce", *circle, *circle[:2], status=2))
        for wrong in ("1.2: within 3 days of D", "1.4: none", "1.2", "1.2: any other", "1.2: text of North with 1.3 none",
                      "1.2: text of North; no deal worth 3"):
            self.talks("text", "draft.truce", "--package", wrong, status=2)
        self.talks("text", "draft.truce", status=2)
        self.talks("text", "draft.truce", *circle, "--rule", "nash", status=2)

    def test_where_nobody_could_agree_there_is_no_text(self):
        position_of_north = self.folder / "north.position"
        position_of_north.write_text(position_of_north.read_text().replace("no deal worth 5", "no deal worth 6"))
        out = self.talks("text", "draft.truce", *self.SIDES, status=0)
        self.assertIn("1.2 North shall open Roads;\n      upon fulfilment of 1.3;", out)
        position_of_north.write_text(position_of_north.read_text().replace("no deal worth 6", "no deal worth 23"))
        self.assertIn("No package is left", self.talks("text", "draft.truce", *self.SIDES, status=1))


class Since(TableTest):
    ROUNDS = "round,from,to,venue,who,text,note\n"

    def rounds(self, *drafts):
        rows = ""
        for number, draft in enumerate(drafts, 1):
            self.write(f"{number}.truce", draft)
            rows += f"{number},2030-0{number}-01,2030-0{number}-02,Geneva,North|South,{number}.truce,\n"
        self.write("rounds.csv", self.ROUNDS + rows)

    def test_what_moved_and_what_did_not(self):
        other_words = DRAFT.replace("72 hours", "3 days")
        longer = other_words.replace("3 days", "4 days").replace(
            "[North: monitored by South | South: monitored by North]", "monitored by South")
        self.rounds(DRAFT, other_words, longer, longer)
        self.write("deadlines.csv", "what,set_in,due,met,note\nMaps,1,2030-02-01,,\nLists,1,2030-04-02,,\n")
        result = json.loads(self.talks("since", ".", "--format", "json"))
        self.assertEqual(("truce.since/1", "2030-04-02", 1),
                         (result["schema"], result["as_of"], result["rounds_without_closing"]))
        self.assertEqual([(2, 0, 0, 0), (2, 0, 1, 2), (1, 1, 1, 0), (1, 0, 0, 1)],
                         [(one["open"], one["closed"], one["reworded"], one["stuck"]) for one in result["rounds"]])
        self.assertEqual(["same", None], [move["meaning"] for move in result["rounds"][1]["moves"]])
        self.assertEqual(["changed", None], [move["meaning"] for move in result["rounds"][2]["moves"]])
        self.assertEqual([True, False], [one["missed"] for one in result["deadlines"]])
        page = (ROOT / "docs/formats/rounds.md").read_text(encoding="utf-8")
        for field in [*result, *result["rounds"][1], *result["rounds"][1]["moves"][0], *result["deadlines"][0]]:
            self.assertIn(f"`{field}`", page)
        out = self.talks("since", ".", "--as-of", "2030-04-03")
        self.assertIn("Stall: 1 of 1 brackets stand as they stood.\nNo bracket closed in the last round.\n", out)
        self.assertIn("Missed: Lists, due 2 April 2030, set in round 1; not done", out)

    def test_a_folder_that_is_none_says_what_is_missing(self):
        self.assertIn("rounds.csv", self.talks("since", ".", status=2))
        self.rounds(DRAFT)
        self.assertIn("There was one round", self.talks("since", "."))
        self.talks("since", ".", "--as-of", "soon", status=2)
        self.rounds(DRAFT, DRAFT.replace("shall", "should"))
        self.assertIn("truce check", self.talks("since", ".", status=2))
        self.rounds(DRAFT)
        (self.folder / "1.truce").unlink()
        self.talks("since", ".", status=2)


class Order(TableTest):
    LIST = "A does x if B does y\nB does y if A does x\nC does z\nD does w if E does v\n"

    def test_a_list_is_put_in_order(self):
        self.write("list", self.LIST)
        out = self.talks("order", "list", status=1)
        for line in ("1 of 5 deeds follows step by step, 2 more if sides act at one time; a circle of waits",
                     "   1  C does z", "  waits for B does y", "    nobody commits to it"):
            self.assertIn(line + "\n", out)
        result = json.loads(self.talks("order", "list", "--format", "json", status=1))
        self.assertEqual("truce.order/1", result["schema"])
        (text,) = result["texts"]
        self.assertEqual([1, 1, 1, None, None], [deed["step"] for deed in text["deeds"]])
        self.assertEqual((1, 3), (text["following"], text["possible"]))
        (circle,) = text["circles"]
        self.assertEqual(([0, 1], [0, 1], [0], 1),
                         (circle["deeds"], circle["witness"], circle["guarantees"], circle["at_least"]))
        page = (ROOT / "docs/formats/commitments.md").read_text(encoding="utf-8")
        for field in [*result, *text, *text["deeds"][0], *circle]:
            self.assertIn(f"`{field}`", page)
        self.write("list", self.LIST + "B does y\n")
        self.assertIn("; no circle of waits", self.talks("order", "list"))

    def test_a_draft_waits_as_each_side_proposes_and_as_all_do(self):
        self.write("draft.truce", Text.CIRCLE)
        result = json.loads(self.talks("order", "draft.truce", "--format", "json", status=1))
        self.assertEqual([(None, 1), ("North", 0), ("South", 0)],
                         [(text["proposer"], len(text["circles"])) for text in result["texts"]])
        self.assertEqual([["1.2", "1.3"]],
                         [[result["texts"][0]["deeds"][deed]["clause"] for deed in circle["deeds"]]
                          for circle in result["texts"][0]["circles"]])

    def test_what_is_neither_says_where(self):
        self.write("list", "C does z\nA opens x\n")
        self.assertIn("list:2: ", self.talks("order", "list", status=2))
        self.talks("order", "nowhere", status=2)
        self.write("draft.truce", Text.CIRCLE.replace("shall open", "shall opne"))
        self.assertIn("draft.truce:", self.talks("order", "draft.truce", status=1))
        self.assertEqual("truce.diagnostics/1", json.loads(
            self.talks("order", "draft.truce", "--format", "json", status=1))["schema"])


class Pages(unittest.TestCase):
    def test_each_schema_stands_on_its_page(self):
        pages = "".join((ROOT / f"docs/formats/{name}.md").read_text() for name in ("sealed", "announcement"))
        for schema in ("keys", "opened", "signature", "adoption", "announcement"):
            self.assertIn(f"`truce.{schema}/1`", pages)


if __name__ == "__main__":
    unittest.main()
