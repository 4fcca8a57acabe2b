// SPDX-License-Identifier: Apache-2.0
#include "tests/support/random_agreements.h"

#include <utility>
#include <vector>

namespace truce::testing {
namespace {

// The numbers of the clauses written so far, by what they are.
struct Written {
  std::vector<std::string> prohibitions;
  std::vector<std::string> duties;
  std::vector<std::string> permissions;
  std::vector<std::string> all;
  // Rows of acts by holders of powers, and of findings that somebody may make: kind, actor, clause.
  std::vector<std::vector<std::string>> fitting;
  // Watch and Court decide by the acts of their members.
  bool has_rules = false;
  // What they order or forbid, as the kind of a report.
  std::vector<std::string> verbs;
};

class Writer {
 public:
  explicit Writer(Dice& dice) : dice_(dice) {}

  std::string text() {
    std::string clauses;
    const std::size_t count = 3 + dice_.below(5);
    for (std::size_t i = 1; i <= count; ++i) {
      const std::string number = "1." + std::to_string(i);
      clauses += number + " " + clause(number) + ".\n";
      written_.all.push_back(number);
    }
    if (dice_.one_in(3)) {
      clauses += local_truce();
    }
    std::string text = northland(definitions(), clauses);
    frame(text);
    return text;
  }

  // The clauses of the focus stand at the end: a local truce among them would take in what follows.
  std::string text(const Focus& focus) {
    written_.prohibitions = focus.prohibitions;
    written_.duties = focus.duties;
    written_.all = focus.prohibitions;
    written_.all.insert(written_.all.end(), focus.duties.begin(), focus.duties.end());
    if (written_.all.empty()) {
      written_.all.emplace_back("1.1");
    }
    std::string others;
    for (std::size_t i = dice_.below(focus.most_others + 1); i > 0; --i) {
      const std::string number = "5." + std::to_string(i);
      others += number + " " + clause(number) + ".\n";
      written_.all.push_back(number);
    }
    std::string text = northland(definitions(focus.situations), others + focus.clauses);
    const bool is_framed = dice_.one_in(5);
    if (focus.header.empty() && focus.parties.empty() && focus.bodies.empty()) {
      if (is_framed) {
        frame(text);
      }
      return text;
    }
    const auto replace = [&](std::string_view words, const std::string& by) {
      if (!by.empty()) {
        text.replace(text.find(words), words.size(), by);
      }
    };
    replace("vocabulary", focus.header.empty() ? "" : focus.header + "; vocabulary");
    replace("parties North; South", focus.parties);
    replace("bodies Watch; Court", focus.bodies);
    written_.has_rules = !focus.bodies.empty();
    return text;
  }

  [[nodiscard]] const Written& written() const { return written_; }

 private:
  // What the header and the parties say beside their names.
  void frame(std::string& text) {
    const auto replace = [&](std::string_view words, const std::string& by) {
      text.replace(text.find(words), words.size(), by);
    };
    if (dice_.one_in(4)) {
      replace("vocabulary", dice_.any({"in force upon signature by North and South",
                                       "in force upon signature by North, South and Aland",
                                       "in force from D + 12 hours"}) +
                                "; vocabulary");
    }
    if (dice_.one_in(6)) {
      replace("parties North; South", "parties North; South, open by notice to Watch");
    }
    if (dice_.one_in(4)) {
      replace("vocabulary", "amended by agreement of North and South; vocabulary");
    }
    if (dice_.one_in(8)) {
      replace("of 2030-01-01; ", "");
    }
    if (dice_.one_in(2)) {
      written_.has_rules = true;
      replace("bodies Watch; Court", "bodies Watch" + rule() + "; Court" + rule());
    }
  }

  std::string rule() {
    std::string text = dice_.any({", of North and South", ", of North, South and Aland",
                                  ", of North, South, Aland and Borland"});
    text += ", decides by " + dice_.any({"consensus", "majority", "unanimity"});
    text += dice_.any({"", " within 12 hours", " within 48 hours"});
    text += dice_.any({"", "", ", quorum 1", ", quorum 2"});
    text += dice_.any({"", ", failing which Borland decides"});
    return text + dice_.any({"", ", silence means consent", ", silence means refusal"});
  }

