// SPDX-License-Identifier: Apache-2.0
#include "truce/report/story.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "truce/facts/telling.h"
#include "truce/report/clause_text.h"
#include "truce/report/phrases.h"

namespace truce::report {
namespace {

// More than these are counted, not named.
constexpr std::size_t kAccountsNamed = 4;
constexpr std::size_t kDisputesTold = 3;

std::size_t at(Mark mark) { return static_cast<std::size_t>(mark); }

/// Who broke what according to whom: the incidents of each.
struct Blamed {
  std::set<facts::IncidentId> incidents;
  std::map<facts::AccountId, std::set<facts::IncidentId>> by_account;
};

std::string names_of(const Words& words, const agreement::Agreement& agreement,
                     const std::vector<agreement::ActorId>& actors) {
  std::vector<std::string> names;
  for (const agreement::ActorId actor : actors) {
    names.push_back(agreement.actor(actor).name);
  }
  return list_text(words, names);
}

RichText binding(const Words& words, const agreement::Agreement& agreement) {
  const std::string parties = names_of(words, agreement, agreement.parties());
  if (parties.empty()) {
    return {};
  }
  return agreement.date ? fill(words, "story.binds_of",
                               {{"date", base::to_words(*agreement.date)}, {"parties", parties}})
                        : fill(words, "story.binds", {{"parties", parties}});
}

RichText guarantors(const Words& words, const agreement::Agreement& agreement) {
  std::vector<RichText> answers;
  for (const agreement::Actor& actor : agreement.actors) {
    if (actor.role == agreement::Actor::Role::Guarantor && !actor.ensures.empty()) {
      answers.push_back(
          fill(words, "story.answers",
               {{"guarantor", actor.name}, {"party", names_of(words, agreement, actor.ensures)}}));
    }
  }
  return answers.empty() ? RichText()
                         : fill(words, "story.guarantors", {{"list", list_of(words, answers)}});
}

RichText outsiders(const Words& words, const agreement::Agreement& agreement) {
  std::vector<std::string> names;
  for (const agreement::Actor& actor : agreement.actors) {
    if (actor.role == agreement::Actor::Role::Outsider) {
      names.push_back(actor.name);
    }
  }
  return names.empty()
             ? RichText()
             : count(words, "story.outside", names.size(), {{"list", list_text(words, names)}});
}

RichText in_force(const Words& words, const Record& record, const monitor::ForceHistory& force) {
  const agreement::Clause& clause = record.agreement.clause(force.clause);
  const bool is_measured = force.is_start_certain && force.from > base::kBeforeTime &&
                           force.until < base::kAfterTime && force.until == force.until_at_least;
  const std::string length =
      is_measured
          ? words.fill("story.length", {{"length", base::to_words(force.until - force.from)}})
          : "";
  return fill(
      words, "story.force",
      {{"clause", RichText::linked(words.fill("story.clause", {{"n", clause.number}}), "clauses")},
       {"rule", clause_text(clause).rule},
       {"force", force_text(words, record, force)},
       {"length", length}});
}

StoryPart truce_part(const Words& words, const Record& record) {
  std::vector<RichText> sentences;
  const auto add = [&](RichText sentence) {
    if (!sentence.empty()) {
      sentences.push_back(std::move(sentence));
    }
  };
  add(binding(words, record.agreement));
  add(guarantors(words, record.agreement));
  add(outsiders(words, record.agreement));
  if (const monitor::ForceHistory* force = principal_force(record)) {
    add(in_force(words, record, *force));
    add(renewals_text(words, record, *force));
  }
  return {"truce", paragraph(sentences), {}};
}

StoryPart record_part(const Words& words, const Record& record, const Overview& overview) {
  const std::uint64_t incidents = overview.incidents.size() - overview.counts[at(Mark::Act)];
  std::vector<RichText> sentences{
      fill(words, "story.record",
           {{"incidents", words.count("incidents", incidents)},
            {"accounts", words.count("accounts", overview.reports)},
            {"sources", words.count("sources", record.evidence.accounts.size())}})};
  if (record.evidence.coverage.empty() && incidents > 0) {
    sentences.emplace_back(words("story.no_coverage"));
  }
  return {"record", paragraph(sentences), {}};
}

std::map<std::string, Blamed> blame_of(const Record& record) {
  std::map<std::string, Blamed> blamed;
  for (const facts::Verdict& verdict : record.replay.verdicts.verdicts) {
    if (verdict.outcome != facts::Outcome::Broken || !verdict.incident) {
      continue;
    }
    Blamed& side = blamed[facts::bearer_text(record.agreement, verdict)];
    side.incidents.insert(*verdict.incident);
    for (const facts::AccountOpinion& opinion : verdict.opinions) {
      if (opinion.opinion == facts::Opinion::Broken) {
        side.by_account[opinion.account].insert(*verdict.incident);
      }
    }
  }
  return blamed;
}

RichText according_to(const Words& words, const Record& record, const Blamed& blamed,
                      const std::string& side) {
  std::vector<std::pair<std::size_t, facts::AccountId>> accounts;
  for (const auto& [account, incidents] : blamed.by_account) {
    accounts.emplace_back(incidents.size(), account);
  }
  std::stable_sort(accounts.begin(), accounts.end(), [](const auto& left, const auto& right) {
    return std::tuple(right.first, left.second) < std::tuple(left.first, right.second);
  });
  std::vector<RichText> names;
  const std::size_t named = accounts.size() > kAccountsNamed + 1 ? kAccountsNamed : accounts.size();
  for (std::size_t index = 0; index < named; ++index) {
    const std::string& name = record.evidence.accounts[accounts[index].second.index].name;
    names.push_back(
        accounts.size() == 1
            ? RichText(name)
            : fill(words, "story.account",
                   {{"who", name},
                    {"n",
                     RichText::linked(
                         grouped(accounts[index].first),
                         choice_link({{"verdict", "broken"}, {"by", side}, {"source", name}}))}}));
  }
  if (named < accounts.size()) {
    names.emplace_back(words.count("story.more_accounts", accounts.size() - named));
  }
  return list_of(words, names);
}

std::vector<RichText> broken_points(const Words& words, const Record& record) {
  std::vector<std::pair<std::string, Blamed>> sides;
  for (auto& [side, blamed] : blame_of(record)) {
    sides.emplace_back(side, blamed);
  }
  std::stable_sort(sides.begin(), sides.end(), [](const auto& left, const auto& right) {
    return left.second.incidents.size() > right.second.incidents.size();
  });
  std::vector<RichText> points;
  for (const auto& [side, blamed] : sides) {
    points.push_back(
        fill(words, "story.by",
             {{"side", side},
              {"times", RichText::linked(words.count("times", blamed.incidents.size()),
                                         choice_link({{"verdict", "broken"}, {"by", side}}))},
              {"accounts", according_to(words, record, blamed, side)}}));
  }
  return points;
}

// Duties that were not performed, which no incident shows.
std::vector<RichText> undone_points(const Words& words, const Record& record) {
  std::vector<RichText> points;
  for (const facts::Verdict& verdict : record.replay.verdicts.verdicts) {
    if (verdict.outcome == facts::Outcome::Broken && !verdict.incident) {
      points.push_back(fill(
          words, "story.undone",
          {{"side", facts::bearer_text(record.agreement, verdict)},
           {"clause",
            RichText::linked(
                words.fill("story.duty", {{"n", record.agreement.clause(verdict.clause).number}}),
                "duties")},
           {"due", instant_text(words, verdict.at, record.agreement.clock.offset)}}));
    }
  }
  return points;
}

bool is_told_once(const Record& record, const IncidentView& view) {
  std::set<facts::AccountId> accounts;
  for (const facts::FactId id : record.evidence.incidents[view.id.index].facts) {
    accounts.insert(record.evidence.fact(id).account);
  }
  return accounts.size() == 1;
}

StoryPart broken_part(const Words& words, const Record& record, const Overview& overview) {
  const std::uint64_t broken = overview.counts[at(Mark::Broken)];
  std::vector<RichText> sentences{
      count(words, "story.broken", broken,
            {{"n", RichText::linked(words.count("incidents", broken),
                                    choice_link({{"verdict", "broken"}}))}})};
  if (broken == 0) {
    sentences = {RichText(words("story.nothing_broken"))};
  }
  const auto alone = static_cast<std::uint64_t>(std::count_if(
      overview.incidents.begin(), overview.incidents.end(),
      [&](const auto& view) { return view.mark == Mark::Broken && is_told_once(record, view); }));
  if (alone > 0) {
    sentences.emplace_back(alone == broken ? words.count("story.all_alone", alone)
                                           : words.count("story.alone", alone));
  }
  StoryPart part{"broken", paragraph(sentences), broken_points(words, record)};
  for (RichText& point : undone_points(words, record)) {
    part.points.push_back(std::move(point));
  }
  return part;
}

// The incidents with a mark, those with the highest tolls and the most accounts first.
std::vector<const IncidentView*> gravest(const Record& record, const Overview& overview,
                                         Mark mark) {
  std::vector<const IncidentView*> views;
  for (const IncidentView& view : overview.incidents) {
    if (view.mark == mark) {
      views.push_back(&view);
    }
  }
  const auto weight = [&](const IncidentView* view) {
    return std::tuple(view->deaths.best.value_or(view->deaths.high.value_or(0)),
                      record.evidence.incidents[view->id.index].facts.size());
  };
  std::stable_sort(views.begin(), views.end(), [&](const auto* left, const auto* right) {
    return weight(left) > weight(right);
  });
  return views;
}

RichText head_of(const Words& words, const Record& record, const IncidentView& view) {
  const std::string toll = toll_text(words, view);
  return fill(words, toll.empty() ? "story.head" : "story.head_toll",
              {{"when", when_text(view.when, record.agreement.clock.offset)},
               {"place", place_link(record, view)},
               {"toll", toll}});
}

std::set<facts::AccountId> accounts_with(const facts::Verdict& verdict, facts::Opinion opinion) {
  std::set<facts::AccountId> accounts;
  for (const facts::AccountOpinion& said : verdict.opinions) {
    if (said.opinion == opinion) {
      accounts.insert(said.account);
    }
  }
  return accounts;
}

// The most exact fact, of a wanted account where there is one.
const facts::Fact* best_fact(const Record& record, const IncidentView& view,
                             const std::set<facts::AccountId>& wanted) {
  const facts::Fact* best = nullptr;
  std::tuple<bool, bool, std::size_t, std::int64_t> least;
  for (const facts::FactId id : record.evidence.incidents[view.id.index].facts) {
    const facts::Fact& fact = record.evidence.fact(id);
    const std::tuple weight(!wanted.empty() && !wanted.contains(fact.account),
                            fact.is_actor_unknown, fact.actors.size(),
                            (fact.when.to - fact.when.from).seconds);
    if (best == nullptr || weight < least) {
      best = &fact;
      least = weight;
    }
  }
  return best;
}

RichText dispute(const Words& words, const Record& record, const IncidentView& view) {
  const std::vector<RichText> said = opposed(words, record, view);
  if (said.size() == 2) {
    return fill(words, "story.dispute",
                {{"head", head_of(words, record, view)}, {"one", said[0]}, {"other", said[1]}});
  }
  return fill(
      words, "story.told",
      {{"head", head_of(words, record, view)}, {"one", said.empty() ? RichText() : said[0]}});
}

StoryPart contested_part(const Words& words, const Record& record, const Overview& overview) {
  const auto views = gravest(record, overview, Mark::Contested);
  StoryPart part{"contested", {}, {}};
  if (views.empty()) {
    return part;
  }
  part.text = count(words, "story.contested", views.size(),
                    {{"n", RichText::linked(words.count("incidents", views.size()),
                                            choice_link({{"verdict", "contested"}}))}});
  for (std::size_t index = 0; index < std::min(views.size(), kDisputesTold); ++index) {
    part.points.push_back(dispute(words, record, *views[index]));
  }
  return part;
}

StoryPart unknown_part(const Words& words, const Record& record, const Overview& overview) {
  const auto views = gravest(record, overview, Mark::Unknown);
  StoryPart part{"unknown", {}, {}};
  if (views.empty()) {
    return part;
  }
  part.text = count(words, "story.unknown", views.size(),
                    {{"n", RichText::linked(words.count("incidents", views.size()),
                                            choice_link({{"verdict", "unknown"}}))}});
  const facts::Fact* fact = telling_fact(record, *views[0], facts::Opinion::Unknown);
  if (views[0]->deaths.best.value_or(0) > 0 && fact != nullptr) {
    part.points.push_back(
        fill(words, "story.deadliest",
             {{"head", head_of(words, record, *views[0])}, {"one", saying(words, record, *fact)}}));
  }
  return part;
}

StoryPart none_part(const Words& words, const Record& record, const Overview& overview) {
  const auto views = gravest(record, overview, Mark::NoClause);
  StoryPart part{"none", {}, {}};
  if (views.empty()) {
    return part;
  }
  part.text = count(words, "story.none", views.size(),
                    {{"n", RichText::linked(words.count("incidents", views.size()),
                                            choice_link({{"verdict", "none"}}))}});
  // Within the time of the truce, since what came before or after surprises nobody.
  const monitor::ForceHistory* force = principal_force(record);
  const auto within = std::find_if(views.begin(), views.end(), [&](const IncidentView* view) {
    return force == nullptr || (view->when.from >= force->from && view->when.to <= force->until);
  });
  if (within != views.end() && (*within)->deaths.best.value_or(0) > 0 &&
      !(*within)->why_no_clause.empty()) {
    part.points.push_back(fill(
        words, "story.deadliest_none",
        {{"head", head_of(words, record, **within)}, {"why", (*within)->why_no_clause.front()}}));
  }
  return part;
}

// What was declared and changed nothing, each act once.
std::vector<RichText> vain_acts(const Words& words, const Record& record,
                                const monitor::ForceHistory& force) {
  std::vector<RichText> sentences;
  for (const monitor::ForceHistory::Change& change : force.changes) {
    const facts::Incident& act = record.evidence.incidents[change.incident.index];
    const bool is_about_its_time = change.act == facts::InstitutionalAct::Extend ||
                                   change.act == facts::InstitutionalAct::Suspend ||
                                   change.act == facts::InstitutionalAct::Terminate;
    if (change.new_end || act.facts.empty() || !is_about_its_time) {
      continue;
    }
    sentences.push_back(fill(
        words, "story.vain",
        {{"at", instant_text(words, change.at, record.agreement.clock.offset)},
         {"who", groups_text(words, record.agreement, record.evidence.fact(act.facts[0]))},
         {"deed",
          RichText::linked(change_act_text(words, change), incident_link(record, change.incident))},
         {"clause", record.agreement.clause(force.clause).number},
         {"why", change.why}}));
  }
  return sentences;
}

StoryPart end_part(const Words& words, const Record& record, const Overview& overview) {
  StoryPart part{"end", {}, {}};
  const monitor::ForceHistory* force = principal_force(record);
  if (force == nullptr) {
    return part;
  }
  const base::Duration offset = record.agreement.clock.offset;
  const std::string& clause = record.agreement.clause(force->clause).number;
  const base::Instant last = overview.period.to;
  std::vector<RichText> sentences = vain_acts(words, record, *force);
  const bool is_over = force->until <= last;
  const bool is_open = !is_over && force->until_at_least <= last;
  sentences.push_back(
      fill(words, is_over ? "story.over" : (is_open ? "story.perhaps_over" : "story.still"),
           {{"clause", clause},
            {"until", instant_text(words, is_over ? force->until : force->until_at_least, offset)},
            {"last", base::to_words(overview.days.back().date)}}));
  part.text = paragraph(sentences);
  return part;
}

}  // namespace

const monitor::ForceHistory* principal_force(const Record& record) {
  const monitor::ForceHistory* best = nullptr;
  std::tuple<std::uint64_t, std::uint64_t> most;
  for (const monitor::ForceHistory& force : record.replay.force) {
    const agreement::Clause& clause = record.agreement.clause(force.clause);
    if (clause.form != agreement::Form::Prohibition || force.from >= base::kAfterTime ||
        force.clause.index >= record.replay.verdicts.counts.size()) {
      continue;
    }
    const facts::ClauseCount& counts = record.replay.verdicts.counts[force.clause.index];
    const std::tuple weight(counts.broken + counts.contested, counts.unknown);
    if (best == nullptr || most < weight) {
      best = &force;
      most = weight;
    }
  }
  return best;
}

RichText saying(const Words& words, const Record& record, const facts::Fact& fact) {
  return fill(words, "story.says",
              {{"account", record.evidence.accounts[fact.account.index].name},
               {"deed", facts::telling_of(record.agreement, fact).who_did_what().english()}});
}

const facts::Fact* telling_fact(const Record& record, const IncidentView& view,
                                facts::Opinion opinion) {
  std::set<facts::AccountId> wanted;
  for (const std::size_t index : view.verdicts) {
    wanted.merge(accounts_with(record.replay.verdicts.verdicts[index], opinion));
  }
  return best_fact(record, view, wanted);
}

std::vector<RichText> opposed(const Words& words, const Record& record, const IncidentView& view) {
  std::vector<RichText> said;
  for (const std::size_t index : view.verdicts) {
    const facts::Verdict& verdict = record.replay.verdicts.verdicts[index];
    if (verdict.outcome != facts::Outcome::Contested) {
      continue;
    }
    for (const facts::Opinion opinion : {facts::Opinion::Broken, facts::Opinion::Kept}) {
      if (const facts::Fact* fact = best_fact(record, view, accounts_with(verdict, opinion))) {
        said.push_back(saying(words, record, *fact));
      }
    }
    return said;
  }
  return said;
}

RichText place_link(const Record& record, const IncidentView& view) {
  const std::string& id = record.evidence.incidents[view.id.index].id;
  return RichText::linked(view.place.empty() ? id : view.place, incident_link(record, view.id));
}

std::string toll_text(const Words& words, const IncidentView& view) {
  const std::string deaths = to_text(view.deaths);
  return deaths.empty() || deaths == "0" ? "" : words.fill("incident.deaths", {{"n", deaths}});
}

std::vector<StoryPart> story_of(const Words& words, const Record& record,
                                const Overview& overview) {
  std::vector<StoryPart> parts{truce_part(words, record), record_part(words, record, overview)};
  if (!overview.incidents.empty()) {
    for (StoryPart& part :
         std::vector{broken_part(words, record, overview), contested_part(words, record, overview),
                     unknown_part(words, record, overview), none_part(words, record, overview),
                     end_part(words, record, overview)}) {
      parts.push_back(std::move(part));
    }
  }
  std::erase_if(parts, [](const StoryPart& part) { return part.text.empty(); });
  return parts;
}

}  // namespace truce::report
