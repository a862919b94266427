#pragma once

#include <string>
#include <string_view>

namespace engage::expr::text {

/// The text of a string literal from what stands between its quotes. Escapes are those that JSON encoders write,
/// because clients quote with them; any other escaped character stands for itself. A lone surrogate becomes U+FFFD.
std::string unescape(std::string_view raw);

}  // namespace engage::expr::text
