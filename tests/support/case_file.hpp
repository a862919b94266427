#pragma once

#include <filesystem>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/data_file.hpp"

namespace engage::test {

/// One case of a `.case` file: three lines, then a blank one. Lines that begin with '#' are comments.
struct Case {
    std::string expression;
    std::string properties;  ///< A JSON object, or a remark.
    std::string expected;
    std::map<std::string, std::string> directives;  ///< `@name value` lines above it; each holds until it is changed.
    Place at;

    /// "file.case:line", for failures.
    std::string where() const { return at.text(); }
    /// What the directive says, if it is there.
    std::string directive(const std::string& name, const std::string& otherwise) const;
};

/// What a reader of cases makes of them: it throws for a directive that it does not know, or a value.
using CheckDirective = void (*)(const std::string& name, const std::string& value, const Place& at);

/// What the second line of each case is.
enum class SecondLine { kProperties, kRemark };

struct CaseForm {
    CheckDirective check_directive = nullptr;  ///< None: there are no directives.
    SecondLine second_line = SecondLine::kProperties;
};

/// All cases of a `.case` file, or of the blocks of a Markdown file that open with "```case": there, directives hold to
/// the end of their block. Throws DataError when the file cannot be read, holds no case, or holds anything else.
std::vector<Case> read_cases(const std::filesystem::path& file, const CaseForm& form = {});
/// The same of a text. `file` is its name: it says whether that is Markdown.
std::vector<Case> parse_cases(std::string_view text, const std::string& file, const CaseForm& form = {});

/// Refuses a directive whose value is none of these.
void check_one_of(std::initializer_list<std::string_view> values, const std::string& name, const std::string& value,
                  const Place& at);
/// Refuses a directive whose value is no number above 0.
void check_count(const std::string& name, const std::string& value, const Place& at);

}  // namespace engage::test