  std::string definitions(const std::string& situations = "") {
    std::string text =
        "parameters k a number, 2 unless set.\n"
        "things Big Guns = Artillery with calibre at least 100 mm.\nsituations\n" +
        situations;
    text += "  Self Defence = " + dice_.any({"", "proportionate "}) + "response to " +
            dice_.any({"attack on the same Party", "attack on the same Party",
                       "attack on the same Party in the same place", "an attack by that Party",
                       "attack on the same Party within 40 km"}) +
            dice_.any({"", " within 1 hour", " within 6 hours"}) + ";\n";
    text += "  Quiet = no Party attacks Parties, Civilians or Convoys with Weapons" +
            dice_.any({"", " except in Self Defence", " except against Outlaws"}) + ";\n";
    text += "  Access = no Party denies Access to Convoys;\n";
    text += "  Storm = South keeps Weapons;\n";
    text += "  Calm Ground = " +
            dice_.any({"no Party attacks Civilians or Parties", "South keeps Weapons",
                       "no one attacks", "anyone carries Weapons"}) +
            dice_.any({"", " except against Outlaws"}) + near() +
            dice_.any({"", " during the preceding 6 hours", " during the preceding 2 days"}) +
            ";\n";
    text += "  Flare Up = at least " + dice_.any({"1", "2", "2", "3", "k"}) + " occasions within " +
            dice_.any({"6 hours", "24 hours", "3 days"}) + near() + " on which " +
            dice_.any({"anyone attacks", "each Party attacks Civilians or Parties",
                       "North attacks Civilians", "anyone withdraws Heavy Weapons"}) +
            dice_.any({"", " except against Outlaws", " from D + 12 hours"}) + ";\n";
    text += "  Still = uninterrupted period of " + dice_.any({"6 hours", "1 day", "36 hours"}) +
            near() + " in which Quiet holds" + dice_.any({"", " and Access holds"}) +
            dice_.any({"", " from D", " from D - 2 days", " from Later"}) + ";\n";
    text += "  Calm = " +
            dice_.any({"no Party attacks during the preceding 12 hours",
                       "anyone withdraws Heavy Weapons during the preceding 1 day",
                       "at least 1 occasions within 1 day on which anyone attacks",
                       "uninterrupted period of 6 hours in which Quiet holds"}) +
            ";\n";
    text += "  Quiet Days = end of first uninterrupted period of " +
            dice_.any({"1 day", "2 days", "36 hours"}) + " in which Quiet holds" +
            dice_.any({"", " and Access holds"}) + dice_.any({"", " from D"}) + ".\n";
    text += "moments Opening = Quiet Days + 24 hours.\n";
    return text;
  }

  std::string near() {
    return dice_.any({"", "", " in the same place", " in the same place", " within 60 km"});
  }

  std::string clause(const std::string& number) {
    const std::size_t kind = dice_.below(13);
    if (written_.prohibitions.empty() || kind < 5) {
      std::string text = prohibition() + amending(number);
      note_finders(text, number);
      written_.prohibitions.push_back(number);
      return text;
    }
    if (kind < 9) {
      std::string text = duty() + amending(number);
      note_finders(text, number);
      written_.duties.push_back(number);
      return text;
    }
    if (kind == 9) {
      written_.permissions.push_back(number);
      return permission() + amending(number);
    }
    if (kind == 10) {
      std::string text = phases() + amending(number);
      written_.duties.push_back(number);
      return text;
    }
    if (kind == 11) {
      return watch();
    }
    return power();
  }

