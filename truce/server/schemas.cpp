// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "truce/server/route.h"

namespace truce::server {
namespace {

using enum FieldType;

constexpr std::array kHealth = {
    Field{.name = "status",
          .type = Text,
          .what = "`ok`, or `read-only` where nothing can be written"},
};
constexpr std::array kOpenApi = {
    Field{.name = "openapi", .type = Text, .what = "The version of OpenAPI"},
};
constexpr std::array kProblem = {
    Field{.name = "status", .type = Integer, .what = "The status of HTTP"},
    Field{.name = "title", .type = Text, .what = "Its words"},
    Field{.name = "detail", .type = Text, .what = "What is wrong and how to mend it"},
    Field{.name = "detail_said",
          .type = Any,
          .is_required = false,
          .what = "The same in parts, as `because_said` of a reason is"},
};

constexpr std::size_t kName = 64;
constexpr std::size_t kPassword = 256;
constexpr std::size_t kLine = 256;

constexpr std::array kSignIn = {
    Field{.name = "name", .most = kName, .what = "Of the user"},
    Field{.name = "password", .most = kPassword, .what = "Of the user"},
};
constexpr std::array kSession = {
    Field{.name = "name", .what = "Of the user"},
    Field{.name = "role", .what = "What the user is here for"},
    Field{.name = "party", .is_required = false, .what = "Of a delegate"},
    Field{.name = "csrf", .what = "Goes with each write, in the header X-CSRF-Token"},
};
constexpr std::array kNewPassword = {
    Field{.name = "password", .most = kPassword, .what = "The one that holds"},
    Field{.name = "new_password", .most = kPassword, .what = "12 characters or more"},
};
constexpr std::array kAcceptance = {
    Field{.name = "invitation",
          .most = kName,
          .what = "What stands behind `invitation=` in the link"},
    Field{.name = "password", .most = kPassword, .what = "12 characters or more"},
};
constexpr std::array kNewUser = {
    Field{.name = "name",
          .most = kName,
          .what = "Lower-case letters, digits, `.`, `-` and `_`, a letter first"},
    Field{.name = "role", .most = kName, .what = "One of those under x-roles but public"},
    Field{.name = "party",
          .is_required = false,
          .most = kLine,
          .what = "Of a delegate, and only of one: the party by its name in the agreement"},
};
constexpr std::array kUser = {
    Field{.name = "name", .what = "By which the user signs in"},
    Field{.name = "role", .what = "What the user is here for"},
    Field{.name = "party", .is_required = false, .what = "Of a delegate"},
    Field{.name = "state", .what = "`invited`, `active` or `ended`"},
};
constexpr std::array kUsers = {
    Field{.name = "users", .type = Objects, .what = "In order of name", .of = "User"},
};
constexpr std::array kInvitation = {
    Field{.name = "name", .what = "Of the user"},
    Field{.name = "invitation", .what = "What the link holds, shown this once"},
    Field{.name = "until", .type = Moment, .what = "When the link ends"},
};

constexpr std::size_t kText = 4'000;
constexpr std::size_t kFile = 900'000;

constexpr std::array kAgreementFile = {
    Field{.name = "name",
          .most = kName,
          .what = "agreement.truce, agreement.companion.truce, actors.csv, names.csv, "
                  "agreement.LANGUAGE.lexicon or NAME.geojson"},
    Field{.name = "text", .type = LongText, .most = kFile, .what = "What stands in it"},
};
constexpr Field kAudience = {
    .name = "audience",
    .type = Texts,
    .is_required = false,
    .most = 64,
    .what =
        "To whom it is shown, for good: public, mission, party:NAME; the mission if absent, and "
        "always the mission and the side that wrote it"};
constexpr std::array kNewRevision = {
    Field{.name = "files",
          .type = Objects,
          .most = 32,
          .what = "The text and what stands beside it",
          .of = "AgreementFile"},
    Field{.name = "note", .is_required = false, .most = kText, .what = "What is new in it"},
    kAudience,
};
constexpr std::array kAddedRevision = {
    Field{.name = "revision", .type = Integer, .what = "Its number"},
    Field{.name = "title", .what = "Of the agreement"},
    Field{.name = "warnings", .type = Texts, .what = "What deserves a look"},
};
constexpr std::array kRevision = {
    Field{.name = "revision", .type = Integer, .what = "Its number"},
    Field{.name = "title", .what = "Of the agreement"},
    Field{.name = "note", .is_required = false, .what = "What is new in it"},
    Field{.name = "at", .type = Moment, .what = "When it was written"},
    Field{.name = "is_watched", .type = Boolean, .what = "Whether incidents are judged by it"},
    Field{.name = "files",
          .type = Objects,
          .is_required = false,
          .what = "The text and what stands beside it",
          .of = "AgreementFile"},
};
constexpr std::array kRevisions = {
    Field{.name = "revisions", .type = Objects, .what = "In order of number", .of = "Revision"},
};
constexpr std::array kClause = {
    Field{.name = "clause", .what = "Its number"},
    Field{.name = "heading", .is_required = false, .what = "Of the article it stands in"},
    Field{.name = "form",
          .what = "prohibition, duty, effort, permission, power, phases, watch or reservation"},
    Field{.name = "text", .type = LongText, .what = "As it is written"},
};
constexpr std::array kForce = {
    Field{.name = "clause", .what = "Its number"},
    Field{.name = "from",
          .type = Moment,
          .is_required = false,
          .what = "Nothing bounds it if absent"},
    Field{.name = "until_at_least",
          .type = Moment,
          .is_required = false,
          .what = "Where the record leaves the end open, the earliest it can be"},
    Field{.name = "until", .type = Moment, .is_required = false, .what = "It has no end if absent"},
};
constexpr std::array kReset = {
    Field{.name = "incident", .what = "That set it back"},
    Field{.name = "from", .type = Moment, .what = "The earliest it can have been"},
    Field{.name = "to", .type = Moment, .what = "The latest"},
    Field{.name = "is_certain", .type = Boolean, .what = "Whether it did, or perhaps did"},
};
constexpr std::array kClock = {
    Field{.name = "name", .what = "Of the streak"},
    Field{.name = "accounts", .type = Texts, .what = "By whom it stands so"},
    Field{.name = "start", .type = Moment, .is_required = false, .what = "None yet if absent"},
    Field{.name = "period_seconds", .type = Integer, .what = "How long it must last"},
    Field{.name = "resets", .type = Objects, .what = "In order of time", .of = "Reset"},
    Field{.name = "earliest_end",
          .type = Moment,
          .is_required = false,
          .what = "Not within what is known if absent"},
    Field{.name = "latest_end",
          .type = Moment,
          .is_required = false,
          .what = "Not within what is known if absent"},
};
constexpr std::array kAgreement = {
    Field{.name = "title", .is_required = false, .what = "None is watched, or not for one's eyes"},
    Field{.name = "present", .type = Moment, .what = "What the time is, on the agreement's clock"},
    Field{.name = "sides", .type = Texts, .what = "Parties and guarantors"},
    Field{.name = "actors", .type = Texts, .what = "Everybody who has a name in it"},
    Field{.name = "acts", .type = Texts, .what = "What an account may say was done"},
    Field{.name = "things", .type = Texts, .what = "Kinds of people and things, weapons too"},
    Field{.name = "places", .type = Texts, .what = "That have a name in it"},
    Field{.name = "clauses", .type = Objects, .what = "In order of the text", .of = "Clause"},
    Field{
        .name = "force", .type = Objects, .what = "Of prohibitions and permissions", .of = "Force"},
    Field{.name = "clocks",
          .type = Objects,
          .what = "Of streaks; in a text with brackets as its first proposer reads it",
          .of = "Clock"},
    Field{.name = "duties",
          .type = Objects,
          .what = "What stands of everything but prohibitions",
          .of = "Verdict"},
};
constexpr std::array kBoard = {
    Field{.name = "count",
          .type = Integer,
          .what = "How many incidents there are; each column that is here has so many"},
    Field{
        .name = "incidents", .type = Texts, .is_required = false, .what = "Their names, in order"},
    Field{.name = "from",
          .type = Any,
          .is_required = false,
          .what = "Seconds since 1970, the earliest any account says, or null"},
    Field{.name = "to", .type = Any, .is_required = false, .what = "The latest, or null"},
    Field{.name = "latitude",
          .type = Any,
          .is_required = false,
          .what = "Of the most exact account, or null"},
    Field{.name = "longitude",
          .type = Any,
          .is_required = false,
          .what = "Of the most exact account, or null"},
    Field{.name = "radius_m",
          .type = Any,
          .is_required = false,
          .what = "Somewhere within so many metres, or null"},
    Field{.name = "place",
          .type = Any,
          .is_required = false,
          .what = "The number of its name in `words`, from 0, or null"},
    Field{.name = "accounts", .type = Any, .is_required = false, .what = "How many speak of it"},
    Field{.name = "is_sealed",
          .type = Any,
          .is_required = false,
          .what = "A side said something of it in confidence, which the columns leave out"},
    Field{.name = "kinds",
          .type = Any,
          .is_required = false,
          .what = "Numbers of words: what was done, according to whomever"},
    Field{.name = "actors",
          .type = Any,
          .is_required = false,
          .what = "Numbers of words: by whom, according to whomever"},
    Field{.name = "targets",
          .type = Any,
          .is_required = false,
          .what = "Numbers of words: to whom or what, according to whomever"},
    Field{.name = "sources",
          .type = Any,
          .is_required = false,
          .what = "Numbers of words: according to whom"},
    Field{.name = "verdicts",
          .type = Any,
          .is_required = false,
          .what = "Numbers of words, in threes: clause, whom it binds, verdict"},
    Field{.name = "words", .type = Texts, .what = "What the numbers stand for"},
};
constexpr std::array kAccountReason = {
    Field{.name = "according_to", .what = "An account"},
    Field{.name = "verdict", .what = "broken, kept or unknown"},
    Field{.name = "because", .what = "Why, as a sentence"},
    Field{.name = "because_said",
          .type = Any,
          .what = "The same in parts, to be said in another language: docs/server.md"},
    Field{.name = "words",
          .type = Any,
          .what = "The clause piece by piece: a text, and whether it decided"},
};
constexpr std::array kReason = {
    Field{.name = "clause", .what = "Its number"},
    Field{.name = "bearer", .what = "Whom it binds"},
    Field{.name = "verdict", .what = "As in Verdict"},
    Field{.name = "because", .what = "Why, as a sentence"},
    Field{.name = "because_said",
          .type = Any,
          .what = "The same in parts, to be said in another language: docs/server.md"},
    Field{.name = "would_change_if",
          .type = Texts,
          .what = "The smallest changes of fact that would change it, at most three"},
    Field{.name = "would_change_if_said", .type = Any, .what = "The same in parts, each"},
    Field{
        .name = "accounts", .type = Objects, .what = "In order of account", .of = "AccountReason"},
    Field{.name = "readings",
          .type = Texts,
          .what = "In whose reading of a disputed text it is so; empty: in all"},
};
constexpr std::array kReasons = {
    Field{.name = "reasons",
          .type = Objects,
          .what = "Of prohibitions, in order of clause",
          .of = "Reason"},
};
constexpr std::array kNewAccount = {
    Field{.name = "incident",
          .most = kName,
          .what = "Its name; a new one of a side begins with the side's name and `-`"},
    Field{.name = "account",
          .is_required = false,
          .most = kName,
          .what = "Tells accounts of one incident apart; of a delegate it is the party"},
    Field{.name = "according_to", .is_required = false, .most = kLine, .what = "Who says so"},
    Field{.name = "reported_at",
          .type = Moment,
          .is_required = false,
          .what = "When it was said; now if absent"},
    Field{.name = "from", .is_required = false, .most = kName, .what = "A time, or a day"},
    Field{.name = "to", .is_required = false, .most = kName, .what = "A time, or a day"},
    Field{
        .name = "kind", .most = kLine, .what = "What was done; `withdrawn` takes the account back"},
    Field{.name = "actor",
          .is_required = false,
          .most = kLine,
          .what = "By whom; `A|B`: one of them"},
    Field{.name = "target", .is_required = false, .most = kLine, .what = "To whom or what"},
    Field{.name = "weapon", .is_required = false, .most = kLine, .what = "With what"},
    Field{.name = "clauses",
          .is_required = false,
          .most = kLine,
          .what = "Of an act of an institution"},
    Field{.name = "latitude", .type = Number, .is_required = false, .what = "In degrees, WGS 84"},
    Field{.name = "longitude", .type = Number, .is_required = false, .what = "In degrees, WGS 84"},
    Field{.name = "radius_m",
          .type = Number,
          .is_required = false,
          .what = "Somewhere within so many metres"},
    Field{.name = "place", .is_required = false, .most = kLine, .what = "By name"},
    Field{.name = "deaths_low", .type = Integer, .is_required = false, .what = "At least"},
    Field{.name = "deaths_best", .type = Integer, .is_required = false, .what = "Most likely"},
    Field{.name = "deaths_high", .type = Integer, .is_required = false, .what = "At most"},
    Field{.name = "observed_by", .is_required = false, .most = kLine, .what = "Who saw it"},
    Field{.name = "confidence", .type = Number, .is_required = false, .what = "From 0 to 1"},
    Field{.name = "source", .is_required = false, .most = kLine, .what = "Where it is written"},
    Field{.name = "source_id", .is_required = false, .most = kLine, .what = "Its number there"},
    Field{.name = "note", .is_required = false, .most = kText, .what = "Anything else"},
    Field{.name = "corrects",
          .type = Boolean,
          .is_required = false,
          .what = "The account is on record and now says this"},
    kAudience,
};
constexpr std::array kReceipt = {
    Field{.name = "incident", .what = "Its name"},
    Field{.name = "account", .what = "The name of the account"},
    Field{.name = "reported_at", .type = Moment, .what = "As it stands on record"},
    Field{.name = "entry",
          .type = Integer,
          .is_required = false,
          .what = "The number of its entry, of which /api/v1/ledger/entries/{entry} is the proof"},
};
constexpr std::array kIncidentSummary = {
    Field{.name = "incident", .what = "Its name"},
    Field{.name = "accounts", .type = Integer, .what = "How many accounts one may see"},
    Field{
        .name = "is_sealed",
        .type = Boolean,
        .what = "A side said something of it in confidence, which the rest of the line leaves out"},
    Field{.name = "from",
          .type = Moment,
          .is_required = false,
          .what = "The earliest it can have been"},
    Field{.name = "kinds", .type = Texts, .what = "What was done, according to whomever"},
    Field{.name = "places", .type = Texts, .what = "Where, according to whomever"},
};
constexpr std::array kIncidents = {
    Field{
        .name = "incidents", .type = Objects, .what = "In order of name", .of = "IncidentSummary"},
    Field{.name = "next", .is_required = false, .what = "For `after`, where there are more"},
};
constexpr std::array kSaid = {
    Field{.name = "reported_at", .type = Moment, .is_required = false, .what = "When it was said"},
    Field{.name = "entered_at", .type = Moment, .what = "When it was written here"},
    Field{.name = "audience", .type = Texts, .what = "To whom it is shown"},
    Field{.name = "columns",
          .type = Object,
          .what = "What it says, in the columns of incident files"},
};
constexpr std::array kAccount = {
    Field{.name = "account", .what = "Its name"},
    Field{.name = "according_to", .what = "Who says so"},
    Field{.name = "says", .type = Object, .what = "What it says now", .of = "Said"},
    Field{.name = "said_before",
          .type = Objects,
          .what = "What was corrected, latest first",
          .of = "Said"},
};
constexpr std::array kOpinion = {
    Field{.name = "according_to", .what = "An account"},
    Field{.name = "verdict", .what = "broken, kept or unknown"},
};
constexpr std::array kVerdict = {
    Field{.name = "clause", .what = "Its number"},
    Field{.name = "bearer", .is_required = false, .what = "Whom it binds"},
    Field{.name = "incident", .is_required = false, .what = "None of a duty that nobody performed"},
    Field{.name = "at", .type = Moment, .is_required = false, .what = "When it was decided"},
    Field{.name = "verdict",
          .what = "broken, kept, unknown, contested, pending, lapsed or a point"},
    Field{.name = "is_final",
          .type = Boolean,
          .what = "Only what is reported of the past can change it"},
    Field{.name = "by_account",
          .type = Objects,
          .what = "What each account makes of it",
          .of = "Opinion"},
    Field{.name = "blame", .type = Texts, .what = "Who answers for it"},
    Field{.name = "because", .is_required = false, .what = "Why"},
    Field{.name = "because_said",
          .type = Any,
          .is_required = false,
          .what = "The same in parts, of duties"},
};
constexpr std::array kIncident = {
    Field{.name = "incident", .what = "Its name"},
    Field{.name = "accounts", .type = Objects, .what = "In order of name", .of = "Account"},
    Field{.name = "verdicts", .type = Objects, .what = "On what one may see", .of = "Verdict"},
};
constexpr std::array kVerdicts = {
    Field{.name = "agreement",
          .is_required = false,
          .what = "Its title; none is watched, or not for one's eyes"},
    Field{.name = "digest",
          .is_required = false,
          .what = "As of truce monitor, over what one may see"},
    Field{.name = "verdicts", .type = Objects, .what = "In order of clause", .of = "Verdict"},
};
constexpr std::array kSkipped = {
    Field{.name = "line", .type = Integer, .what = "Of the file, from 1"},
    Field{.name = "column", .type = Integer, .what = "From 1; 0: the whole row"},
    Field{.name = "reason", .what = "Why the row is not used"},
};
constexpr std::array kPreview = {
    Field{.name = "digest", .what = "Names these bytes when they are entered"},
    Field{.name = "rows", .type = Integer, .what = "In the file"},
    Field{.name = "accounts", .type = Integer, .what = "That are entered"},
    Field{
        .name = "corrections", .type = Integer, .what = "Of them in place of what was said before"},
    Field{.name = "duplicates", .type = Integer, .what = "Rows that say what is on record"},
    Field{.name = "skipped", .type = Objects, .what = "Rows that are not used", .of = "Skipped"},
    Field{.name = "warnings", .type = Texts, .what = "What deserves a look"},
};
constexpr std::array kAuditLine = {
    Field{.name = "number", .type = Integer, .what = "Of the line, from 1"},
    Field{.name = "at", .type = Moment, .what = "When"},
    Field{.name = "who", .is_required = false, .what = "None: the server"},
    Field{.name = "did", .what = "read, user, invitation, password or user-ended"},
    Field{.name = "what", .what = "An incident, or the name of a user"},
};
constexpr std::array kAudit = {
    Field{.name = "lines", .type = Objects, .what = "In order of time", .of = "AuditLine"},
};

constexpr std::array kLinks = {
    Field{.name = "title", .what = "Of what it is"},
    Field{.name = "description", .what = "What it holds"},
    Field{.name = "links", .type = Objects, .what = "Where to go on"},
};
constexpr std::array kConformance = {
    Field{.name = "conformsTo", .type = Texts, .what = "Classes of conformance"},
};
constexpr std::array kCollection = {
    Field{.name = "id", .what = "Its name"},
    Field{.name = "title", .what = "In words"},
    Field{.name = "itemType", .what = "`feature`"},
    Field{.name = "crs", .type = Texts, .what = "WGS 84, longitude first"},
    Field{.name = "links", .type = Objects, .what = "Where to go on"},
};
constexpr std::array kCollections = {
    Field{.name = "links", .type = Objects, .what = "Where to go on"},
    Field{.name = "collections", .type = Objects, .what = "The layers", .of = "Collection"},
};

constexpr Field kWaits = {.name = "waits_for_witnesses",
                          .type = Boolean,
                          .is_required = false,
                          .what = "It counts as published once each has been heard"};
constexpr Field kReplies = {.name = "witnesses",
                            .type = Objects,
                            .is_required = false,
                            .what = "What each said, once all have been heard",
                            .of = "WitnessReply"};
constexpr std::array kWitnessReply = {
    Field{.name = "name", .what = "Of the witness"},
    Field{.name = "outcome", .what = "`cosigned`, `refused` or `no-answer`"},
    Field{.name = "why", .is_required = false, .what = "Why it did not sign"},
};
constexpr std::array kWitness = {
    Field{.name = "name", .what = "What it is called here"},
    Field{.name = "key", .what = "Its public key, as C2SP signed-note has it"},
};
constexpr std::array kWitnesses = {
    Field{.name = "witnesses", .type = Objects, .what = "Who is asked", .of = "Witness"},
    Field{.name = "size",
          .type = Integer,
          .is_required = false,
          .what = "How many entries they were last asked for"},
    Field{
        .name = "at", .type = Moment, .is_required = false, .what = "When that was put on record"},
    Field{.name = "replies",
          .type = Objects,
          .is_required = false,
          .what = "What each said then",
          .of = "WitnessReply"},
    Field{.name = "rounds",
          .type = Objects,
          .what = "The last 20 times that they were asked, latest first",
          .of = "WitnessRound"},
};
constexpr std::array kWitnessRound = {
    Field{.name = "size", .type = Integer, .what = "How many entries they were asked to sign"},
    Field{.name = "at", .type = Moment, .what = "When that was put on record"},
    Field{.name = "checkpoint",
          .type = LongText,
          .what = "The checkpoint with the signatures of those who did"},
    Field{.name = "replies", .type = Objects, .what = "What each said", .of = "WitnessReply"},
};

constexpr std::array kNewFinding = {
    Field{.name = "id", .most = kName, .what = "Its name, which is given once"},
    Field{.name = "incident", .most = kName, .what = "What it is about"},
    Field{.name = "clause", .most = kName, .what = "The number of the clause"},
    Field{.name = "finding", .most = kName, .what = "`broken`, `kept` or `undecided`"},
    Field{.name = "by", .is_required = false, .most = kLine, .what = "Who broke it"},
    Field{.name = "text", .type = LongText, .most = kText, .what = "What was found, and how"},
    kAudience,
};
constexpr std::array kFinding = {
    Field{.name = "id", .what = "Its name"},
    Field{.name = "incident", .what = "What it is about"},
    Field{.name = "clause", .what = "The number of the clause"},
    Field{.name = "finding", .what = "`broken`, `kept` or `undecided`"},
    Field{.name = "by", .is_required = false, .what = "Who broke it"},
    Field{.name = "text", .type = LongText, .what = "What was found, and how"},
    Field{.name = "audience", .type = Texts, .what = "To whom it is shown once it is published"},
    Field{.name = "written_by", .is_required = false, .what = "To the mission"},
    Field{.name = "published_by", .is_required = false, .what = "To the mission"},
    Field{.name = "published_at", .type = Moment, .is_required = false, .what = "Once it is"},
    kWaits,
    kReplies,
};
constexpr std::array kFindings = {
    Field{.name = "findings", .type = Objects, .what = "In order of name", .of = "Finding"},
};
constexpr std::array kNewDisclosure = {
    Field{.name = "id", .most = kName, .what = "Its name, which is given once"},
    Field{.name = "text", .type = LongText, .most = kText, .what = "What is told"},
    Field{.name = "side",
          .is_required = false,
          .most = kLine,
          .what = "With `file`: whose sealed file says it"},
    Field{.name = "file", .is_required = false, .most = kName, .what = "The name of that file"},
    Field{.name = "audience",
          .type = Texts,
          .most = 16,
          .what = "To whom it is shown once it is published"},
};
constexpr std::array kDisclosure = {
    Field{.name = "id", .what = "Its name"},
    Field{.name = "text", .type = LongText, .what = "What is told"},
    Field{.name = "side", .is_required = false, .what = "Whose sealed file says it"},
    Field{.name = "file", .is_required = false, .what = "The name of that file"},
    Field{.name = "audience", .type = Texts, .what = "To whom it is shown once it is published"},
    Field{.name = "written_by", .is_required = false, .what = "To the mission"},
    Field{.name = "published_by", .is_required = false, .what = "To the mission"},
    Field{.name = "published_at", .type = Moment, .is_required = false, .what = "Once it is"},
    kWaits,
    kReplies,
};
constexpr std::array kDisclosures = {
    Field{.name = "disclosures", .type = Objects, .what = "In order of name", .of = "Disclosure"},
};
constexpr std::array kRecordProof = {
    Field{.name = "number", .type = Integer, .what = "Of the entry, from 1"},
    Field{.name = "index", .type = Integer, .what = "Where it stands in the ledger, from 0"},
    Field{.name = "kind", .what = "What kind of entry it is"},
    Field{.name = "at", .type = Moment, .what = "When it was written"},
    Field{.name = "entry", .type = LongText, .what = "The bytes that stand in the ledger"},
    Field{.name = "proof", .type = LongText, .what = "A C2SP tlog-proof with its checkpoint"},
    Field{.name = "opened",
          .type = LongText,
          .what = "The SHA-256 of its SHA-256, in digits, is what the entry says"},
    Field{.name = "who", .is_required = false, .what = "Who wrote it: to the mission and to them"},
    Field{.name = "who_salt",
          .is_required = false,
          .what = "`who` in `opened` is the SHA-256 of this, a space and the name"},
};
constexpr std::array kRecordProofs = {
    Field{.name = "proofs", .type = Objects, .what = "In order of entry", .of = "RecordProof"},
};
constexpr std::array kNewQuestion = {
    Field{.name = "id", .most = kName, .what = "Its name, which is given once"},
    Field{.name = "incident", .most = kName, .what = "Which the side can see"},
    Field{.name = "party", .most = kLine, .what = "The side that is asked"},
    Field{.name = "text", .type = LongText, .most = kText, .what = "What is asked"},
    Field{.name = "due", .type = Moment, .what = "By when"},
};
constexpr std::array kQuestion = {
    Field{.name = "id", .what = "Its name"},
    Field{.name = "incident", .what = "What it is about"},
    Field{.name = "party", .what = "Who is asked"},
    Field{.name = "text", .type = LongText, .what = "What is asked"},
    Field{.name = "asked_at", .type = Moment, .what = "When"},
    Field{.name = "due", .type = Moment, .what = "By when"},
    Field{.name = "answered_at",
          .type = Moment,
          .is_required = false,
          .what = "When the side next entered an account of that incident"},
    Field{.name = "state", .what = "`open`, `overdue`, `answered` or `answered late`"},
};
constexpr std::array kQuestions = {
    Field{.name = "questions", .type = Objects, .what = "In order of name", .of = "Question"},
};
constexpr std::array kArtefact = {
    Field{.name = "side", .what = "Whose it is"},
    Field{.name = "name", .what = "Its name"},
    Field{.name = "size", .type = Integer, .what = "In bytes"},
    Field{.name = "sha256", .what = "Of its bytes"},
    Field{.name = "at", .type = Moment, .what = "When it was left"},
    Field{
        .name = "is_from_mediator", .type = Boolean, .what = "Left by the mediator for that side"},
};
constexpr std::array kArtefacts = {
    Field{.name = "files", .type = Objects, .what = "In order of side and name", .of = "Artefact"},
};
constexpr std::array kNewNotice = {
    Field{.name = "id", .most = kName, .what = "Its name, which is given once"},
    Field{.name = "addressees",
          .type = Texts,
          .most = 32,
          .what = "Who is told; of a side, its delegates"},
    Field{.name = "from", .most = kLine, .what = "Where it starts"},
    Field{.name = "to", .most = kLine, .what = "Where it goes"},
    Field{.name = "route", .is_required = false, .most = kText, .what = "On which way"},
    Field{.name = "departs_at", .type = Moment, .what = "When"},
    Field{.name = "vehicles", .type = Integer, .what = "How many"},
    Field{.name = "cargo", .most = kText, .what = "Of what"},
};
constexpr std::array kReceived = {
    Field{.name = "addressee", .what = "Who was told"},
    Field{.name = "received_at",
          .type = Moment,
          .is_required = false,
          .what = "None: no receipt is known"},
    Field{.name = "noted_by", .is_required = false, .what = "`delegate` or `convoy-officer`"},
    Field{.name = "note", .is_required = false, .what = "What was said"},
};
constexpr std::array kHindrance = {
    Field{.name = "kind", .what = "`delay` or `denial`"},
    Field{.name = "by", .what = "Who controls the place"},
    Field{.name = "where", .what = "By name"},
    Field{.name = "at", .type = Moment, .what = "From when"},
    Field{.name = "until", .type = Moment, .is_required = false, .what = "Of a delay that is over"},
    Field{.name = "reason", .is_required = false, .what = "As it was given"},
};
constexpr std::array kNotice = {
    Field{.name = "id", .what = "Its name"},
    Field{.name = "is_permission", .type = Boolean, .what = "Never: who is told is not asked"},
    Field{.name = "notified_at", .type = Moment, .what = "When it was told"},
    Field{.name = "from", .what = "Where it starts"},
    Field{.name = "to", .what = "Where it goes"},
    Field{.name = "route", .is_required = false, .what = "On which way"},
    Field{.name = "departs_at", .type = Moment, .what = "When"},
    Field{.name = "vehicles", .type = Integer, .what = "How many"},
    Field{.name = "cargo", .what = "Of what"},
    Field{
        .name = "receipts", .type = Objects, .what = "A line for each addressee", .of = "Received"},
    Field{.name = "hindrances", .type = Objects, .what = "In order of entry", .of = "Hindrance"},
};
constexpr std::array kNotices = {
    Field{.name = "notices", .type = Objects, .what = "In order of name", .of = "Notice"},
};
constexpr std::array kNewReport = {
    Field{.name = "day",
          .most = kName,
          .what = "A day that is over, or a cut-off time that has passed"},
    Field{.name = "language",
          .is_required = false,
          .most = kName,
          .what = "ar, en, fr or ru; en if absent"},
    Field{
        .name = "view",
        .is_required = false,
        .most = kLine,
        .what = "From whose view, and for whom: mission, public or party:NAME; mission if absent"},
    Field{.name = "corrects",
          .is_required = false,
          .most = kLine,
          .what = "The report of that day, language and view that there is"},
    Field{.name = "note", .is_required = false, .most = kText, .what = "Why it corrects that one"},
};
constexpr std::array kReport = {
    Field{.name = "id", .what = "Its name"},
    Field{.name = "day", .what = "On the clock of the agreement"},
    Field{.name = "language", .what = "ar, en, fr or ru"},
    Field{.name = "view", .what = "From whose view it is made"},
    Field{.name = "cut_off", .type = Moment, .what = "What was reported later is not in it"},
    Field{.name = "sha256", .what = "Of the PDF"},
    Field{.name = "size", .type = Integer, .what = "In bytes"},
    Field{.name = "at", .type = Moment, .what = "When it was made"},
    Field{.name = "corrects", .is_required = false, .what = "The report that it stands beside"},
    Field{.name = "note", .is_required = false, .what = "Why it corrects that one"},
    Field{.name = "made_by", .is_required = false, .what = "For the mission: by whom"},
    kWaits,
    kReplies,
};
constexpr std::array kReports = {
    Field{.name = "reports", .type = Objects, .what = "In order of name", .of = "Report"},
};
constexpr std::size_t kTried = 200;
constexpr std::array kSeparationQuestion = {
    Field{.name = "between", .most = kLine, .what = "A side, as the agreement names it"},
    Field{.name = "and", .most = kLine, .what = "The other side"},
    Field{.name = "presence",
          .type = LongText,
          .most = kFile,
          .what = "Who was observed where: a presence file, CSV or GeoJSON"},
    Field{.name = "at",
          .is_required = false,
          .most = kName,
          .what = "The moment asked about; that of the latest observation if absent"},
    Field{.name = "distance_m",
          .type = Integer,
          .is_required = false,
          .what = "Within which two positions count as mixed; 1000 if absent"},
    Field{.name = "belt_m",
          .type = Integer,
          .is_required = false,
          .what = "To be free on each side of the line, beside what the clauses ask for"},
    Field{.name = "hold_m",
          .type = Integer,
          .is_required = false,
          .what = "Leave a position where going round it would cost more metres of line"},
    Field{.name = "reading",
          .is_required = false,
          .most = kLine,
          .what = "The party in whose reading disputed words stand; the strictest if absent"},
    Field{.name = "moved",
          .type = Texts,
          .is_required = false,
          .most = kTried,
          .what = "What is tried: `ID=LAT,LON`"},
    Field{.name = "dropped",
          .type = Texts,
          .is_required = false,
          .most = kTried,
          .what = "What is tried: the id of a position that is not there"},
    Field{.name = "added",
          .type = Texts,
          .is_required = false,
          .most = kTried,
          .what = "What is tried: `SIDE=LAT,LON`"},
};
constexpr std::array kNewReceipt = {
    Field{.name = "addressee",
          .is_required = false,
          .most = kLine,
          .what = "Who received it; of a delegate it is the party"},
    Field{.name = "note", .is_required = false, .most = kText, .what = "What was said"},
};
constexpr std::array kNewHindrance = {
    Field{.name = "kind", .most = kName, .what = "`delay` or `denial`"},
    Field{.name = "by", .most = kLine, .what = "Who controls the place"},
    Field{.name = "where", .most = kLine, .what = "By name"},
    Field{.name = "at", .type = Moment, .what = "From when"},
    Field{.name = "until", .type = Moment, .is_required = false, .what = "Of a delay that is over"},
    Field{.name = "reason", .is_required = false, .most = kText, .what = "As it was given"},
};

}  // namespace

std::span<const Schema> all_schemas() {
  static constexpr std::array kSchemas = {
      Schema{.name = "Health", .what = "Whether the server is alive", .fields = kHealth},
      Schema{.name = "OpenApi",
             .what = "A description in OpenAPI 3.1",
             .fields = kOpenApi,
             .is_open = true},
      Schema{.name = "SignIn", .what = "A name and its password", .fields = kSignIn},
      Schema{.name = "Session", .what = "Who is signed in", .fields = kSession},
      Schema{
          .name = "NewPassword", .what = "A password in place of another", .fields = kNewPassword},
      Schema{.name = "Acceptance", .what = "The first password", .fields = kAcceptance},
      Schema{.name = "NewUser", .what = "Somebody new", .fields = kNewUser},
      Schema{.name = "User", .what = "Somebody who may sign in, or might", .fields = kUser},
      Schema{.name = "Users", .what = "Everybody", .fields = kUsers},
      Schema{.name = "Invitation", .what = "A one-time link", .fields = kInvitation},
      Schema{.name = "AgreementFile", .what = "A file of an agreement", .fields = kAgreementFile},
      Schema{.name = "NewRevision", .what = "A text of the agreement", .fields = kNewRevision},
      Schema{.name = "AddedRevision", .what = "A text that was taken", .fields = kAddedRevision},
      Schema{.name = "Revision", .what = "A text of the agreement", .fields = kRevision},
      Schema{.name = "Revisions", .what = "The texts of the agreement", .fields = kRevisions},
      Schema{.name = "Clause", .what = "A clause of the agreement", .fields = kClause},
      Schema{.name = "Force", .what = "When a clause was in force", .fields = kForce},
      Schema{.name = "Reset", .what = "What set a streak back", .fields = kReset},
      Schema{.name = "Clock", .what = "How a streak runs", .fields = kClock},
      Schema{.name = "Agreement", .what = "The text that is watched", .fields = kAgreement},
      Schema{.name = "Board", .what = "Every incident, in columns", .fields = kBoard},
      Schema{.name = "AccountReason", .what = "Why one account says so", .fields = kAccountReason},
      Schema{.name = "Reason", .what = "What a verdict rests on", .fields = kReason},
      Schema{.name = "Reasons", .what = "What the verdicts rest on", .fields = kReasons},
      Schema{.name = "NewAccount", .what = "What somebody saw or says", .fields = kNewAccount},
      Schema{.name = "Receipt", .what = "What stands on record", .fields = kReceipt},
      Schema{
          .name = "IncidentSummary", .what = "An incident in one line", .fields = kIncidentSummary},
      Schema{.name = "Incidents", .what = "A page of incidents", .fields = kIncidents},
      Schema{.name = "Said", .what = "What an account said at one time", .fields = kSaid},
      Schema{.name = "Account", .what = "What somebody says of an incident", .fields = kAccount},
      Schema{.name = "Opinion", .what = "What one account makes of a clause", .fields = kOpinion},
      Schema{.name = "Verdict", .what = "Whether a clause was kept", .fields = kVerdict},
      Schema{.name = "Incident", .what = "What is said of an incident", .fields = kIncident},
      Schema{.name = "Verdicts", .what = "All that stands", .fields = kVerdicts},
      Schema{.name = "Skipped", .what = "A row that is not used", .fields = kSkipped},
      Schema{.name = "Preview", .what = "What an incident file holds", .fields = kPreview},
      Schema{.name = "AuditLine", .what = "Something that is kept in mind", .fields = kAuditLine},
      Schema{.name = "Audit", .what = "A page of what is kept in mind", .fields = kAudit},
      Schema{.name = "Links", .what = "A landing page", .fields = kLinks},
      Schema{.name = "Conformance", .what = "What is kept of a standard", .fields = kConformance},
      Schema{.name = "Collection", .what = "A layer of a map", .fields = kCollection},
      Schema{.name = "Collections", .what = "The layers", .fields = kCollections},
      Schema{.name = "NewFinding", .what = "What the mission finds", .fields = kNewFinding},
      Schema{.name = "WitnessReply", .what = "What a witness said", .fields = kWitnessReply},
      Schema{.name = "WitnessRound",
             .what = "A checkpoint that the witnesses were asked to sign",
             .fields = kWitnessRound},
      Schema{.name = "Witness", .what = "Who signs the ledger besides it", .fields = kWitness},
      Schema{.name = "Witnesses", .what = "All of these", .fields = kWitnesses},
      Schema{.name = "Finding", .what = "What the mission found", .fields = kFinding},
      Schema{.name = "Findings", .what = "What was found", .fields = kFindings},
      Schema{.name = "NewDisclosure", .what = "Something to be told", .fields = kNewDisclosure},
      Schema{.name = "Disclosure", .what = "What was announced or unsealed", .fields = kDisclosure},
      Schema{.name = "Disclosures", .what = "All of these", .fields = kDisclosures},
      Schema{.name = "RecordProof", .what = "That an entry is on record", .fields = kRecordProof},
      Schema{.name = "RecordProofs", .what = "All of these", .fields = kRecordProofs},
      Schema{.name = "NewQuestion", .what = "Something a side is asked", .fields = kNewQuestion},
      Schema{.name = "Question", .what = "What a side was asked", .fields = kQuestion},
      Schema{.name = "Questions", .what = "What was asked", .fields = kQuestions},
      Schema{.name = "Artefact", .what = "A sealed file", .fields = kArtefact},
      Schema{.name = "Artefacts", .what = "The sealed files", .fields = kArtefacts},
      Schema{.name = "NewNotice", .what = "A convoy that is to go", .fields = kNewNotice},
      Schema{
          .name = "Received", .what = "Whether one addressee has the notice", .fields = kReceived},
      Schema{.name = "Hindrance", .what = "What held a convoy up", .fields = kHindrance},
      Schema{.name = "Notice", .what = "A convoy that was told of", .fields = kNotice},
      Schema{.name = "Notices", .what = "The convoys", .fields = kNotices},
      Schema{.name = "NewReport", .what = "A daily report to be made", .fields = kNewReport},
      Schema{.name = "Report", .what = "A daily report", .fields = kReport},
      Schema{.name = "Reports", .what = "The daily reports", .fields = kReports},
      Schema{.name = "SeparationQuestion",
             .what = "Positions of two sides, and what is to be tried",
             .fields = kSeparationQuestion},
      Schema{.name = "NewReceipt", .what = "A notice was received", .fields = kNewReceipt},
      Schema{.name = "NewHindrance", .what = "A convoy was held up", .fields = kNewHindrance},
      Schema{.name = "Problem", .what = "Why a request was refused (RFC 9457)", .fields = kProblem},
  };
  return kSchemas;
}

const Schema* find_schema(std::string_view name) {
  const auto schemas = all_schemas();
  const auto found = std::find_if(schemas.begin(), schemas.end(),
                                  [&](const Schema& schema) { return schema.name == name; });
  return found == schemas.end() ? nullptr : &*found;
}

}  // namespace truce::server
