#pragma once

#include <random>
#include <string>
#include <vector>

#include "expr/syntax/dialect.hpp"

namespace engage::test {

/// The text of an expression that `grammar` accepts and that nests a few levels deep. Every choice comes from
/// `random`, so one seed gives one text (of one compiler). Properties are picked from `names`: at least one, none of
/// which needs an escape in quotes.
std::string random_expression(std::mt19937& random, expr::syntax::Grammar grammar,
                              const std::vector<std::string>& names);

}  // namespace engage::test
