#include "tests/support/advice_file.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace engage::test {
namespace {

constexpr std::string_view kProperty = "x = ";
constexpr std::string_view kBetween = " | ";

void check_values(const Asked& asked, const Place& at) {
    if (!asked.profiles.starts_with(kProperty)) at.refuse("x = VALUE | VALUE, or demo", asked.profiles);
    for (const auto& value : values_of(asked))
        if (value != "-" && !nlohmann::json::accept(value)) at.refuse("a JSON value or -", value);
}

Asked read_case(const std::vector<std::string>& lines, const Place& first) {
    const auto at = [&](std::size_t i) { return Place{first.file, first.line + i}; };
    if (lines.size() < 3) first.refuse("expected the expression, the profiles, and lines of advice or nothing");
    Asked asked{lines[0], lines[1], {}, first};
    if (asked.profiles != "demo") check_values(asked, at(1));
    const bool is_silent = lines.size() == 3 && lines[2] == "nothing";
    for (std::size_t i = 2; i < lines.size() && !is_silent; ++i) {
        if (!lines[i].starts_with("* ")) at(i).refuse("advice behind \"* \", or the one line nothing", lines[i]);
        asked.advice += lines[i] + '\n';
    }
    return asked;
}

}  // namespace

std::vector<Asked> parse_advice(std::string_view text, const std::string& file) {
    const auto lines = lines_of(text);
    const Place end{file, std::max<std::size_t>(lines.size(), 1)};
    std::vector<Asked> cases;
    for (std::size_t i = 0; i < lines.size();) {
        if (lines[i].empty() || lines[i].starts_with('#')) {
            ++i;
            continue;
        }
        const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(i);
        const auto blank = std::find(begin, lines.end(), "");
        cases.push_back(read_case({begin, blank}, {file, i + 1}));
        i = static_cast<std::size_t>(blank - lines.begin());
    }
    if (cases.empty()) end.refuse("expected a case, found the end");
    return cases;
}

std::vector<std::string> values_of(const Asked& asked) {
    std::vector<std::string> values;
    auto rest = std::string_view(asked.profiles).substr(kProperty.size());
    for (auto between = rest.find(kBetween); between != std::string_view::npos; between = rest.find(kBetween)) {
        values.emplace_back(rest.substr(0, between));
        rest.remove_prefix(between + kBetween.size());
    }
    values.emplace_back(rest);
    return values;
}

}  // namespace engage::test
