// SPDX-License-Identifier: Apache-2.0
#include "truce/facts/verdict.h"

#include <algorithm>
#include <array>
#include <utility>

#include "truce/base/check.h"
#include "truce/crypto/sha256.h"

namespace truce::facts {
namespace {

constexpr std::array<std::pair<std::string_view, InstitutionalAct>, 13> kInstitutionalActs = {{
    {"extend", InstitutionalAct::Extend},
    {"suspend", InstitutionalAct::Suspend},
    {"resume", InstitutionalAct::Resume},
    {"terminate", InstitutionalAct::Terminate},
    {"determine", InstitutionalAct::Determine},
    {"report", InstitutionalAct::Report},
    {"notify", InstitutionalAct::Notify},
    {"accede", InstitutionalAct::Accede},
    {"sign", InstitutionalAct::Sign},
    {"fix", InstitutionalAct::Fix},
    {"release", InstitutionalAct::Release},
    {"amend", InstitutionalAct::Amend},
    {"dissent", InstitutionalAct::Dissent},
}};

std::string joined(std::vector<std::string> words, std::string_view separator) {
  std::sort(words.begin(), words.end());
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) {
      text += separator;
    }
    text += word;
  }
  return text;
}

std::string canonical_line(const agreement::Agreement& agreement, const Evidence& evidence,
                           const Verdict& verdict) {
  std::vector<std::string> opinions;
  for (const AccountOpinion& opinion : verdict.opinions) {
    opinions.push_back(evidence.accounts[opinion.account.index].name + "=" +
                       std::string(to_text(opinion.opinion)));
  }
  std::vector<std::string> blame;
  for (agreement::ActorId actor : verdict.blame) {
    blame.push_back(agreement.actor(actor).name);
  }
  std::string line = agreement.clause(verdict.clause).number;
  line += '\t' + bearer_text(agreement, verdict) + '\t';
  line += verdict.incident.has_value() ? evidence.incidents[verdict.incident->index].id : "";
  // Where the JSON writes null: no moment that can be written.
  const bool is_moment = verdict.at > base::kBeforeTime && verdict.at < base::kAfterTime;
  line += '\t' + (is_moment ? base::to_iso(verdict.at, {}) : std::string()) + '\t';
  line += to_text(verdict.outcome);
  line += '\t' + joined(std::move(opinions), ",") + '\t' + joined(std::move(blame), ",");
  return line;
}

}  // namespace

std::optional<InstitutionalAct> find_institutional_act(std::string_view word) {
  for (const auto& [name, act] : kInstitutionalActs) {
    if (name == word) {
      return act;
    }
  }
  return std::nullopt;
}

std::string_view to_text(Opinion opinion) {
  switch (opinion) {
    case Opinion::Broken:
      return "broken";
    case Opinion::Unknown:
      return "unknown";
    case Opinion::Kept:
      return "kept";
  }
  return "";
}

std::string_view to_text(Outcome outcome) {
  switch (outcome) {
    case Outcome::Broken:
      return "broken";
    case Outcome::Unknown:
      return "unknown";
    case Outcome::Contested:
      return "contested";
    case Outcome::Kept:
      return "kept";
    case Outcome::Pending:
      return "pending";
    case Outcome::Lapsed:
      return "lapsed";
  }
  return "";
}

Outcome combine(const std::vector<Opinion>& opinions) {
  TRUCE_CHECK(!opinions.empty(), "a verdict needs an opinion");
  const auto some = [&](Opinion wanted) {
    return std::find(opinions.begin(), opinions.end(), wanted) != opinions.end();
  };
  if (some(Opinion::Broken) && some(Opinion::Kept)) {
    return Outcome::Contested;
  }
  if (some(Opinion::Unknown)) {
    return Outcome::Unknown;
  }
  return some(Opinion::Broken) ? Outcome::Broken : Outcome::Kept;
}

std::string bearer_text(const agreement::Agreement& agreement, const Verdict& verdict) {
  const bool is_either =
      agreement.clause(verdict.clause).subject.mode == agreement::Subject::Mode::Either;
  std::string text;
  for (agreement::ActorId bearer : verdict.bearers) {
    if (!text.empty()) {
      text += is_either ? " or " : " and ";
    }
    text += agreement.actor(bearer).name;
  }
  return text;
}

std::vector<std::string> canonical_lines(const agreement::Agreement& agreement,
                                         const Evidence& evidence, const Verdicts& verdicts) {
  std::vector<std::string> lines;
  lines.reserve(verdicts.verdicts.size());
  for (const Verdict& verdict : verdicts.verdicts) {
    lines.push_back(canonical_line(agreement, evidence, verdict));
  }
  for (const Point& point : verdicts.points) {
    lines.push_back(agreement.clause(point.clause).number + "\t\t" +
                    evidence.incidents[point.incident.index].id + '\t' +
                    base::to_iso(point.at, {0}) + "\tpoint\t" +
                    (point.holds == Truth::Yes ? "yes" : "maybe") + '\t');
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::string digest(const agreement::Agreement& agreement, const Evidence& evidence,
                   const Verdicts& verdicts) {
  std::string text;
  for (const std::string& line : canonical_lines(agreement, evidence, verdicts)) {
    text += line;
    text += '\n';
  }
  return crypto::sha256_hex(text);
}

}  // namespace truce::facts
