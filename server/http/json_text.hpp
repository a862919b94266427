#pragma once

#include <string>
#include <string_view>

namespace engage::server::http {

/// A JSON string literal in ASCII: everything beyond is `\uXXXX`, as Python's encoder writes it. Bytes that are not
/// UTF-8 become U+FFFD.
std::string json_string(std::string_view text);

/// A JSON number that is no integer, as Python writes a float: `2.0`. What is infinite or no number is null.
std::string json_float(double value);

}  // namespace engage::server::http
