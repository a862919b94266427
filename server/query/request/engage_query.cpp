#include "server/query/request/engage_query.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "expr/text/parse_whole.hpp"
#include "server/catalogue/errors/cohorts.hpp"
#include "server/catalogue/errors/parameters.hpp"
#include "server/catalogue/errors/sessions.hpp"
#include "server/catalogue/facts/answers.hpp"
#include "server/catalogue/facts/cohorts.hpp"
#include "server/catalogue/facts/filters.hpp"
#include "server/catalogue/facts/requests.hpp"
#include "server/catalogue/switches/filters.hpp"
#include "server/catalogue/switches/sessions.hpp"
#include "server/query/request/parameter_rules.hpp"
#include "server/query/request/refusal.hpp"
#include "server/query/request/string_array.hpp"

namespace engage::server::query::request {

namespace {

using Use = ParameterRule::Use;

constexpr std::array kRules = {ParameterRule{"action", Use::kIgnored},
                               ParameterRule{"as_of_timestamp"},
                               ParameterRule{"behaviors"},
                               ParameterRule{"data_group_id"},
                               ParameterRule{"distinct_id"},
                               ParameterRule{"distinct_ids"},
                               ParameterRule{"filter_by_cohort"},
                               ParameterRule{"from_date", Use::kIgnored},
                               ParameterRule{"include_all_users"},
                               ParameterRule{"limit"},
                               ParameterRule{"output_properties"},
                               ParameterRule{"page"},
                               ParameterRule{"page_size"},
                               ParameterRule{"property", Use::kIgnored},
                               ParameterRule{"search"},
                               ParameterRule{"segment_by_cohorts", Use::kIgnored},
                               ParameterRule{"selector"},
                               ParameterRule{"session_id"},
                               ParameterRule{"sort_key"},
                               ParameterRule{"sort_order"},
                               ParameterRule{"to_date", Use::kIgnored},
                               ParameterRule{"unit", Use::kIgnored},
                               ParameterRule{"where"}};

using Step = Expected<void, catalogue::ApiError>;

Step read_distinct_ids(const http::Parameters& parameters, EngageQuery& query, catalogue::Readings& readings) {
    std::vector<std::string> ids;
    const auto* single = parameters.find("distinct_id");
    if (single && single->form == http::Parameter::Form::kOther)
        return unexpected(refusal(catalogue::errors::kBadDistinctId, single->text));
    const auto* several = parameters.find("distinct_ids");
    if (!single && !several) return {};
    readings.note(catalogue::facts::kDistinctIds);
    if (single && several) readings.note(catalogue::facts::kDistinctIdForms);
    if (several) {
        auto parsed = parse_string_array(several->text);
        if (!parsed) return unexpected(refusal(catalogue::errors::kBadDistinctIds, several->text));
        ids = std::move(*parsed);
    }
    if (single) ids.push_back(single->text);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    query.distinct_ids = std::move(ids);
    return {};
}

Step read_expression(const http::Parameters& parameters, EngageQuery& query) {
    const auto* where = parameters.find(query.where_parameter);
    if (!where) return {};
    // A JSON array would read as a list literal, which every profile matches.
    if (where->form != http::Parameter::Form::kText)
        return unexpected(
            catalogue::ApiError{catalogue::errors::kWhereNotText, {query.where_parameter, shown(where->text)}});
    query.where = where->text;
    return {};
}

Step read_where(const http::Parameters& parameters, EngageQuery& query, catalogue::Readings& readings) {
    if (parameters.find("selector")) {
        if (parameters.find("where")) return unexpected(catalogue::ApiError{catalogue::errors::kWhereAndSelector});
        query.where_parameter = "selector";
        readings.note(catalogue::facts::kSelectorAlias);
    }
    return read_expression(parameters, query);
}

/// JSON without a behavior.
bool says_nothing(std::string_view behaviors) {
    std::string text(behaviors);
    std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
    return text == "[]" || text == "null";
}

/// `as_of_timestamp` without behaviors, be they a cohort's, changes nothing, but has to be a time.
Step read_behaviors(const http::Parameters& parameters, EngageQuery& query, catalogue::Readings& readings) {
    if (const auto* behaviors = parameters.find("behaviors")) {
        if (says_nothing(behaviors->text))
            readings.note(catalogue::facts::kEmptyIsAbsent);
        else
            query.behaviors = behaviors->text;
    }
    const auto* as_of = parameters.find("as_of_timestamp");
    if (!as_of) return {};
    query.as_of = parse_as_of(as_of->text);
    if (!query.as_of) return unexpected(refusal(catalogue::errors::kBadAsOfTimestamp, as_of->text));
    if (!query.behaviors.empty() || parameters.find("filter_by_cohort")) return {};
    readings.note(catalogue::facts::kIgnoredParameters);
    query.as_of.reset();
    return {};
}

Step read_output_properties(const http::Parameters& parameters, EngageQuery& query, catalogue::Readings& readings) {
    const auto* parameter = parameters.find("output_properties");
    if (!parameter) return {};
    readings.note(catalogue::facts::kOutputProperties);
    readings.note(catalogue::switches::kOutputLastSeen);
    query.output_properties = parse_string_array(parameter->text);
    if (!query.output_properties) return unexpected(refusal(catalogue::errors::kBadOutputProperties, parameter->text));
    return {};
}

Step read_cohort(const http::Parameters& parameters, EngageQuery& query, catalogue::Readings& readings) {
    if (const auto* all = parameters.find("include_all_users")) {
        auto text = all->text;
        std::transform(text.begin(), text.end(), text.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        if (text != "true" && text != "false" && text != "1" && text != "0")
            return unexpected(refusal(catalogue::errors::kBadIncludeAllUsers, all->text));
        query.include_all_users = text == "true" || text == "1";
        if (all->text != "true" && all->text != "false") readings.note(catalogue::facts::kBooleanForms);
    }
    const auto* parameter = parameters.find("filter_by_cohort");
    if (!parameter) return {};
    if (!query.behaviors.empty()) return unexpected(catalogue::ApiError{catalogue::errors::kBehaviorsAndCohort});
    readings.note(catalogue::facts::kCohortById);
    readings.note(catalogue::facts::kIncludeAllUsers);
    auto filter = parse_cohort_filter(parameter->text);
    if (!filter) return unexpected(std::move(filter.error()));
    query.cohort = std::move(*filter);
    return {};
}

Step read_data_group(const http::Parameters& parameters, EngageQuery& query, catalogue::Readings& readings) {
    const auto* parameter = parameters.find("data_group_id");
    if (!parameter) return {};
    readings.note(catalogue::facts::kGroupRows);
    // Compared as a signed 64-bit number so that "007" does not miss; a double would lose the last digits.
    const auto first = parameter->text.find_first_not_of(' ');
    const auto last = parameter->text.find_last_not_of(' ');
    const auto id =
        first == std::string::npos
            ? std::nullopt
            : expr::text::parse_whole<std::int64_t>(std::string_view(parameter->text).substr(first, last - first + 1));
    if (!id) return unexpected(refusal(catalogue::errors::kBadDataGroup, parameter->text));
    query.data_group_id = std::to_string(*id);
    return {};
}

bool refuses_no_rows(catalogue::Readings& readings) {
    return readings.choose(catalogue::switches::kPageSizeZero) == catalogue::switches::PageSizeZero::kError;
}

Step read_paging(const http::Parameters& parameters, EngageQuery& query, catalogue::Readings& readings) {
    if (const auto* session = parameters.find("session_id")) {
        if (session->form != http::Parameter::Form::kText)
            return unexpected(refusal(catalogue::errors::kBadSessionId, session->text));
        query.session_id = session->text;
    }
    if (const auto* page = parameters.find("page")) {
        const auto number = expr::text::parse_whole<std::uint64_t>(page->text);
        if (!number) return unexpected(refusal(catalogue::errors::kBadPage, page->text));
        query.page = *number;
    }
    readings.note(catalogue::facts::kPageSize);
    if (const auto* size = parameters.find("page_size")) {
        const auto number = expr::text::parse_whole<std::uint32_t>(size->text);
        if (!number || *number > kMaxPageSize || (*number == 0 && refuses_no_rows(readings)))
            return unexpected(refusal(catalogue::errors::kBadPageSize, size->text));
        query.page_size = *number;
    }
    return {};
}

Step read_search(const http::Parameters& parameters, EngageQuery& query, catalogue::Readings& readings) {
    const auto* search = parameters.find("search");
    if (!search) return {};
    if (search->form == http::Parameter::Form::kOther)
        return unexpected(refusal(catalogue::errors::kBadSearch, search->text));
    readings.note(catalogue::facts::kSearch);
    readings.note(catalogue::facts::kSearchTexts);
    query.search = search->text;
    return {};
}

Step read_order_of(const http::Parameters& parameters, EngageQuery& query, catalogue::Readings& readings) {
    auto order = read_order(parameters, readings);
    if (!order) return unexpected(std::move(order.error()));
    query.order = std::move(*order);
    return {};
}

}  // namespace

std::optional<std::int64_t> parse_as_of(std::string_view text) {
    const auto seconds = expr::text::parse_whole<std::int64_t>(text);
    return seconds && *seconds >= 0 && *seconds <= kLatestTime ? seconds : std::nullopt;
}

Expected<EngageQuery, catalogue::ApiError> parse_engage_query(const http::Parameters& parameters,
                                                              catalogue::Readings& readings) {
    if (auto checked = check_names(parameters, "engage", kRules, readings); !checked)
        return unexpected(std::move(checked.error()));
    EngageQuery query;
    for (const auto read : {read_distinct_ids, read_where, read_behaviors, read_output_properties, read_cohort,
                            read_data_group, read_search, read_order_of, read_paging})
        if (auto step = read(parameters, query, readings); !step) return unexpected(std::move(step.error()));
    return query;
}

Expected<EngageQuery, catalogue::ApiError> parse_selection(const http::Parameters& parameters,
                                                           catalogue::Readings& readings) {
    EngageQuery query;
    query.where_parameter = "selector";
    query.takes_behaviors = false;
    if (auto step = read_expression(parameters, query); !step) return unexpected(std::move(step.error()));
    for (const auto read : {read_cohort, read_data_group})
        if (auto step = read(parameters, query, readings); !step) return unexpected(std::move(step.error()));
    return query;
}

}  // namespace engage::server::query::request
