// SPDX-License-Identifier: Apache-2.0
// `truce talks keys`, `seal`, `open`, `sign`, `adopt`, `announce` and `release`.
#include <filesystem>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/terminal.h"
#include "truce/diagnostics/render.h"
#include "truce/json/diagnostics_json.h"
#include "truce/json/table_json.h"
#include "truce/workbench/files.h"
#include "truce/workbench/table.h"

namespace truce::cli {
namespace {

int print(const std::string& text, int status) {
  return write_output(text) ? status : output_failed();
}

std::string written(const std::string& path) { return fmt::format("Written: {}\n", path); }

int print_errors(const workbench::InstrumentRun& run) {
  return print(diagnostics::to_terminal(run.file.sink.sorted(), run.file.sources(),
                                        render_options(STDOUT_FILENO)),
               kBadNews);
}

// agreement.truce and north.key: agreement.north.signature, beside the agreement.
std::string signature_path(const SignOptions& options) {
  if (!options.output.empty()) {
    return options.output;
  }
  std::filesystem::path path(options.file);
  const std::string key = std::filesystem::path(options.key).stem().string();
  path.replace_extension();
  path += fmt::format(".{}.signature", key);
  return path.string();
}

std::string_view in_words(talks::Signing::State state) {
  switch (state) {
    case talks::Signing::State::Signed:
      return "signed";
    case talks::Signing::State::Missing:
      return "has not signed";
    case talks::Signing::State::OtherText:
      return "signed another text";
    case talks::Signing::State::OtherKey:
      return "signed with another key than theirs";
    case talks::Signing::State::UnknownKey:
      return "signed; give the one public key they are known by, with --by";
  }
  return {};
}

std::string signings(const workbench::AdoptionRun& run) {
  std::string text = fmt::format("Instrument: {}\n", run.text.instrument.hash);
  if (!run.text.refusal.empty()) {
    return text;
  }
  for (const talks::Signing& signing : run.adoption.signings) {
    text += fmt::format("  {}: {}\n", signing.name, in_words(signing.state));
  }
  for (const std::string& name : run.adoption.others) {
    text += fmt::format("  {}: signed, and need not\n", name);
  }
  return text;
}

std::string adopted_or_not(const workbench::AdoptionRun& run) {
  if (!run.text.refusal.empty()) {
    return fmt::format("Not adopted: {}.\n", run.text.refusal);
  }
  return run.is_adopted() ? "Adopted, whole, by all who must sign.\n"
                          : "Not adopted: it is by all who must sign, or not at all.\n";
}

}  // namespace

int run(const KeysOptions& options) {
  std::optional<std::string> passphrase;
  if (options.has_passphrase) {
    auto asked = ask_new_passphrase(options.name);
    if (!asked) {
      return could_not(asked.error());
    }
    passphrase = std::move(asked.value());
  }
  const auto files = workbench::make_key(options.name, options.folder, passphrase);
  if (!files) {
    return could_not(files.error());
  }
  return print(options.format == "json"
                   ? json::to_json(*files)
                   : fmt::format("Written: {} (keep it secret) and {} (give it away)\n",
                                 files->secret, files->published),
               kFine);
}

int run(const SealOptions& options) {
  const std::string output = options.output.empty() ? options.file + ".sealed" : options.output;
  const auto sealed =
      workbench::seal_file(options.file, options.to, {options.from, ask_passphrase}, output);
  if (!sealed) {
    return could_not(sealed.error());
  }
  return print(
      options.format == "json" ? json::to_json(std::vector<std::string>{output}) : written(output),
      kFine);
}

int run(const OpenOptions& options) {
  const auto opened = workbench::open_file(
      options.file, workbench::KeySource{options.key, ask_passphrase}, options.from);
  if (!opened) {
    return could_not(opened.error());
  }
  if (!options.output.empty()) {
    if (const auto saved = workbench::write_secret(options.output, opened->content); !saved) {
      return could_not(saved.error());
    }
  }
  if (options.format == "json") {
    return print(json::to_json(*opened, options.output.empty()), kFine);
  }
  const std::string from = !opened->signed_by.empty() ? fmt::format("by {}", opened->signed_by)
                           : opened->is_signed ? "by a key that was not given; name it with --from"
                                               : "by nobody";
  // Beside the content, which is somebody's words and stands alone on standard output.
  write_errors(fmt::format("Signed {}\n", from));
  return print(options.output.empty() ? opened->content : written(options.output), kFine);
}

int run(const SignOptions& options) {
  const std::string output = signature_path(options);
  const auto made = workbench::sign_text(options.file, {options.key, ask_passphrase}, output);
  if (!made) {
    return could_not(made.error());
  }
  const bool is_refused = !made->refusal.empty();
  if (options.format == "json") {
    return print(json::to_json(*made, is_refused ? "" : output), is_refused ? kBadNews : kFine);
  }
  if (made->file.sink.has_errors()) {
    return print_errors(*made);
  }
  return is_refused
             ? print(fmt::format("Not signed: {}.\n", made->refusal), kBadNews)
             : print(fmt::format("Instrument: {}\n{}", made->instrument.hash, written(output)),
                     kFine);
}

int run(const AdoptOptions& options) {
  const auto made = workbench::adopt(
      {.text = options.file, .keys = options.keys, .signatures = options.signatures});
  if (!made) {
    return could_not(made.error());
  }
  const int status = made->is_adopted() ? kFine : kBadNews;
  if (options.format == "json") {
    return print(json::to_json(*made), status);
  }
  if (made->text.file.sink.has_errors()) {
    return print_errors(made->text);
  }
  return print(signings(*made) + adopted_or_not(*made), status);
}

int run(const AnnounceOptions& options) {
  Progress progress;
  const auto made = workbench::announce(
      {.adopted = {.text = options.adopted.file,
                   .keys = options.adopted.keys,
                   .signatures = options.adopted.signatures},
       .message = options.message,
       .folder = options.folder,
       .on_progress = [&progress](const std::string& what) { progress.tell(what); }});
  if (!made) {
    return could_not(made.error());
  }
  const int status = made->is_refused() ? kBadNews : kFine;
  if (options.adopted.format == "json") {
    return print(json::to_json(*made), status);
  }
  if (made->adoption.text.file.sink.has_errors()) {
    return print_errors(made->adoption.text);
  }
  std::string text = signings(made->adoption) + adopted_or_not(made->adoption);
  for (const std::string& finding : made->open_findings) {
    text += fmt::format("Finding that nobody accepted: {}\n", finding);
  }
  for (const std::string& path : made->written) {
    text += written(path);
  }
  text += made->is_refused() ? "No announcement.\n" : "It opens when every share is there.\n";
  return print(text, status);
}

int run(const ReleaseOptions& options) {
  const auto opened = workbench::release(options.file, options.shares);
  if (!opened) {
    return could_not(opened.error());
  }
  if (!options.output.empty()) {
    if (const auto apart = workbench::refuse_to_replace(options.output, {options.file}); !apart) {
      return could_not(apart.error());
    }
    if (const auto saved = workbench::write_file(options.output, *opened); !saved) {
      return could_not(saved.error());
    }
  }
  if (options.format == "json") {
    return print(json::to_json({.content = *opened, .is_signed = false, .signed_by = {}},
                               options.output.empty()),
                 kFine);
  }
  return print(options.output.empty() ? *opened : written(options.output), kFine);
}

}  // namespace truce::cli
