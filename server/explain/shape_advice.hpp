#pragma once

#include <string>
#include <vector>

#include "fixtures/profiles/profile_set.hpp"
#include "server/explain/survey.hpp"

namespace engage::server::explain {

/// What to write instead of conditions of one `and` or `or` that exclude each other or leave nothing out, as
/// `x != 1 or x != 2`: one line each.
std::vector<std::string> logical_advice(const expr::syntax::Node& root);

/// What to write instead of a condition whose form says something else than was meant, whatever the values are.
std::vector<std::string> shape_advice(const Condition& condition, const fixtures::profiles::ProfileSet& profiles);

}  // namespace engage::server::explain
