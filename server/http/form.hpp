#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace engage::server::http {

/// Decodes `%41` and `+`; an incomplete escape stays as it is.
std::string decode_form_component(std::string_view text);

/// Splits `a=1&b=2` at each `&` and at the first `=` after it: a raw `=` in a value belongs to the value.
/// The first value of a repeated key is kept.
std::map<std::string, std::string, std::less<>> decode_form(std::string_view text);

}  // namespace engage::server::http
