// SPDX-License-Identifier: Apache-2.0
#include "truce/json/table_json.h"

#include "truce/base/utf8.h"
#include "truce/crypto/base64.h"
#include "truce/encoding/json_value.h"
#include "truce/json/internal/diagnostics_value.h"

namespace truce::json {
namespace {

using encoding::JsonValue;

JsonValue list_of(const std::vector<std::string>& texts) {
  JsonValue list = JsonValue::array();
  for (const std::string& text : texts) {
    list.push_back(text);
  }
  return list;
}

JsonValue document(std::string_view schema) {
  JsonValue value = JsonValue::object();
  value.set("schema", schema);
  return value;
}

// The fields that adoption and announcement share.
void set_adoption(JsonValue& value, const workbench::AdoptionRun& run) {
  JsonValue signatories = JsonValue::array();
  for (const talks::Signing& signing : run.adoption.signings) {
    JsonValue one = JsonValue::object();
    one.set("name", signing.name);
    one.set("state", word_of(signing.state));
    signatories.push_back(std::move(one));
  }
  value.set("instrument", run.text.instrument.hash);
  value.set("adopted", run.is_adopted());
  value.set("refusal", run.text.refusal);
  value.set("signatories", std::move(signatories));
  value.set("others", list_of(run.adoption.others));
}

std::string diagnostics_of(const workbench::InstrumentRun& run) {
  return internal::diagnostics_document(run.file.sink, run.file.sources());
}

}  // namespace

std::string_view word_of(talks::Signing::State state) {
  switch (state) {
    case talks::Signing::State::Signed:
      return "signed";
    case talks::Signing::State::Missing:
      return "missing";
    case talks::Signing::State::OtherText:
      return "other-text";
    case talks::Signing::State::OtherKey:
      return "other-key";
    case talks::Signing::State::UnknownKey:
      return "unknown-key";
  }
  return {};
}

std::string to_json(const workbench::KeyFiles& files) {
  JsonValue value = document("truce.keys/1");
  value.set("name", files.name);
  value.set("secret", files.secret);
  value.set("public", files.published);
  return value.to_pretty_text();
}

std::string to_json(const workbench::OpenedFile& file, bool has_content) {
  JsonValue value = document("truce.opened/1");
  value.set("signed", file.is_signed);
  value.set("signed_by", file.signed_by.empty() ? JsonValue() : JsonValue(file.signed_by));
  if (has_content && base::first_invalid_utf8(file.content) == file.content.size()) {
    value.set("text", file.content);
  } else if (has_content) {
    value.set("base64",
              crypto::to_base64({reinterpret_cast<const unsigned char*>(file.content.data()),
                                 file.content.size()}));
  }
  return value.to_pretty_text();
}

std::string to_json(const workbench::InstrumentRun& run, const std::string& written) {
  if (run.file.sink.has_errors()) {
    return diagnostics_of(run);
  }
  JsonValue value = document("truce.signature/1");
  value.set("instrument", run.instrument.hash);
  value.set("refusal", run.refusal);
  value.set("signatories", list_of(run.signatories));
  value.set("file", written.empty() ? JsonValue() : JsonValue(written));
  return value.to_pretty_text();
}

std::string to_json(const workbench::AdoptionRun& run) {
  if (run.text.file.sink.has_errors()) {
    return diagnostics_of(run.text);
  }
  JsonValue value = document("truce.adoption/1");
  set_adoption(value, run);
  return value.to_pretty_text();
}

std::string to_json(const workbench::AnnounceRun& run) {
  if (run.adoption.text.file.sink.has_errors()) {
    return diagnostics_of(run.adoption.text);
  }
  JsonValue value = document("truce.announcement/1");
  value.set("refused", run.is_refused());
  set_adoption(value, run.adoption);
  value.set("open_findings", list_of(run.open_findings));
  value.set("files", list_of(run.written));
  return value.to_pretty_text();
}

std::string to_json(const workbench::OfferRun& run) {
  if (run.text.file.sink.has_errors()) {
    return diagnostics_of(run.text);
  }
  JsonValue value = document("truce.offer/1");
  value.set("instrument", run.text.instrument.hash);
  value.set("refusal", run.text.refusal);
  value.set("signatories", list_of(run.text.signatories));
  value.set("files", list_of(run.written));
  return value.to_pretty_text();
}

std::string to_json(const workbench::AnswersRun& run) {
  JsonValue value = document("truce.answers/1");
  value.set("instrument", run.text.instrument.hash);
  value.set("signatories", list_of(run.text.signatories));
  value.set("all_accept", run.all_accept);
  return value.to_pretty_text();
}

}  // namespace truce::json