  std::string watch() {
    std::string text =
        "report when " + dice_.any({"Flare Up", "Flare Up", "Still", "not Still", "Calm Ground"});
    const bool needs_acts = text.find("Flare") == std::string::npos;
    if (needs_acts || dice_.one_in(3)) {
      text += "; whenever " + dice_.any({"anyone attacks", "Watch carries Weapons",
                                         "each Party attacks Civilians", "anyone withdraws Tanks"});
    }
    if (dice_.one_in(4)) {
      text += "; in " + place();
    }
    if (dice_.one_in(4)) {
      text += "; except against Outlaws";
    }
    if (dice_.one_in(4)) {
      text += condition();
    }
    return text +
           dice_.any({"", "; from D + 12 hours", "; until Later", "; from Later; for 2 days"});
  }

  void note_finders(const std::string& text, const std::string& number) {
    if (text.find("determined by Court") != std::string::npos) {
      written_.fitting.push_back({"determine", "Court", number});
    }
  }

  std::string amending(const std::string& number) {
    if (written_.all.empty() || !dice_.one_in(7)) {
      return "";
    }
    const std::string old = dice_.any(written_.all);
    written_.fitting.push_back({"amend", "North & South", dice_.any({old, number})});
    return "; amending " + old;
  }

  // Remembers the verb of an act that is written.
  std::string act(const std::vector<std::string>& acts) {
    std::string chosen = dice_.any(acts);
    written_.verbs.push_back(chosen.substr(0, chosen.find(' ')));
    return chosen;
  }

  std::string place() {
    return dice_.any({"Country", "Country", "Country", "Strip", "Belt", "Zones", "Road"});
  }

  std::string moment() {
    if (dice_.one_in(2)) {
      return "D";
    }
    std::vector<std::string> choices = {"D",          "D + 12 hours",        "D + 2 days",
                                        "Later",      "D - 1 day",           "Opening",
                                        "2030-01-02", "Quiet Days + 6 hours"};
    if (!written_.duties.empty()) {
      choices.push_back("day 2 of " + dice_.any(written_.duties));
    }
    return dice_.any(choices);
  }

  std::string trigger() {
    std::vector<std::string> choices = {"Later", "Quiet Days", "Storm",
                                        "signature by " + dice_.any({"North", "North and Aland"})};
    if (!written_.duties.empty()) {
      choices.push_back("determination of breach of " + dice_.any(written_.duties));
      choices.push_back("fulfilment of " + dice_.any(written_.duties));
      choices.push_back("fulfilment of " + dice_.any(written_.duties));
      choices.push_back("breach of " + dice_.any(written_.duties));
    }
    if (!written_.prohibitions.empty()) {
      const std::string number = dice_.any(written_.prohibitions);
      choices.push_back("determination of breach of " + number);
      choices.push_back("determination of breach of " + number);
      choices.push_back("breach of " + number);
      choices.push_back("report of " + number);
    }
    return dice_.any(choices);
  }

  std::string condition() {
    return "; " + dice_.any({"if", "while", "unless"}) + " " + dice_.any({"", "not "}) +
           dice_.any({"Storm", "Quiet", "Access", "Quiet Days"}) + " holds";
  }

  std::string exceptions() {
    std::string text;
    if (dice_.one_in(4)) {
      text += "; except against Outlaws";
    }
    if (dice_.one_in(3)) {
      text +=
          "; except in " +
          dice_.any({"Self Defence", "Self Defence", "Storm", "Calm Ground", "Still", "Flare Up",
                     "response to an attack by that Party in the same place within 2 days",
                     "response to attack on the same Party within 12 hours"});
    }
    if (dice_.one_in(8)) {
      text += "; except for Checkpoints of Watch";
    }
    return text;
  }

  std::string window() {
    std::string text;
    if (!dice_.one_in(4)) {
      text += "; from " + moment();
    }
    if (dice_.one_in(6)) {
      text += "; upon " + trigger();
    }
    const std::size_t end = dice_.below(4);
    if (end == 0) {
      text += "; until " + moment();
    } else if (end == 1) {
      text += "; for " + dice_.any({"24 hours", "48 hours", "2 days"});
    }
    return text;
  }

