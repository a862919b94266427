#pragma once

#include <string>
#include <string_view>

#include "expr/syntax/parse.hpp"

namespace engage::server::cli {

/// Three lines, each with its end: place and message, the source line, the caret. `prefix` names what was read, e.g.
/// "--where: ". Line and column are told when the text has several lines.
std::string describe_syntax_error(std::string_view prefix, std::string_view text,
                                  const expr::syntax::ParseError& error);

}  // namespace engage::server::cli
