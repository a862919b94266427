#pragma once

#include <cstddef>

#include "expr/values/record.hpp"

namespace engage::expr::evaluation {

struct Tables;

/// What there is to know of an expression before it is evaluated. Found once, when it is bound.
struct Facts {
    std::size_t parts = 0;     ///< What one evaluation looks at without binders: its cost by rough estimate.
    unsigned scopes = 0;       ///< The bits of the scopes that it reads.
    bool reads_clock = false;  ///< It says NOW or TODAY: its value may depend on the time.
    bool reads_id = false;     ///< It reads the `$distinct_id` of the profile.
    /// An evaluation may run out of steps, or of memory by the texts and lists that it makes. What many references to
    /// one long list take is not counted: one evaluation of all may then run out where its parts do not.
    bool is_metered = false;

    bool reads(values::Scope scope) const { return (scopes & bit(scope)) != 0; }
    /// Whether it reads something, and nothing but this.
    bool reads_only(values::Scope scope) const { return scopes == bit(scope); }

    static constexpr unsigned bit(values::Scope scope) { return 1U << static_cast<unsigned>(scope); }
};

/// Of a bound expression.
Facts facts_of(const Tables& tables);

}  // namespace engage::expr::evaluation
