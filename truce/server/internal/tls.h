// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <boost/asio/ssl/context.hpp>

#include "truce/base/result.h"

namespace truce::server::internal {

/// What a server shows of itself: its key, and the names in its certificate.
struct TlsIdentity {
  std::unique_ptr<boost::asio::ssl::context> context;
  // Of hosts, in lower case, and addresses.
  std::vector<std::string> names;
};

/// Reads a chain of certificates and the key of the first, both in PEM. TLS 1.2 and 1.3 alone, with
/// ciphers that keep what was said secret when the key is lost. Fails with InvalidArgument, naming
/// the file.
base::Result<TlsIdentity> read_tls_identity(const std::string& certificate, const std::string& key);

}  // namespace truce::server::internal
