// SPDX-License-Identifier: Apache-2.0
#include "truce/document/internal/page_data.h"

#include <algorithm>
#include <map>
#include <set>

#include "truce/document/internal/map_data.h"
#include "truce/document/internal/shapes.h"
#include "truce/encoding/json_value.h"
#include "truce/facts/telling.h"
#include "truce/report/comparison.h"
#include "truce/report/marked_text.h"
#include "truce/report/phrases.h"

namespace truce::document::internal {
namespace {

using encoding::JsonValue;
using report::Deaths;
using report::MarkedPart;
using report::Overview;
using report::Words;

/// What the reasons of an incident repeat: `SOHR says that on … Government attacked …`, by account.
/// In a reason it is one character of a private use area, so that equal reasons are equal texts.
class Refrains {
 public:
  void add(std::string refrain) { refrains_.push_back(std::move(refrain)); }
  [[nodiscard]] std::string shorten(const std::string& text) const;

 private:
  std::vector<std::string> refrains_;
};

// U+E000 and what follows, in UTF-8.
std::string sign_of(std::size_t index) {
  return {'\xEE', static_cast<char>(0x80 + index / 64), static_cast<char>(0x80 + index % 64)};
}
constexpr std::size_t kMostRefrains = 256;

std::string Refrains::shorten(const std::string& text) const {
  if (text.find('\xEE') != std::string::npos) {
    // It may hold such a character itself.
    return text;
  }
  std::string out = text;
  for (std::size_t index = 0; index < std::min(refrains_.size(), kMostRefrains); ++index) {
    const std::string& refrain = refrains_[index];
    for (std::size_t at = out.find(refrain); at != std::string::npos; at = out.find(refrain, at)) {
      out.replace(at, refrain.size(), sign_of(index));
    }
  }
  return out;
}

/// Builds the parts that share tables: texts, and clause texts with marks, are written once and
/// referred to.
class PageData {
 public:
  PageData(const Words& words, const Record& record, const Overview& overview)
      : words_(words), record_(record), overview_(overview) {}

  JsonValue build();

 private:
  [[nodiscard]] base::Duration offset() const { return record_.agreement.clock.offset; }
  std::size_t marking_of(agreement::ClauseId clause, const std::vector<base::Span>& deciding);
  [[nodiscard]] JsonValue deaths_of(const Deaths& deaths) const;
  JsonValue incident_of(const report::IncidentView& view);
  JsonValue account_of(const facts::Fact& fact, const std::string& told);
  JsonValue verdict_of(std::size_t index, const Refrains& refrains);
  void add_account_reasons(const facts::Verdict& verdict, const monitor::Explanation* explanation,
                           const Refrains& refrains, JsonValue& value);
  JsonValue text(const std::string& words);
  JsonValue texts_of(const std::vector<std::string>& texts);
  void set_unless_empty(JsonValue& object, std::string key, const std::string& words);
  [[nodiscard]] JsonValue clause_of(std::size_t index) const;

