// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sentence_forms.h"

namespace truce::testing {
namespace {

constexpr std::string_view kAttack =
    "attack,{North/North/South/South/North|South/North & Aland/Outlaws/unattributed},"
    "{Civilians/Civilians/South/North/Convoys/Forces of North/Outlaws/Civilians & Outlaws/},"
    "{Weapons/Weapons/Artillery/},{Country/Country/Strip/Belt/Elsewhere/}";
constexpr std::string_view kAttackOf =
    "attack,{North/South},{Civilians/Civilians/South/North},{Weapons/},{Country/Strip/Elsewhere}";
constexpr std::string_view kWithdraw =
    "withdraw,{North/North/North/South/North|South/North & South/North & Aland},"
    "{Heavy Weapons/Heavy Weapons/Tanks/Artillery/},,{/Belt/Country/Elsewhere}";
constexpr std::string_view kRelease =
    "release,{North/North/South/South/North|South/North & South},{Prisoners/Prisoners/}";
constexpr std::string_view kReleased = "release,{North/South/North & South},Prisoners";
constexpr std::string_view kKeep = "keep,{South/South/North/North|South},{Weapons/Artillery/}";
constexpr std::string_view kDeny = "deny,{North/South},{Access/Passage}";
constexpr std::string_view kQuietTime = "observe,{North/Aland},";
constexpr std::string_view kFix = "fix,{Watch/Watch/Watch/Court},Later";
constexpr std::string_view kExtend =
    "extend,{Aland & Borland/Aland & Borland/Aland|Borland/Aland/Watch},,,,{1.1/1.1/}";

}  // namespace

// Waiver(size): one table, an entry for each form.
// The least shares are half of what was measured: with fewer a generator has gone astray.
const std::vector<SentenceForm>& sentence_forms() {
  static const std::vector<SentenceForm> forms = {
      {"prohibition",
       "1.1 <{North shall not/each Party shall not/no Party shall}~Aland shall not> attack "
       "{Civilians/another "
       "Party, Civilians or Convoys} with Weapons{/; in Country}; consequence none stated.\n",
       {kAttack},
       400},
      {"window_from",
       "1.1 each Party shall not attack Civilians<; from {D + 12 hours/D + 2 "
       "days/Later/2030-01-03}>"
       "; consequence none stated.\n",
       {kAttack, kAttackOf, kFix},
       250},
      {"window_end",
       "1.1 each Party shall not attack Civilians; from {D/D/Later}<; {until D + 2 days/until "
       "Later/for 48 hours/for 1 day/until 2030-01-03}>; consequence none stated.\n",
       {kAttack, kAttackOf, kFix},
       190},
      {"prohibition_upon",
       "1.1 each Party shall not attack Civilians<; upon {Later/Quiet Days/Storm/signature by "
       "North/"
       "report of Attacks/notice by Watch}>; consequence none stated.\n",
       {kAttackOf, kAttackOf, kAttackOf, kFix, kKeep, "sign,North,", "report,Watch,Attacks",
        "notify,Watch,"},
       220},
      {"condition",
       "1.1 each Party shall not attack Civilians or another Party<; {if/while/unless} {/not "
       "}{Quiet/"
       "Access/Storm/Quiet Days/Calm} holds>; consequence none stated.\n",
       {kAttack, kAttackOf, kKeep, kDeny},
       280},
      {"except_against",
       "1.1 each Party shall not attack Civilians, Convoys or another Party<; except against "
       "{Civilians/Forces of North/South or Convoys/Outlaws}>; consequence none stated.\n",
       {kAttack, kAttackOf},
       200},
      {"except_for",
       "1.1 each Party shall not attack Civilians or another Party with Weapons<; except for "
       "{Artillery/Civilians/Strip/Civilians or Artillery}>; consequence none stated.\n",
       {kAttack, kAttackOf},
       420},
      {"except_in",
       "1.1 each Party shall not attack Civilians or another Party<; except in {Storm/Still/Flare "
       "Up/Calm Ground}>; consequence none stated.\n",
       {kAttack, kAttackOf, kKeep},
       130},
      {"response",
       "1.1 each Party shall not attack Civilians or another Party<; except in {Self Defence/"
       "response to an attack by that Party within 2 days/proportionate response to attack on the "
       "same Party within 12 hours/response to attack on the same Party in the same place}>; "
       "consequence none stated.\n",
       {"attack,{North/South},{South/North/Forces of North/Forces of South/Civilians},,{Strip/"
        "Strip/Elsewhere/}"},
       100},
      {"permission",
       "1.1 each Party shall not attack Civilians or another Party; consequence none stated.\n"
       "1.2 <{North/each Party}~Aland> may attack {Civilians/South/another Party}{/; in Strip/; "
       "from "
       "D + 1 day/; for 48 hours/; if Storm holds/; unless Calm holds}.\n",
       {kAttack, kAttackOf, kKeep},
       110},
      {"subject_to",
       "1.1 each Party shall not attack Civilians or another Party; consequence none stated.\n"
       "1.2 each Party may attack Civilians or another Party{/; in Strip}<; subject to 1.1>.\n",
       {kAttack, kAttackOf},
       430},
      {"despite",
       "1.1 each Party shall not attack Civilians or another Party<; despite 1.2>; consequence "
       "none "
       "stated.\n1.2 each Party may attack Civilians or another Party{/; for 48 hours}.\n",
       {kAttack, kAttackOf},
       380},
      {"implied_act",
       "1.1 each Party shall not <carry Weapons~fly Combat Flights>{/; in Country}; consequence "
       "none "
       "stated.\n",
       {"escort,{North/South/North|South},{Convoys/},{Weapons/Artillery/}",
        "carry,{North/South},{Weapons/Artillery/Food}"},
       450},
      {"measure",
       "1.1 each Party shall not keep <Big Guns~Heavy Weapons>; consequence none stated.\n",
       {"keep,{North/South},{Artillery/Artillery with calibre 120 mm/Artillery with calibre 82 mm/"
        "Tanks/Big Guns/Artillery of South with calibre 100 mm}"},
       420},
      {"place_to_be_fixed",
       "1.1 each Party shall not attack Civilians; in <Zones~Country>; consequence none stated.\n",
       {"attack,{North/South},Civilians,,{Zones/Zones/Country/},,{50.5,10.3,5000/,,}",
        "fix,{Watch/Watch/Court},Zones"},
       390},
      {"ensured",
       "1.1 each Party shall not attack Civilians or another Party<; ensured by {its Guarantor/"
       "Watch/Aland and Borland each}>; consequence none stated.\n",
       {kAttack, kAttackOf},
       360},
      {"local_truce",
       "1.1 each Party shall not attack Civilians or another Party; consequence none stated.\n"
       "local truce \"City\" within {Country/Strip}< prevailing over 1.1>\n"
       "2.1 North may attack {South/Civilians}{/; for 48 hours/; from D + 1 day}.\n"
       "2.2 each Party shall not attack Convoys{/; until D + 2 days}; consequence none stated.\n",
       {"attack,{North/South},{South/North/Civilians/Convoys},,{Country/Strip/Strip/Elsewhere/}"},
       400},
      {"deadline",
       "1.1 {North/each Party} shall withdraw Heavy Weapons away from Road at least 3500 m<; {not "
       "later than D + 2 days/not later than 2030-01-03/within 36 hours of D/not later than "
       "Opening/"
       "within 24 hours of Later}>; consequence none stated.\n",
       {kWithdraw, kWithdraw, kWithdraw, kFix},
       310},
      {"deadline_conditions",
       "1.1 {North/each Party} shall release Prisoners; within 2 days of D<; {if/while/unless} "
       "{/not "
       "}{Quiet/Storm/Quiet Days/Calm} holds>; consequence none stated.\n",
       {kRelease, kAttackOf, kKeep},
       110},
      {"duty_end",
       "1.1 {North/each Party} shall release Prisoners{; from D/}{; within 1 day of D/; within 2 "
       "days "
       "of D/; within 3 days of D/}<; {until D + 2 days/for 36 hours/until Later}>{/; renewable "
       "for "
       "24 hours by agreement of Aland and Borland}; consequence none stated.\n",
       {kRelease, kReleased, kFix, kExtend},
       100},
      {"duty_except",
       "1.1 {North/each Party} shall withdraw Heavy Weapons away from Road at least 3500 m; within "
       "{2/3} days of D<; {except for Tanks/except for Artillery/except against Tanks/except in "
       "Storm/"
       "except in Calm}>; consequence none stated.\n"
       "1.2 reciprocal phases between North and South; start not later than D; finish within 3 "
       "days "
       "of D; at intervals of 3 days<; {except for Tanks/except in Storm}>; phase North shall "
       "withdraw "
       "Heavy Weapons away from Road at least 3500 m; phase South shall withdraw Heavy Weapons "
       "away "
       "from Road at least 3500 m; consequence none stated.\n",
       {"withdraw,{North/South/North|South},{Tanks/Tanks/Artillery/Heavy Weapons/Tanks & Artillery/"
        "Tanks|Artillery}",
        kKeep},
       200},
      {"duty_despite",
       "1.1 each Party shall not carry Weapons{<; subject to 1.2>/; until D + 3 days<; subject to "
       "1.2>}; consequence none stated.\n"
       "1.2 {North/each Party} shall {endeavour to /}escort Convoys{; in Country/}; {from D + 1 "
       "day; /"
       "within 3 days of D; /}{until D + 3 days; /if Storm holds; /}consequence none stated.\n"
       "1.3 each Party shall not carry Artillery; consequence none stated.\n"
       "1.4 South shall escort Convoys<; despite 1.3>; consequence none stated.\n",
       {"escort,{North/South/North|South},{Convoys/Convoys/},{Weapons/Artillery/},{Country/"
        "Elsewhere/"
        "}",
        "carry,{North/South},{Weapons/Artillery}", kKeep},
       250},
      {"start_and_finish",
       "1.1 {North/each Party} shall withdraw {Heavy Weapons/Tanks and Artillery} away from Road "
       "at "
       "least 3500 m<; start not later than D + 1 day>; finish within 3 days of D; consequence "
       "none "
       "stated.\n",
       {kWithdraw},
       100},
      {"upon_fulfilment",
       "1.1 South shall withdraw Heavy Weapons away from Road at least 3500 m; {within 2 days of "
       "D/within 2 days of D/every 2 days}; "
       "consequence none stated.\n"
       "1.2 North shall release Prisoners<; upon fulfilment of 1.1>; within {12/24/36} hours; "
       "consequence none stated.\n",
       {"withdraw,{South/South/North|South},{Heavy Weapons/Heavy Weapons/Tanks}", kRelease},
       400},
      {"upon_determination",
       "1.1 each Party shall not attack Civilians; determined by Court; consequence 1.2.\n"
       "1.2 each Guarantor shall restore Compliance of its Party<; upon determination of breach of "
       "1.1>; within {12/24} hours; consequence none stated.\n",
       {"determine,{Court/Court/Watch},{North/South/North & South/},,,1.1",
        "restore,{Aland/Borland/Aland|Borland},{Compliance of North/Compliance of "
        "South/Compliance}",
        kAttackOf},
       460},
      {"upon_breach",
       "1.1 {North/each Party} shall {not attack Civilians/release Prisoners; within 1 day of D/"
       "release Prisoners; every 1 day}; consequence none stated.\n"
       "1.2 South shall withdraw Heavy Weapons away from Road at least 3500 m<; upon breach of "
       "1.1>; "
       "within {12/24} hours; consequence none stated.\n",
       {kAttackOf, kRelease, "withdraw,{South/South/North|South},{Heavy Weapons/Heavy Weapons/}"},
       420},
      {"upon_report",
       "1.1 each Party shall not attack Civilians; consequence none stated.\n"
       "1.2 North shall release Prisoners<; upon {report of 1.1/report of Attacks/notice by "
       "Watch}>; "
       "within {12/24/36} hours; consequence none stated.\n",
       {"report,{Watch/North},{Attacks/},,,{1.1/1.1/}", "notify,{Watch/Watch/North},", kRelease},
       380},
      {"upon_moment",
       "1.1 North shall release Prisoners<; upon {Later/Quiet Days/Storm/signature by North and "
       "South}>; within {12/24/36} hours; consequence none stated.\n",
       {kFix, kKeep, "sign,{North/South/North & South},", kRelease, kReleased, kReleased},
       370},
      {"key",
       "1.1 South shall admit Convoys to Country<; whenever North requests Access>; within "
       "{12/24/48} "
       "hours; consequence none stated.\n",
       {"request,{North/North/North|South},Access,,,,,,,{7/8/}",
        "admit,{South/South/South/South/North|South},Convoys,,Country,,,,,{7/8/}"},
       470},
      {"jointly",
       "1.1 North and South <jointly~each> shall release Prisoners; within {1 day/2 days} of D; "
       "consequence none stated.\n",
       {kRelease},
       500},
      {"either",
       "1.1 <North or South~North and South each> shall release Prisoners; within {1 day/2 days} "
       "of "
       "D; consequence none stated.\n",
       {kRelease},
       500},
      {"each",
       "1.1 <each Party~North> shall release Prisoners; within {1 day/2 days} of D; consequence "
       "none "
       "stated.\n",
       {kRelease},
       500},
      {"effort",
       "1.1 {North/each Party} shall <endeavour to >release Prisoners; within {1 day/2 days} of D; "
       "determined by Court; consequence none stated.\n",
       {kRelease, "determine,{Court/Court/Watch},{North/South/},,,1.1"},
       320},
      {"reciprocally",
       "1.1 North shall release Prisoners; within 1 day of D<; reciprocally with 1.2>; consequence "
       "none stated.\n"
       "1.2 South shall withdraw Heavy Weapons away from Road at least 3500 m; within {3/4} days "
       "of "
       "D; reciprocally with 1.1; consequence none stated.\n",
       {kRelease, kWithdraw},
       200},
      {"phases",
       "1.1 reciprocal phases between North and South; start not later than D; finish within "
       "{2/3/4} "
       "days of D; at intervals of <2 days~4 days>; phase North shall release Prisoners; phase "
       "South shall release Prisoners; consequence none stated.\n",
       {kRelease, kReleased, kReleased},
       180},
      {"phases_upon",
       "1.1 reciprocal phases between North and South<; upon {Later/Storm/Quiet Days/notice by "
       "Watch}>; start {not later than D + 12 hours/within 6 hours}; finish {within 36 hours/not "
       "later than 2030-01-04}; at intervals of 1 day; phase North shall release Prisoners; phase "
       "South shall release Prisoners; consequence none stated.\n"
       "1.2 Aland shall deliver Relief; upon breach of 1.1; within 24 hours; consequence none "
       "stated.\n",
       {kReleased, kReleased, kRelease, kFix, kKeep, "notify,Watch,", "deliver,Aland,Relief"},
       440},
      {"phases_while",
       "1.1 reciprocal phases between North and South; start not later than D; finish within "
       "{2/3/4} "
       "days of D; at intervals of 2 days< while {/not }{Quiet/Access/Storm/Calm} holds>{/; if "
       "Quiet holds}; phase North shall release Prisoners; phase South shall release Prisoners; "
       "consequence none stated.\n",
       {kReleased, kReleased, kRelease, kAttackOf, kKeep, kDeny},
       140},
      {"phases_ended",
       "1.1 reciprocal phases between North and South; start not later than D; finish within "
       "{2/3/4} "
       "days of D; at intervals of 2 days; phase North shall release Prisoners; phase South shall "
       "release Prisoners; consequence none stated.\n"
       "1.2 <Watch~Outlaws> may terminate 1.1{/ by notice of 12 hours}.\n"
       "1.3 <Court~Outlaws> may suspend 1.1{/ for 12 hours}.\n",
       {kReleased, kRelease, "terminate,Watch,,,,{1.1/}", "{suspend/resume},Court,,,,{1.1/}",
        "release,{North/South},,,,1.1"},
       120},
      {"every",
       "1.1 {North/each Party/North or South/North and South jointly} shall release Prisoners; "
       "{from "
       "D; /from D + 12 hours; /}<every {12 hours/1 day/36 hours}~within 1 day of D>; consequence "
       "none stated.\n",
       {kRelease},
       490},
      {"every_while",
       "1.1 {North/each Party} shall release Prisoners; from D; every {12 hours/1 day}< while "
       "{/not "
       "}{Quiet/Access/Storm/Calm/Quiet Days} holds>; consequence none stated.\n",
       {kRelease, kAttackOf, kKeep, kDeny},
       340},
      {"every_until",
       "1.1 {North/each Party} shall release Prisoners; {from D/from Later/upon Storm/upon Later}; "
       "every {12 hours/1 day}<; {until D + 3 days/for 36 hours/until Later}>{/; renewable for 24 "
       "hours by agreement of Aland and Borland}; consequence none stated.\n"
       "1.2 Watch may {suspend/terminate} 1.1.\n",
       {kRelease, kRelease, kFix, kKeep, kExtend, "{suspend/terminate},Watch,,,,1.1",
        "release,{North/South},,,,1.1"},
       190},
      {"streak_moment",
       "1.1 each Party shall not attack Civilians or another Party<; from {Quiet "
       "Days/Opening/Quiet "
       "Days + 6 hours}>; consequence none stated.\n"
       "1.2 North shall release Prisoners; not later than {Opening/Quiet Days + 12 hours}; "
       "consequence none stated.\n"
       "1.3 each Party shall not attack Convoys; from D; consequence none stated.\n",
       {kAttackOf, kAttackOf, kQuietTime, kRelease, kReleased},
       370},
      {"day_of",
       "1.1 North shall release Prisoners; within 3 days of D; consequence none stated.\n"
       "1.2 South shall withdraw Heavy Weapons away from Road at least 3500 m; not later than <day "
       "{2/3} of 1.1~D + 1 day>; consequence none stated.\n",
       {kRelease, "withdraw,{South/South/North|South},{Heavy Weapons/Heavy Weapons/}"},
       230},
      {"renewable",
       "1.1 each Party shall not attack Civilians or another Party; from D; for {24/48} hours<; "
       "renewable for {24/48} hours by agreement of Aland and Borland{/ once only/ at most 2 "
       "times}>; "
       "consequence none stated.\n",
       {kAttack, kAttackOf, kExtend, kExtend},
       70},
      {"extend",
       "1.1 each Party shall not attack Civilians or another Party; from D; for {24/48} hours; "
       "consequence none stated.\n"
       "1.2 <Aland and Borland jointly~Court> may extend 1.1 for {12/24/48} hours{/; until D + 3 "
       "days/; if Quiet holds}.\n",
       {kAttack, kAttackOf, kExtend, kExtend},
       60},
      {"suspend",
       "1.1 each Party shall not attack Civilians or another Party; consequence none stated.\n"
       "1.2 North shall release Prisoners; within {2/3} days of D; consequence none stated.\n"
       "1.3 <Watch~Outlaws> may suspend {1.1/1.2/1.1 and 1.2}{/ for 24 hours}{/; from D + 1 day}.\n"
       "1.4 Court may resume 1.1 and 1.2.\n",
       {kAttackOf, kAttackOf, kRelease, "suspend,Watch,,,,{1.1/1.2/}",
        "{resume/suspend},{Watch/Court},,,,{1.1/1.2/}"},
       130},
      {"terminate",
       "1.1 each Party shall not attack Civilians or another Party; consequence none stated.\n"
       "1.2 North shall release Prisoners; within {2/3} days of D; consequence none stated.\n"
       "1.3 <{Aland or Borland/Aland and Borland jointly}~Outlaws> may terminate {1.1/1.2/1.1 and "
       "1.2}{/ by notice of 24 hours}.\n",
       {kAttackOf, kAttackOf, kRelease,
        "terminate,{Aland/Borland/Aland & Borland/Aland|Borland},,,,{1.1/1.2/}",
        "release,{South/North},,,,1.2"},
       90},
      {"amendment",
       "1.1 each Party shall not attack Civilians or another Party; consequence none stated.\n"
       "1.2 each Party shall {not attack Convoys or Civilians/release Prisoners; within 2 days of "
       "D}<; amending 1.1>; consequence none stated.\n",
       {kAttack, kAttackOf, kRelease, "amend,{North & South/North & South/Watch},,,,{1.1/1.2/}"},
       370,
       "amended by agreement of North and South"},
      {"body",
       "1.1 each Party shall not attack Civilians or another Party; from D; consequence "
       "none stated.\n"
       "1.2 Watch may terminate 1.1.\n"
       "1.3 North shall release Prisoners; not later than Later; consequence none stated.\n",
       {kAttackOf, kAttackOf, kRelease,
        "terminate,{North/South/North & South/Aland/Watch/Borland},,,,1.1",
        "terminate,{North/South/North & South},,,,1.1",
        "{fix/fix/dissent/notify},{North/South/North & South/Aland/Borland},Later",
        "{dissent/notify},{North/South},,,,1.1"},
       130,
       {},
       {},
       "bodies Watch<, of North{/ and South/ and South/, South and Aland}, decides by "
       "{consensus/majority/"
       "unanimity}{/ within 12 hours/ within 48 hours}{/, quorum 1/, quorum 2}{/, failing which "
       "Borland decides}{/, silence means consent/, silence means refusal}>; Court"},
      {"signature",
       "1.1 each Party shall not attack Civilians or another Party; consequence none stated.\n"
       "1.2 North shall release Prisoners; within {12 hours/2 days of D/2 days}; consequence none "
       "stated.\n",
       {kAttackOf, kAttackOf, kRelease, "sign,{North/South/North & South/Aland},"},
       330,
       "<in force {upon signature by North and South/upon signature by North, South and Aland/from "
       "D "
       "+ 2 days}~deposited with Watch>"},
      {"accession",
       "1.1 each Party shall not attack Civilians or another Party; consequence none stated.\n"
       "1.2 {South/North and South jointly/North or South} shall release Prisoners; within {12 "
       "hours/2 days of D/2 days}; consequence none stated.\n",
       {kAttackOf, kAttackOf, kRelease, "accede,{South/South/North|South},"},
       170,
       {},
       "parties North; South<, open by notice to Watch>"},
      {"counts",
       "1.1 each Party shall not attack Civilians or another Party<; {if/unless/except in} Often>; "
       "consequence none stated.\n",
       {kAttackOf, kAttackOf, kAttack},
       290,
       {},
       {},
       {},
       "Often = at least {1/2/2/3/k} occasions within {12 hours/1 day/2 days}{/ in the same place/ "
       "within 60 km} on which {anyone attacks/each Party attacks Civilians}{/ from D + 1 day};\n"},
      {"standing_streak",
       "1.1 each Party shall not attack Civilians or another Party<; {if/unless/except in} Rest>; "
       "consequence none stated.\n",
       {kAttackOf, kAttackOf, kAttack},
       340,
       {},
       {},
       {},
       "Rest = uninterrupted period of {6 hours/12 hours/1 day}{/ in the same place/ within 60 km} "
       "in "
       "which {Quiet/Access} holds{/ from D/ from Later};\n"},
      {"look_back",
       "1.1 each Party shall not attack Civilians or another Party<; {if/unless/except in} "
       "Nearby>; "
       "consequence none stated.\n",
       {"attack,{North/South},{Civilians/South/North},,{Strip/Strip/Elsewhere/},,{50.5,10.3,0/50.7,"
        "10.9,5000/50.5,10.3,40000/,,}",
        "keep,South,Weapons,,{Strip/Elsewhere/},,{50.5,10.3,0/50.5,10.3,5000/,,}"},
       310,
       {},
       {},
       {},
       "Nearby = {no Party attacks/South keeps Weapons/anyone attacks Civilians/no South keeps "
       "Weapons}{ in the same place/ within 60 km/} during the preceding {6 hours/1 day/2 "
       "days};\n"},
      {"report_when",
       "1.1 report when <{Flare Up/Often}~Still>{; in Country/; from D + 12 hours/; except against "
       "Outlaws/; if Storm holds/}; whenever {anyone attacks/each Party attacks Civilians}.\n"
       "1.2 report when Often{/; until D + 3 days}.\n",
       {kAttackOf, kAttack, kKeep},
       290,
       {},
       {},
       {},
       "Often = at least {1/2/2/3} occasions within {12 hours/1 day/2 days}{/ in the same place/ "
       "within 60 km} on which {anyone attacks/each Party attacks Civilians};\n",
       false},
      {"brackets",
       "1.1 each Party shall not attack Civilians or another Party; <[North: {until D + 1 day/from "
       "D "
       "+ 1 day} | South: {until D + 3 days/none}]~until D + 3 days>; consequence none stated.\n"
       "1.2 North shall release Prisoners; within <[North: 1 day | South: 3 days]~1 day> of D; "
       "consequence none stated.\n",
       {kAttackOf, kAttackOf, kRelease},
       370},
  };
  return forms;
}

}  // namespace truce::testing
