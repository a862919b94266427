#pragma once

#include <string>

#include "server/catalogue/switches.hpp"

namespace engage::server::catalogue {

/// The text of docs/fidelity.md: facts, switches and errors with basis and source.
std::string fidelity_markdown();
/// The same as JSON, with the switches as they stand.
std::string fidelity_json(const Switches& switches);

}  // namespace engage::server::catalogue
