#pragma once

#include <charconv>
#include <optional>
#include <string_view>

#include "server/error.hpp"

namespace engage::server {

/// A value as messages show it: long ones are cut, as the whole request is echoed beside them anyway.
std::string shown(std::string_view text);

/// A refusal whose text says what was found.
ApiError refusal(ErrorCode code, std::string_view found);

/// The whole text as an integer.
template <class Integer>
std::optional<Integer> parse_integer(std::string_view text) {
    Integer value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace engage::server
