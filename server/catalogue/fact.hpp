#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "server/catalogue/basis.hpp"

namespace engage::server::catalogue {

/// What the emulator imitates without leaving a choice: a row of facts/*.def. Choices are switches, refusals errors. A
/// row exists once; its address is its identity.
struct Fact {
    std::uint16_t position;  ///< In `all_facts()`.
    std::string_view name;   ///< Stable, for docs and headers, e.g. "row-shape".
    std::string_view statement;
    Basis basis;
    std::string_view source;
};

/// In the order of docs/fidelity.md.
std::span<const Fact* const> all_facts();

}  // namespace engage::server::catalogue
