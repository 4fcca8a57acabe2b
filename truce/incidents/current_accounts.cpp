// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/current_accounts.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "truce/incidents/names.h"
#include "truce/incidents/read.h"

namespace truce::incidents {
namespace {

base::Instant known_at(const Report& report) { return report.reported_at.value_or(report.when.to); }

bool is_total(const Report& report) {
  constexpr base::Duration kYear{365 * base::kDay.seconds};
  return report.when.to - report.when.from >= kYear;
}

// A report and the key of its account: spellings of one account differ in letter case or spacing.
struct Known {
  const Report* report = nullptr;
  std::string account;
};

bool is_same_account(const Known& a, const Known& b) {
  return a.report->incident == b.report->incident && a.account == b.account;
}

bool comes_before(const Known& a, const Known& b) {
  return std::forward_as_tuple(a.report->incident, a.account, known_at(*a.report), a.report->raw) <
         std::forward_as_tuple(b.report->incident, b.account, known_at(*b.report), b.report->raw);
}

}  // namespace

std::vector<const Report*> current_accounts(Reading& reading,
                                            std::optional<base::Instant> as_known_at,
                                            std::vector<std::string>& warnings) {
  std::vector<Known> known;
  known.reserve(reading.reports.size());
  for (const Report& report : reading.reports) {
    if (!as_known_at || known_at(report) <= *as_known_at) {
      known.push_back({&report, fold_name(report.account)});
    }
  }
  // Stable, so that rows equal in every byte keep the order of the files.
  std::stable_sort(known.begin(), known.end(), comes_before);
  std::vector<const Report*> current;
  reading.totals.clear();
  for (std::size_t at = 0; at < known.size(); ++at) {
    const Report& report = *known[at].report;
    if (at + 1 < known.size() && is_same_account(known[at], known[at + 1])) {
      continue;
    }
    const bool is_tie = at > 0 && is_same_account(known[at], known[at - 1]) &&
                        known_at(report) == known_at(*known[at - 1].report);
    if (is_tie) {
      warnings.push_back(fmt::format(
          "incident `{}`, account `{}`: rows reported at the same time ({}) differ; the bytewise "
          "greater one stands",
          report.incident, report.account, base::to_iso(known_at(report), {0})));
    }
    if (report.is_withdrawn) {
      continue;
    }
    // Only now: a correction may have made a total of it, or an incident of a total.
    if (is_total(report)) {
      reading.totals.push_back(report);
    } else {
      current.push_back(&report);
    }
  }
  return current;
}

const Report* CurrentAccounts::standing(const Report& report) {
  return report.is_withdrawn || is_total(report) ? nullptr : &report;
}

CurrentAccounts::Change CurrentAccounts::take(ReportPtr report) {
  Change change;
  const auto [at, is_new] =
      rows_.try_emplace(Key{report->incident, fold_name(report->account)}, report);
  ReportPtr& kept = at->second;
  change.is_taken = is_new || std::forward_as_tuple(known_at(*kept), kept->raw) <
                                  std::forward_as_tuple(known_at(*report), report->raw);
  if (change.is_taken && !is_new) {
    change.replaced = std::exchange(kept, std::move(report));
  }
  change.row = kept;
  return change;
}

}  // namespace truce::incidents
