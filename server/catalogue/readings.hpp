#pragma once

#include <string>
#include <vector>

#include "server/catalogue/fact.hpp"
#include "server/catalogue/switches.hpp"

namespace engage::server::catalogue {

/// How one request is read, and what its answer rests on: asks the switches, and notes each that had a say beside the
/// facts. Not thread-safe; the switches must outlive it.
class Readings {
public:
    explicit Readings(const Switches& switches);

    /// Where the switch stands; it is noted.
    template <class Choice>
    Choice choose(const Switch<Choice>& row) {
        note(row);
        return switches_.choice(row);
    }
    void note(const Fact& row) { facts_[row.position] = true; }
    /// That a switch has a say, where somebody else asks it.
    void note(const SwitchInfo& row) { asked_[row.position] = true; }
    /// To ask without a note: what the answer would say either way.
    const Switches& switches() const { return switches_; }

    /// `response-shape=recorded, row-order=assumed`: the value of the header `Engage-Emulator-Fidelity`.
    std::string summary() const;
    /// Names of the assumed ones, empty when there is none.
    std::string assumed() const;

private:
    const Switches& switches_;
    std::vector<bool> facts_;  ///< By position.
    std::vector<bool> asked_;  ///< By position.
};

}  // namespace engage::server::catalogue
