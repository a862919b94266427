#include "server/catalogue/switches.hpp"

#include <algorithm>
#include <optional>

#include "expr/text/parse_whole.hpp"

namespace engage::server::catalogue {

namespace {

bool takes_number(const SwitchInfo& row) { return row.default_number != 0; }

std::string accepted_values(const SwitchInfo& row) {
    if (takes_number(row)) return "a number of seconds from 1 to 4294967295";
    std::string text;
    for (const auto& value : row.values) {
        if (!text.empty()) text += &value == &row.values.back() ? " or " : ", ";
        text += value.name;
    }
    return text;
}

/// What `values_` keeps for a value that is written so; nothing when the switch has none of this name.
std::optional<std::uint32_t> parse_value(const SwitchInfo& row, std::string_view text) {
    if (takes_number(row)) {
        const auto number = expr::text::parse_whole<std::uint32_t>(text);
        return number && *number > 0 ? number : std::nullopt;
    }
    const auto found =
        std::find_if(row.values.begin(), row.values.end(), [&](const auto& value) { return value.name == text; });
    if (found == row.values.end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - row.values.begin());
}

}  // namespace

Switches::Switches() {
    for (const auto* row : all_switches()) values_.push_back(row->default_number);
}

Expected<void, std::string> Switches::set(std::string_view assignment) {
    const auto equals = assignment.find('=');
    const auto name = assignment.substr(0, equals);
    const auto text = equals == std::string_view::npos ? std::string_view{} : assignment.substr(equals + 1);
    const auto all = all_switches();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto* row) { return row->name == name; });
    if (found == all.end()) {
        std::string names;
        for (const auto* row : all) names += (names.empty() ? "" : ", ") + std::string(row->name);
        return unexpected("unknown switch \"" + std::string(name) + "\": expected name=value with one of " + names);
    }
    const auto value = parse_value(**found, text);
    if (!value)
        return unexpected("switch " + std::string(name) + ": expected " + accepted_values(**found) + ", found \"" +
                          std::string(text) + "\"");
    values_[(*found)->position] = *value;
    return {};
}

const SwitchValue& Switches::chosen(const SwitchInfo& row) const {
    return takes_number(row) ? row.values.front() : row.values[values_[row.position]];
}

std::string Switches::value_text(const SwitchInfo& row) const {
    return takes_number(row) ? std::to_string(values_[row.position]) : std::string(chosen(row).name);
}

}  // namespace engage::server::catalogue
