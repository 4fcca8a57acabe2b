// SPDX-License-Identifier: Apache-2.0
// `truce talks order`.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/answer_to.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/terminal.h"
#include "truce/diagnostics/render.h"
#include "truce/json/order_json.h"
#include "truce/workbench/order.h"

namespace truce::cli {
namespace {

using talks::WaitingCircle;
using workbench::OrderedText;

constexpr std::size_t kMostRows = 40;

// Rows of which the first ones are shown.
class Rows {
 public:
  // There may be millions: only what is shown is worded.
  template <typename Worded>
  void add(const Worded& row) {
    if (++count_ <= kMostRows) {
      text_ += row() + "\n";
    }
  }
  [[nodiscard]] std::string under(const std::string& title) const {
    const std::string more =
        count_ > kMostRows
            ? fmt::format("  and {} more; --format json lists them all\n", count_ - kMostRows)
            : std::string();
    return count_ == 0 ? std::string() : title + "\n" + text_ + more;
  }

 private:
  std::string text_;
  std::size_t count_ = 0;
};

std::string in_words(const OrderedText& text, std::uint32_t deed) {
  return talks::to_text(text.commitments.deeds[deed]);
}

// By step, then by number.
std::vector<std::uint32_t> in_order(const OrderedText& text, bool is_following) {
  const std::vector<std::uint32_t>& step = text.order.step;
  std::vector<std::uint32_t> deeds;
  for (std::uint32_t deed = 0; deed < step.size(); ++deed) {
    if (step[deed] != 0 && text.order.follows[deed] == is_following) {
      deeds.push_back(deed);
    }
  }
  std::stable_sort(deeds.begin(), deeds.end(), [&step](std::uint32_t left, std::uint32_t right) {
    return step[left] < step[right];
  });
  return deeds;
}

std::string following(const OrderedText& text) {
  Rows rows;
  for (const std::uint32_t deed : in_order(text, true)) {
    rows.add([&] { return fmt::format("{:>4}  {}", text.order.step[deed], in_words(text, deed)); });
  }
  return rows.under("Step by step, and nobody goes first on trust");
}

std::string exchanged(const OrderedText& text) {
  std::vector<const WaitingCircle*> circle_of(text.order.step.size(), nullptr);
  for (const WaitingCircle& circle : text.order.circles) {
    for (const std::uint32_t deed : circle.deeds) {
      circle_of[deed] = &circle;
    }
  }
  Rows rows;
  for (const std::uint32_t deed : in_order(text, false)) {
    const std::uint32_t step = text.order.step[deed];
    const WaitingCircle* circle = circle_of[deed];
    if (circle == nullptr) {
      rows.add([&] { return fmt::format("{:>4}  {}", step, in_words(text, deed)); });
    } else if (deed == circle->deeds.front()) {
      // All of it has this step: it is told once, where its first deed stands.
      rows.add([&] {
        return fmt::format("{:>4}  at one time{}:", step,
                           circle->is_agreed ? ", as the text has it" : "");
      });
      for (const std::uint32_t one : circle->deeds) {
        rows.add([&] { return fmt::format("        {}", in_words(text, one)); });
      }
    }
  }
  return rows.under("With exchanges");
}

std::string guarantees(const OrderedText& text, const WaitingCircle& circle) {
  if (!circle.is_possible) {
    return "  Acting at one time does not help: it waits for what never comes.\n";
  }
  const bool is_least = circle.at_least == circle.guarantees.size();
  Rows rows;
  for (const std::uint32_t deed : circle.guarantees) {
    rows.add([&] { return fmt::format("    {}", in_words(text, deed)); });
  }
  return rows.under(
      is_least ? fmt::format(
                     "  Broken by {} for, and by no fewer:",
                     circle.guarantees.size() == 1
                         ? "one deed that somebody vouches"
                         : fmt::format("{} deeds that somebody vouches", circle.guarantees.size()))
               : fmt::format("  Broken by {} deeds that somebody vouches for; at least {} are "
                             "needed, and the search ended there:",
                             circle.guarantees.size(), circle.at_least));
}

std::string circle_text(const OrderedText& text, const WaitingCircle& circle) {
  std::string lines = "Circle of waits: nobody can go first\n";
  if (circle.deeds.size() > circle.witness.size() || !circle.is_shortest) {
    lines += fmt::format("  {} deeds hold each other up; {} among them:\n", circle.deeds.size(),
                         circle.is_shortest ? "the shortest circle" : "a circle");
  }
  Rows rows;
  for (std::size_t i = 1; i <= circle.witness.size(); ++i) {
    rows.add([&] {
      return fmt::format("  waits for {}",
                         in_words(text, circle.witness[i % circle.witness.size()]));
    });
  }
  lines += rows.under("  " + in_words(text, circle.witness.front()));
  return lines + guarantees(text, circle);
}

// What never comes, and the first thing that each would need.
std::string never(const OrderedText& text) {
  Rows rows;
  for (const talks::NeverDone& one : talks::never_done(text.commitments.graph, text.order)) {
    rows.add([&] {
      return one.waits_for.has_value()
                 ? fmt::format("  {}\n    waits for {}", in_words(text, one.deed),
                               in_words(text, *one.waits_for))
                 : fmt::format("  {}\n    nobody commits to it", in_words(text, one.deed));
    });
  }
  return rows.under("Never");
}

std::string to_text(const workbench::OrderRun& run) {
  const OrderedText& whole = run.texts.front();
  std::string text = workbench::counts_of(whole) + "\n";
  if (run.texts.size() > 1) {
    text += "Words are disputed: here every wait counts that a side proposes.\n";
  }
  for (const std::string& part : {following(whole), exchanged(whole), never(whole)}) {
    text += part.empty() ? part : "\n" + part;
  }
  std::size_t told = 0;
  for (const WaitingCircle& circle : whole.order.circles) {
    if (!circle.is_agreed && ++told <= kMostRows) {
      text += "\n" + circle_text(whole, circle);
    }
  }
  if (told > kMostRows) {
    text += fmt::format("\nAnd {} more circles; --format json lists them all\n", told - kMostRows);
  }
  if (!whole.commitments.left_out.empty()) {
    text += fmt::format("\nLeft out, for they answer an event: {}\n",
                        fmt::join(whole.commitments.left_out, ", "));
  }
  for (std::size_t i = 1; i < run.texts.size(); ++i) {
    text += fmt::format("{}Text of {}: {}\n", i == 1 ? "\n" : "", run.texts[i].proposer,
                        workbench::counts_of(run.texts[i]));
  }
  return text;
}

}  // namespace

int run(const OrderOptions& options) {
  const auto found = workbench::find_order(options.file);
  if (!found) {
    return could_not(found.error());
  }
  const bool is_bad = found->has_errors() || found->texts.front().order.has_open_circle();
  const int status = is_bad ? kBadNews : kFine;
  if (found->has_errors() && options.format == "text") {
    return answer(diagnostics::to_terminal(found->draft->sink.sorted(), found->draft->sources(),
                                           render_options(STDOUT_FILENO)),
                  status);
  }
  return internal::answer_to({options.output, options.format, "order"},
                             options.format == "json"   ? json::to_json(*found)
                             : options.format == "html" ? workbench::to_html(*found)
                                                        : to_text(*found),
                             {options.file}, status);
}

}  // namespace truce::cli
