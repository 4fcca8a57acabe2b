// SPDX-License-Identifier: Apache-2.0
#include "truce/report/phrases.h"

namespace truce::report {

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
      duty.because = record.replay.explanations[index].because;
    }
    duties.push_back(std::move(duty));
  }
  return duties;
}

}  // namespace truce::report
