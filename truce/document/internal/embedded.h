// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace truce::document::internal {

// The files of page/, compiled in.
extern const std::string_view kPageTemplate;
extern const std::string_view kPageStyle;
extern const std::string_view kPageScriptBase;
extern const std::string_view kPageScriptChoice;
extern const std::string_view kPageScriptTimeline;
extern const std::string_view kPageScriptMap;
extern const std::string_view kPageScriptList;
extern const std::string_view kPageScriptIncident;
extern const std::string_view kPageScriptStart;
extern const std::string_view kPackagesStyle;
extern const std::string_view kSeparationStyle;
extern const std::string_view kTreatyStyle;

}  // namespace truce::document::internal