  std::string prohibition() {
    std::string text =
        dice_.any({"each Party shall not", "each Party shall not", "no Party shall",
                   "North shall not", "North and South each shall not", "Aland shall not"});
    text += " " + act({"attack another Party, Civilians or Convoys with Weapons",
                       "attack another Party, Civilians or Convoys with Weapons",
                       "attack Civilians with Weapons", "attack Positions of another Party",
                       "deny Access to Convoys", "keep Weapons", "keep Big Guns", "carry Weapons",
                       "fly Combat Flights over " + place(), "occupy Positions of another Party"});
    if (dice_.one_in(3)) {
      text += "; in " + place();
    }
    text += window() + exceptions();
    if (dice_.one_in(6)) {
      text += condition();
    }
    if (dice_.one_in(5)) {
      text += "; " + dice_.any({"if", "unless", "while not"}) + " " +
              dice_.any({"Calm Ground", "Still", "Flare Up"});
    }
    if (dice_.one_in(3)) {
      text += "; renewable for " + dice_.any({"24 hours", "48 hours"}) +
              " by agreement of Aland and Borland" +
              dice_.any({"", " once only", " at most 2 times"});
    }
    if (dice_.one_in(6) && !written_.permissions.empty()) {
      text += "; despite " + dice_.any(written_.permissions);
    }
    if (dice_.one_in(2)) {
      text += "; determined by Court";
    }
    return text + "; ensured by its Guarantor; consequence none stated";
  }

  std::string deadline() {
    return dice_.any({"; within 24 hours of D", "; not later than D + 2 days", "; within 12 hours",
                      "; not later than Opening", "; not later than 2030-01-03", "",
                      "; start not later than D + 12 hours; finish within 3 days of D",
                      "; start not later than D + 1 day"});
  }

  std::string interval_condition() {
    return dice_.any({" while ", " while ", " while not "}) +
           dice_.any({"Quiet holds", "Quiet holds", "Access holds", "Storm holds",
                      "Quiet Days holds", "Calm holds"});
  }

  std::string recurrence() {
    std::string text = "; every " + dice_.any({"12 hours", "24 hours", "1 day", "36 hours"});
    if (!dice_.one_in(3)) {
      text += interval_condition();
    }
    return text + dice_.any({"", "", "; until D + 3 days", "; for 2 days"});
  }

  std::string duty() {
    if (dice_.one_in(5) && !written_.prohibitions.empty()) {
      return "each Guarantor shall restore Compliance of its Party; upon determination of breach "
             "of " +
             dice_.any(written_.prohibitions) + "; within 24 hours; consequence none stated";
    }
    std::string text = dice_.any({"North shall", "each Party shall", "North or South shall",
                                  "Aland and Borland jointly shall", "North and South each shall",
                                  "North shall endeavour to", "each Party shall endeavour to"});
    text += " " + act({"withdraw Heavy Weapons away from Road at least 3500 m",
                       "withdraw Tanks and Artillery away from Road at least 3500 m",
                       "admit Convoys to Country", "release Prisoners", "report Attacks",
                       "deliver Relief to Civilians"});
    if (dice_.one_in(6)) {
      text += "; in " + place();
    }
    if (dice_.one_in(5)) {
      text += "; from " + moment();
    }
    const bool is_effort = text.find("endeavour") != std::string::npos;
    const bool recurs = !is_effort && dice_.one_in(5);
    text += recurs ? recurrence() : deadline();
    if (dice_.one_in(4)) {
      text += "; upon " + trigger();
    }
    if (dice_.one_in(4)) {
      text += "; whenever " + dice_.any({"anyone requests Access", "anyone requests Access",
                                         "South attacks North", "anyone denies Access"});
      written_.verbs.emplace_back("request");
    }
    if (!recurs && dice_.one_in(4) && !written_.duties.empty()) {
      text += "; reciprocally with " + dice_.any(written_.duties);
    }
    if (dice_.one_in(8)) {
      text += condition();
    }
    if (dice_.one_in(3)) {
      text += "; determined by Court";
    }
    return text + "; ensured by its Guarantor; consequence none stated";
  }

