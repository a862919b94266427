#include "server/query/request/cohort_filter.hpp"

#include <algorithm>
#include <array>

#include "expr/text/parse_whole.hpp"
#include "expr/text/shortened.hpp"
#include "expr/text/spelling.hpp"
#include "server/catalogue/errors/cohorts.hpp"
#include "server/catalogue/errors/requests.hpp"
#include "server/http/bounded_json.hpp"

namespace engage::server::query::request {

namespace {

using nlohmann::json;
using namespace std::string_view_literals;

constexpr std::array kFilterKeys{"id"sv, "raw_cohort"sv};
constexpr std::array kRawKeys{"selector"sv, "behaviors"sv,  "data_group_id"sv, "groups"sv,
                              "id"sv,       "project_id"sv, "name"sv,          "description"sv,
                              "count"sv,    "is_visible"sv, "is_locked"sv,     "created"sv};

std::string found(const json& value) {
    constexpr std::size_t kMostShown = 40;
    if (value.is_object()) return ", found an object";
    if (value.is_array()) return ", found a list";
    // How it was written is lost: 1e3 would be shown as 1000.0.
    if (value.is_number_float()) return ", found a number that is not written as an integer";
    return ", found " + expr::text::shortened(value.dump(-1, ' ', false, json::error_handler_t::replace), kMostShown);
}

template <std::size_t kSize>
Expected<void, catalogue::ApiError> allow_keys(const json& object, const std::array<std::string_view, kSize>& known,
                                               const std::string& pointer) {
    for (const auto& [key, unused] : object.items())
        if (std::find(known.begin(), known.end(), key) == known.end())
            return unexpected(bad_filter(pointer, "unknown key \"" + key + '"' + expr::text::suggestion(key, known)));
    return {};
}

/// A value of `object` that is not there, null or empty says nothing.
const json* given(const json& object, const char* key) {
    const auto member = object.find(key);
    return member == object.end() || member->is_null() || (member->is_structured() && member->empty()) ? nullptr
                                                                                                       : &*member;
}

std::optional<std::uint64_t> id_of(const json& value) {
    if (!value.is_number_integer() && !value.is_string()) return std::nullopt;
    return expr::text::parse_whole<std::uint64_t>(value.is_string() ? value.get<std::string>() : value.dump());
}

/// An event selector of saved behaviors with `"selector": null`.
bool has_null_event_selector(const json& behaviors) {
    return behaviors.is_object() && std::any_of(behaviors.begin(), behaviors.end(), [](const json& behavior) {
               const json::json_pointer selector("/count/event_selector/selector");
               return behavior.contains(selector) && behavior[selector].is_null();
           });
}

Expected<RawCohort, catalogue::ApiError> parse_raw(const json& value) {
    constexpr auto kPointer = "/raw_cohort";
    if (!value.is_object()) return unexpected(bad_filter(kPointer, "expected an object" + found(value)));
    if (auto known = allow_keys(value, kRawKeys, kPointer); !known) return unexpected(known.error());
    if (given(value, "groups"))
        return unexpected(
            catalogue::ApiError{catalogue::errors::kParameterNotEmulated, {"filter_by_cohort.raw_cohort.groups"}});
    if (!value.contains("selector")) return unexpected(bad_filter(kPointer, "expected the key selector, found none"));
    RawCohort raw{.selector = value["selector"].dump(), .has_null_selector = value["selector"].is_null()};
    if (const auto* behaviors = given(value, "behaviors")) {
        raw.behaviors = behaviors->is_string() ? behaviors->get<std::string>() : behaviors->dump();
        raw.has_null_selector = raw.has_null_selector || has_null_event_selector(*behaviors);
    }
    if (const auto* group = given(value, "data_group_id")) {
        const bool may_be = group->is_string() || group->is_number_integer();
        const auto id = may_be ? expr::text::parse_whole<std::int64_t>(group->is_string() ? group->get<std::string>()
                                                                                          : group->dump())
                               : std::nullopt;
        if (!id)
            return unexpected(bad_filter("/raw_cohort/data_group_id", "expected a 64-bit integer" + found(*group)));
        raw.data_group_id = std::to_string(*id);
    }
    return raw;
}

}  // namespace

std::string CohortFilter::text() const {
    if (id) return std::to_string(*id);
    return raw ? json::array({raw->selector, raw->behaviors.value_or(""), raw->data_group_id}).dump() : std::string{};
}

catalogue::ApiError bad_filter(const std::string& pointer, const std::string& message) {
    return {catalogue::errors::kBadCohortFilter, {pointer.empty() ? message : pointer + ": " + message}};
}

std::string CohortFilter::name() const { return id ? "cohort " + std::to_string(*id) : "raw_cohort"; }

Expected<CohortFilter, catalogue::ApiError> parse_cohort_filter(std::string_view text) {
    const auto value = http::parse_bounded_json(text).value_or(json());
    if (!value.is_object()) return unexpected(catalogue::ApiError{catalogue::errors::kBadCohort});
    const bool has_raw = value.contains("raw_cohort") && !value["raw_cohort"].is_null();
    if (!has_raw && !value.contains("id")) return unexpected(catalogue::ApiError{catalogue::errors::kBadCohort});
    if (auto known = allow_keys(value, kFilterKeys, {}); !known) return unexpected(known.error());
    if (has_raw && value.contains("id"))
        return unexpected(bad_filter({}, "expected one of id and raw_cohort, found both"));
    if (has_raw)
        return parse_raw(value["raw_cohort"]).map([](RawCohort&& raw) { return CohortFilter{.raw = std::move(raw)}; });
    const auto id = id_of(value["id"]);
    if (!id) return unexpected(catalogue::ApiError{catalogue::errors::kBadCohort});
    return CohortFilter{.id = id};
}

}  // namespace engage::server::query::request
