#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "server/catalogue/settings.hpp"
#include "tests/support/data_file.hpp"

namespace engage::test {

/// A word and what stands behind it.
struct ScenarioLine {
    Place at;
    std::string word;
    std::string rest;
};

struct ScenarioRequest {
    std::string method;
    std::string target;
    std::string credentials = "sa:secret";  ///< Or "none".
    std::vector<std::pair<std::string, std::string>> form;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    std::size_t times = 1;
};

/// A request and what its answer must be.
struct Exchange {
    ScenarioRequest request;
    Place at;  ///< Of the expectation.
    int status = 0;
    std::vector<ScenarioLine> checks;
};

struct ClockMove {
    Place at;
    std::string duration;
};

using ScenarioStep = std::variant<Exchange, ClockMove>;

/// What a `.scenario` file says. The language is described in tests/server/scenarios/README.md.
struct Scenario {
    server::catalogue::Settings settings;
    std::vector<std::string> projects;  ///< Names below tests/server/projects.
    std::size_t numbered_profiles = 0;  ///< Of project 1, when above 0.
    std::vector<ScenarioStep> steps;
};

/// Throws DataError for whatever the language does not have, at its line.
Scenario parse_scenario(std::string_view text, const std::string& file);
Scenario read_scenario(const std::filesystem::path& file);

/// The name and the value of `NAME: VALUE`.
std::pair<std::string, std::string> split_header(const std::string& line);

/// Replaces each whole `$NAME` by what `value_of(NAME)` points to, if anything.
template <class Lookup>
std::string replace_names(std::string_view text, const Lookup& value_of) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    std::string replaced;
    for (auto dollar = text.find('$'); dollar != std::string_view::npos; dollar = text.find('$')) {
        const auto name = text.substr(dollar + 1, text.find_first_not_of(letters, dollar + 1) - dollar - 1);
        const std::string* value = value_of(std::string(name));
        replaced.append(text.substr(0, dollar)).append(value ? *value : '$' + std::string(name));
        text.remove_prefix(dollar + 1 + name.size());
    }
    return replaced.append(text);
}

}  // namespace engage::test
