// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/cli/options.h"

namespace truce::cli {

/// Does what was asked and returns the exit status: 0 fine, 1 the answer is bad news, 2 could not
/// be done (one line on standard error says what and how to fix it).
int run(const CheckOptions& options);
int run(const AnalyseOptions& options);
int run(const CompareOptions& options);
int run(const FormatOptions& options);
int run(const ExplainOptions& options);
int run(const PlanOptions& options);
int run(const NewOptions& options);
int run(const TestOptions& options);
int run(const MonitorOptions& options);
int run(const RenderOptions& options);
int run(const DailyOptions& options);
int run(const IncidentsOptions& options);
int run(const SeparateOptions& options);
int run(const ServeOptions& options);
int run(const PackagesOptions& options);
int run(const CloseOptions& options);
int run(const BlocksOptions& options);
int run(const NextOptions& options);
int run(const RobustOptions& options);
int run(const VerifyProofOptions& options);
int run(const PositionsOptions& options);
int run(const SettleOptions& options);
int run(const SinceOptions& options);
int run(const OrderOptions& options);
int run(const OfferOptions& options);
int run(const AnswerOptions& options);
int run(const AnswersOptions& options);
int run(const KeysOptions& options);
int run(const SealOptions& options);
int run(const OpenOptions& options);
int run(const SignOptions& options);
int run(const AdoptOptions& options);
int run(const AnnounceOptions& options);
int run(const ReleaseOptions& options);
int run(const LedgerInitOptions& options);
int run(const LedgerAppendOptions& options);
int run(const LedgerShowOptions& options);
int run(const LedgerFindOptions& options);
int run(const LedgerIndexOptions& options);
int run(const LedgerProveOptions& options);
int run(const LedgerCheckProofOptions& options);
int run(const LedgerVerifyOptions& options);
int run(const LedgerRequestOptions& options);
int run(const LedgerWitnessOptions& options);
int run(const LedgerCosignOptions& options);
int run(const LedgerPublishOptions& options);
int run(const LedgerBackupOptions& options);
int run(const LedgerRestoreOptions& options);

}  // namespace truce::cli
