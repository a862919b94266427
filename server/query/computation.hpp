#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "expr/expected.hpp"
#include "server/query/bindings.hpp"
#include "server/query/plan.hpp"
#include "server/query/query_fault.hpp"
#include "server/query/row_set.hpp"

namespace engage::server {

/// An expression and the behaviors that it may read.
struct Definition {
    const expr::Program& program;
    std::span<const Behavior> behaviors;
};

/// One run of a query: filters rows, and computes on the way what expressions read beside the properties of profiles,
/// each behavior and each cohort once. The plan and the context must outlive it. Not thread-safe.
class Computation {
public:
    Computation(const QueryPlan& plan, const expr::Context& context);

    /// What a definition reads beside the properties of profiles. It lives as long as this.
    Expected<Bindings, QueryFault> bind(const Definition& definition);
    /// The rows that a definition matches.
    Expected<RowSet, QueryFault> filter(const Definition& definition, RowSet rows);
    /// The rows that belong to a cohort.
    Expected<RowSet, QueryFault> keep_members(const ReadyCohort& cohort, RowSet rows);
    /// The members of a cohort that have no profile, sorted: those that are listed, or those who satisfy the definition
    /// among all whom its behaviors and its other cohorts know of. One that reads neither has none.
    Expected<std::vector<std::string>, QueryFault> members_without_profile(const ReadyCohort& cohort);
    /// How many members a cohort has, those without a profile included. What other cohorts need of it is kept.
    Expected<std::uint64_t, QueryFault> count_members(const ReadyCohort& cohort);
    /// Those of `ids` without a profile that a definition matches.
    Expected<std::vector<std::string>, QueryFault> matching_members(const Definition& definition,
                                                                    const std::vector<std::string>& ids);

private:
    /// Null for what is read off the profile.
    Expected<const Computed*, QueryFault> value_of(const expr::Reference& reference, const Definition& definition);
    Expected<const Computed*, QueryFault> values_of(const Behavior& behavior);
    Expected<const Membership*, QueryFault> membership_of(const ReadyCohort& cohort);
    Expected<Candidates, QueryFault> candidates_of(const ReadyCohort& cohort);
    std::vector<std::string> ids_of(const Candidates& candidates) const;
    /// Nobody but the cohort itself reads its behaviors.
    void forget_behaviors(const ReadyCohort& cohort);
    Expected<RowSet, QueryFault> filter_few(const Definition& definition, const Bindings& bindings,
                                            std::vector<fixtures::RowIndex> rows) const;
    const Computed* find_nobody();

    const QueryPlan& plan_;
    const expr::Context& context_;
    std::int64_t time_;  ///< Of the query, in the frame of the events.
    std::map<const Behavior*, std::unique_ptr<const Computed>> behaviors_;
    std::map<std::uint64_t, std::unique_ptr<const Membership>> cohorts_;
    std::unique_ptr<const Computed> nobody_;  ///< 0 for everybody.
};

}  // namespace engage::server
