// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/talks/commitments.h"
#include "truce/workbench/agreement_file.h"

namespace truce::workbench {

/// The commitments of one text, and who goes first in it.
struct OrderedText {
  // Whose text of a draft with brackets it is; empty for every wait that somebody proposes, and for
  // what has no brackets.
  std::string proposer;
  talks::Commitments commitments;
  talks::Order order;
};

struct OrderRun {
  std::string path;
  // Where the file is an agreement.
  std::optional<AgreementFile> draft;
  // The first for the whole, then one for each side that proposes words of a draft. None where the
  // agreement has errors.
  std::vector<OrderedText> texts;

  [[nodiscard]] bool has_errors() const { return draft.has_value() && draft->sink.has_errors(); }
};

/// Reads an agreement (a name that ends with .truce) or a plain list of commitments. Mistakes in an
/// agreement are diagnostics. Fails when the file cannot be read, with InvalidArgument for a
/// vocabulary, and as talks::read_commitments().
base::Result<OrderRun> find_order(const std::string& path);

/// In one line: how many deeds follow, how many more at one time, how many circles there are.
std::string counts_of(const OrderedText& text);

/// The answer as one HTML page; of a text with errors, the errors.
std::string to_html(const OrderRun& run);

}  // namespace truce::workbench
