// SPDX-License-Identifier: Apache-2.0
// What one agreement needs of a lexicon.
#include <algorithm>
#include <set>
#include <variant>

#include "truce/agreement/agreement.h"
#include "truce/prose/lexicon.h"

namespace truce::prose {
namespace {

using agreement::Act;
using agreement::Noun;
using agreement::Nouns;

// The verbs, kinds and measures that the sentences of an agreement use.
class Needs {
 public:
  explicit Needs(const agreement::Agreement& agreement) : agreement_(&agreement) {}

  std::set<std::string> all() {
    for (const agreement::Clause& clause : agreement_->clauses) {
      act(clause.act);
      for (const agreement::Particular& particular : clause.particulars) {
        std::visit([this](const auto& what) { take(what); }, particular.what);
      }
    }
    for (const agreement::Situation& situation : agreement_->situations) {
      take(situation.what);
      for (const auto& [only_in, what] : situation.disputed) {
        take(what);
      }
    }
    for (const agreement::Actor& actor : agreement_->actors) {
      nouns(actor.monitors);
    }
    for (const agreement::Kind& kind : agreement_->vocabulary.kinds) {
      for (const agreement::Kind::Part& part : kind.definition) {
        this->kind(part.kind);
        measure(part.test);
      }
    }
    return std::move(needed_);
  }

 private:
  void kind(agreement::KindId id) {
    const agreement::Kind& kind = agreement_->kind(id);
    if (kind.is_from_vocabulary) {
      needed_.insert("kind " + kind.name);
    }
  }
  void measure(const std::optional<agreement::MeasureTest>& test) {
    if (test.has_value()) {
      needed_.insert("measure " + test->measure);
      needed_.insert("unit " + test->unit);
    }
  }
  // NOLINTNEXTLINE(misc-no-recursion): owners nest a few deep, as the parser lets them
  void noun(const Noun& noun) {
    if (noun.head == Noun::Head::Kind) {
      kind(noun.kind);
    }
    measure(noun.test);
    for (const Noun& owner : noun.owner) {
      this->noun(owner);
    }
  }
  void nouns(const Nouns& nouns) {
    for (const Noun& one : nouns.items) {
      noun(one);
    }
  }
  void act(const Act& act) {
    if (act.verb.has_value()) {
      needed_.insert("verb " + agreement_->verb(*act.verb).name);
    }
    nouns(act.object);
    for (const agreement::Complement& complement : act.complements) {
      nouns(complement.nouns);
    }
  }

  // Of the particulars, those that hold nouns or acts.
  void take(const agreement::InPlace& in) { nouns(in.places); }
  void take(const agreement::Upon& upon) { nouns(upon.things); }
  void take(const agreement::Exception& exception) { nouns(exception.nouns); }
  void take(const agreement::Monitored& monitored) { nouns(monitored.means); }
  void take(const agreement::Phase& phase) { act(phase.act); }
  void take(const agreement::Response& response) { nouns(response.on); }
  void take(const agreement::Occurrence& occurrence) {
    act(occurrence.act);
    for (const agreement::Exception& exception : occurrence.exceptions) {
      take(exception);
    }
  }
  void take(const agreement::Whenever& whenever) { take(whenever.what); }
  void take(const agreement::Frequency& frequency) { take(frequency.occasion); }
  void take(const agreement::Situation::What& what) {
    std::visit([this](const auto& one) { take(one); }, what);
  }
  template <typename Other>
  void take(const Other&) {}

  const agreement::Agreement* agreement_;
  std::set<std::string> needed_;
};

}  // namespace

std::vector<std::string> Lexicon::missing(const agreement::Agreement& agreement) const {
  std::vector<std::string> lacking = missing(agreement::Vocabulary());
  for (const std::string& entry : Needs(agreement).all()) {
    const std::size_t space = entry.find(' ');
    if (find(entry.substr(0, space), entry.substr(space + 1)) == nullptr) {
      lacking.push_back(entry);
    }
  }
  std::sort(lacking.begin(), lacking.end());
  lacking.erase(std::unique(lacking.begin(), lacking.end()), lacking.end());
  return lacking;
}

}  // namespace truce::prose
