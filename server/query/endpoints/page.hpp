#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "fixtures/profiles/profile_set.hpp"
#include "server/space/matches.hpp"
#include "server/space/projection.hpp"

namespace engage::server::query::endpoints {

/// What stands in an answer beside its rows.
struct PageFrame {
    std::uint64_t page = 0;
    std::uint32_t page_size = 0;  ///< 0: no rows.
    std::string_view session_id;
    std::string_view computed_at;
    bool has_page_size = true;
    bool has_total = true;
    bool member_has_properties = true;  ///< A member without a profile has an empty `$properties`.
};

/// The row of a cohort member that has no profile.
std::string member_row(std::string_view distinct_id, bool has_properties);

/// The body of one page: copies of the rows' finished text in a frame. Costs O(rows of the page), whatever the page; a
/// page past the end has no rows.
std::string render_page(const fixtures::profiles::ProfileSet& profiles, const space::Matches& matches,
                        const space::Projection& projection, const PageFrame& frame);

}  // namespace engage::server::query::endpoints
