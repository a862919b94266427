#include "server/access/basic_credentials.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <strings.h>

namespace engage::server::access {

namespace {

constexpr std::string_view kScheme = "Basic ";
constexpr std::size_t kMaxEncoded = 8192;

std::optional<std::string> decode_base64(std::string_view text) {
    while (!text.empty() && (text.back() == '=' || text.back() == ' ')) text.remove_suffix(1);
    if (text.empty() || text.size() > kMaxEncoded || text.size() % 4 == 1) return std::nullopt;
    std::string padded(text);
    padded.resize((text.size() + 3) / 4 * 4, '=');
    std::string decoded(padded.size() / 4 * 3, '\0');
    const auto size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(decoded.data()),
                        reinterpret_cast<const unsigned char*>(padded.data()), static_cast<int>(padded.size()));
    if (size < 0) return std::nullopt;
    // OpenSSL counts the padding as bytes.
    decoded.resize(static_cast<std::size_t>(size) - (padded.size() - text.size()));
    return decoded;
}

}  // namespace

std::optional<BasicCredentials> parse_basic(std::string_view authorization) {
    if (authorization.size() <= kScheme.size() ||
        strncasecmp(authorization.data(), kScheme.data(), kScheme.size()) != 0)
        return std::nullopt;
    const auto decoded = decode_base64(authorization.substr(kScheme.size()));
    if (!decoded) return std::nullopt;
    const auto colon = decoded->find(':');
    if (colon == std::string::npos) return BasicCredentials{*decoded, {}, false};
    return BasicCredentials{decoded->substr(0, colon), decoded->substr(colon + 1), true};
}

bool equal_secret(std::string_view left, std::string_view right) {
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace engage::server::access
