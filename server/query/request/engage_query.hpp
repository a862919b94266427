#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expr/expected.hpp"
#include "server/catalogue/error.hpp"
#include "server/catalogue/readings.hpp"
#include "server/http/parameters.hpp"
#include "server/query/request/cohort_filter.hpp"
#include "server/query/request/order_parameters.hpp"

namespace engage::server::query::request {

inline constexpr std::uint32_t kDefaultPageSize = 1000;
/// No maximum is documented; clients are known to ask for 40,000.
inline constexpr std::uint32_t kMaxPageSize = 100'000;

/// The last second of the year 9999: the greatest `as_of_timestamp`.
inline constexpr std::int64_t kLatestTime = 253'402'300'799;

/// What a request to the Query Profiles endpoint asks for, parsed but not yet looked up in a project.
struct EngageQuery {
    std::optional<std::vector<std::string>>
        distinct_ids;                       ///< `distinct_id` and `distinct_ids` together, sorted, each once.
    std::string where;                      ///< Empty: no filter.
    std::string where_parameter = "where";  ///< Or its old name `selector`, for error messages.
    std::optional<std::vector<std::string>> output_properties;
    std::optional<CohortFilter> cohort;
    bool include_all_users = true;
    std::string data_group_id;          ///< Empty: user profiles.
    std::string behaviors;              ///< JSON text; empty: none.
    std::optional<std::int64_t> as_of;  ///< `as_of_timestamp`, when there may be behaviors.
    bool takes_behaviors = true;        ///< The endpoint has the parameter.
    std::string search;                 ///< Empty: none.
    OrderParameters order{};
    std::string session_id;
    std::uint64_t page = 0;
    std::uint32_t page_size = kDefaultPageSize;
};

/// The value of `as_of_timestamp`: Unix seconds up to `kLatestTime`.
std::optional<std::int64_t> parse_as_of(std::string_view text);

/// Reads and checks the parameters of `/engage`; see docs/http-api.md. What the emulator does not build yet is refused
/// with 501, never ignored.
Expected<EngageQuery, catalogue::ApiError> parse_engage_query(const http::Parameters& parameters,
                                                              catalogue::Readings& readings);

/// Reads the filters that the sibling endpoints share: `selector`, `filter_by_cohort`, `include_all_users` and
/// `data_group_id`. Which of them an endpoint takes is for it to check.
Expected<EngageQuery, catalogue::ApiError> parse_selection(const http::Parameters& parameters,
                                                           catalogue::Readings& readings);

}  // namespace engage::server::query::request
