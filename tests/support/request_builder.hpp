#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/catalogue/settings.hpp"
#include "server/http/message.hpp"

namespace engage::test {

/// Percent-encodes everything but letters, digits and `-_.~`.
std::string percent_encode(std::string_view text);

/// The header value of `user:secret`, or of any other text that should stand in the token.
std::string basic(std::string_view credentials);

/// The clock stands still, nothing is limited, and one switch is set: `row_order=shuffled`.
server::catalogue::Settings unlimited_settings(const std::string& assignment);

using Form = std::vector<std::pair<std::string, std::string>>;

/// A form POST to the endpoint of project 1 by its service account.
server::http::HttpRequest engage_request(const Form& form, std::string target = "/api/query/engage?project_id=1");

}  // namespace engage::test
