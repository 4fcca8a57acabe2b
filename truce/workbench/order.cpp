// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/order.h"

#include <algorithm>

#include <fmt/format.h>

#include "truce/workbench/files.h"

namespace truce::workbench {
namespace {

OrderedText ordered(std::string proposer, talks::Commitments commitments) {
  OrderedText made{
      .proposer = std::move(proposer), .commitments = std::move(commitments), .order = {}};
  made.order = talks::find_order(made.commitments.graph);
  return made;
}

base::Result<OrderRun> order_in_agreement(const std::string& path) {
  auto file = read_agreement(path);
  if (!file) {
    return file.error();
  }
  OrderRun run;
  run.path = path;
  run.draft = std::move(file).value();
  const AgreementFile& draft = *run.draft;
  if (draft.is_vocabulary) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{} is a vocabulary; name an agreement", path)};
  }
  if (draft.sink.has_errors()) {
    return run;
  }
  const language::SyntaxTree& text = *draft.trees.front();
  run.texts.push_back(ordered({}, talks::commitments_in(draft.agreement, text)));
  for (const agreement::ActorId proposer : agreement::proposers(draft.agreement)) {
    const agreement::Agreement own =
        agreement::in_reading(draft.agreement, agreement::reading_of(draft.agreement, proposer));
    run.texts.push_back(
        ordered(draft.agreement.actor(proposer).name, talks::commitments_in(own, text)));
  }
  return run;
}

}  // namespace

std::string counts_of(const OrderedText& text) {
  const std::size_t following = text.order.count_following();
  const std::size_t possible = text.order.count_possible();
  std::string line =
      fmt::format("{} of {} deeds {} step by step", following, text.commitments.deeds.size(),
                  following == 1 ? "follows" : "follow");
  if (possible > following) {
    line += fmt::format(", {} more if sides act at one time", possible - following);
  }
  const auto circles =
      std::count_if(text.order.circles.begin(), text.order.circles.end(),
                    [](const talks::WaitingCircle& circle) { return !circle.is_agreed; });
  line += circles == 0   ? "; no circle of waits"
          : circles == 1 ? "; a circle of waits"
                         : fmt::format("; {} circles of waits", circles);
  return line;
}

base::Result<OrderRun> find_order(const std::string& path) {
  if (path.ends_with(".truce")) {
    return order_in_agreement(path);
  }
  const auto text = read_file(path);
  if (!text) {
    return text.error();
  }
  auto commitments = talks::read_commitments(path, *text);
  if (!commitments) {
    return commitments.error();
  }
  OrderRun run;
  run.path = path;
  run.texts.push_back(ordered({}, std::move(commitments).value()));
  return run;
}

}  // namespace truce::workbench
