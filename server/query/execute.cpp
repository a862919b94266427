#include <algorithm>
#include <numeric>

#include "fixtures/profile_record.hpp"
#include "server/query/plan.hpp"

namespace engage::server {

namespace {

using fixtures::RowIndex;
/// Ascending; nothing means every row.
using Candidates = std::optional<std::vector<RowIndex>>;

/// A cohort member without a profile: it has an id, and every property is undefined.
class MemberRecord final : public expr::Record {
public:
    MemberRecord(const std::vector<expr::Reference>& references, std::string_view id)
        : references_(references), id_(id) {}
    expr::View value(std::size_t reference, expr::Arena&) const override {
        const auto& [scope, name] = references_[reference];
        const bool is_id = name == "$distinct_id" && (scope == expr::Scope::kProperties || scope == expr::Scope::kUser);
        return is_id ? expr::View::string(id_) : expr::View{};
    }

private:
    const std::vector<expr::Reference>& references_;
    std::string_view id_;
};

/// The rows that are asked for one by one: too few to build columns for.
Expected<std::vector<RowIndex>, expr::LogicalFault> filter_few(const fixtures::ProfileSet& profiles,
                                                               const expr::Program& program,
                                                               const expr::Context& context,
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
    if (fault) return unexpected(*fault);
    return rows;
}

expr::Bitmap bitmap_of(const Candidates& candidates, std::size_t rows) {
    expr::Bitmap bitmap(rows, !candidates);
    if (candidates)
        for (const auto row : *candidates) bitmap.set(row);
    return bitmap;
}

Expected<Candidates, expr::LogicalFault> filter(const QueryPlan& plan, const expr::Program& program,
                                                const expr::Context& context, Candidates candidates) {
    constexpr std::size_t kFew = 16;  ///< One row in so many: less work than columns that do not exist yet.
    if (!program.ast().root) return candidates;
    const auto rows = plan.profiles->size();
    if (candidates && candidates->size() < rows / kFew)
        return filter_few(*plan.profiles, program, context, std::move(*candidates));
    const auto kept = expr::filter(program, *plan.columns, context, bitmap_of(candidates, rows));
    if (!kept) return unexpected(kept.error());
    std::vector<RowIndex> list;
    list.reserve(kept->count());
    kept->for_each([&](std::size_t row) { list.push_back(static_cast<RowIndex>(row)); });
    return list;
}

Candidates rows_of_ids(const QueryPlan& plan) {
    if (!plan.distinct_ids) return std::nullopt;
    std::vector<RowIndex> rows;
    for (const auto& id : *plan.distinct_ids)
        if (const auto row = plan.profiles->find(id)) rows.push_back(*row);
    std::sort(rows.begin(), rows.end());
    return rows;
}

Expected<Candidates, expr::LogicalFault> keep_cohort(const QueryPlan& plan, const expr::Context& context,
                                                     Candidates candidates) {
    if (!plan.cohort) return candidates;
    if (plan.cohort->program) return filter(plan, *plan.cohort->program, context, std::move(candidates));
    if (!candidates) return plan.cohort->rows;
    std::erase_if(*candidates, [&](RowIndex row) {
        return !std::binary_search(plan.cohort->rows.begin(), plan.cohort->rows.end(), row);
    });
    return candidates;
}

Expected<std::vector<std::string>, expr::LogicalFault> members_without_profile(const QueryPlan& plan,
                                                                               const expr::Context& context) {
    std::vector<std::string> members;
    std::optional<expr::LogicalFault> fault;
    if (!plan.cohort || !plan.include_all_users) return members;
    expr::Arena arena;
    for (const auto& id : plan.cohort->without_profile) {
        if (plan.distinct_ids && !std::binary_search(plan.distinct_ids->begin(), plan.distinct_ids->end(), id))
            continue;
        arena.reset();
        if (plan.where.matches(MemberRecord(plan.where.references(), id), context, arena, &fault))
            members.push_back(id);
        if (fault) return unexpected(*fault);
    }
    return members;
}

}  // namespace

std::size_t Matches::bytes() const {
    return std::accumulate(
        without_profile.begin(), without_profile.end(), sizeof(Matches) + rows.capacity() * sizeof(RowIndex),
        [](std::size_t sum, const std::string& id) { return sum + sizeof(std::string) + id.capacity(); });
}

Expected<Matches, expr::LogicalFault> execute(const QueryPlan& plan, const expr::Context& context) {
    if (plan.is_empty) return Matches{};
    auto candidates = keep_cohort(plan, context, rows_of_ids(plan)).and_then([&](Candidates&& rows) {
        return filter(plan, plan.where, context, std::move(rows));
    });
    if (!candidates) return unexpected(candidates.error());
    auto members = members_without_profile(plan, context);
    if (!members) return unexpected(members.error());
    Matches matches;
    matches.every_row = !candidates->has_value();
    matches.row_count = *candidates ? (*candidates)->size() : plan.profiles->size();
    if (*candidates) matches.rows = std::move(**candidates);
    matches.without_profile = std::move(*members);
    return matches;
}

}  // namespace engage::server
