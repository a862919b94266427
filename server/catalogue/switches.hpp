#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "expr/expected.hpp"
#include "server/catalogue/switch.hpp"

namespace engage::server::catalogue {

/// Where every switch stands.
class Switches {
public:
    Switches();
    /// `assignment` is `name=value`. The error lists what would have been accepted.
    Expected<void, std::string> set(std::string_view assignment);

    template <class Choice>
    Choice choice(const Switch<Choice>& row) const {
        return static_cast<Choice>(values_[row.position]);
    }
    std::uint32_t number(const Number& row) const { return values_[row.position]; }

    /// The row of the chosen value, for its basis.
    const SwitchValue& chosen(const SwitchInfo& row) const;
    /// What `set` would take to get here.
    std::string value_text(const SwitchInfo& row) const;

private:
    std::vector<std::uint32_t> values_;  ///< By position: an index into `SwitchInfo::values`, or the number.
};

}  // namespace engage::server::catalogue
