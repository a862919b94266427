#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "expr/expected.hpp"
#include "server/query/execution/bindings.hpp"
#include "server/query/execution/query_fault.hpp"
#include "server/query/plan/plan.hpp"
#include "server/space/row_set.hpp"

namespace engage::server::query::execution {

/// An expression and the behaviors that it may read.
struct Definition {
    const expr::evaluation::Program& program;
    std::span<const definitions::Behavior> behaviors;
};

/// Filters rows, and computes on the way what expressions read beside the properties of profiles, each behavior and
/// each cohort once. The plan and the context must outlive it. Not thread-safe.
class Computation {
public:
    Computation(const plan::QueryPlan& plan, const expr::evaluation::Context& context);

    /// What a definition reads beside the properties of profiles. It lives as long as this.
    Expected<Bindings, QueryFault> bind(const Definition& definition);
    /// The rows that a definition matches.
    Expected<space::RowSet, QueryFault> filter(const Definition& definition, space::RowSet rows);
    /// The rows that belong to a cohort.
    Expected<space::RowSet, QueryFault> keep_members(const definitions::ReadyCohort& cohort, space::RowSet rows);
    /// The members of a cohort that have no profile, sorted: those that are listed, or those who satisfy the definition
    /// among all whom its behaviors and its other cohorts know of. One that reads neither has none.
    Expected<std::vector<std::string>, QueryFault> members_without_profile(const definitions::ReadyCohort& cohort);
    /// How many members a cohort has, those without a profile included. What other cohorts need of it is kept.
    Expected<std::uint64_t, QueryFault> count_members(const definitions::ReadyCohort& cohort);
    /// How many times the events of a behavior were gone through so far.
    std::size_t measured_behaviors() const { return measured_behaviors_; }
    /// Those of `ids` without a profile that a definition matches.
    Expected<std::vector<std::string>, QueryFault> matching_members(const Definition& definition,
                                                                    const std::vector<std::string>& ids);

private:
    /// Null for what is read off the profile.
    Expected<const Computed*, QueryFault> value_of(const expr::values::Reference& reference,
                                                   const Definition& definition);
    Expected<const Computed*, QueryFault> values_of(const definitions::Behavior& behavior);
    Expected<const Membership*, QueryFault> membership_of(const definitions::ReadyCohort& cohort);
    Expected<Candidates, QueryFault> candidates_of(const definitions::ReadyCohort& cohort);
    std::vector<std::string> ids_of(const Candidates& candidates) const;
    /// Nobody but the cohort itself reads its behaviors.
    void forget_behaviors(const definitions::ReadyCohort& cohort);
    Expected<space::RowSet, QueryFault> filter_few(const Definition& definition, const Bindings& bindings,
                                                   std::vector<fixtures::profiles::RowIndex> rows) const;
    const Computed* find_nobody();

    const plan::QueryPlan& plan_;
    const expr::evaluation::Context& context_;
    std::int64_t time_;  ///< Of the query, in the frame of the events.
    std::map<const definitions::Behavior*, std::unique_ptr<const Computed>> behaviors_;
    std::map<std::uint64_t, std::unique_ptr<const Membership>> cohorts_;
    std::size_t measured_behaviors_ = 0;
    std::unique_ptr<const Computed> nobody_;  ///< 0 for everybody.
};

}  // namespace engage::server::query::execution
