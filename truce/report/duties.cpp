// SPDX-License-Identifier: Apache-2.0
#include "truce/report/phrases.h"

namespace truce::report {

namespace {

// `2 days`, `5 hours`, `less than an hour`.
std::string left_text(const Words& words, base::Duration left) {
  const std::int64_t hours = left.seconds / 3600;
  return hours >= 48  ? words.count("awaited.days", static_cast<std::uint64_t>(hours / 24))
         : hours >= 1 ? words.count("awaited.hours", static_cast<std::uint64_t>(hours))
                      : words("awaited.minutes");
}

}  // namespace

std::string awaited_text(const Words& words, const Record& record, std::size_t verdict) {
  if (verdict >= record.replay.explanations.size() ||
      !record.replay.explanations[verdict].awaited) {
    return "";
  }
  const monitor::Awaited& awaited = *record.replay.explanations[verdict].awaited;
  const std::string who =
      facts::bearer_text(record.agreement, record.replay.verdicts.verdicts[verdict]);
  return awaited.left
             ? words.fill(
                   "awaited.until",
                   {{"who", who},
                    {"act", awaited.act},
                    {"until", instant_text(words, awaited.until, record.agreement.clock.offset)},
                    {"left", left_text(words, *awaited.left)}})
             : words.fill("awaited.open", {{"who", who}, {"act", awaited.act}});
}

std::vector<DutyView> duties_of(const Words& words, const Record& record,
                                const Overview& overview) {
  const base::Duration offset = record.agreement.clock.offset;
  std::vector<DutyView> duties;
  for (const std::size_t index : overview.duties) {
    const facts::Verdict& verdict = record.replay.verdicts.verdicts[index];
    DutyView duty;
    duty.clause = record.agreement.clause(verdict.clause).number;
    duty.bearer = facts::bearer_text(record.agreement, verdict);
    duty.outcome = verdict.outcome;
    duty.due = instant_text(words, verdict.at, offset);
    if (index < record.replay.explanations.size()) {
      duty.because = record.replay.explanations[index].because.english();
    }
    duty.awaited = awaited_text(words, record, index);
    duties.push_back(std::move(duty));
  }
  return duties;
}

}  // namespace truce::report
