#pragma once

#include <span>
#include <string>
#include <string_view>

namespace engage::expr::text {

/// The one of `known` that is a slip of the finger away from `word`; empty when none is. A view into `known`.
std::string_view nearest(std::string_view word, std::span<const std::string_view> known);

/// "; did you mean 'cohorts.json'?" of the nearest, otherwise nothing.
std::string suggestion(std::string_view word, std::span<const std::string_view> known);

}  // namespace engage::expr::text
