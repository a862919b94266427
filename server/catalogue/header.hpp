#pragma once

#include <string>
#include <utility>

namespace engage::server::catalogue {

/// A header of a request or an answer: name and value.
using Header = std::pair<std::string, std::string>;

}  // namespace engage::server::catalogue
