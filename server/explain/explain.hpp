#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "expr/evaluation/program.hpp"
#include "expr/expected.hpp"
#include "expr/syntax/parse.hpp"
#include "fixtures/project/project.hpp"
#include "server/explain/grammar_notes.hpp"
#include "server/explain/survey.hpp"
#include "server/query/plan/plan.hpp"

namespace engage::server::explain {

struct ExplainQuery {
    std::string where;
    std::string data_group_id;  ///< Empty: users.
    std::optional<std::string> distinct_id;
    expr::syntax::Grammar grammar = expr::syntax::Grammar::kEngage;
    std::string behaviors{};              ///< The parameter, as a query has it; empty: none.
    std::optional<std::int64_t> as_of{};  ///< The parameter `as_of_timestamp`.
    bool undeclared_is_zero = false;      ///< `behaviors.undeclared`: a behavior that is not declared is no error.
};

/// A part of the expression with its value for one profile.
struct ExplainedStep {
    std::size_t depth = 0;  ///< Levels below the whole expression.
    std::string text;       ///< Shortened when long.
    expr::values::Type type = expr::values::Type::kUndefined;
    std::string value;          ///< JSON; null for undefined.
    bool is_value_cut = false;  ///< `value` is the beginning of a longer text.
    bool has_value = true;      ///< False for a part without a single value.
};

struct ExplainedProfile {
    std::string distinct_id;
    bool matches = false;
    std::vector<ExplainedStep> steps;  ///< Innermost first: the last one is the whole expression.
    bool is_cut = false;               ///< There are more steps than are kept.
};

struct ExplainedCondition {
    struct Property {
        std::string text;
        TypeCounts types;
    };
    struct Misfit {
        std::string text;  ///< E.g. "number > string".
        std::size_t profiles = 0;
    };
    std::string text;
    std::size_t matches = 0;
    std::vector<Property> properties;
    std::vector<Misfit> misfits;
};

/// What an expression says, and what it meets in a project. Long texts are shortened and long lists end early, so that
/// it stays small whatever is explained.
struct Explanation {
    std::string text;  ///< Canonical; empty for a blank expression.
    std::string tree;
    GrammarNotes grammar;
    std::size_t profiles = 0;
    std::size_t matches = 0;    ///< Of all profiles.
    std::size_t looked_at = 0;  ///< The profiles that conditions and advice are about: the first ones.
    std::vector<ExplainedCondition> conditions;
    std::size_t conditions_left_out = 0;
    std::optional<ExplainedProfile> profile;
    std::vector<std::string> advice;  ///< One line each.
};

/// Why nothing can be explained: the expression does not parse, or a message of one line.
using ExplainError = std::variant<expr::syntax::ParseError, std::string>;

/// Explains a `where` over all profiles of a project or of one of its data groups. `most_work` bounds the look at
/// single profiles.
Expected<Explanation, ExplainError> explain(const space::SnapshotPtr& snapshot, const ExplainQuery& query,
                                            const expr::evaluation::Context& context,
                                            std::size_t most_work = kMostSurveyWork);

}  // namespace engage::server::explain
