#include "server/query/endpoints/stats_endpoint.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "expr/text/numbers.hpp"
#include "fixtures/json/write.hpp"
#include "server/catalogue/facts/answers.hpp"
#include "server/catalogue/facts/endpoints.hpp"
#include "server/query/endpoints/number_set.hpp"
#include "server/query/endpoints/selection.hpp"
#include "server/query/request/parameter_rules.hpp"
#include "server/query/request/segments.hpp"
#include "server/query/request/stats_action.hpp"
#include "server/time/time_text.hpp"

namespace engage::server::query::endpoints {

namespace {

using Kind = request::StatsAction::Kind;
using Use = request::ParameterRule::Use;

// That it refuses behaviors and as_of_timestamp: jaredmcfarland/mixpanel_data, commit df48a90 (live).
constexpr std::array kStatsRules = {request::ParameterRule{"action"},
                                    request::ParameterRule{"as_of_timestamp", Use::kRefused},
                                    request::ParameterRule{"behaviors", Use::kRefused},
                                    request::ParameterRule{"data_group_id"},
                                    request::ParameterRule{"filter_by_cohort"},
                                    request::ParameterRule{"include_all_users"},
                                    request::ParameterRule{"segment_by_cohorts"},
                                    request::ParameterRule{"selector"},
                                    request::ParameterRule{"where", Use::kRefused, "; its filter is selector"}};

NumberSet numbers_of(const Selection& selection, const expr::values::Reference& property) {
    const auto column = selection.plan.is_empty ? nullptr : selection.plan.columns->column(property);
    return column ? NumberSet(*column, selection.matches.rows.bitmap(column->rows())) : NumberSet();
}

std::string extremes_of(const NumberSet& numbers) {
    if (numbers.is_empty()) return R"({"max":null,"min":null})";
    const auto extremes = numbers.extremes();
    return "{\"max\":" + fixtures::json::float_literal(extremes.most) +
           ",\"min\":" + fixtures::json::float_literal(extremes.least) + "}";
}

std::string summary_of(const NumberSet& numbers) {
    if (numbers.is_empty()) return R"({"count":0,"mean":null,"var":null,"sum_of_squares":null})";
    const auto summary = numbers.summary();
    return "{\"count\":" + std::to_string(summary.count) + ",\"mean\":" + fixtures::json::float_literal(summary.mean) +
           ",\"var\":" + fixtures::json::float_literal(summary.variance) +
           ",\"sum_of_squares\":" + fixtures::json::float_literal(summary.sum_of_squares) + "}";
}

std::string percentile_of(NumberSet numbers, double percent) {
    return "{\"percentile\":" + std::string(expr::text::NumberText(percent).view()) +
           ",\"result\":" + (numbers.is_empty() ? "null" : fixtures::json::float_literal(numbers.percentile(percent))) +
           "}";
}

std::string result_of(const request::StatsAction& action, const Selection& selection) {
    switch (action.kind) {
        case Kind::kExtremes:
            return extremes_of(numbers_of(selection, action.property));
        case Kind::kPercentile:
            return percentile_of(numbers_of(selection, action.property), action.percentile);
        case Kind::kNumericSummary:
            return summary_of(numbers_of(selection, action.property));
        default:
            return std::to_string(selection.matches.total());
    }
}

/// Takes from `selection` what `other` did not select.
void keep_common(Selection& selection, const Selection& other) {
    const auto all = selection.plan.profiles->size();
    auto rows = selection.matches.rows.bitmap(all);
    rows &= other.matches.rows.bitmap(all);
    selection.matches.rows = space::RowSet(std::move(rows));
    auto theirs = other.matches.without_profile;
    std::sort(theirs.begin(), theirs.end());
    std::erase_if(selection.matches.without_profile,
                  [&](const std::string& id) { return !std::binary_search(theirs.begin(), theirs.end(), id); });
}

void note_answer(const request::StatsAction& action, catalogue::Readings& readings) {
    readings.note(catalogue::facts::kStatsShape);
    readings.note(catalogue::facts::kComputedAt);
    if (action.kind == Kind::kCount) return;
    readings.note(catalogue::facts::kStatsNumbers);
    if (action.kind == Kind::kPercentile) readings.note(catalogue::facts::kStatsPercentile);
    if (action.kind == Kind::kNumericSummary) readings.note(catalogue::facts::kStatsVariance);
}

Expected<std::string, catalogue::ApiError> by_segment(const std::vector<request::Segment>& segments,
                                                      const request::StatsAction& action,
                                                      const request::EngageQuery& query, const QueryRequest& request) {
    request.readings.note(catalogue::facts::kStatsSegments);
    std::optional<Selection> filtered;
    if (query.cohort) {
        auto selection = select(query, request);
        if (!selection) return unexpected(std::move(selection.error()));
        filtered = std::move(*selection);
    }
    std::string results;
    for (const auto& segment : segments) {
        auto of_cohort = query;
        of_cohort.cohort = request::CohortFilter{.id = segment.cohort_id};
        auto members = select(of_cohort, request);
        if (!members) return unexpected(std::move(members.error()));
        if (filtered) keep_common(*members, *filtered);
        results += (results.empty() ? "" : ",") + fixtures::json::ascii_literal(segment.name) + ":" +
                   result_of(action, *members);
    }
    return "{" + results + "}";
}

}  // namespace

Expected<std::string, catalogue::ApiError> stats(const QueryRequest& request) {
    if (auto checked = request::check_names(request.parameters, "engage/stats", kStatsRules, request.readings);
        !checked)
        return unexpected(std::move(checked.error()));
    const auto action = request::parse_action(request.parameters.text("action"));
    if (!action) return unexpected(action.error());
    std::vector<request::Segment> segments;
    const auto* by_cohorts = request.parameters.find("segment_by_cohorts");
    if (by_cohorts) {
        auto parsed = request::parse_segments(by_cohorts->text);
        if (!parsed) return unexpected(std::move(parsed.error()));
        segments = std::move(*parsed);
    }
    const auto query = request::parse_selection(request.parameters, request.readings);
    if (!query) return unexpected(query.error());

    const auto results =
        by_cohorts
            ? by_segment(segments, *action, *query, request)
            : select(*query, request).map([&](const Selection& selection) { return result_of(*action, selection); });
    if (!results) return unexpected(results.error());
    note_answer(*action, request.readings);
    return "{\"results\":" + *results + ",\"status\":\"ok\",\"computed_at\":\"" +
           time::format_computed_at(request.now) + "\"}";
}

}  // namespace engage::server::query::endpoints
