// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/reports.h"

#include "truce/crypto/sha256.h"
#include "truce/server/internal/dealings.h"

namespace truce::server::internal {
namespace {

const std::string& text_of(const Entry& entry, std::string_view name) {
  static const std::string kEmpty;
  const encoding::JsonValue* const member = entry.body.find(name);
  return member == nullptr ? kEmpty : member->text();
}

}  // namespace

void Reports::apply(const Entry& entry) {
  if (entry.kind != "report") {
    return;
  }
  DailyReport report{.id = text_of(entry, "id"),
                     .day = text_of(entry, "day"),
                     .language = text_of(entry, "language"),
                     .view = text_of(entry, "view"),
                     .cut_off = {},
                     .sha256_hex = {},
                     .corrects = text_of(entry, "corrects"),
                     .note = text_of(entry, "note"),
                     .pdf = from_hexadecimal(text_of(entry, "pdf")),
                     .who = entry.who,
                     .at = entry.at,
                     .audience = entry.audience,
                     .entry = entry.number};
  const auto cut_off = base::parse_instant(text_of(entry, "cut_off"), {});
  report.cut_off = cut_off ? cut_off->at : entry.at;
  report.sha256_hex = crypto::sha256_hex(report.pdf);
  all_.insert_or_assign(report.id, std::move(report));
}

const DailyReport* Reports::last_of(const DailyReport& asked) const {
  const DailyReport* last = nullptr;
  for (const auto& [id, report] : all_) {
    const bool is_same =
        report.day == asked.day && report.language == asked.language && report.view == asked.view;
    if (is_same && (last == nullptr || last->at <= report.at)) {
      last = &report;
    }
  }
  return last;
}

}  // namespace truce::server::internal