  std::string local_truce() {
    std::string text = "local truce \"City\" within " + place();
    text += dice_.any({" prevailing over ", " prevailing over ", " subject to ", ""});
    if (text.back() == ' ') {
      text += dice_.any(dice_.one_in(3) ? written_.all : written_.prohibitions);
    }
    text += "\n2.1 " + (dice_.one_in(2) ? prohibition() : duty()) + ".\n";
    return text + "2.2 " + (dice_.one_in(2) ? permission() : prohibition()) + ".\n";
  }

  std::string permission() {
    std::string text = dice_.any({"North may", "each Party may", "Aland and Borland each may"});
    text += " " + dice_.any({"attack Outlaws", "keep Weapons", "carry Weapons",
                             "attack Positions of South with Weapons"});
    text += dice_.any({"", "; in Strip", "; in Belt"}) + window();
    if (dice_.one_in(3)) {
      text += "; subject to " + dice_.any(written_.prohibitions);
    }
    return text;
  }

  std::string phases() {
    const std::string slice = act({"withdraw Heavy Weapons away from Road at least 3500 m"});
    std::string text =
        "reciprocal phases between North and South; start not later than D; finish within " +
        dice_.any({"24 hours", "30 hours", "48 hours"}) + " of D; at intervals of 12 hours" +
        (dice_.one_in(6) ? interval_condition() : "") + "; phase North shall " + slice +
        "; phase South shall " + slice;
    if (dice_.one_in(3)) {
      text += "; in Belt";
    }
    if (dice_.one_in(5)) {
      text += "; upon " + trigger();
    }
    if (dice_.one_in(6)) {
      text += condition();
    }
    return text + "; ensured by its Guarantor; consequence none stated";
  }

  std::string power() {
    const std::string number = dice_.any(dice_.one_in(2) ? written_.prohibitions : written_.all);
    struct Choice {
      std::string who;
      std::string actor;
      std::string verb;
      std::string rest;
    };
    const std::vector<Choice> choices = {
        {"Aland and Borland jointly", "Aland & Borland", "extend", " for 24 hours"},
        {"Watch", "Watch", "extend", " for 24 hours"},
        {"Aland or Borland", "Aland", "terminate", " by notice of 24 hours"},
        {"Court", "Court", "terminate", ""},
        {"Watch", "Watch", "suspend", ""},
        {"Watch", "Watch", "suspend", " for 12 hours"},
        {"Watch", "Watch", "resume", ""},
        {"Aland", "Aland", "amend", ""}};
    const Choice& choice = choices[dice_.below(choices.size())];
    written_.fitting.push_back({choice.verb, choice.actor, number});
    return choice.who + " may " + choice.verb + " " + number + choice.rest;
  }

  Dice& dice_;
  Written written_;
};

class Reporter {
 public:
  Reporter(Dice& dice, const Written& written, const Focus* focus = nullptr)
      : dice_(dice), written_(written), focus_(focus) {}

  std::string rows() {
    std::string text;
    const std::size_t count = 2 + dice_.below(9);
    // One report at least.
    text += "e,A,2030-01-01T06:00Z,2030-01-01T06:00Z," + conduct() + "\n";
    for (std::size_t i = 0; i < count; ++i) {
      text += incident("e" + std::to_string(i));
    }
    return text;
  }

  // Observer, from, to, places, kinds.
  std::vector<std::vector<std::string>> coverage() {
    std::vector<std::vector<std::string>> all;
    // Somebody who saw everything, in half of what is about one form.
    if (focus_ != nullptr && dice_.one_in(2)) {
      all.push_back({dice_.any({"A", "B"}), "2029-12-01", "2030-02-01", "", ""});
    }
    for (std::size_t i = dice_.below(4); i > 0; --i) {
      all.push_back(
          {dice_.any({"A", "B", "North"}), dice_.any({"2029-12-31", "2030-01-01", "2030-01-02"}),
           dice_.any({"2030-01-03", "2030-01-10"}), dice_.any({"", "", "Country", "Belt"}),
           dice_.any({"", "", "attack", "withdraw|attack|deny"})});
    }
    return all;
  }

