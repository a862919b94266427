#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/data_file.hpp"

namespace engage::test {

/// A case of `advice.case`.
struct Asked {
    std::string where;
    std::string profiles;  ///< `x = VALUE | VALUE`, or `demo`.
    std::string advice;    ///< The lines, each with its star and its end.
    Place at;
};

/// Cases parted by blank lines: the expression, the profiles, and the lines of advice, each behind "* ", or `nothing`.
/// Lines that begin with '#' are comments. Throws DataError for anything else and for no case.
std::vector<Asked> parse_advice(std::string_view text, const std::string& file);

/// The JSON values of `x = VALUE | VALUE`, "-" for a profile without one.
std::vector<std::string> values_of(const Asked& asked);

}  // namespace engage::test
