#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "expr/columns/bitmap.hpp"
#include "expr/evaluation/program.hpp"
#include "expr/syntax/ast.hpp"
#include "fixtures/profiles/profile_set.hpp"
#include "server/query/execution/bindings.hpp"

namespace engage::server::explain {

/// How many values have each type.
struct TypeCounts {
    std::array<std::size_t, 8> counts{};
    std::size_t& operator[](expr::values::Type type) { return counts[static_cast<std::size_t>(type)]; }
    std::size_t operator[](expr::values::Type type) const { return counts[static_cast<std::size_t>(type)]; }
};

/// What a condition reads, over all profiles.
struct PropertyUse {
    const expr::syntax::Node* node = nullptr;  ///< Its first reference in the condition.
    expr::values::Reference reference;
    TypeCounts types;
    std::size_t number_texts = 0;  ///< Strings that `number()` and `datetime()` can read.
    std::size_t date_texts = 0;
    std::map<std::string, expr::values::Type>
        members;                  ///< Of its objects, the first ones met, with the type met first.
    std::set<std::string> texts;  ///< Distinct strings that it holds, in part when there are many.
    bool has_all_texts = true;
};

/// A part of a condition whose text should be a date.
struct DateText {
    const expr::syntax::Node* node = nullptr;
    std::size_t unreadable = 0;  ///< Profiles whose text is no date.
    std::string example;
};

/// One condition of an expression: what remains when `and`, `or` and `not` are taken away. It may read no property.
struct Condition {
    const expr::syntax::Node* node = nullptr;
    const expr::syntax::Node* negation = nullptr;  ///< The outermost `not` right around it, if there is one.
    bool is_negated = false;                       ///< The `not`s right around it are an odd number.
    bool is_reversed = false;  ///< What it stands in with others is negated, as in `not (… and …)`: false lets through.
    const expr::syntax::Node* before = nullptr;  ///< The comparison or `in` before it in the same `and` or `or`.
    bool is_alternative = false;                 ///< It stands in an `or`.
    std::vector<PropertyUse> properties;
    std::size_t matches = 0;  ///< Profiles for which it is true.
    /// Types of the two sides that the operator cannot bring together, without undefined and null.
    std::map<std::pair<expr::values::Type, expr::values::Type>, std::size_t> misfits;
    std::size_t matched_without =
        0;  ///< Profiles that the whole expression matches, this part too, without a property.
    std::size_t matched_other_case = 0;  ///< Equal in all but letter case.
    std::string other_case_example;
    std::vector<DateText> dates;           ///< Arguments of `datetime()`.
    std::vector<DateText> compared_dates;  ///< Sides that met a datetime on the other side.
};

/// What an expression meets in a set of profiles.
struct Survey {
    std::size_t profiles = 0;
    std::size_t matches = 0;
    std::size_t looked_at = 0;  ///< The profiles that conditions are counted for: the first ones.
    std::vector<Condition> conditions;
    std::size_t conditions_left_out = 0;  ///< Beyond the most that are looked at.
};

/// Whether the operator has a use for operands of two types. What `expr::apply` makes of them decides; a test compares.
bool go_together(expr::syntax::BinaryOp op, expr::values::Type left, expr::values::Type right);

/// The work that a survey may do, worth about a second: profiles times the nodes of the conditions, where a long text
/// counts as many nodes.
inline constexpr std::size_t kMostSurveyWork = 10'000'000;

/// Looks at profiles one after the other until all are done or the work is `most_work`. `matches` are those that the
/// whole expression selects. The tree must have a root; the survey points into it.
Survey survey(const expr::syntax::Ast& ast, const fixtures::profiles::ProfileSet& profiles,
              const query::execution::Bindings& bindings, const expr::evaluation::Context& context,
              const expr::columns::Bitmap& matches, std::size_t most_work = kMostSurveyWork);

}  // namespace engage::server::explain
