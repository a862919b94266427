#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "expr/evaluation/program.hpp"
#include "expr/expected.hpp"
#include "server/catalogue/error.hpp"
#include "server/query/execution/computation.hpp"
#include "server/query/plan/ordering.hpp"
#include "server/query/plan/plan.hpp"
#include "server/space/matches.hpp"

namespace engage::server::query::execution {

/// One run of a plan over its snapshot, all at one time: whatever asks for a behavior or a cohort, be it the where, the
/// search, the sort key or a count of members, it is computed once. The plan must outlive it. Not thread-safe.
class Run {
public:
    Run(const plan::QueryPlan& plan, expr::evaluation::Context context);
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    /// What the plan selects, in the order of the fixtures.
    Expected<space::Matches, QueryFault> select();

    /// Puts what `select` gives, or gave another run of the same query, into order and cuts it to the limit: shuffled
    /// when there is a `shuffle_seed`, then sorted, so that equal keys keep the order that they had.
    Expected<space::Matches, catalogue::ApiError> arrange(const space::Matches& matches, const plan::Ordering& ordering,
                                                          std::optional<std::uint64_t> shuffle_seed = std::nullopt);

    /// What an expression of the query reads beside the properties of profiles. It lives as long as this.
    Expected<Bindings, QueryFault> bind(const expr::evaluation::Program& program);

    /// How many members a cohort has, those without a profile included.
    Expected<std::uint64_t, QueryFault> count_members(const definitions::ReadyCohort& cohort);

    /// How many times the events of a behavior were gone through so far.
    std::size_t measured_behaviors() const { return computation_.measured_behaviors(); }

private:
    Expected<std::vector<std::string>, QueryFault> members_without_profile(const Definition& where);

    const plan::QueryPlan& plan_;
    const expr::evaluation::Context context_;
    Computation computation_;
};

}  // namespace engage::server::query::execution
