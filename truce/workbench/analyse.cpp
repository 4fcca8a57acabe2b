// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/analyse.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "truce/analysis/analyse.h"
#include "truce/base/nearest_word.h"
#include "truce/prose/lexicon.h"
#include "truce/workbench/files.h"
#include "truce/workbench/render.h"

namespace truce::workbench {
namespace {

using analysis::Finding;
using analysis::Repair;

constexpr std::size_t kMaxRepairs = 3;
// Each try analyses the whole text again; a text with more holes than this is mended step by step.
constexpr std::size_t kMaxTries = 60;

bool has_some(const std::vector<std::string>& some, const std::vector<std::string>& all) {
  return std::any_of(some.begin(), some.end(), [&](const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  });
}

bool is_part_of(const std::vector<agreement::ClauseId>& some,
                const std::vector<agreement::ClauseId>& all) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

// Whether `found` is what is left of `before`, or all of it.
bool is_left_of(const Finding& found, const Finding& before) {
  const bool is_of_harm =
      found.harms.empty() ? before.harms.empty() : has_some(found.harms, before.harms);
  return found.code == before.code && is_of_harm && found.reason == before.reason &&
         found.key == before.key && is_part_of(found.clauses, before.clauses);
}

bool is_white(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

// The bytes that an edit takes the place of: with a particular that goes, its semicolon; a new one
// stands before the full stop.
std::pair<std::size_t, std::size_t> place_of(const analysis::Edit& edit, const std::string& text) {
  std::size_t begin = std::min<std::size_t>(edit.span.begin, text.size());
  std::size_t end = std::clamp<std::size_t>(edit.span.end, begin, text.size());
  if (edit.text.empty() || edit.text.starts_with(';')) {
    std::size_t at = begin;
    while (at > 0 && is_white(text[at - 1])) {
      --at;
    }
    const char wanted = edit.text.empty() ? ';' : '.';
    if (at > 0 && text[at - 1] == wanted) {
      begin = at - 1;
      end = edit.text.empty() ? end : begin;
    }
  }
  return {begin, end};
}

std::optional<analysis::Analysis> after(const AgreementFile& file, const Repair& repair,
                                        analysis::Memory& memory) {
  const AgreementFile edited = with_texts(file, apply(file, repair));
  if (edited.sink.has_errors() ||
      edited.agreement.clauses.size() != file.agreement.clauses.size()) {
    return std::nullopt;
  }
  return analysis::analyse(edited.agreement, edited.sink, analysis::Depth::FindingsOnly, false,
                           nullptr, &memory);
}

// A clause too many, of which a graver hole was told before: no repair of that made it so.
bool was_left_out(const Finding& found, const analysis::Analysis& before) {
  const auto subjects =
      found.subject.has_value() ? std::vector<agreement::ClauseId>{*found.subject} : found.clauses;
  return found.code == analysis::Code::X03 &&
         std::all_of(subjects.begin(), subjects.end(), [&](agreement::ClauseId id) {
           return std::any_of(
               before.findings.begin(), before.findings.end(), [&](const Finding& old) {
                 return analysis::info(old.code).level == analysis::Level::Hole &&
                        old.code < found.code &&
                        (is_part_of({id}, old.clauses) || is_part_of({id}, old.cascade));
               });
         });
}

bool closes(const analysis::Analysis& now, const analysis::Analysis& before, const Finding& hole) {
  return std::all_of(now.findings.begin(), now.findings.end(), [&](const Finding& found) {
    if (is_left_of(found, hole)) {
      return false;
    }
    // What a lapse kept back is told once it is closed.
    const bool was_held_back = hole.code == analysis::Code::L03 &&
                               found.code == analysis::Code::L01 &&
                               has_some(found.harms, hole.harms);
    return was_held_back || was_left_out(found, before) ||
           analysis::info(found.code).level == analysis::Level::Information ||
           std::any_of(before.findings.begin(), before.findings.end(),
                       [&](const Finding& old) { return is_left_of(found, old); });
  });
}

// Each finding is told once its repairs were tried.
void verify_repairs(AnalysisRun& run, const analysis::Analysis& all, const AnalyseRequest& request,
                    analysis::Memory& memory) {
  std::size_t tries = 0;
  for (Finding& finding : run.analysis.findings) {
    std::vector<Repair> verified;
    for (Repair& repair : finding.repairs) {
      if (verified.size() == kMaxRepairs || tries == kMaxTries || finding.acceptance.has_value()) {
        break;
      }
      ++tries;
      const auto now = after(run.file, repair, memory);
      if (now.has_value() && closes(*now, all, finding)) {
        repair.is_verified = true;
        verified.push_back(std::move(repair));
      }
    }
    finding.repairs = std::move(verified);
    if (request.on_finding) {
      request.on_finding(run, static_cast<std::size_t>(&finding - run.analysis.findings.data()));
    }
  }
  if (tries == kMaxTries) {
    run.analysis.not_searched.emplace_back(
        "repairs of the later findings: mend the first ones and analyse again");
  }
}

base::Result<std::set<analysis::Code>> wanted_codes(const std::vector<std::string>& ids) {
  std::set<analysis::Code> wanted;
  for (const std::string& id : ids) {
    const auto code = analysis::find_code(id);
    if (!code.has_value()) {
      std::vector<std::string> known;
      for (const analysis::CodeInfo& one : analysis::codes()) {
        known.emplace_back(one.id);
      }
      const auto nearest = base::nearest_word(id, known);
      return base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("there is no finding {}; {}", id,
                                     nearest ? fmt::format("did you mean {}?", *nearest)
                                             : std::string("see truce explain --list"))};
    }
    wanted.insert(*code);
  }
  return wanted;
}

// `001-C01-2.1-North.smt2`, in the order in which they were asked.
base::Result<void> write_questions(const std::string& folder,
                                   const std::vector<analysis::Question>& questions) {
  if (folder.empty()) {
    return {};
  }
  if (const auto made = make_folder(folder); !made) {
    return made.error();
  }
  for (std::size_t i = 0; i < questions.size(); ++i) {
    std::string name = questions[i].name;
    std::replace_if(
        name.begin(), name.end(),
        [](char letter) {
          const bool is_plain = (letter >= 'a' && letter <= 'z') ||
                                (letter >= 'A' && letter <= 'Z') ||
                                (letter >= '0' && letter <= '9') || letter == '.';
          return !is_plain;
        },
        '-');
    const std::string path = fmt::format("{}/{:03}-{}.smt2", folder, i + 1, name);
    if (const auto written = write_file(path, questions[i].script); !written) {
      return written.error();
    }
  }
  return {};
}

// The words of an entry, as it stands without anything asked of it.
std::string words_of(const prose::Entry& entry) {
  std::string words;
  for (const prose::Piece& piece : entry.variants.front().pieces) {
    if (piece.what == prose::Piece::What::Text) {
      words += (words.empty() || piece.is_tight ? "" : " ") + piece.text;
    }
  }
  return words;
}

base::Result<analysis::LanguageTerms> read_terms(const std::string& agreement,
                                                 const std::string& code) {
  analysis::LanguageTerms terms{.language = code,
                                .file = terms_path(agreement, code),
                                .is_there = false,
                                .keeps_names = false,
                                .names = {},
                                .checked = {}};
  if (!file_exists(terms.file)) {
    return terms;
  }
  auto text = read_file(terms.file);
  if (!text) {
    return text.error();
  }
  prose::Lexicon lexicon;
  if (auto added = lexicon.add(terms.file, *text); !added) {
    return added.error();
  }
  terms.is_there = true;
  prose::Lexicon whole;
  if (auto added = whole.add(code, prose::embedded_lexicon(code)); !added) {
    return added.error();
  }
  constexpr std::string_view kAsWritten = "as written";
  terms.keeps_names =
      whole.setting("names") == kAsWritten || lexicon.setting("names") == kAsWritten;
  for (const std::string& name : lexicon.keys("name")) {
    terms.names.emplace(name, words_of(*lexicon.find("name", name)));
  }
  for (const std::string& number : lexicon.keys("checked")) {
    terms.checked.emplace(number, words_of(*lexicon.find("checked", number)));
  }
  return terms;
}

// What the text has in other languages: those it declares, and those the program has.
base::Result<analysis::Languages> read_languages(const AgreementFile& file) {
  std::set<std::string> codes;
  for (const agreement::LanguageDeclaration& one : file.agreement.languages) {
    codes.insert(one.code);
  }
  for (const std::string& code : prose::embedded_languages()) {
    codes.insert(code);
  }
  analysis::Languages languages;
  for (const std::string& code : codes) {
    auto terms = read_terms(file.path, code);
    if (!terms) {
      return terms.error();
    }
    languages.terms.push_back(std::move(terms).value());
  }
  // As the treaty document prints them.
  constexpr std::size_t kShort = 16;
  for (const auto& [number, hash] : clause_hashes(*file.trees.front())) {
    languages.digits.emplace(number, hash.substr(0, kShort));
  }
  return languages;
}

}  // namespace

std::vector<std::string> apply(const AgreementFile& file, const Repair& repair) {
  std::vector<std::string> texts;
  for (const base::SourceText* source : file.sources()) {
    texts.emplace_back(source->text());
  }
  std::vector<analysis::Edit> edits = repair.edits;
  // From behind, so that the places before stay where they are.
  std::stable_sort(edits.begin(), edits.end(), [](const auto& a, const auto& b) {
    return std::pair(a.span.source, a.span.begin) > std::pair(b.span.source, b.span.begin);
  });
  for (const analysis::Edit& edit : edits) {
    if (edit.span.source < texts.size()) {
      std::string& text = texts[edit.span.source];
      const auto [begin, end] = place_of(edit, text);
      text.replace(begin, end - begin, edit.text);
    }
  }
  return texts;
}

base::Result<AnalysisRun> analyse(const AnalyseRequest& request) {
  const auto started = std::chrono::steady_clock::now();
  const auto wanted = wanted_codes(request.only);
  if (!wanted) {
    return wanted.error();
  }
  auto file = read_agreement(request.agreement);
  if (!file) {
    return file.error();
  }
  AnalysisRun run{.file = std::move(file).value(), .analysis = {}, .elapsed_ms = 0};
  if (run.file.is_vocabulary) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       request.agreement + " is a vocabulary; name an agreement"};
  }
  if (run.file.sink.has_errors()) {
    return run;
  }
  if (request.on_progress) {
    request.on_progress("searching for holes");
  }
  const auto languages = read_languages(run.file);
  if (!languages) {
    return languages.error();
  }
  analysis::Memory memory;
  run.analysis = analysis::analyse(run.file.agreement, run.file.sink, analysis::Depth::Full,
                                   !request.questions.empty(), &*languages, &memory);
  if (const auto written = write_questions(request.questions, run.analysis.questions); !written) {
    return written.error();
  }
  const analysis::Analysis all = run.analysis;
  if (!wanted->empty()) {
    analysis::keep_only(run.analysis, *wanted);
  }
  if (request.on_progress) {
    request.on_progress("trying repairs");
  }
  verify_repairs(run, all, request, memory);
  run.elapsed_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                       std::chrono::steady_clock::now() - started)
                       .count();
  return run;
}

base::Result<std::vector<std::string>> write_repair(const AnalysisRun& run, std::size_t number) {
  if (number == 0 || number > run.analysis.findings.size()) {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("there is no finding {}; there are {}", number, run.analysis.findings.size())};
  }
  const Finding& finding = run.analysis.findings[number - 1];
  if (finding.repairs.empty()) {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("finding {}, {}, has no repair that was verified; mend it by hand", number,
                    analysis::info(finding.code).id)};
  }
  const std::vector<std::string> texts = apply(run.file, finding.repairs.front());
  const auto sources = run.file.sources();
  for (const base::SourceText* source : sources) {
    const auto now = read_file(source->name());
    if (!now || *now != source->text()) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("{} was changed while it was analysed; nothing is written, "
                                     "analyse it again",
                                     source->name())};
    }
  }
  std::vector<std::string> written;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i] == sources[i]->text()) {
      continue;
    }
    if (const auto done = write_file(sources[i]->name(), texts[i]); !done) {
      return done.error();
    }
    written.push_back(sources[i]->name());
  }
  return written;
}

}  // namespace truce::workbench
