#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engage::server::query::request {

/// The strings of a JSON array; numbers become their text, as ids are often numeric. Nothing if the text is none.
std::optional<std::vector<std::string>> parse_string_array(std::string_view text);

}  // namespace engage::server::query::request
