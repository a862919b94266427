#include "server/query/execution/run.hpp"

#include <algorithm>
#include <utility>

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

}  // namespace

Run::Run(const plan::QueryPlan& plan, expr::evaluation::Context context)
    : plan_(plan), context_(std::move(context)), computation_(plan_, context_) {}

Expected<space::Matches, QueryFault> Run::select() {
    if (plan_.is_empty) return space::Matches{};
    const Definition where{plan_.where, plan_.behaviors};
    const Definition search{plan_.search, {}};
    auto rows = rows_of_ids(plan_);
    if (plan_.cohort) {
        auto members = computation_.keep_members(*plan_.cohort, std::move(rows));
        if (!members) return unexpected(members.error());
        rows = std::move(*members);
    }
    auto matching = computation_.filter(where, std::move(rows)).and_then([&](space::RowSet&& found) {
        return computation_.filter(search, std::move(found));
    });
    if (!matching) return unexpected(matching.error());
    auto without_profile = members_without_profile(where).and_then(
        [&](std::vector<std::string>&& members) { return computation_.matching_members(search, members); });
    if (!without_profile) return unexpected(without_profile.error());
    return space::Matches{std::move(*matching), std::move(*without_profile), std::nullopt};
}

/// The members of the plan's cohort without a profile that the query asks for and its `where` keeps.
Expected<std::vector<std::string>, QueryFault> Run::members_without_profile(const Definition& where) {
    if (!plan_.cohort || !plan_.include_all_users) return std::vector<std::string>();
    auto members = computation_.members_without_profile(*plan_.cohort);
    if (!members) return members;
    if (plan_.distinct_ids) {
        std::erase_if(*members, [&](const std::string& id) {
            return !std::binary_search(plan_.distinct_ids->begin(), plan_.distinct_ids->end(), id);
        });
    }
    return computation_.matching_members(where, *members);
}

Expected<Bindings, QueryFault> Run::bind(const expr::evaluation::Program& program) {
    return computation_.bind({program, plan_.behaviors});
}

Expected<std::uint64_t, QueryFault> Run::count_members(const definitions::ReadyCohort& cohort) {
    return computation_.count_members(cohort);
}

}  // namespace engage::server::query::execution
