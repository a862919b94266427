#include "server/query/execute.hpp"

#include <algorithm>

#include "server/query/computation.hpp"

namespace engage::server {

namespace {

using fixtures::RowIndex;

RowSet rows_of_ids(const QueryPlan& plan) {
    if (!plan.distinct_ids) return RowSet::all(plan.profiles->size());
    std::vector<RowIndex> rows;
    for (const auto& id : *plan.distinct_ids)
        if (const auto row = plan.profiles->find(id)) rows.push_back(*row);
    std::sort(rows.begin(), rows.end());
    return RowSet(std::move(rows));
}

/// The members of the plan's cohort without a profile that the query asks for and its `where` keeps.
Expected<std::vector<std::string>, QueryFault> members_without_profile(const QueryPlan& plan, const Definition& where,
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

Expected<Matches, QueryFault> execute(const QueryPlan& plan, const expr::Context& context) {
    if (plan.is_empty) return Matches{};
    Computation computation(plan, context);
    const Definition where{plan.where, plan.behaviors};
    const Definition search{plan.search, {}};
    auto rows = rows_of_ids(plan);
    if (plan.cohort) {
        auto members = computation.keep_members(*plan.cohort, std::move(rows));
        if (!members) return unexpected(members.error());
        rows = std::move(*members);
    }
    auto matching = computation.filter(where, std::move(rows)).and_then([&](RowSet&& found) {
        return computation.filter(search, std::move(found));
    });
    if (!matching) return unexpected(matching.error());
    auto without_profile =
        members_without_profile(plan, where, computation).and_then([&](std::vector<std::string>&& members) {
            return computation.matching_members(search, members);
        });
    if (!without_profile) return unexpected(without_profile.error());
    return Matches{std::move(*matching), std::move(*without_profile), std::nullopt};
}

}  // namespace engage::server
