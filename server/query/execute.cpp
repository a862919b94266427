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

Candidates filter(const fixtures::ProfileSet& profiles, const expr::Program& program, const expr::Context& context,
                  Candidates candidates) {
    if (!program.ast().root) return candidates;
    fixtures::ProfileRecord record(profiles, program.references());
    expr::Arena arena;
    const auto keeps = [&](RowIndex row) {
        arena.reset();
        record.select(row);
        return program.matches(record, context, arena);
    };
    if (candidates) {
        std::erase_if(*candidates, [&](RowIndex row) { return !keeps(row); });
        return candidates;
    }
    std::vector<RowIndex> kept;
    for (RowIndex row = 0; row < profiles.size(); ++row)
        if (keeps(row)) kept.push_back(row);
    return kept;
}

Candidates rows_of_ids(const QueryPlan& plan) {
    if (!plan.distinct_ids) return std::nullopt;
    std::vector<RowIndex> rows;
    for (const auto& id : *plan.distinct_ids)
        if (const auto row = plan.profiles->find(id)) rows.push_back(*row);
    std::sort(rows.begin(), rows.end());
    return rows;
}

Candidates keep_cohort(const QueryPlan& plan, const expr::Context& context, Candidates candidates) {
    if (!plan.cohort) return candidates;
    if (plan.cohort->program) return filter(*plan.profiles, *plan.cohort->program, context, std::move(candidates));
    if (!candidates) return plan.cohort->rows;
    std::erase_if(*candidates, [&](RowIndex row) {
        return !std::binary_search(plan.cohort->rows.begin(), plan.cohort->rows.end(), row);
    });
    return candidates;
}

std::vector<std::string> members_without_profile(const QueryPlan& plan, const expr::Context& context) {
    std::vector<std::string> members;
    if (!plan.cohort || !plan.include_all_users) return members;
    expr::Arena arena;
    for (const auto& id : plan.cohort->without_profile) {
        if (plan.distinct_ids && !std::binary_search(plan.distinct_ids->begin(), plan.distinct_ids->end(), id))
            continue;
        arena.reset();
        if (plan.where.matches(MemberRecord(plan.where.references(), id), context, arena)) members.push_back(id);
    }
    return members;
}

}  // namespace

std::size_t Matches::bytes() const {
    return std::accumulate(
        without_profile.begin(), without_profile.end(), sizeof(Matches) + rows.capacity() * sizeof(RowIndex),
        [](std::size_t sum, const std::string& id) { return sum + sizeof(std::string) + id.capacity(); });
}

Matches execute(const QueryPlan& plan, const expr::Context& context) {
    if (plan.is_empty) return {};
    auto candidates = filter(*plan.profiles, plan.where, context, keep_cohort(plan, context, rows_of_ids(plan)));
    Matches matches;
    matches.every_row = !candidates.has_value();
    matches.row_count = candidates ? candidates->size() : plan.profiles->size();
    if (candidates) matches.rows = std::move(*candidates);
    matches.without_profile = members_without_profile(plan, context);
    return matches;
}

}  // namespace engage::server
