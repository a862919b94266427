#pragma once

#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace engage::test {

/// What is wrong with a file of test data. A typo there must fail: it must never make a test check less.
struct DataError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A line of such a file.
struct Place {
    std::string file;  ///< Its name without the folder.
    std::size_t line = 0;

    /// "file:line"
    std::string text() const { return file + ':' + std::to_string(line); }
    /// Throws DataError "file:line: expected …, found "…"".
    [[noreturn]] void refuse(const std::string& expected, std::string_view found) const;
    /// Throws DataError "file:line: …".
    [[noreturn]] void refuse(const std::string& what) const;
};

/// The files of a folder in order: at least one, and none of another extension, which no test would read, beside a
/// README.md.
std::vector<std::filesystem::path> data_files(const std::filesystem::path& folder, const std::string& extension);

/// All of a file that has to be there.
std::string read_data(const std::filesystem::path& file);

/// The lines of a text, without their ends.
std::vector<std::string> lines_of(std::string_view text);

/// A number above 0 and nothing else; 0 when `text` is none.
std::size_t count_of(std::string_view text);

}  // namespace engage::test
