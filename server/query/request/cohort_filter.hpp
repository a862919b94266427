#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "expr/expected.hpp"
#include "expr/values/cursor.hpp"
#include "fixtures/json/read.hpp"
#include "server/catalogue/error.hpp"

namespace engage::server::query::request {

/// The definition of a cohort that a query brings: `{"raw_cohort":{"selector":…,"behaviors":…}}`, or
/// `{"raw_cohort":{"groups":[…]}}` as Mixpanel's editors have it.
struct RawCohort {
    std::shared_ptr<const fixtures::json::OwnedDocument> document;  ///< Of the parameter, which is read once.
    expr::values::Cursor selector;                                  ///< Absent where there are groups.
    std::optional<expr::values::Cursor> groups{};
    std::optional<expr::values::Cursor> behaviors{};  ///< A JSON value, or a string that holds one.
    std::string data_group_id{};                      ///< Empty: not given.
    bool has_null_selector = false;                   ///< Its own selector, or one of an event, is null.
};

/// The parameter `filter_by_cohort`: one of the two.
struct CohortFilter {
    std::optional<std::uint64_t> id{};
    std::optional<RawCohort> raw{};

    /// Equal for filters that keep the same profiles.
    std::string text() const;
    /// For error messages: "cohort 12" or "raw_cohort".
    std::string name() const;
};

/// What is wrong with the parameter; `pointer` says where (RFC 6901), empty: the whole.
catalogue::ApiError bad_filter(const std::string& pointer, const std::string& message);

/// Reads the parameter. `{"id":12}`, with the id as a number or as its digits, or `{"raw_cohort":{…}}`; the keys of a
/// raw cohort that say nothing about its members, such as `name`, and unknown ones are ignored, unless they look like a
/// slip of the finger.
Expected<CohortFilter, catalogue::ApiError> parse_cohort_filter(std::string_view text);

}  // namespace engage::server::query::request
