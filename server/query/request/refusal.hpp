#pragma once

#include <string>
#include <string_view>

#include "server/catalogue/error.hpp"

namespace engage::server::query::request {

/// A value as messages show it: long ones are cut, as the whole request is echoed beside them anyway.
std::string shown(std::string_view text);

/// A refusal whose text says what was found.
catalogue::ApiError refusal(const catalogue::ErrorInfo& row, std::string_view found);

}  // namespace engage::server::query::request
