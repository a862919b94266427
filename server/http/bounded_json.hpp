#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace engage::server::http {

/// One JSON value from a client. Nothing when the text is none, or nests deeper than any parameter needs: a tree of ten
/// million brackets takes a hundred times the memory of its text.
std::optional<nlohmann::json> parse_bounded_json(std::string_view text);

}  // namespace engage::server::http
