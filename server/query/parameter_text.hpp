#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/error.hpp"

namespace engage::server {

/// The beginning of a value that a client sent: long ones are cut in messages, the whole request is echoed beside them
/// anyway.
std::string shown(std::string_view text);

/// The row `code` with one detail: what was found.
ApiError refusal(ErrorCode code, std::string_view found);

/// The number that the whole text spells.
template <class Integer>
std::optional<Integer> parse_integer(std::string_view text) {
    Integer value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// The strings of a JSON array; numbers become their text, as ids are often numeric.
std::optional<std::vector<std::string>> parse_string_array(std::string_view text);

}  // namespace engage::server
