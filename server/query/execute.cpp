#include <algorithm>
#include <iterator>

#include "fixtures/profile_record.hpp"
#include "server/query/member_record.hpp"
#include "server/query/plan.hpp"

namespace engage::server {

namespace {

using fixtures::RowIndex;
using Rows = Expected<RowSet, QueryFault>;

/// The rows that are asked for one by one: too few to build columns for.
Rows filter_few(const fixtures::ProfileSet& profiles, const expr::Program& program, const expr::Context& context,
                std::vector<RowIndex> rows) {
    fixtures::ProfileRecord record(profiles, program.references());
    expr::Arena arena;
    std::optional<expr::LogicalFault> fault;
    std::erase_if(rows, [&](RowIndex row) {
        if (fault) return false;
        arena.reset();
        record.select(row);
        return !program.matches(record, context, arena, &fault);
    });
    if (fault) return unexpected(QueryFault{*fault});
    return RowSet(std::move(rows));
}

Rows filter(const QueryPlan& plan, const expr::Program& program, const expr::Context& context, RowSet rows) {
    constexpr std::size_t kFew = 16;  ///< One row in so many: less work than columns that do not exist yet.
    if (!program.ast().root) return rows;
    const auto all = plan.profiles->size();
    if (rows.size() < all / kFew) return filter_few(*plan.profiles, program, context, rows.slice(0, rows.size()));
    auto kept = expr::filter(program, *plan.columns, context, rows.bitmap(all));
    if (!kept) return unexpected(QueryFault{kept.error()});
    return RowSet(std::move(*kept));
}

RowSet rows_of_ids(const QueryPlan& plan) {
    if (!plan.distinct_ids) return RowSet::all(plan.profiles->size());
    std::vector<RowIndex> rows;
    for (const auto& id : *plan.distinct_ids)
        if (const auto row = plan.profiles->find(id)) rows.push_back(*row);
    std::sort(rows.begin(), rows.end());
    return RowSet(std::move(rows));
}

Rows keep_cohort(const QueryPlan& plan, const expr::Context& context, RowSet rows) {
    if (!plan.cohort) return rows;
    if (plan.cohort->program) {
        auto members = filter(plan, *plan.cohort->program, context, std::move(rows));
        if (!members) members.error().is_of_cohort = true;
        return members;
    }
    if (rows.is_all()) return RowSet(plan.cohort->rows);
    const auto asked = rows.slice(0, rows.size());
    std::vector<RowIndex> both;
    std::set_intersection(asked.begin(), asked.end(), plan.cohort->rows.begin(), plan.cohort->rows.end(),
                          std::back_inserter(both));
    return RowSet(std::move(both));
}

Expected<std::vector<std::string>, QueryFault> members_without_profile(const QueryPlan& plan,
                                                                       const expr::Context& context) {
    std::vector<std::string> members;
    std::optional<expr::LogicalFault> fault;
    if (!plan.cohort || !plan.include_all_users) return members;
    expr::Arena arena;
    for (const auto& id : plan.cohort->without_profile) {
        if (plan.distinct_ids && !std::binary_search(plan.distinct_ids->begin(), plan.distinct_ids->end(), id))
            continue;
        const auto passes = [&](const expr::Program& program) {
            arena.reset();
            return program.matches(MemberRecord(program.references(), id), context, arena, &fault);
        };
        if (passes(plan.where) && passes(plan.search)) members.push_back(id);
        if (fault) return unexpected(QueryFault{*fault});
    }
    return members;
}

}  // namespace

Expected<Matches, QueryFault> execute(const QueryPlan& plan, const expr::Context& context) {
    if (plan.is_empty) return Matches{};
    auto rows = keep_cohort(plan, context, rows_of_ids(plan))
                    .and_then([&](RowSet&& members) { return filter(plan, plan.where, context, std::move(members)); })
                    .and_then([&](RowSet&& found) { return filter(plan, plan.search, context, std::move(found)); });
    if (!rows) return unexpected(rows.error());
    auto without_profile = members_without_profile(plan, context);
    if (!without_profile) return unexpected(without_profile.error());
    return Matches{std::move(*rows), std::move(*without_profile), std::nullopt};
}

}  // namespace engage::server
