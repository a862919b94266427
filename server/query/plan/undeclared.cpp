#include "server/query/plan/undeclared.hpp"

#include <utility>

#include "server/catalogue/switches/filters.hpp"
#include "server/definitions/declared.hpp"

namespace engage::server::query::plan {

std::optional<std::string> refused_behavior(const expr::evaluation::Program& program,
                                            std::span<const definitions::Behavior> declared,
                                            catalogue::Readings& readings) {
    auto undeclared = definitions::undeclared_behaviors(program, declared);
    if (undeclared.empty()) return std::nullopt;
    if (readings.choose(catalogue::switches::kBehaviorsUndeclared) != catalogue::switches::BehaviorsUndeclared::kError)
        return std::nullopt;
    return std::move(undeclared.front());
}

}  // namespace engage::server::query::plan
