#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "expr/columns/bitmap.hpp"
#include "expr/columns/column.hpp"
#include "expr/values/value.hpp"
#include "server/space/subjects.hpp"

namespace engage::server::query::execution {

/// Ids without a profile that a definition may match, although nothing is known of them but what is computed.
struct Candidates {
    bool has_subjects = false;                           ///< All who have events.
    std::vector<const std::vector<std::string>*> lists;  ///< The members of static cohorts.
};

/// A value that a query computes for everybody: what `behaviors["x"]` is, or whether they are in a cohort.
class Computed {
public:
    virtual ~Computed() = default;

    /// By row of the query's profiles.
    const std::shared_ptr<const expr::columns::Column>& column() const { return column_; }
    /// For an id without a profile.
    virtual expr::values::View of_member(std::string_view id) const = 0;
    /// Adds the ids without a profile that this knows of, whatever it is for them: a definition may say "not".
    virtual void add_candidates(Candidates& candidates) const = 0;

protected:
    explicit Computed(std::shared_ptr<const expr::columns::Column> column) : column_(std::move(column)) {}

private:
    std::shared_ptr<const expr::columns::Column> column_;
};

/// What one behavior is.
class BehaviorValues final : public Computed {
public:
    /// `values` are those of the subjects, of whom `nothing` is the value without events; of `rows` profiles.
    BehaviorValues(std::vector<double> values, double nothing, const space::Subjects& subjects, std::size_t rows);

    expr::values::View of_member(std::string_view id) const override;
    void add_candidates(Candidates& candidates) const override;

private:
    std::vector<double> values_;
    double nothing_;
    const space::Subjects& subjects_;
};

/// Who is in one cohort.
class Membership final : public Computed {
public:
    /// `without_profile` is sorted: those of the candidates who are members.
    Membership(const expr::columns::Bitmap& rows, std::vector<std::string> without_profile, Candidates candidates);

    std::size_t size() const { return profiles_ + without_profile_.size(); }

    expr::values::View of_member(std::string_view id) const override;
    void add_candidates(Candidates& candidates) const override;

private:
    std::size_t profiles_;
    std::vector<std::string> without_profile_;
    Candidates candidates_;
};

}  // namespace engage::server::query::execution
