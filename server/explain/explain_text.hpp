#pragma once

#include <string>

#include "server/explain/explain.hpp"

namespace engage::server::explain {

/// The explanation for a reader: several lines, each with its end.
std::string explanation_text(const Explanation& explanation);

}  // namespace engage::server::explain
