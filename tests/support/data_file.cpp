#include "tests/support/data_file.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "expr/text/parse_whole.hpp"

namespace engage::test {

void Place::refuse(const std::string& expected, std::string_view found) const {
    refuse("expected " + expected + ", found " +
           (found.empty() ? std::string("nothing") : '"' + std::string(found) + '"'));
}

void Place::refuse(const std::string& what) const { throw DataError(text() + ": " + what); }

std::vector<std::filesystem::path> data_files(const std::filesystem::path& folder, const std::string& extension) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const auto& path = entry.path();
        if (path.filename() == "README.md") continue;
        if (path.extension() != extension) throw DataError(path.string() + ": expected a file " + extension);
        files.push_back(path);
    }
    if (files.empty()) throw DataError(folder.string() + ": expected files " + extension + ", found none");
    std::sort(files.begin(), files.end());
    return files;
}

std::string read_data(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in) throw DataError("cannot read " + file.string());
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

std::size_t count_of(std::string_view text) { return expr::text::parse_whole<std::size_t>(text).value_or(0); }

}  // namespace engage::test
