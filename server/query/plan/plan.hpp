#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "expr/evaluation/program.hpp"
#include "expr/expected.hpp"
#include "server/catalogue/error.hpp"
#include "server/query/request/engage_query.hpp"
#include "server/space/snapshot.hpp"

namespace engage::server::query::plan {

/// A query that is bound to a project's profiles and cohorts. It keeps the snapshot alive.
struct QueryPlan {
    space::SnapshotPtr snapshot;
    std::shared_ptr<const fixtures::profiles::ProfileSet> profiles;
    std::shared_ptr<const fixtures::profiles::ColumnStore> columns;  ///< Of the profiles.
    expr::evaluation::Program where;
    expr::evaluation::Program search{expr::syntax::Ast{}};  ///< Has to hold as well.
    std::optional<std::vector<std::string>> distinct_ids;
    std::shared_ptr<const definitions::ReadyCohort> cohort;  ///< Null: every profile.
    bool is_empty = false;  ///< Nothing can match: a switch answers so for an unknown cohort or group.
    bool include_all_users = true;
    std::vector<definitions::Behavior> behaviors{};  ///< What the where may read.
    std::optional<std::int64_t> as_of{};  ///< The time of the query in the frame of the events; now unless given.
    bool reads_clock = false;             ///< The where or the cohort says NOW, or a window ends now.
};

/// Parses the `behaviors` and the `where`, and looks the cohort and the data group up.
Expected<QueryPlan, catalogue::ApiError> make_plan(const request::EngageQuery& query,
                                                   const space::SnapshotPtr& snapshot, catalogue::Readings& readings);

}  // namespace engage::server::query::plan
