#pragma once

#include <string>
#include <string_view>

namespace engage::expr::text {

/// Appends `/` and one token of a JSON pointer, whose own `/` and `~` are escaped (RFC 6901).
void append_pointer_token(std::string_view token, std::string& pointer);

}  // namespace engage::expr::text
