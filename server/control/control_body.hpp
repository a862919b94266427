#pragma once

#include <string>
#include <string_view>

#include "expr/expected.hpp"
#include "expr/values/document.hpp"

namespace engage::server::control {

/// The JSON object that a command is sent; the error says what was expected. `body` must outlive it.
Expected<expr::values::Document, std::string> read_control_body(std::string_view body);

}  // namespace engage::server::control
