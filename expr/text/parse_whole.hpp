#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace engage::expr::text {

/// The number that the whole of `text` spells by the rules of std::from_chars: no `+`, no white space. Nothing when
/// anything else stands in it, or when `Number` cannot hold it.
template <class Number>
std::optional<Number> parse_whole(std::string_view text) {
    Number number{};
    const auto* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    return error == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

}  // namespace engage::expr::text
