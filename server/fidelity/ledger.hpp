#pragma once

#include <string>

#include "server/fidelity/behaviour.hpp"
#include "server/fidelity/evidence.hpp"
#include "server/fidelity/switches.hpp"

namespace engage::server {

/// The text of docs/fidelity.md: behaviours, switches and errors with basis and source.
std::string fidelity_markdown();
/// The same as JSON, with the switches as they stand.
std::string fidelity_json(const Switches& switches);

}  // namespace engage::server
