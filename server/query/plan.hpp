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
#include "server/query/cohorts.hpp"
#include "server/query/engage_query.hpp"
#include "server/query/matches.hpp"

namespace engage::server {

/// One project as it is served. Immutable, but for the columns that filters build.
struct ServedProject {
    ServedProject(std::shared_ptr<const fixtures::Project> served, ReadyCohorts ready);

    std::shared_ptr<const fixtures::Project> project;
    ReadyCohorts cohorts;
    /// Of the users and of each group.
    std::map<const fixtures::ProfileSet*, std::shared_ptr<const fixtures::ColumnStore>> columns;
};

/// A query that is bound to a project's profiles and cohorts. The project must outlive it.
struct QueryPlan {
    std::shared_ptr<const fixtures::ProfileSet> profiles;
    std::shared_ptr<const fixtures::ColumnStore> columns;  ///< Of the profiles.
    expr::Program where;
    expr::Program search{expr::Ast{}};  ///< Has to hold as well.
    std::optional<std::vector<std::string>> distinct_ids;
    const ReadyCohort* cohort = nullptr;
    bool is_empty = false;  ///< Nothing can match: a switch answers so for an unknown cohort or group.
    bool include_all_users = true;
    bool reads_clock = false;  ///< The where or the cohort says NOW.
};

/// Parses the `where` and looks the cohort and the data group up.
Expected<QueryPlan, ApiError> make_plan(const EngageQuery& query, const ServedProject& served, const Switches& switches,
                                        Evidence& evidence);

/// An operand that `where.logical_operands=refuse` forbids.
struct QueryFault {
    expr::LogicalFault operand;
    bool is_of_cohort = false;  ///< In the cohort's definition, otherwise in the `where`.
};

/// Runs the plan over its snapshot of the profiles.
Expected<Matches, QueryFault> execute(const QueryPlan& plan, const expr::Context& context);

}  // namespace engage::server
