// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "tests/support/random_agreements.h"

#include "truce/base/time.h"

namespace truce::testing {

/// One form of sentence, and what makes agreements and records centred on it. In its texts
/// `{a/b/c}` is one of the three at random and `<a~b>` is the particular in question: `a`, and `b`
/// (nothing where there is no `~`) in the agreement without it. Both may hold others.
struct SentenceForm {
  std::string_view name;
  // Clauses from 1.1 on; a section of its own where it begins one.
  std::string_view clauses;
  // Acts that bear on it, one of them for each incident: fields of a row of Record from `kind` on.
  std::vector<std::string_view> acts;
  // Of a thousand traces, in how many at least another outcome comes out without the particular.
  std::uint32_t least_changed = 0;
  std::string_view header = {};
  std::string_view parties = {};
  std::string_view bodies = {};
  std::string_view situations = {};
  // Reports are neither kept nor broken.
  bool has_kept = true;
};

/// Every form that is replayed.
const std::vector<SentenceForm>& sentence_forms();

/// A random agreement around a form, a random record, and what of it stands at some moment: what is
/// known by then, corrections and withdrawals taken in.
struct FormTrace {
  RandomTruce truce;
  // What was reported at any time, in an order of arrival.
  std::vector<incidents::Report> arrived;
  base::Instant known_at;
  // Of `arrived` what stands at `known_at`, as of then.
  Record standing;
  // The same agreement without the particular in question, if it was asked for.
  std::optional<agreement::Agreement> without;
};

FormTrace random_trace(const SentenceForm& form, std::uint64_t seed, bool with_counterpart);
/// What of the reports stands at that moment, with the coverage of `record` and as of then.
Record standing_at(const Record& record, const std::vector<incidents::Report>& arrived,
                   base::Instant known_at);

}  // namespace truce::testing
