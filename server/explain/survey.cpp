#include "server/explain/survey.hpp"

#include <algorithm>
#include <optional>

#include "expr/evaluation/trace.hpp"
#include "expr/functions/functions.hpp"
#include "expr/text/numbers.hpp"
#include "expr/values/time_zone.hpp"
#include "server/query/execution/bound_record.hpp"

namespace engage::server::explain {

namespace {

using expr::syntax::BinaryOp;
using expr::syntax::Node;
using expr::values::Type;
using expr::values::View;

constexpr std::size_t kMostConditions = 100;
constexpr std::size_t kMostUses = 20;      ///< Properties and dates that are counted of one condition.
constexpr std::size_t kMostTexts = 64;     ///< Distinct strings that are kept of a property.
constexpr std::size_t kMostMembers = 8;    ///< Members that are kept of the objects of a property.
constexpr std::size_t kLongestText = 100;  ///< A longer one is no name of anything.

bool is_missing(Type type) { return type == Type::kUndefined || type == Type::kNull; }

bool is_text_and_date(Type left, Type right) {
    return (left == Type::kString && right == Type::kDatetime) || (left == Type::kDatetime && right == Type::kString);
}

}  // namespace

bool go_together(BinaryOp op, Type left, Type right) {
    switch (op) {
        case BinaryOp::kEqual:
        case BinaryOp::kNotEqual:
            return left == right || is_text_and_date(left, right);
        case BinaryOp::kIn:
            return right == Type::kList || (left == Type::kString && right == Type::kString);
        case BinaryOp::kContains:
            return go_together(BinaryOp::kIn, right, left);
        case BinaryOp::kLess:
        case BinaryOp::kLessEqual:
        case BinaryOp::kGreater:
        case BinaryOp::kGreaterEqual:
            return is_text_and_date(left, right) ||
                   (left == right && (left == Type::kNumber || left == Type::kString || left == Type::kDatetime));
        case BinaryOp::kAdd:
            return left == right && (left == Type::kNumber || left == Type::kString);
        case BinaryOp::kSubtract:
        case BinaryOp::kMultiply:
        case BinaryOp::kDivide:
        case BinaryOp::kModulo:
            return left == Type::kNumber && right == Type::kNumber;
    }
    return true;
}

namespace {

/// The conditions below a node, and what each reads.
class Conditions {
public:
    explicit Conditions(Survey& survey) : survey_(survey) {}

    /// `is_reversed`: `node` stands inside of an odd number of `not`.
    void find(const Node& node, bool is_reversed) {
        const auto* inner = &node;
        bool is_negated = false;
        for (const auto* operand = negated(node); operand != nullptr; operand = negated(*inner)) {
            inner = operand;
            is_negated = !is_negated;
        }
        if (const auto* logical = std::get_if<expr::syntax::Logical>(&inner->is)) {
            return find_all(*logical, is_reversed != is_negated);
        }
        Condition condition;
        condition.node = inner;
        condition.negation = inner == &node ? nullptr : &node;
        condition.is_negated = is_negated;
        condition.is_reversed = is_reversed;
        condition.before = before_;
        condition.is_alternative = is_alternative_;
        add(std::move(condition));
    }

private:
    void find_all(const expr::syntax::Logical& logical, bool is_reversed) {
        const Node* before = nullptr;
        for (const auto& operand : logical.operands) {
            before_ = before;
            is_alternative_ = logical.op == expr::syntax::LogicalOp::kOr;
            find(*operand, is_reversed);
            if (std::holds_alternative<expr::syntax::Binary>(operand->is)) before = operand.get();
        }
    }

    void add(Condition condition) {
        const auto& node = *condition.node;
        read(node, condition);
        if (survey_.conditions.size() == kMostConditions)
            ++survey_.conditions_left_out;
        else
            survey_.conditions.push_back(std::move(condition));
    }

    /// What a `not` is before, null for any other node.
    static const Node* negated(const Node& node) {
        const auto* unary = std::get_if<expr::syntax::Unary>(&node.is);
        return unary != nullptr && unary->op == expr::syntax::UnaryOp::kNot ? unary->operand.get() : nullptr;
    }

    static void read(const Node& node, Condition& condition) {
        if (const auto* reference = std::get_if<expr::values::Reference>(&node.is))
            return use(node, *reference, condition);
        const auto operands = expr::syntax::operands_of(node);
        const auto* call = std::get_if<expr::syntax::Call>(&node.is);
        const bool has_room = condition.dates.size() < kMostUses;
        if (call != nullptr && call->function == expr::syntax::Function::kDatetime && has_room)
            condition.dates.push_back({operands[0], 0, {}});
        for (const auto* operand : operands) read(*operand, condition);
    }
    static void use(const Node& node, const expr::values::Reference& reference, Condition& condition) {
        auto& uses = condition.properties;
        if (uses.size() == kMostUses) return;
        const auto is_it = [&](const PropertyUse& other) { return other.reference == reference; };
        if (std::none_of(uses.begin(), uses.end(), is_it))
            uses.push_back({.node = &node, .reference = reference, .types = {}, .members = {}, .texts = {}});
    }