  const Words& words_;
  const Record& record_;
  const Overview& overview_;
  std::map<std::pair<agreement::ClauseId, std::vector<base::Span>>, std::size_t> marking_ids_;
  JsonValue markings_ = JsonValue::array();
  std::map<std::string, std::size_t> text_ids_;
  JsonValue texts_ = JsonValue::array();
};

// The number of a text in the table of texts.
JsonValue PageData::text(const std::string& words) {
  const auto [found, is_new] = text_ids_.emplace(words, texts_.elements().size());
  if (is_new) {
    texts_.push_back(words);
  }
  return found->second;
}

JsonValue PageData::texts_of(const std::vector<std::string>& texts) {
  JsonValue array = JsonValue::array();
  for (const std::string& words : texts) {
    array.push_back(text(words));
  }
  return array;
}

void PageData::set_unless_empty(JsonValue& object, std::string key, const std::string& words) {
  if (!words.empty()) {
    object.append_member(std::move(key), text(words));
  }
}

std::size_t PageData::marking_of(agreement::ClauseId clause,
                                 const std::vector<base::Span>& deciding) {
  const auto [found, is_new] =
      marking_ids_.emplace(std::pair(clause, deciding), markings_.elements().size());
  if (is_new) {
    JsonValue parts = JsonValue::array();
    for (const MarkedPart& part : marked_clause(record_, clause, deciding)) {
      JsonValue pair = JsonValue::array();
      pair.push_back(part.text);
      pair.push_back(part.is_deciding ? 1 : 0);
      parts.push_back(std::move(pair));
    }
    markings_.push_back(std::move(parts));
  }
  return found->second;
}

JsonValue PageData::deaths_of(const Deaths& deaths) const {
  JsonValue value = JsonValue::array();
  value.push_back(deaths.best.value_or(deaths.high.value_or(0)));
  value.push_back(to_text(deaths));
  return value;
}

// Midnight is how a bare date was read.
std::string reported_text(base::Instant at, base::Duration offset) {
  const base::Date date = base::date_of(at, offset);
  return base::start_of(date) == at + offset ? base::to_words(date) : base::to_words(at, offset);
}

std::string toll_text(const Words& words, const incidents::Report& report) {
  const auto number = [&](std::optional<std::int64_t> count) {
    return count ? report::grouped(static_cast<std::uint64_t>(*count)) : words("unknown.number");
  };
  if (!report.deaths_low && !report.deaths_best && !report.deaths_high) {
    return "";
  }
  if (report.deaths_low == report.deaths_best && report.deaths_best == report.deaths_high) {
    return number(report.deaths_best);
  }
  if (report.deaths_low && !report.deaths_high) {
    return words.fill("account.toll_from", {{"low", number(report.deaths_low)}});
  }
  return words.fill("account.toll", {{"low", number(report.deaths_low)},
                                     {"best", number(report.deaths_best)},
                                     {"high", number(report.deaths_high)}});
}

JsonValue PageData::account_of(const facts::Fact& fact, const std::string& told) {
  JsonValue account = JsonValue::object();
  account.append_member("w", fact.account.index);
  account.append_member("told", text(told));
  account.append_member("t", text(report::when_text(fact.when, offset())));
  const incidents::Report* report = report_of(record_, fact);
  if (report == nullptr) {
    return account;
  }
  const std::string by = names_text(words_, report->actors);
  account.append_member("by", text(by));
  const std::string read_as = groups_text(words_, record_.agreement, fact);
  if (!fact.is_actor_unknown && read_as != by) {
    account.append_member("as", text(read_as));
  }
  account.append_member("act", text(names_text(words_, report->kinds)));
  account.append_member("to", text(names_text(words_, report->targets)));
  account.append_member("with", text(names_text(words_, report->weapons)));
  if (report->reported_at) {
    account.append_member("rep", text(reported_text(*report->reported_at, offset())));
  }
  set_unless_empty(account, "p", report->place);
  set_unless_empty(account, "d", toll_text(words_, *report));
  set_unless_empty(account, "obs", report->observed_by);
  set_unless_empty(account, "src", report->source);
  set_unless_empty(account, "sid", report->source_id);
  set_unless_empty(account, "note", report->note);
  return account;
}

void PageData::add_account_reasons(const facts::Verdict& verdict,
                                   const monitor::Explanation* explanation,
                                   const Refrains& refrains, JsonValue& value) {
  std::map<facts::AccountId, const monitor::AccountReason*> reasons;
  std::vector<base::Span> deciding;
  if (explanation != nullptr) {
    for (const monitor::AccountReason& reason : explanation->reasons) {
      reasons.emplace(reason.account, &reason);
      deciding.insert(deciding.end(), reason.deciding_words.begin(), reason.deciding_words.end());
    }
  }
  std::sort(deciding.begin(), deciding.end());
  deciding.erase(std::unique(deciding.begin(), deciding.end()), deciding.end());
  value.append_member("m", marking_of(verdict.clause, deciding));
  JsonValue accounts = JsonValue::array();
  for (const facts::AccountOpinion& opinion : verdict.opinions) {
    JsonValue account = JsonValue::array();
    account.push_back(opinion.account.index);
    account.push_back(facts::to_text(opinion.opinion));
    const auto reason = reasons.find(opinion.account);
    account.push_back(
        text(reason == reasons.end() ? "" : refrains.shorten(reason->second->because.english())));
    accounts.push_back(std::move(account));
  }
  value.append_member("a", std::move(accounts));
}

JsonValue PageData::verdict_of(std::size_t index, const Refrains& refrains) {
  const facts::Verdict& verdict = record_.replay.verdicts.verdicts[index];
  JsonValue value = JsonValue::object();
  value.append_member("c", verdict.clause.index);
  value.append_member("b", text(facts::bearer_text(record_.agreement, verdict)));
  value.append_member("o", facts::to_text(verdict.outcome));
  const monitor::Explanation* explanation =
      index < record_.replay.explanations.size() ? &record_.replay.explanations[index] : nullptr;
  if (explanation != nullptr) {
    value.append_member("because", text(refrains.shorten(explanation->because.english())));
    value.append_member("if", texts_of(facts::english_of(explanation->would_change_if)));
    if (explanation->awaited) {
      value.append_member("await", text(report::awaited_text(words_, record_, index)));
    }
    if (!explanation->by_reading.empty()) {
      value.append_member("read", texts_of(explanation->by_reading));
    }
  }
  add_account_reasons(verdict, explanation, refrains, value);
  return value;
}

void add_actors(const facts::Values& values, std::set<std::uint32_t>& sides) {
  for (const facts::Value& value : values.items) {
    if (value.head == facts::Value::Head::Actor) {
      sides.insert(value.actor.index);
    }
    if (value.owner) {
      sides.insert(value.owner->index);
    }
  }
}

JsonValue sides_of(const Record& record, const facts::Incident& incident) {
  std::set<std::uint32_t> sides;
  for (const facts::FactId id : incident.facts) {
    const facts::Fact& fact = record.evidence.fact(id);
    if (!fact.is_actor_unknown) {
      for (const facts::Group& group : fact.actors) {
        for (const agreement::ActorId actor : group) {
          sides.insert(actor.index);
        }
      }
    }
    add_actors(fact.objects, sides);
  }
  JsonValue array = JsonValue::array();
  for (const std::uint32_t side : sides) {
    array.push_back(side);
  }
  return array;
}

JsonValue PageData::incident_of(const report::IncidentView& view) {
  const facts::Incident& incident = record_.evidence.incidents[view.id.index];
  JsonValue value = JsonValue::object();
  value.append_member("id", incident.id);
  value.append_member("o", to_key(view.mark));
  value.append_member("f", view.when.from.seconds);
  value.append_member("e", view.exactness.seconds);
  value.append_member("t", text(report::when_text(view.when, offset())));
  value.append_member("p", text(view.place));
  if (view.where) {
    value.append_member("at", to_position(view.where->centre));
    value.append_member("r", static_cast<std::int64_t>(view.where->radius.value));
  }
  if (view.deaths.low) {
    value.append_member("d", deaths_of(view.deaths));
  }
  value.append_member("s", sides_of(record_, incident));
  Refrains refrains;
  JsonValue accounts = JsonValue::array();
  for (const facts::FactId id : incident.facts) {
    const facts::Fact& fact = record_.evidence.fact(id);
    const std::string told = facts::telling_of(record_.agreement, fact).whole().english();
    refrains.add(
        words_.fill("account.told",
                    {{"who", record_.evidence.accounts[fact.account.index].name}, {"told", told}}));
    accounts.push_back(account_of(fact, told));
  }
  value.append_member("a", std::move(accounts));
  if (incident.facts.size() > 1) {
    value.append_member("x", to_letters(compare(record_, incident)));
  }
  JsonValue verdicts = JsonValue::array();
  for (const std::size_t index : view.verdicts) {
    verdicts.push_back(verdict_of(index, refrains));
  }
  value.append_member("v", std::move(verdicts));
  if (!view.why_no_clause.empty()) {
    value.append_member("n", texts_of(view.why_no_clause));
  }
  return value;
}

JsonValue PageData::clause_of(std::size_t index) const {
  const agreement::Clause& clause = record_.agreement.clauses[index];
  JsonValue value = JsonValue::object();
  value.append_member("n", clause.is_shown ? clause.number : std::string());
  JsonValue windows = JsonValue::array();
  for (const monitor::ForceHistory& force : record_.replay.force) {
    if (force.clause.index != index || force.from >= base::kAfterTime) {
      continue;
    }
    JsonValue window = JsonValue::object();
    window.append_member(
        "f", force.from <= base::kBeforeTime ? JsonValue() : JsonValue(force.from.seconds));
    window.append_member(
        "t", force.until >= base::kAfterTime ? JsonValue() : JsonValue(force.until.seconds));
    window.append_member("sure", force.is_start_certain && force.until == force.until_at_least);
    JsonValue ticks = JsonValue::array();
    for (const auto* change : report::renewals_of(force)) {
      JsonValue tick = JsonValue::array();
      tick.push_back(change->at.seconds);
      tick.push_back(
          words_.fill("timeline.renewal",
                      {{"at", report::instant_text(words_, change->at, offset())},
                       {"until", report::instant_text(words_, *change->new_end, offset())}}));
      ticks.push_back(std::move(tick));
    }
    window.append_member("renewals", std::move(ticks));
    window.append_member("text", force_text(words_, record_, force));
    windows.push_back(std::move(window));
  }
  value.append_member("w", std::move(windows));
  return value;
}

JsonValue PageData::build() {
  JsonValue data = JsonValue::object();
  data.append_member("offset", offset().seconds);
  data.append_member("clock", record_.agreement.clock.name);
  data.append_member("from", overview_.period.from.seconds);
  data.append_member("to", overview_.period.to.seconds);
  JsonValue incidents = JsonValue::array();
  for (const report::IncidentView& view : overview_.incidents) {
    incidents.push_back(incident_of(view));
  }
  data.append_member("incidents", std::move(incidents));
  data.append_member("texts", std::move(texts_));
  data.append_member("markings", std::move(markings_));
  JsonValue clauses = JsonValue::array();
  for (std::size_t index = 0; index < record_.agreement.clauses.size(); ++index) {
    clauses.push_back(clause_of(index));
  }
  data.append_member("clauses", std::move(clauses));
  JsonValue accounts = JsonValue::array();
  for (const facts::Account& account : record_.evidence.accounts) {
    accounts.push_back(account.name);
  }
  data.append_member("accounts", std::move(accounts));
  JsonValue actors = JsonValue::array();
  for (const agreement::Actor& actor : record_.agreement.actors) {
    actors.push_back(actor.name);
  }
  data.append_member("actors", std::move(actors));
  data.append_member("zones", zone_layer(record_));
  data.append_member("base", base_layer(record_));
  JsonValue texts = JsonValue::object();
  for (const auto& [key, text] : words_.all()) {
    texts.append_member(key, text);
  }
  data.append_member("words", std::move(texts));
  return data;
}

}  // namespace

std::string page_data(const Words& words, const Record& record, const Overview& overview) {
  return PageData(words, record, overview).build().to_text({.is_safe_in_html = true});
}

}  // namespace truce::document::internal
