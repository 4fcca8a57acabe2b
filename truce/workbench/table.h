// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/talks/adoption.h"
#include "truce/talks/instrument.h"
#include "truce/workbench/agreement_file.h"
#include "truce/workbench/key_source.h"

namespace truce::workbench {

/// The two files of a new key.
struct KeyFiles {
  std::string name;
  std::string secret;
  std::string published;
};

/// Makes a key for `name` and writes NAME.key, which only its owner may read, and NAME.pub into
/// `folder`; the file names are in lower case with hyphens. Fails with InvalidArgument for a name
/// that is none or where one of the files is there, with Io or Unsupported.
/// With a passphrase the secret is written under it.
base::Result<KeyFiles> make_key(const std::string& name, const std::string& folder,
                                const std::optional<std::string>& passphrase = {});

/// Reads NAME.key, with its passphrase where it takes one. Fails with Corrupt, with Io, as
/// crypto::unguard() does, and with InvalidArgument where others may read it.
base::Result<talks::NamedSecret> read_secret_key(const KeySource& source);
/// Reads each NAME.pub. Fails with Corrupt or Io.
base::Result<std::vector<talks::NamedKey>> read_public_keys(const std::vector<std::string>& paths);

/// Seals a file to the holder of a public key, signed inside where `from` names a secret key, and
/// writes `output`. Fails as read_file(), write_file() and crypto::seal() do.
base::Result<void> seal_file(const std::string& path, const std::string& to, const KeySource& from,
                             const std::string& output);

/// What was in a sealed file.
struct OpenedFile {
  std::string content;
  // Whether somebody signed it, and the name of the one of the known keys that did.
  bool is_signed = false;
  std::string signed_by;
};

/// Opens a sealed file with a secret key, which may be read already. `known`: public keys of those
/// it may be from; where any is given, a file that none of them signed is refused. Fails with
/// Corrupt or InvalidArgument.
base::Result<OpenedFile> open_file(const std::string& path, const KeySource& key,
                                   const std::vector<std::string>& known);
base::Result<OpenedFile> open_file(const std::string& path, const talks::NamedSecret& secret,
                                   const std::vector<std::string>& known);

/// Writes a file that only its owner may read, and replaces none. Fails with InvalidArgument where
/// it is there, with Io.
base::Result<void> write_secret(const std::string& path, std::string_view text);

/// A text that is to be signed, with what is signed.
struct InstrumentRun {
  AgreementFile file;
  // Of a text without errors.
  talks::Instrument instrument;
  std::vector<std::string> signatories;
  // Why it cannot be signed; empty where it can.
  std::string refusal;
};

/// Fails when a file cannot be read, with InvalidArgument for a vocabulary.
base::Result<InstrumentRun> read_instrument(const std::string& path);

/// Signs the text and writes `output`. A text with errors or brackets is not signed: the run says
/// why. Fails when a file cannot be read or written.
base::Result<InstrumentRun> sign_text(const std::string& path, const KeySource& key,
                                      const std::string& output);

/// A text and who has signed it.
struct AdoptionRun {
  InstrumentRun text;
  talks::Adoption adoption;

  [[nodiscard]] bool is_adopted() const {
    return !text.file.sink.has_errors() && text.refusal.empty() && adoption.is_adopted();
  }
};

struct AdoptRequest {
  std::string text;
  // NAME.pub of those who must sign, and signatures; as paths.
  std::vector<std::string> keys;
  std::vector<std::string> signatures;
};

/// Whether all who must sign have signed this text. Fails when a file cannot be read or is none.
base::Result<AdoptionRun> adopt(const AdoptRequest& request);

struct AnnounceRequest {
  AdoptRequest adopted;
  // The file with what is announced; empty: the canonical text.
  std::string message;
  // The folder for announcement.locked and a sealed share for each signatory.
  std::string folder;
  // Told what is being done, for a person who waits.
  std::function<void(const std::string&)> on_progress;
};

/// A joint announcement under lock, or why there is none.
struct AnnounceRun {
  AdoptionRun adoption;
  // Codes and clauses of the findings that nobody accepted.
  std::vector<std::string> open_findings;
  // Empty where it was refused.
  std::vector<std::string> written;

  [[nodiscard]] bool is_refused() const { return !adoption.is_adopted() || !open_findings.empty(); }
};

/// Locks the announcement with a share for each who must sign, and seals each share to its owner,
/// where the text is adopted and the analysis has no finding that nobody accepted; else nothing is
/// written. Fails when a file cannot be read or written.
base::Result<AnnounceRun> announce(const AnnounceRequest& request);

/// The announcement, once the shares of all are there, opened by their owners. Fails with
/// InvalidArgument, naming how many are missing, and with Corrupt.
base::Result<std::string> release(const std::string& locked,
                                  const std::vector<std::string>& shares);

}  // namespace truce::workbench
