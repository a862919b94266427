#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "expr/expected.hpp"
#include "expr/program.hpp"
#include "server/error.hpp"
#include "server/query/engage_query.hpp"
#include "server/query/snapshot.hpp"

namespace engage::server {

/// A query that is bound to a project's profiles and cohorts. The project must outlive it.
struct QueryPlan {
    const ServedProject* served = nullptr;
    std::shared_ptr<const fixtures::ProfileSet> profiles;
    std::shared_ptr<const fixtures::ColumnStore> columns;  ///< Of the profiles.
    expr::Program where;
    expr::Program search{expr::Ast{}};  ///< Has to hold as well.
    std::optional<std::vector<std::string>> distinct_ids;
    std::shared_ptr<const ReadyCohort> cohort;  ///< Null: every profile.
    bool is_empty = false;  ///< Nothing can match: a switch answers so for an unknown cohort or group.
    bool include_all_users = true;
    std::vector<Behavior> behaviors{};    ///< What the where may read.
    std::optional<std::int64_t> as_of{};  ///< The time of the query in the frame of the events; now unless given.
    bool reads_clock = false;             ///< The where or the cohort says NOW, or a window ends now.
};

/// Parses the `behaviors` and the `where`, and looks the cohort and the data group up.
Expected<QueryPlan, ApiError> make_plan(const EngageQuery& query, const ServedProject& served, const Switches& switches,
                                        Evidence& evidence);

/// Whether what a plan selects may depend on the time: it says NOW, or the window of a behavior ends now.
bool reads_clock(const QueryPlan& plan);

}  // namespace engage::server
