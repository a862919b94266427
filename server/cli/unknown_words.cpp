#include "server/cli/unknown_words.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "expr/text/spelling.hpp"

namespace engage::server::cli {

namespace {

constexpr std::string_view kPrefix = "ENGAGE_EMULATOR_";
/// Given to clients and to tests of this project, and read by nobody here: a command that `exec` runs may be this
/// program again.
constexpr std::array<std::string_view, 5> kForOthers = {"ENGAGE_EMULATOR_URL", "ENGAGE_EMULATOR_TLS_URL",
                                                        "ENGAGE_EMULATOR_PROXY_URL", "ENGAGE_EMULATOR_ALLOWED_HOSTS",
                                                        "ENGAGE_EMULATOR_BIN"};

std::vector<std::string_view> views(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

bool has(const std::vector<std::string>& texts, std::string_view text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

/// What flags like `--prot=1` may have been meant to be, and which other commands have them.
std::string hints_for(const std::vector<std::string>& words, const std::string& command, const FlagsOfCommands& flags) {
    std::string meant, elsewhere;
    for (const auto& word : words) {
        if (!word.starts_with("--")) continue;
        const auto name = word.substr(2, word.find('=') - 2);
        if (const auto near = expr::text::nearest(name, views(flags.at(command))); !near.empty()) {
            meant += (meant.empty() ? "'--" : ", '--") + std::string(near) + '\'';
            continue;
        }
        const auto owner =
            std::find_if(flags.begin(), flags.end(), [&](const auto& entry) { return has(entry.second, name); });
        if (owner != flags.end()) elsewhere += "; --" + name + " is a flag of " + owner->first;
    }
    return elsewhere + (meant.empty() ? "" : "; did you mean " + meant + '?');
}

}  // namespace

std::string unknown_command(const std::string& word, const FlagsOfCommands& flags) {
    std::vector<std::string> names = {"help"};
    for (const auto& [name, its] : flags) names.push_back(name);
    return "unknown command '" + word + "'" + expr::text::suggestion(word, views(names));
}

std::string unexpected_words(const std::vector<std::string>& words, const std::string& command,
                             const FlagsOfCommands& flags) {
    std::string text =
        words.size() == 1 ? "The following argument was not expected:" : "The following arguments were not expected:";
    for (const auto& word : words) text += ' ' + word;
    if (command == "exec" && !words.front().starts_with('-')) return text + "; the command stands behind --";
    return text + hints_for(words, command, flags);
}

std::vector<std::string> unknown_variables(const std::vector<std::string>& environment,
                                           const std::vector<std::string>& known) {
    std::vector<std::string> lines;
    for (const auto& entry : environment) {
        const auto name = entry.substr(0, entry.find('='));
        const bool is_for_others = std::find(kForOthers.begin(), kForOthers.end(), name) != kForOthers.end();
        if (!name.starts_with(kPrefix) || is_for_others || has(known, name)) continue;
        lines.push_back("unknown variable " + name + expr::text::suggestion(name, views(known)));
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

}  // namespace engage::server::cli
