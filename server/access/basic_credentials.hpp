#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace engage::server::access {

/// What an `Authorization: Basic …` header carries.
struct BasicCredentials {
    std::string user;
    std::string password;
    bool has_colon = false;
};

/// Nothing when the header is of another scheme or not base64.
std::optional<BasicCredentials> parse_basic(std::string_view authorization);

/// Compares in a time that does not tell how much of a secret was right.
bool equal_secret(std::string_view left, std::string_view right);

}  // namespace engage::server::access
