#pragma once

#include <cstddef>
#include <string>

#include "expr/values/arena.hpp"
#include "expr/values/value.hpp"

namespace engage::expr::values {

/// Which of the documented accessors a reference was written with. On a profile `properties["x"]` and
/// `user["x"]` are the same value; `event["x"]` is undefined. `behaviors["x"]` is what the query computes under that
/// name. Cohorts, whose name is the id, stand in JSON trees only: whether the profile is a member.
enum class Scope : unsigned char { kProperties, kUser, kEvent, kBehaviors, kCohorts };

/// A property that an expression reads, e.g. `properties["plan"]`.
struct Reference {
    Scope scope = Scope::kProperties;
    std::string name;

    bool operator==(const Reference&) const = default;
};

/// The evaluator's only view of a profile. An implementation resolves `Program::references()` once per query,
/// so that reading a value needs no search by name.
class Record {
public:
    virtual ~Record() = default;
    /// The value of `Program::references()[reference]`, undefined when the profile has none. Whatever has to be
    /// decoded is placed into `arena`.
    virtual View value(std::size_t reference, Arena& arena) const = 0;
};

}  // namespace engage::expr::values
