#pragma once

#include <bitset>
#include <cstddef>
#include <string>

#include "server/catalogue/behaviour.hpp"
#include "server/catalogue/switches.hpp"

namespace engage::server::catalogue {

/// Which imitated behaviours one answer rests on.
class Evidence {
public:
    explicit Evidence(const Switches& switches) : switches_(switches) {}
    void note(Behaviour behaviour) { behaviours_.set(static_cast<std::size_t>(behaviour)); }
    void note(SwitchId id) { used_switches_.set(static_cast<std::size_t>(id)); }

    /// `response-shape=recorded, row-order=assumed`: the value of the header `Engage-Emulator-Fidelity`.
    std::string summary() const;
    /// Names of the assumed ones, empty when there is none.
    std::string assumed() const;

private:
    const Switches& switches_;
    std::bitset<static_cast<std::size_t>(Behaviour::kCount)> behaviours_;
    std::bitset<static_cast<std::size_t>(SwitchId::kCount)> used_switches_;
};

}  // namespace engage::server::catalogue
