#include "server/query/request/stats_action.hpp"

#include <array>
#include <optional>
#include <variant>

#include "expr/syntax/parse.hpp"
#include "expr/text/numbers.hpp"
#include "server/catalogue/errors/endpoints.hpp"
#include "server/query/request/refusal.hpp"

namespace engage::server::query::request {

namespace {

using Kind = StatsAction::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 4> kActions = {{{"count", Kind::kCount},
                                                                        {"extremes", Kind::kExtremes},
                                                                        {"percentile", Kind::kPercentile},
                                                                        {"numeric_summary", Kind::kNumericSummary}}};

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const auto first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

tl::unexpected<catalogue::ApiError> bad_action(std::string expected, std::string_view found) {
    expected += ", found " + (found.empty() ? "nothing" : shown(found));
    return unexpected(catalogue::ApiError{catalogue::errors::kBadAction, {std::move(expected)}});
}

std::optional<expr::values::Reference> parse_property(std::string_view text) {
    const auto ast = expr::syntax::parse(text);
    if (!ast || !ast->root) return std::nullopt;
    const auto* reference = std::get_if<expr::values::Reference>(&ast->root->is);
    const bool is_of_profile = reference && (reference->scope == expr::values::Scope::kProperties ||
                                             reference->scope == expr::values::Scope::kUser);
    return is_of_profile ? std::optional(*reference) : std::nullopt;
}

/// The number behind the last comma, which is cut off. A comma in a property's name is followed by no number alone.
std::optional<double> take_percentile(std::string_view& arguments) {
    const auto comma = arguments.rfind(',');
    if (comma == std::string_view::npos) return std::nullopt;
    const auto number = expr::text::parse_number(trimmed(arguments.substr(comma + 1)));
    if (!number || *number < 0 || *number > 100) return std::nullopt;
    arguments = trimmed(arguments.substr(0, comma));
    return number;
}

Expected<StatsAction, catalogue::ApiError> parse_call(std::string_view name, Kind kind, std::string_view arguments) {
    StatsAction action{.kind = kind};
    if (kind == Kind::kCount) {
        if (!arguments.empty()) return bad_action("expected no argument of count", arguments);
        return action;
    }
    if (kind == Kind::kPercentile) {
        const auto percentile = take_percentile(arguments);
        if (!percentile)
            return bad_action("expected a property and a number from 0 to 100 as arguments of percentile", arguments);
        action.percentile = *percentile;
    }
    auto property = parse_property(arguments);
    if (!property)
        return bad_action("expected a property such as properties[\"p\"] as argument of " + std::string(name),
                          arguments);
    action.property = std::move(*property);
    return action;
}

}  // namespace

Expected<StatsAction, catalogue::ApiError> parse_action(std::string_view text) {
    const auto call = trimmed(text);
    const auto open = call.find('(');
    if (open != std::string_view::npos && call.ends_with(')'))
        for (const auto& [name, kind] : kActions)
            if (trimmed(call.substr(0, open)) == name)
                return parse_call(name, kind, trimmed(call.substr(open + 1, call.size() - open - 2)));
    return bad_action(
        "expected count(), extremes(properties[\"p\"]), percentile(properties[\"p\"], N) or "
        "numeric_summary(properties[\"p\"])",
        call);
}

}  // namespace engage::server::query::request
