// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/tls.h"

#include <algorithm>
#include <utility>

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace truce::server::internal {
namespace {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

// For TLS 1.2; those of 1.3 are all good.
constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

base::Error cannot(const std::string& path, const std::string& what) {
  return {base::ErrorCode::InvalidArgument, fmt::format("{} {}", path, what)};
}

std::string text_of(const ASN1_STRING* text) {
  const unsigned char* const bytes = ASN1_STRING_get0_data(text);
  return {bytes, bytes + ASN1_STRING_length(text)};
}

std::string address_of(const std::string& bytes) {
  if (bytes.size() == 4) {
    boost::asio::ip::address_v4::bytes_type four{};
    std::copy(bytes.begin(), bytes.end(), four.begin());
    return boost::asio::ip::address_v4(four).to_string();
  }
  if (bytes.size() == 16) {
    boost::asio::ip::address_v6::bytes_type sixteen{};
    std::copy(bytes.begin(), bytes.end(), sixteen.begin());
    return '[' + boost::asio::ip::address_v6(sixteen).to_string() + ']';
  }
  return {};
}

std::vector<std::string> names_of(X509* certificate) {
  std::vector<std::string> names;
  auto* const found = static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
  const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> all(found,
                                                                          &GENERAL_NAMES_free);
  for (int at = 0; at < sk_GENERAL_NAME_num(all.get()); ++at) {
    const GENERAL_NAME* const name = sk_GENERAL_NAME_value(all.get(), at);
    std::string text;
    if (name->type == GEN_DNS) {
      text = text_of(name->d.dNSName);
      std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
      });
    } else if (name->type == GEN_IPADD) {
      text = address_of(text_of(name->d.iPAddress));
    }
    if (!text.empty()) {
      names.push_back(std::move(text));
    }
  }
  return names;
}

}  // namespace

base::Result<TlsIdentity> read_tls_identity(const std::string& certificate,
                                            const std::string& key) {
  TlsIdentity identity;
  identity.context = std::make_unique<ssl::context>(ssl::context::tls_server);
  SSL_CTX* const handle = identity.context->native_handle();
  error_code error;
  error = identity.context->set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1 |
                                            ssl::context::no_tlsv1_1 | ssl::context::no_compression,
                                        error);
  SSL_CTX_set_options(handle, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_RENEGOTIATION);
  if (error || SSL_CTX_set_cipher_list(handle, kCiphers) != 1) {
    return cannot("OpenSSL", "has no ciphers that can be used; install Debian's libssl3");
  }
  error = identity.context->use_certificate_chain_file(certificate, error);
  if (error) {
    return cannot(certificate,
                  "cannot be read as certificates in PEM; name the chain with --tls-certificate");
  }
  error = identity.context->use_private_key_file(key, ssl::context::pem, error);
  if (error || SSL_CTX_check_private_key(handle) != 1) {
    return cannot(
        key, fmt::format("is not the key, in PEM, of {}; name it with --tls-key", certificate));
  }
  identity.names = names_of(SSL_CTX_get0_certificate(handle));
  if (identity.names.empty()) {
    return cannot(certificate,
                  "names no host; ask for one with the server's name as subjectAltName");
  }
  return identity;
}

}  // namespace truce::server::internal