 private:
  std::string two_digits(std::size_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  }

  std::string day(std::size_t number) { return "2030-01-" + two_digits(number); }

  std::string clock_time() {
    // Often whole periods apart, where a limit is included or not.
    if (dice_.one_in(3)) {
      return dice_.any({"T06:00Z", "T12:00Z", "T18:00Z"});
    }
    return "T" + two_digits(dice_.below(24)) + ":" + dice_.any({"00", "00", "30"}) + "Z";
  }

  // An instant, a few hours, a day or two days.
  std::string times() {
    const std::size_t first = 1 + dice_.below(6);
    switch (dice_.below(5)) {
      case 0:
        return day(first) + "," + day(first);
      case 1:
        return day(first) + clock_time() + "," + day(first + 1) + clock_time();
      case 2: {
        const std::size_t hour = dice_.below(20);
        return day(first) + "T" + two_digits(hour) + ":00Z," + day(first) + "T" +
               two_digits(hour + 1 + dice_.below(3)) + ":00Z";
      }
      default: {
        const std::string at = day(first) + clock_time();
        return at + "," + at;
      }
    }
  }

  std::string point() {
    if (!dice_.one_in(3)) {
      return ",,";
    }
    return dice_.any({"50.5", "50.52", "50.7", "49.5"}) + "," +
           dice_.any({"10.3", "10.9", "12.0"}) + "," + dice_.any({"0", "400", "5000", "50000"});
  }

  std::string conduct() {
    const std::string who =
        dice_.any({"North", "South", "North", "South", "North", "South", "North", "South",
                   "North|South", "North & Aland", "Aland", "Borland", "unattributed", "Outlaws",
                   "Nobody Known", "Aland & Borland"});
    const std::string what =
        !written_.verbs.empty() && !dice_.one_in(3)
            ? dice_.any(written_.verbs)
            : dice_.any({"attack", "attack", "attack", "attack", "attack|burn", "deny", "keep",
                         "carry", "fly", "occupy", "withdraw", "withdraw", "withdraw", "admit",
                         "release", "deliver", "escort", "shout", ""});
    const std::string target =
        what == "withdraw" || what == "keep" || what == "carry"
            ? dice_.any({"Heavy Weapons", "Tanks", "Artillery", "Tanks & Artillery", "Weapons", "",
                         "Big Guns", "Artillery with calibre 120 mm",
                         "Artillery of South with calibre 82 mm"})
        : what == "request"                   ? dice_.any({"Access", "Access", ""})
        : what == "deny"                      ? dice_.any({"Access", "Passage", ""})
        : what == "admit" || what == "escort" ? dice_.any({"Convoys", "People", ""})
        : what == "release"                   ? dice_.any({"Prisoners", ""})
        : what == "deliver"                   ? dice_.any({"Relief", "Food"})
        : what == "fly"                       ? dice_.any({"Combat Flights", "Flights"})
                        : dice_.any({"Civilians", "Civilians", "South", "North", "South|Outlaws",
                                     "Outlaws", "Civilians & Outlaws", "Positions of South",
                                     "Forces of North", "Convoys", "", "Positions", "Strip"});
    return what + "," + who + "," + target + "," +
           dice_.any({"Weapons", "Weapons", "Weapons", "Artillery", "", "Artillery|Tanks"}) + "," +
           dice_.any({"Country", "Country", "Country", "Strip", "Strip", "Belt", "Road", "Zones",
                      "Elsewhere", "Elsewhere", "Nowhere", ""}) +
           ",," + point() + "," + dice_.any({"", "", "", "7", "7", "8"});
  }

  // An act by whoever may do it, or a vote on it by a member of the body that may.
  std::string fitting() {
    std::vector<std::string> row = written_.fitting[dice_.below(written_.fitting.size())];
    std::string of = row[0] == "determine" ? dice_.any({"North", "North", "South", ""}) : "";
    const bool is_of_body = row[1] == "Watch" || row[1] == "Court";
    if (is_of_body && written_.has_rules && !dice_.one_in(4)) {
      row[1] = dice_.any({"North", "South", "North & South", "Aland", "Borland"});
      row[0] = dice_.any({row[0], row[0], row[0], row[0], "dissent", "notify"});
    }
    return row[0] + "," + row[1] + "," + of + ",,," + row[2] + ",,,";
  }

