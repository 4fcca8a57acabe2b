// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/facts/fact.h"
#include "truce/monitor/internal/timeline.h"

namespace truce::monitor::internal {

/// Everything a report says but who reported it and when: facts that agree in it are judged once.
using SignatureId = base::Id<struct SignatureTag>;

/// Numbers signatures, for all records that share it.
class Signatures {
 public:
  SignatureId of(const facts::Fact& fact);

 private:
  std::unordered_map<std::string, SignatureId> known_;
};

/// An institutional act on record: all accounts of it taken together.
struct InstitutionalRecord {
  facts::IncidentId incident;
  facts::InstitutionalAct act = facts::InstitutionalAct::None;
  // The first and the last instant at which it may have been done.
  base::Instant first;
  base::Instant last;
  // Sorted: everybody any account names.
  std::vector<agreement::ActorId> authors;
  std::vector<agreement::ClauseId> clauses;
  // Some account names clauses, perhaps none that the agreement has.
  bool are_clauses_named = false;
  // What it was done to, each once: the accused of a determination, the thing reported.
  std::vector<facts::Value> targets;
  // For `fix`: what is fixed.
  std::vector<agreement::PlaceId> places;
  std::optional<agreement::MomentId> moment;
  std::vector<facts::FactId> facts;
  // A decision that the acts of a body's members make; `last` is kAfterTime where perhaps none.
  std::optional<agreement::ActorId> decided_by;
};

/// The evidence arranged for the engine: what is alike is found once, and what is asked for is in
/// order of time. Holds references; agreement and evidence must outlive it.
class Record {
 public:
  /// `signatures`: where facts of other records under the agreement are numbered.
  Record(const agreement::Agreement& agreement, const facts::Evidence& evidence,
         std::shared_ptr<Signatures> signatures = nullptr);

  [[nodiscard]] const agreement::Agreement& agreement() const { return agreement_; }
  [[nodiscard]] const facts::Evidence& evidence() const { return evidence_; }
  [[nodiscard]] const facts::Fact& fact(facts::FactId id) const { return evidence_.fact(id); }

  /// When all of these have signed; the start of the agreement's date, else kAlways, where nobody's
  /// signature is on record or `agents` is empty.
  [[nodiscard]] MomentRange signature(const std::vector<agreement::Agent>& agents) const;
  /// From when the actor is bound: since it acceded, if it did.
  [[nodiscard]] MomentRange bound(agreement::ActorId actor) const { return bound_[actor.index]; }
  /// From when any of the bearers is bound, or all of them are.
  [[nodiscard]] MomentRange bound(const std::vector<agreement::ActorId>& bearers,
                                  bool is_any) const;

  /// Numbered when it is first asked for: most facts are no act that any clause speaks of.
  [[nodiscard]] SignatureId signature(facts::FactId id) const;
  [[nodiscard]] const std::shared_ptr<Signatures>& numbering() const { return numbering_; }
  /// Where an answer stands that depends on the signature of a fact and an epoch.
  [[nodiscard]] std::size_t place_of_answer(facts::FactId id, std::size_t epoch) const {
    return signature(id).index * epoch_count() + epoch;
  }
  /// Nothing is fixed in this record: such answers are the same in all other records of which that
  /// is true.
  [[nodiscard]] bool is_without_epochs() const { return epoch_count() == 1; }
  /// The word of the fact's place: equal for equal words, kNoWord where facts::place_word is empty.
  [[nodiscard]] std::uint32_t place_word(facts::FactId id) const { return words_[id.index]; }
  static constexpr std::uint32_t kNoWord = 0;

  /// An account that says nothing and covers nothing: what the text and the institutional acts
  /// alone give.
  [[nodiscard]] facts::AccountId nobody() const {
    return base::id_at<facts::AccountId>(evidence_.accounts.size());
  }
  /// The facts of one account in order of the earliest time they may have happened.
  [[nodiscard]] const std::vector<facts::FactId>& facts_of(facts::AccountId account) const {
    return by_account_[account.index];
  }
  /// All institutional acts, in order of time, then of incident.
  [[nodiscard]] const std::vector<InstitutionalRecord>& institutional() const {
    return institutional_;
  }
  /// When the account's silence about an act in every one of the places would mean that nothing
  /// happened. No places: everywhere. No verb: any act.
  [[nodiscard]] Timeline covered(facts::AccountId account, std::optional<agreement::VerbId> verb,
                                 const std::vector<agreement::PlaceId>& places) const;

  /// The parts of a range between two instants at which something to be fixed was fixed, with the
  /// number of each part. Almost always one.
  [[nodiscard]] std::vector<std::pair<std::size_t, base::TimeRange>> epochs_of(
      base::TimeRange range) const;
  [[nodiscard]] std::size_t epoch_count() const { return epochs_.size(); }
  /// Whether the place is fixed by then, or needs no fixing.
  [[nodiscard]] facts::Truth is_fixed(agreement::PlaceId place, std::size_t epoch) const;
  /// Whether those who are to fix it are among the authors of the act.
  [[nodiscard]] bool is_valid_fixing(const std::optional<agreement::Fixing>& fixing,
                                     const InstitutionalRecord& act) const;

 private:
  void number_words();
  void collect_institutional();
  void follow_fixings();
  void follow_accessions();

  const agreement::Agreement& agreement_;
  const facts::Evidence& evidence_;
  mutable std::vector<std::optional<SignatureId>> signatures_;
  std::shared_ptr<Signatures> numbering_;
  std::vector<std::uint32_t> words_;
  std::vector<std::vector<facts::FactId>> by_account_;
  std::vector<std::vector<const facts::ResolvedCoverage*>> coverage_;
  std::vector<InstitutionalRecord> institutional_;
  // When each actor first signed, kNever where it did not; empty where nobody did.
  std::vector<MomentRange> signed_;
  // By actor.
  std::vector<MomentRange> bound_;
  // By place; constant Yes where nothing is to be fixed.
  std::vector<Timeline> fixed_;
  // Where epochs begin, in order; the first is kBeforeTime.
  std::vector<base::Instant> epochs_;
};

/// Whether all, or with `is_any` one, of the actors that the agents name are among the authors.
bool are_authors(const agreement::Agreement& agreement, const std::vector<agreement::Agent>& agents,
                 bool is_any, const std::vector<agreement::ActorId>& authors);

/// The bearers and those by whom the clause says that compliance is ensured; sorted.
std::vector<agreement::ActorId> blame_of(const agreement::Agreement& agreement,
                                         agreement::ClauseId clause,
                                         const std::vector<agreement::ActorId>& bearers);

}  // namespace truce::monitor::internal
