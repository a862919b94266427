#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "expr/expected.hpp"
#include "expr/program.hpp"
#include "fixtures/column_store.hpp"
#include "fixtures/project.hpp"
#include "server/error.hpp"
#include "server/query/behaviors/event_store.hpp"
#include "server/query/cohorts.hpp"
#include "server/query/engage_query.hpp"
#include "server/query/matches.hpp"

namespace engage::server {

/// One project as it is served. Immutable, but for what queries build of it and keep.
struct ServedProject {
    ServedProject(std::shared_ptr<const fixtures::Project> served, ReadyCohorts ready);

    std::shared_ptr<const fixtures::Project> project;
    ReadyCohorts cohorts;
    /// Of the users and of each group.
    std::map<const fixtures::ProfileSet*, std::shared_ptr<const fixtures::ColumnStore>> columns;
    std::shared_ptr<const EventStore> events;
};

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

/// An operand that `where.logical_operands=refuse` forbids, and the expression that it stands in: that of the query
/// unless a cohort or a behavior is named. With both it is a behavior of the cohort.
struct QueryFault {
    expr::LogicalFault operand;
    std::optional<std::uint64_t> cohort{};  ///< Its id; 0: the query brought its definition.
    std::string behavior{};                 ///< Its name; empty: none.
};

/// Runs the plan over its snapshot of the profiles.
Expected<Matches, QueryFault> execute(const QueryPlan& plan, const expr::Context& context);

}  // namespace engage::server
