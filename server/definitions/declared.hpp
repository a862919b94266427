#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expr/evaluation/program.hpp"
#include "expr/trees/json_tree.hpp"
#include "server/definitions/behavior.hpp"

namespace engage::server::definitions {

/// Null when none has the name.
const Behavior* find_behavior(std::span<const Behavior> behaviors, std::string_view name);

/// The names of behaviors that a program reads and that are not among these.
std::vector<std::string> undeclared_behaviors(const expr::evaluation::Program& program,
                                              std::span<const Behavior> behaviors);

/// What is wrong with the text of behaviors, and where.
std::string problem_text(const expr::values::DocumentError& error);

}  // namespace engage::server::definitions
