#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expr/json_tree.hpp"
#include "expr/program.hpp"
#include "server/query/behavior.hpp"

namespace engage::server {

/// Null when none has the name.
const Behavior* find_behavior(std::span<const Behavior> behaviors, std::string_view name);

/// The names of behaviors that a program reads and that are not among these.
std::vector<std::string> undeclared_behaviors(const expr::Program& program, std::span<const Behavior> behaviors);

/// What is wrong with the text of behaviors, and where.
std::string text_of(const expr::TreeError& error);

/// Whether a condition on events reads the profile of who did them and nothing of the events.
bool reads_user_only(const expr::Program& condition);

}  // namespace engage::server
