#include "server/query/execution/execute.hpp"

#include <algorithm>

#include "server/query/execution/computation.hpp"

namespace engage::server::query::execution {

namespace {

using fixtures::profiles::RowIndex;

space::RowSet rows_of_ids(const plan::QueryPlan& plan) {
    if (!plan.distinct_ids) return space::RowSet::all(plan.profiles->size());
    std::vector<RowIndex> rows;
    for (const auto& id : *plan.distinct_ids)
        if (const auto row = plan.profiles->find(id)) rows.push_back(*row);
    std::sort(rows.begin(), rows.end());
    return space::RowSet(std::move(rows));
}

/// The members of the plan's cohort without a profile that the query asks for and its `where` keeps.
Expected<std::vector<std::string>, QueryFault> members_without_profile(const plan::QueryPlan& plan,
                                                                       const Definition& where,
                                                                       Computation& computation) {
    if (!plan.cohort || !plan.include_all_users) return std::vector<std::string>();
    auto members = computation.members_without_profile(*plan.cohort);
    if (!members) return members;
    if (plan.distinct_ids) {
        std::erase_if(*members, [&](const std::string& id) {
            return !std::binary_search(plan.distinct_ids->begin(), plan.distinct_ids->end(), id);
        });
    }
    return computation.matching_members(where, *members);
}

}  // namespace

Expected<space::Matches, QueryFault> execute(const plan::QueryPlan& plan, const expr::evaluation::Context& context) {
    if (plan.is_empty) return space::Matches{};
    Computation computation(plan, context);
    const Definition where{plan.where, plan.behaviors};
    const Definition search{plan.search, {}};
    auto rows = rows_of_ids(plan);
    if (plan.cohort) {
        auto members = computation.keep_members(*plan.cohort, std::move(rows));
        if (!members) return unexpected(members.error());
        rows = std::move(*members);
    }
    auto matching = computation.filter(where, std::move(rows)).and_then([&](space::RowSet&& found) {
        return computation.filter(search, std::move(found));
    });
    if (!matching) return unexpected(matching.error());
    auto without_profile =
        members_without_profile(plan, where, computation).and_then([&](std::vector<std::string>&& members) {
            return computation.matching_members(search, members);
        });
    if (!without_profile) return unexpected(without_profile.error());
    return space::Matches{std::move(*matching), std::move(*without_profile), std::nullopt};
}

}  // namespace engage::server::query::execution
