#pragma once

#include <string>
#include <vector>

#include "fixtures/profiles/profile_set.hpp"
#include "server/explain/survey.hpp"

namespace engage::server::explain {

/// What the writer of an expression may have overlooked, in the order of the conditions: one line each, with what to
/// write instead where that is certain.
std::vector<std::string> advice_on(const expr::syntax::Ast& ast, const Survey& survey,
                                   const fixtures::profiles::ProfileSet& profiles);

}  // namespace engage::server::explain
