// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/agreement/from_syntax.h"
#include "truce/facts/fact.h"
#include "truce/incidents/actor_book.h"
#include "truce/incidents/report.h"

namespace truce::testing {

/// The agreement written in `text`, with the vocabulary of the program, and without annexes unless
/// some are given. Its errors, one line each, go to `complaints` when asked for.
agreement::Agreement agreement_of(std::string_view text, std::string* complaints = nullptr,
                                  const agreement::AnnexFiles& annexes = {});

/// The agreement in the file and in the companion and annexes beside it; paths from the root of the
/// repository. Without a title where there is no such file.
agreement::Agreement agreement_in(const std::string& path);

/// Two parties, their guarantors and a few places on the clock UTC+00:00, with these lines of
/// definitions and clauses behind them. `D` is 2030-01-01 00:00.
std::string northland(std::string_view definitions, std::string_view clauses);

/// The annexes of northland(): Country is a square from 10 to 11 degrees east and 50 to 51 degrees
/// north, Road a line in it along 50.5 degrees north from 10.2 to 10.4 degrees east.
agreement::AnnexFiles northland_annexes();

/// A record of what was reported, in rows of a CSV file with the columns
/// `incident,according_to,from,
/// to,kind,actor,target,weapon,place,clauses,latitude,longitude,radius_m,key`; the last may be left
/// out.
class Record {
 public:
  explicit Record(std::string_view rows);

  /// Adds a row of coverage; `places` and `kinds` separated by `|`, empty for all.
  Record& covers(std::string_view observer, std::string_view from, std::string_view to,
                 std::string_view places = "", std::string_view kinds = "");
  Record& as_of(std::string_view now);

  /// The facts; the record must outlive them.
  [[nodiscard]] facts::Evidence on(const agreement::Agreement& agreement) const;
  [[nodiscard]] facts::Evidence on(const agreement::Agreement& agreement,
                                   const incidents::ActorBook& book) const;

  std::vector<incidents::Report> reports;
  std::vector<incidents::Coverage> coverage;

 private:
  std::optional<base::Instant> now_;
};

/// The listed verdicts, a line each: `1.1 North event broken {A=broken, B=kept} blame North Aland`.
std::string verdict_lines(const agreement::Agreement& agreement, const facts::Evidence& evidence);

}  // namespace truce::testing
