#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace engage::server::query::request {

/// Nothing unless the whole text is an integer of that type.
template <class Integer>
std::optional<Integer> parse_integer(std::string_view text) {
    Integer value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace engage::server::query::request
