// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/encoding/json_value.h"
#include "truce/incidents/report.h"
#include "truce/server/internal/record.h"
#include "truce/server/roles.h"

namespace truce::server::internal {

/// The account that a body of the schema NewAccount gives, read as a row of an incident file is;
/// reported at `now` where it does not say when. Fails with InvalidArgument, saying why the row
/// cannot be used.
base::Result<incidents::Report> read_account(const encoding::JsonValue& body,
                                             base::Duration clock_offset, base::Instant now);

/// The columns of an account that say something, as texts.
encoding::JsonValue columns_of(const incidents::Report& report, base::Duration clock_offset);

/// From where somebody writes: `mission`, the name of a party, or `reporter NAME`. Accounts are
/// corrected from where they were written, and from nowhere else.
std::string desk_of(const Person& person);

/// Makes the account what this person can say: a delegate speaks for the party, a reporter for
/// themselves. Fails with InvalidArgument for an account of somebody else, an act of an institution
/// that they may not record, and an incident that is neither one they can see nor named as theirs.
base::Result<void> claim(incidents::Report& report, const Person& person, const Record& record);

/// The row that an account of this desk said last of the incident; null where it said nothing.
const AccountRow* last_said(const Record& record, const incidents::Report& report,
                            std::string_view desk);

/// To whom something is shown that this person wants shown to `wanted`: always the mission, and the
/// side that wrote it. Fails with InvalidArgument for a word that is no audience here.
base::Result<Audience> audience_for(const std::vector<std::string>& wanted, const Person& person,
                                    const Record& record);

/// The entry that puts these accounts on record. Fails with InvalidArgument where one could not be
/// read back.
base::Result<Entry> entry_of(const std::vector<incidents::Report>& reports, const Person& person,
                             const Audience& audience);

}  // namespace truce::server::internal
