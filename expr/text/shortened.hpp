#pragma once

#include <cstddef>
#include <string>

namespace engage::expr::text {

/// The first `longest` bytes of a UTF-8 text and "…", no character cut in two; a text that is no longer as it is.
std::string shortened(std::string text, std::size_t longest);

}  // namespace engage::expr::text