  std::string official() {
    if (!written_.fitting.empty() && !dice_.one_in(3)) {
      return fitting();
    }
    if (written_.has_rules && dice_.one_in(3)) {
      return dice_.any({"fix", "fix", "dissent"}) + "," +
             dice_.any({"North", "South", "North & South", "Aland"}) + "," +
             dice_.any({"Later", "Zones"}) + ",,,,,,";
    }
    const std::string act =
        dice_.any({"extend", "extend", "extend", "terminate", "suspend", "resume", "determine",
                   "determine", "fix", "fix", "report", "notify", "sign", "sign", "sign", "accede",
                   "release", "release", "amend"});
    const bool is_of_party = act == "sign" || act == "accede" || act == "release";
    const std::string who =
        is_of_party ? dice_.any({"North", "South", "South", "North & South", "Aland", ""})
                    : dice_.any({"Aland & Borland", "Aland & Borland", "Aland|Borland", "Aland",
                                 "Watch", "Watch", "Court", "Court", "North"});
    const std::string target = act == "fix" ? dice_.any({"Later", "Zones"})
                               : act == "determine"
                                   ? dice_.any({"North", "South", "North & South", ""})
                               : act == "report" ? dice_.any({"Attacks", ""})
                                                 : "";
    return act + "," + who + "," + target + ",,," + dice_.any(written_.all) + ",,,,";
  }

  std::string incident(const std::string& id) {
    std::string text;
    const bool is_official = dice_.one_in(3);
    const bool is_focus = focus_ != nullptr && !dice_.one_in(4);
    const std::string when = times();
    const std::string what = is_focus ? focus_->act(dice_) : std::string();
    if (is_focus) {
      for (const std::string account : {"A", "B", "North"}) {
        if (!dice_.one_in(3)) {
          const std::string told = dice_.one_in(4) ? focus_->act(dice_) : what;
          text += id + "," + account + "," + (dice_.one_in(4) ? times() : when) + "," + told + "\n";
        }
      }
      return text;
    }
    for (const std::string account : {"A", "B", "North"}) {
      if (dice_.one_in(2)) {
        text += id + "," + account + "," + (dice_.one_in(3) ? times() : when) + "," +
                (is_official ? official() : conduct()) + "\n";
      }
    }
    return text;
  }

  Dice& dice_;
  const Written& written_;
  const Focus* focus_;
};

RandomTruce truce_of(Dice& dice, std::string text, Reporter reporter) {
  std::string rows = reporter.rows();
  RandomTruce result{std::move(text), rows, {}, {}, {}, Record(rows)};
  for (const std::vector<std::string>& row : reporter.coverage()) {
    result.record.covers(row[0], row[1], row[2], row[3], row[4]);
    for (const std::string& field : row) {
      result.coverage += field + (&field == &row.back() ? "\n" : ",");
    }
  }
  result.record.as_of(dice.any({"2030-01-03", "2030-01-05", "2030-01-09"}));
  result.agreement = agreement_of(result.text, &result.complaints,
                                  dice.one_in(2) ? northland_annexes() : agreement::AnnexFiles{});
  if (result.record.reports.empty()) {
    result.complaints += "some row cannot be read\n";
  }
  return result;
}

}  // namespace

RandomTruce random_truce(std::uint64_t seed) {
  Dice dice(seed);
  Writer writer(dice);
  std::string text = writer.text();
  return truce_of(dice, std::move(text), Reporter(dice, writer.written()));
}

RandomTruce random_truce_around(std::uint64_t seed, const Focus& focus) {
  Dice dice(seed);
  Writer writer(dice);
  std::string text = writer.text(focus);
  return truce_of(dice, std::move(text), Reporter(dice, writer.written(), &focus));
}

}  // namespace truce::testing
