#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "server/catalogue/basis.hpp"

namespace engage::server::catalogue {

/// One reading that a switch may stand on.
struct SwitchValue {
    std::string_view name;
    std::string_view meaning;
    Basis basis;
    std::string_view source;
};

/// A choice between readings that the public evidence leaves open, or a number that it does not give: a row of
/// switches/*.def. The first value is the default. A row exists once; its address is its identity.
struct SwitchInfo {
    std::uint8_t position;  ///< In `all_switches()`.
    std::string_view name;  ///< As `--set name=value` writes it.
    std::string_view question;
    std::span<const SwitchValue> values;  ///< A single one, `<seconds>`, when the switch takes a number.
    std::uint32_t default_number = 0;     ///< 0: it takes no number.
};

/// A switch whose choices are enumerators, in the order of its values.
template <class Choice>
struct Switch : SwitchInfo {};

/// A switch that takes a number of seconds, from 1.
struct Number : SwitchInfo {};

/// In the order of docs/fidelity.md.
std::span<const SwitchInfo* const> all_switches();

}  // namespace engage::server::catalogue
