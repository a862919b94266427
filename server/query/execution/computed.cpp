#include "server/query/execution/computed.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace engage::server::query::execution {

namespace {

std::shared_ptr<const expr::columns::Column> column_of(const std::vector<double>& values, double nothing,
                                                       const space::Subjects& subjects, std::size_t rows) {
    std::vector<double> by_row(rows, nothing);
    for (space::SubjectIndex subject = 0; subject < values.size(); ++subject)
        if (const auto row = subjects.row(subject)) by_row[*row] = values[subject];
    return expr::columns::Column::of_numbers(by_row);
}

}  // namespace

BehaviorValues::BehaviorValues(std::vector<double> values, double nothing, const space::Subjects& subjects,
                               std::size_t rows)
    : Computed(column_of(values, nothing, subjects, rows)),
      values_(std::move(values)),
      nothing_(nothing),
      subjects_(subjects) {}

expr::values::View BehaviorValues::of_member(std::string_view id) const {
    const auto subject = subjects_.find(id);
    const auto value = subject ? values_[*subject] : nothing_;
    return std::isnan(value) ? expr::values::View() : expr::values::View::number(value);
}

void BehaviorValues::add_candidates(Candidates& candidates) const { candidates.has_subjects = true; }

Membership::Membership(const expr::columns::Bitmap& rows, std::vector<std::string> without_profile,
                       Candidates candidates)
    : Computed(expr::columns::Column::of_flags(rows)),
      profiles_(rows.count()),
      without_profile_(std::move(without_profile)),
      candidates_(std::move(candidates)) {}

expr::values::View Membership::of_member(std::string_view id) const {
    return expr::values::View::boolean(
        std::binary_search(without_profile_.begin(), without_profile_.end(), id, std::less<>()));
}

void Membership::add_candidates(Candidates& candidates) const {
    candidates.has_subjects = candidates.has_subjects || candidates_.has_subjects;
    candidates.lists.insert(candidates.lists.end(), candidates_.lists.begin(), candidates_.lists.end());
}

}  // namespace engage::server::query::execution
