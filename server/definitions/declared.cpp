#include "server/definitions/declared.hpp"

#include <algorithm>

namespace engage::server::definitions {

const Behavior* find_behavior(std::span<const Behavior> behaviors, std::string_view name) {
    const auto found = std::find_if(behaviors.begin(), behaviors.end(),
                                    [&](const Behavior& behavior) { return behavior.name == name; });
    return found == behaviors.end() ? nullptr : &*found;
}

std::vector<std::string> undeclared_behaviors(const expr::evaluation::Program& program,
                                              std::span<const Behavior> behaviors) {
    std::vector<std::string> names;
    for (const auto& reference : program.references())
        if (reference.scope == expr::values::Scope::kBehaviors && find_behavior(behaviors, reference.name) == nullptr)
            names.push_back(reference.name);
    return names;
}

std::string problem_text(const expr::values::DocumentError& error) {
    return error.pointer.empty() ? error.message : "at " + error.pointer + ": " + error.message;
}

}  // namespace engage::server::definitions
