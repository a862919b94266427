#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "expr/expected.hpp"
#include "server/clock.hpp"
#include "server/error.hpp"
#include "server/query/cohorts/reachable_cohorts.hpp"
#include "server/query/computation.hpp"
#include "server/query/plan.hpp"

namespace engage::server {

/// Counts the members of one cohort after the other, all at one time; what several of them refer to is computed once.
/// Everything that it is given must outlive it. Not thread-safe.
class MemberCounts {
public:
    MemberCounts(const ServedProject& served, TimePoint now, const Switches& switches, Evidence& evidence);

    /// The `count` that lists of cohorts show: the one of the fixture, or else how many members the cohort has, those
    /// without a profile included.
    Expected<std::uint64_t, ApiError> of(const fixtures::Cohort& cohort);

private:
    /// Of one data group.
    struct Group {
        Group(QueryPlan made, const expr::Context& context) : plan(std::move(made)), computation(plan, context) {}

        QueryPlan plan;
        Computation computation;
    };

    Expected<Group*, ApiError> group(const std::string& data_group_id);
    void note(const ReadyCohort& cohort);

    const ServedProject& served_;
    const Switches& switches_;
    Evidence& evidence_;
    const expr::Context context_;
    std::map<std::string, std::unique_ptr<Group>> groups_;
    SeenCohorts noted_;
};

}  // namespace engage::server
