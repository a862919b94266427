#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "expr/expected.hpp"
#include "server/catalogue/error.hpp"
#include "server/definitions/reachable_cohorts.hpp"
#include "server/query/execution/run.hpp"
#include "server/query/plan/plan.hpp"
#include "server/time/clock.hpp"

namespace engage::server::query::execution {

/// Counts the members of one cohort after the other, all at one time; what several of them refer to is computed once.
/// Everything that it is given must outlive it. Not thread-safe.
class MemberCounts {
public:
    MemberCounts(const space::SnapshotPtr& snapshot, time::TimePoint now, catalogue::Readings& readings);

    /// The `count` that lists of cohorts show: the one of the fixture, or else how many members the cohort has, those
    /// without a profile included.
    Expected<std::uint64_t, catalogue::ApiError> of(const fixtures::project::Cohort& cohort);

private:
    /// Of one data group.
    struct Group {
        Group(plan::QueryPlan made, const expr::evaluation::Context& context)
            : plan(std::move(made)), run(plan, context) {}

        plan::QueryPlan plan;
        Run run;
    };

    Expected<Group*, catalogue::ApiError> group(const std::string& data_group_id);
    void note(const definitions::ReadyCohort& cohort);

    space::SnapshotPtr snapshot_;
    catalogue::Readings& readings_;
    const expr::evaluation::Context context_;
    std::map<std::string, std::unique_ptr<Group>> groups_;
    definitions::SeenCohorts noted_;
};

}  // namespace engage::server::query::execution
