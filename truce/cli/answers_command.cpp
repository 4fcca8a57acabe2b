// SPDX-License-Identifier: Apache-2.0
// `truce talks offer`, `answer` and `answers`.
#include <filesystem>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/terminal.h"
#include "truce/diagnostics/render.h"
#include "truce/json/diagnostics_json.h"
#include "truce/json/table_json.h"
#include "truce/workbench/answers.h"

namespace truce::cli {
namespace {

int print(const std::string& text, int status) {
  return write_output(text) ? status : output_failed();
}

// settled.truce and north.key: settled.north.answer.
std::string answer_path(const AnswerOptions& options) {
  if (!options.output.empty()) {
    return options.output;
  }
  std::filesystem::path path(options.file);
  path.replace_extension();
  path += fmt::format(".{}.answer", std::filesystem::path(options.key).stem().string());
  return path.string();
}

}  // namespace

int run(const OfferOptions& options) {
  const auto made = workbench::make_offer(options.file, options.keys, options.folder);
  if (!made) {
    return could_not(made.error());
  }
  const int status = made->written.empty() ? kBadNews : kFine;
  if (options.format == "json") {
    return print(json::to_json(*made), status);
  }
  if (made->text.file.sink.has_errors()) {
    return print(diagnostics::to_terminal(made->text.file.sink.sorted(), made->text.file.sources(),
                                          render_options(STDOUT_FILENO)),
                 status);
  }
  if (made->written.empty()) {
    return print(fmt::format("Not offered: {}.\n", made->text.refusal), status);
  }
  std::string text = fmt::format("Instrument: {}\nWritten: {} (for all)\n",
                                 made->text.instrument.hash, made->written.front());
  for (std::size_t side = 0; side < made->text.signatories.size(); ++side) {
    text += fmt::format("Written: {} (for {})\n", made->written[side + 1],
                        made->text.signatories[side]);
  }
  return print(text, status);
}

int run(const AnswerOptions& options) {
  const std::string output = answer_path(options);
  const auto answered = workbench::answer_offer({.text = options.file,
                                                 .offer = options.offer,
                                                 .share = options.share,
                                                 .key = {options.key, ask_passphrase},
                                                 .to = options.to,
                                                 .is_accepted = options.is_accepted,
                                                 .output = output});
  if (!answered) {
    return could_not(answered.error());
  }
  return print(options.format == "json" ? json::to_json(std::vector<std::string>{output})
                                        : fmt::format("Written: {}\n", output),
               kFine);
}

int run(const AnswersOptions& options) {
  const auto opened = workbench::open_answers({.text = options.file,
                                               .offer = options.offer,
                                               .key = {options.key, ask_passphrase},
                                               .from = options.from,
                                               .answers = options.answers});
  if (!opened) {
    return could_not(opened.error());
  }
  const int status = opened->all_accept ? kFine : kBadNews;
  if (options.format == "json") {
    return print(json::to_json(*opened), status);
  }
  return print(opened->all_accept
                   ? fmt::format("All accept: {}\n", fmt::join(opened->text.signatories, ", "))
                   : "Not all accept. Nothing tells who does not, nor how many.\n",
               status);
}

}  // namespace truce::cli
