// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/workbench/table.h"

namespace truce::workbench {

/// A text that the sides are to answer in secret: who must sign it answers.
struct OfferRun {
  InstrumentRun text;
  // The offer, then a share for each side, sealed to it; empty where it was refused.
  std::vector<std::string> written;
};

/// Writes NAME.offer and NAME.offer-N.sealed into `folder`. A text with errors or brackets is not
/// offered: the run says why. Fails with InvalidArgument where a key is missing or a file is there
/// already, and when a file cannot be read or written.
base::Result<OfferRun> make_offer(const std::string& text, const std::vector<std::string>& keys,
                                  const std::string& folder);

struct AnswerRequest {
  // What is answered, as the side has it; the offer on it; the share that is sealed to the side.
  std::string text;
  std::string offer;
  std::string share;
  // NAME.key of the side, NAME.pub of who mediates.
  KeySource key;
  std::string to;
  bool is_accepted = false;
  std::string output;
};

/// Seals the side's answer, signed inside. Whether it accepts shows in no file: only all answers
/// together tell. Fails with InvalidArgument where the offer is of another text or the share of
/// another offer, and when a file cannot be read or written.
base::Result<void> answer_offer(const AnswerRequest& request);

struct AnswersRequest {
  std::string text;
  std::string offer;
  // NAME.key of who mediates, NAME.pub of those who answer, and what they sent; as paths.
  KeySource key;
  std::vector<std::string> from;
  std::vector<std::string> answers;
};

struct AnswersRun {
  InstrumentRun text;
  // Whether all accept. Where not, nothing tells who does not, nor how many.
  bool all_accept = false;
};

/// Fails with InvalidArgument where an answer is missing, is given twice or is not signed by its
/// side, whatever the answers are; and when a file cannot be read.
base::Result<AnswersRun> open_answers(const AnswersRequest& request);

}  // namespace truce::workbench
