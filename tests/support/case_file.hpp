#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace engage::test {

/// One case of a `.case` file: three lines, then a blank one. Lines that begin with '#' are comments.
struct Case {
    std::string expression;
    std::string properties;  ///< A JSON object.
    std::string expected;
    std::map<std::string, std::string> directives;  ///< `@name value` lines above it; each holds until it is changed.
    std::string where;                              ///< "file.case:line", for failures.
};

/// All cases of a `.case` file, or of the blocks of a Markdown file that open with "```case": there, directives hold to
/// the end of their block. Throws std::runtime_error when the file cannot be read or a case is incomplete.
std::vector<Case> read_cases(const std::filesystem::path& file);

}  // namespace engage::test
