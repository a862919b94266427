#include "server/query/request/cohort_filter.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "expr/text/parse_whole.hpp"
#include "expr/text/shortened.hpp"
#include "expr/text/spelling.hpp"
#include "expr/values/children.hpp"
#include "fixtures/json/read.hpp"
#include "fixtures/json/write.hpp"
#include "server/catalogue/errors/cohorts.hpp"
#include "server/catalogue/errors/requests.hpp"

namespace engage::server::query::request {

namespace {

using expr::values::Cursor;
using expr::values::Type;
using namespace std::string_view_literals;

constexpr std::array kFilterKeys{"id"sv, "raw_cohort"sv};
// What decides who is a member of a raw cohort. Other keys say nothing of it.
constexpr std::array kRawKeys{"selector"sv, "behaviors"sv, "data_group_id"sv, "groups"sv};

std::string found(const Cursor& value) {
    constexpr std::size_t kMostShown = 40;
    if (value.is(Type::kObject)) return ", found an object";
    if (value.is(Type::kList)) return ", found a list";
    return ", found " + expr::text::shortened(std::string(value.json()), kMostShown);
}

Expected<void, catalogue::ApiError> allow_keys(const Cursor& object, std::span<const std::string_view> known,
                                               const std::string& pointer) {
    for (const auto& member : expr::values::Children(object)) {
        const auto key = member.name();
        if (std::find(known.begin(), known.end(), key) == known.end())
            return unexpected(
                bad_filter(pointer, "unknown key \"" + std::string(key) + '"' + expr::text::suggestion(key, known)));
    }
    return {};
}

/// A key that nobody knows is refused where it may have been meant to decide.
Expected<void, catalogue::ApiError> check_raw_keys(const Cursor& raw) {
    const bool is_defined = raw["selector"].is_present() || raw["groups"].is_present();
    for (const auto& member : expr::values::Children(raw)) {
        const auto key = member.name();
        if (std::find(kRawKeys.begin(), kRawKeys.end(), key) != kRawKeys.end()) continue;
        const auto meant = expr::text::suggestion(key, kRawKeys);
        if (!meant.empty())
            return unexpected(bad_filter("/raw_cohort", "unknown key \"" + std::string(key) + '"' + meant));
    }
    if (is_defined) return {};
    return unexpected(bad_filter("/raw_cohort", "expected the key selector or groups, found none"));
}

/// A value of `object` that is not there, null or empty says nothing.
std::optional<Cursor> given(const Cursor& object, std::string_view key) {
    const auto member = object[key].unless_null();
    const bool is_structure = member.is(Type::kObject) || member.is(Type::kList);
    const bool is_empty =
        (is_structure && member.size() == 0) || (member.is(Type::kString) && member.as_string().empty());
    return !member.is_present() || is_empty ? std::nullopt : std::optional(member);
}

template <class Integer>
std::optional<Integer> integer_of(const Cursor& value) {
    if (value.is(Type::kString)) return expr::text::parse_whole<Integer>(value.as_string());
    return value.is(Type::kNumber) ? expr::text::parse_whole<Integer>(value.json()) : std::nullopt;
}

/// An event selector of saved behaviors with `"selector": null`.
bool has_null_event_selector(const Cursor& behaviors) {
    if (!behaviors.is(Type::kObject)) return false;
    for (const auto& behavior : expr::values::Children(behaviors))
        if (behavior["count"]["event_selector"]["selector"].is(Type::kNull)) return true;
    return false;
}

using DocumentPtr = std::shared_ptr<const fixtures::json::OwnedDocument>;

Expected<RawCohort, catalogue::ApiError> parse_raw(const DocumentPtr& document, const Cursor& value) {
    constexpr auto kPointer = "/raw_cohort";
    if (!value.is(Type::kObject)) return unexpected(bad_filter(kPointer, "expected an object" + found(value)));
    if (auto known = check_raw_keys(value); !known) return unexpected(known.error());
    const auto groups = value["groups"].unless_null();
    const auto selector = value["selector"];
    // A saved cohort may have both: its selector is what its groups became.
    const bool is_of_groups = groups.is_present() && !given(value, "selector");
    if (!is_of_groups && !selector.is_present())
        return unexpected(bad_filter("/raw_cohort/groups", "expected a list of groups, found null"));
    // The editors' name of it; how it goes together with the query's own is not known.
    if (const auto group = given(value, "dataGroupId"))
        return unexpected(
            catalogue::ApiError{catalogue::errors::kParameterNotEmulated,
                                {"filter_by_cohort: /raw_cohort/dataGroupId: " + std::string(group->json())}});
    RawCohort raw{.document = document, .selector = selector};
    if (is_of_groups) raw.groups = groups;
    if (!is_of_groups) raw.behaviors = given(value, "behaviors");
    raw.has_null_selector = !is_of_groups && selector.is(Type::kNull);
    if (raw.behaviors) raw.has_null_selector = raw.has_null_selector || has_null_event_selector(*raw.behaviors);
    if (const auto group = given(value, "data_group_id")) {
        const auto id = integer_of<std::int64_t>(*group);
        if (!id)
            return unexpected(bad_filter("/raw_cohort/data_group_id", "expected a 64-bit integer" + found(*group)));
        raw.data_group_id = std::to_string(*id);
    }
    return raw;
}

}  // namespace

std::string CohortFilter::text() const {
    if (id) return std::to_string(*id);
    if (!raw) return {};
    const auto behaviors = [&]() -> std::string {
        if (!raw->behaviors) return {};
        if (raw->behaviors->is(Type::kString)) return std::string(raw->behaviors->as_string());
        return fixtures::json::canonical_text(*raw->behaviors);
    };
    if (raw->groups)
        return fixtures::json::ListText()
            .add("groups")
            .add(fixtures::json::canonical_text(*raw->groups))
            .add(raw->data_group_id)
            .text();
    return fixtures::json::ListText()
        .add(fixtures::json::canonical_text(raw->selector))
        .add(behaviors())
        .add(raw->data_group_id)
        .text();
}

catalogue::ApiError bad_filter(const std::string& pointer, const std::string& message) {
    return {catalogue::errors::kBadCohortFilter, {pointer.empty() ? message : pointer + ": " + message}};
}

std::string CohortFilter::name() const { return id ? "cohort " + std::to_string(*id) : "raw_cohort"; }

Expected<CohortFilter, catalogue::ApiError> parse_cohort_filter(std::string_view text) {
    const auto bad = [] { return unexpected(catalogue::ApiError{catalogue::errors::kBadCohort}); };
    const auto document = fixtures::json::read_owned_document(text);
    if (!document && document.error().message == fixtures::json::kDuplicateKey)
        return unexpected(bad_filter(document.error().pointer, document.error().message));
    if (!document) return bad();
    const Cursor value((*document)->document);
    const auto raw = value["raw_cohort"].unless_null();
    if (!raw.is_present() && !value["id"].is_present()) return bad();
    if (auto known = allow_keys(value, kFilterKeys, {}); !known) return unexpected(known.error());
    if (raw.is_present() && value["id"].is_present())
        return unexpected(bad_filter({}, "expected one of id and raw_cohort, found both"));
    if (raw.is_present())
        return parse_raw(*document, raw).map([](RawCohort&& parsed) { return CohortFilter{.raw = std::move(parsed)}; });
    const auto id = integer_of<std::uint64_t>(value["id"]);
    if (!id) return bad();
    return CohortFilter{.id = id};
}

}  // namespace engage::server::query::request
