#pragma once

#include <span>
#include <string>
#include <string_view>

#include "server/catalogue/basis.hpp"
#include "server/catalogue/behaviour.hpp"
#include "server/catalogue/evidence.hpp"
#include "server/catalogue/switches.hpp"

namespace engage::server::catalogue {

struct BehaviourInfo {
    Behaviour behaviour;
    std::string_view name;
    std::string_view statement;
    Basis basis;
    std::string_view source;
};

std::span<const BehaviourInfo> all_behaviours();

/// The text of docs/fidelity.md: behaviours, switches and errors with basis and source.
std::string fidelity_markdown();
/// The same as JSON, with the switches as they stand.
std::string fidelity_json(const Switches& switches);

}  // namespace engage::server::catalogue