    Survey& survey_;
    const Node* before_ = nullptr;
    bool is_alternative_ = false;
};

/// What a node costs to evaluate.
struct Cost {
    std::size_t work = 0;
    std::size_t text = 0;  ///< Bytes of the literals below.
};

Cost cost_of(const Node& node) {
    constexpr std::size_t kTextPerNode = 256;
    Cost cost{.work = 1, .text = 0};
    if (const auto* literal = std::get_if<expr::syntax::Literal>(&node.is))
        if (const auto* text = std::get_if<std::string>(literal)) cost.text = text->size();
    for (const auto* operand : expr::syntax::operands_of(node)) {
        const auto [work, text] = cost_of(*operand);
        cost.work += work;
        cost.text += text;
    }
    // What is below a binder is evaluated for each item.
    if (std::holds_alternative<expr::syntax::Binding>(node.is)) cost.work = std::min(cost.work * 8, kMostSurveyWork);
    cost.work += cost.text / kTextPerNode;
    return cost;
}

std::size_t profiles_within(std::size_t most_work, const Survey& survey) {
    std::size_t work = 1;
    for (const auto& condition : survey.conditions) work += cost_of(*condition.node).work;
    return std::clamp<std::size_t>(most_work / work, 1, std::max<std::size_t>(survey.profiles, 1));
}

/// One profile, as the expression sees it.
class Look {
public:
    Look(const expr::evaluation::Trace& trace, const expr::values::Record& record,
         const expr::evaluation::Context& context, expr::values::Arena& arena)
        : trace_(trace), record_(record), context_(context), arena_(arena) {}

    View value(const Node& node) const { return trace_.value(node, record_, context_, arena_).value_or(View()); }
    bool is_true(const Node& node) const { return expr::functions::is_truthy(value(node), context_.semantics); }

    void add_to(Condition& condition, bool whole_matches) const {
        const bool is_true_here = is_true(*condition.node);
        if (is_true_here) ++condition.matches;
        const bool is_without = count_properties(condition);
        const auto& effective = condition.negation != nullptr ? *condition.negation : *condition.node;
        if (is_without && whole_matches && is_true(effective) != condition.is_reversed) ++condition.matched_without;
        for (auto& date : condition.dates) add_date(value(*date.node), date);
        if (const auto* binary = std::get_if<expr::syntax::Binary>(&condition.node->is))
            compare(*binary, is_true_here, condition);
    }

private:
    /// Whether one of the properties is missing.
    bool count_properties(Condition& condition) const {
        bool is_without = false;
        for (auto& use : condition.properties) {
            const auto held = value(*use.node);
            ++use.types[held.type()];
            is_without = is_without || is_missing(held.type());
            if (held.is(Type::kString)) count_text(held.as_string(), use);
            if (held.is(Type::kObject)) add_members(held, use);
        }
        return is_without;
    }

    static void add_members(const View& held, PropertyUse& use) {
        for (const auto& [name, member] : held.as_object())
            if (use.members.size() < kMostMembers) use.members.try_emplace(std::string(name), member.type());
    }

    void count_text(std::string_view text, PropertyUse& use) const {
        if (expr::text::parse_number(text)) ++use.number_texts;
        if (expr::values::parse_datetime(text, context_.zone)) ++use.date_texts;
        if (use.texts.size() < kMostTexts && text.size() <= kLongestText)
            use.texts.emplace(text);
        else
            use.has_all_texts = use.has_all_texts && use.texts.count(std::string(text)) > 0;
    }

    void add_date(const View& held, DateText& date) const {
        if (!held.is(Type::kString) || expr::values::parse_datetime(held.as_string(), context_.zone)) return;
        if (date.unreadable++ == 0) date.example = held.as_string();
    }

    void compare(const expr::syntax::Binary& binary, bool is_true_here, Condition& condition) const {
        const auto left = value(*binary.left);
        const auto right = value(*binary.right);
        if (is_missing(left.type()) || is_missing(right.type())) return;
        if (!go_together(binary.op, left.type(), right.type())) ++condition.misfits[{left.type(), right.type()}];
        if (is_text_and_date(left.type(), right.type())) {
            const bool is_left = left.is(Type::kString);
            add_date(is_left ? left : right, date_of(is_left ? binary.left.get() : binary.right.get(), condition));
        }
        if (binary.op != BinaryOp::kEqual || !is_true_here || !left.is(Type::kString) || !right.is(Type::kString))
            return;
        if (left.as_string() == right.as_string()) return;
        const bool is_constant_left = std::holds_alternative<expr::syntax::Literal>(binary.left->is);
        if (condition.matched_other_case++ == 0)
            condition.other_case_example = is_constant_left ? right.as_string() : left.as_string();
    }

    static DateText& date_of(const Node* node, Condition& condition) {
        auto& dates = condition.compared_dates;
        const auto known = std::find_if(dates.begin(), dates.end(), [&](const DateText& d) { return d.node == node; });
        return known != dates.end() ? *known : dates.emplace_back(DateText{node, 0, {}});
    }

    const expr::evaluation::Trace& trace_;
    const expr::values::Record& record_;
    const expr::evaluation::Context& context_;
    expr::values::Arena& arena_;
};

}  // namespace

Survey survey(const expr::syntax::Ast& ast, const fixtures::profiles::ProfileSet& profiles,
              const query::execution::Bindings& bindings, const expr::evaluation::Context& context,
              const expr::columns::Bitmap& matches, std::size_t most_work) {
    Survey survey;
    Conditions(survey).find(*ast.root, /*is_reversed=*/false);
    const expr::evaluation::Trace trace(ast);
    query::execution::BoundRecord record(profiles, trace.references(), bindings);
    expr::values::Arena arena;
    survey.profiles = profiles.size();
    survey.matches = matches.count();
    survey.looked_at = std::min(profiles.size(), profiles_within(most_work, survey));
    for (fixtures::profiles::RowIndex row = 0; row < survey.looked_at; ++row) {
        record.select(row);
        const Look look(trace, record, context, arena);
        for (auto& condition : survey.conditions) {
            arena.reset();
            look.add_to(condition, matches.holds(row));
        }
    }
    return survey;
}

}  // namespace engage::server::explain
