// SPDX-License-Identifier: Apache-2.0
// What can be read out of a text of the agreement: its holes, what changed since another, its
// sentences.
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "truce/json/comparison_json.h"
#include "truce/json/findings_json.h"
#include "truce/server/internal/actions.h"
#include "truce/server/internal/answers.h"
#include "truce/workbench/analyse.h"
#include "truce/workbench/compare.h"
#include "truce/workbench/render.h"

namespace truce::server::internal {
namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

// The files of a text that the person may read; empty where there is none.
std::optional<Files> files_of(const Contents& contents, std::uint64_t number,
                              const Person& person) {
  if (number == 0 || number > contents.record.revisions().size()) {
    return std::nullopt;
  }
  const Revision& revision = contents.record.revisions()[number - 1];
  const bool is_readable = is_shown(revision.audience, person) &&
                           (!revision.is_confidential || view_of(person) == "mission");
  return is_readable ? std::optional(revision.files) : std::nullopt;
}

std::uint64_t number_in(std::string_view text) {
  std::uint64_t number = 0;
  for (const char letter : text) {
    if (letter < '0' || letter > '9' || number > 1'000'000) {
      return 0;
    }
    number = number * 10 + static_cast<std::uint64_t>(letter - '0');
  }
  return number;
}

// A text in a folder for the time of one reading.
class Placed {
 public:
  Placed(const std::string& folder, std::string_view name, const Files& files)
      : folder_(fmt::format("{}/reading/{}", folder, name)),
        file_(place_agreement(folder_, files)) {}
  ~Placed() {
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
  }
  Placed(const Placed&) = delete;
  Placed& operator=(const Placed&) = delete;

  [[nodiscard]] bool is_there() const { return file_.has_value(); }
  [[nodiscard]] const base::Error& error() const { return file_.error(); }
  [[nodiscard]] std::string path() const { return folder_ + "/agreement.truce"; }
  /// What was read out of it, without the place in the folder of the server, which is nobody's
  /// business.
  [[nodiscard]] std::string without_place(std::string text) const {
    const std::string place = folder_ + '/';
    for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place, at)) {
      text.erase(at, place.size());
    }
    return text;
  }

 private:
  std::string folder_;
  base::Result<workbench::AgreementFile> file_;
};

Response text_answer(std::string type, std::string body) {
  return {
      .content_type = std::move(type), .headers = {}, .body = std::move(body), .stream = nullptr};
}

// What `make` reads out of a text, made once: a text never changes.
template <typename Make>
Response read_once(Context& context, const std::string& key, std::string type, Make make) {
  const std::scoped_lock locked(context.readings_lock);
  auto at = context.readings.find(key);
  if (at == context.readings.end()) {
    base::Result<std::string> made = make();
    if (!made) {
      return problem(made.error());
    }
    at = context.readings.emplace(key, std::move(made).value()).first;
  }
  return text_answer(std::move(type), at->second);
}

struct Asked {
  std::optional<Files> files;
  std::string folder;
};

Asked asked_of(const Context& context, std::uint64_t number, const Person& person) {
  return context.workspace.read([&](const Contents& contents) {
    return Asked{.files = files_of(contents, number, person), .folder = contents.record.folder()};
  });
}

}  // namespace

Response get_revision_findings(Context& context, const Call& call) {
  const std::uint64_t number = number_in(call.segment("revision"));
  const Asked asked = asked_of(context, number, call.person);
  if (!asked.files) {
    return not_found();
  }
  return read_once(context, fmt::format("findings {}", number), "application/json",
                   [&]() -> base::Result<std::string> {
                     const Placed text(asked.folder, "text", *asked.files);
                     if (!text.is_there()) {
                       return text.error();
                     }
                     auto run = workbench::analyse({.agreement = text.path()});
                     if (!run) {
                       return run.error();
                     }
                     // Equal texts have equal answers.
                     run->elapsed_ms = 0;
                     return text.without_place(json::to_json_said(*run));
                   });
}

Response get_revision_changes(Context& context, const Call& call) {
  const std::uint64_t number = number_in(call.segment("revision"));
  const auto from = number_of(call, "from");
  if (!from) {
    return problem(from.error());
  }
  const Asked later = asked_of(context, number, call.person);
  const Asked earlier = asked_of(context, *from, call.person);
  if (!later.files || !earlier.files) {
    return not_found();
  }
  return read_once(context, fmt::format("changes {} {}", *from, number), "application/json",
                   [&]() -> base::Result<std::string> {
                     const Placed before(earlier.folder, "before", *earlier.files);
                     const Placed after(later.folder, "after", *later.files);
                     if (!before.is_there() || !after.is_there()) {
                       return before.is_there() ? after.error() : before.error();
                     }
                     auto run = workbench::compare(
                         {.before = before.path(), .after = after.path(), .on_progress = {}});
                     if (!run) {
                       return run.error();
                     }
                     run->elapsed_ms = 0;
                     return before.without_place(after.without_place(json::to_json(*run)));
                   });
}

Response get_revision_document(Context& context, const Call& call) {
  const std::uint64_t number = number_in(call.segment("revision"));
  const std::string language = call.target.parameter("language").value_or("en");
  const Asked asked = asked_of(context, number, call.person);
  if (!asked.files) {
    return not_found();
  }
  const std::string audience = call.person.party;
  return read_once(context, fmt::format("document {} {} {}", number, language, audience),
                   "text/plain; charset=utf-8", [&]() -> base::Result<std::string> {
                     const Placed text(asked.folder, "text", *asked.files);
                     if (!text.is_there()) {
                       return text.error();
                     }
                     const auto made = workbench::render({.agreement = text.path(),
                                                          .is_html = false,
                                                          .language = language,
                                                          .beside_language = {},
                                                          .audience = audience});
                     if (!made) {
                       return made.error();
                     }
                     if (!made->missing.empty()) {
                       return base::Error{
                           base::ErrorCode::InvalidArgument,
                           fmt::format("the words of this text lack {} entries in {}, such as {}",
                                       made->missing.size(), language, made->missing.front())};
                     }
                     return made->document;
                   });
}

}  // namespace truce::server::internal
