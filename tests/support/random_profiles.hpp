#pragma once

#include <cstddef>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "fixtures/profiles/profile_set.hpp"

namespace engage::test {

/// Names for `random_expression` that cover what `random_profiles` makes, and one that no profile has.
const std::vector<std::string>& random_names();

/// User profiles whose properties have every type, mixed within one name: few or many distinct values, mostly there or
/// mostly missing, in letter cases and spellings that are equal to the language and not to the byte.
std::shared_ptr<const fixtures::profiles::ProfileSet> random_profiles(std::mt19937& random, std::size_t count);

}  // namespace engage::test
