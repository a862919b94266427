#include "expr/syntax/builder.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "expr/syntax/diagnose.hpp"
#include "expr/syntax/signature.hpp"
#include "expr/text/escapes.hpp"
#include "expr/text/numbers.hpp"
#include "expr/text/regex.hpp"
#include "expr/text/text.hpp"

namespace engage::expr::syntax {
namespace {

/// Words that mean something else where a variable may stand.
constexpr std::array<std::string_view, 13> kReserved{
    "and", "or", "not", "in", "true", "false", "undefined", "null", "now", "properties", "user", "event", "behaviors"};

[[noreturn]] void refuse(std::size_t offset, std::string message) { throw Refused{{offset, std::move(message)}}; }

bool has_capitals(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

Builder::Nesting::Nesting(Builder& builder, const char* position) : builder_(builder) {
    if (builder_.nesting_ == kMaxNesting)
        refuse(builder_.offset_of(position), "nested deeper than " + std::to_string(kMaxNesting) + " levels");
    ++builder_.nesting_;
}

template <class What>
void Builder::push(What what, Span at, std::uint32_t depth_below) {
    if (depth_below > kMaxTreeDepth)
        refuse(at.end, "a chain of more than " + std::to_string(kMaxTreeDepth) + " operators");
    if (++nodes_ > kMaxNodes) refuse(at.end, "more than " + std::to_string(kMaxNodes) + " operands and operators");
    stack_.push_back({std::make_unique<Node>(Node{std::move(what), at, depth_below + 1})});
}

NodePtr Builder::pop() {
    auto node = std::move(stack_.back().node);
    stack_.pop_back();
    return node;
}

Builder::Frame Builder::pop_frame() {
    const auto frame = frames_.back();
    frames_.pop_back();
    return frame;
}

std::vector<NodePtr> Builder::pop_items(std::size_t first, std::uint32_t& depth) {
    std::vector<NodePtr> items;
    items.reserve(stack_.size() - first);
    for (auto i = first; i < stack_.size(); ++i) {
        depth = std::max(depth, stack_[i].node->depth);
        items.push_back(std::move(stack_[i].node));
    }
    stack_.resize(first);
    return items;
}

void Builder::note(Use use, std::size_t index) {
    if (grammar_ == Grammar::kKnown) refuse(use.at.begin, explain_beyond(use));
    if (!uses_[index]) uses_[index] = use;
}

void Builder::use(Construct construct, std::string_view token) {
    const auto index = static_cast<std::size_t>(construct);
    const auto begin = offset_of(token.data());
    const auto size = token.find_last_not_of(text::kBlank) + 1;
    note({construct, {}, all_constructs()[index].least, {begin, begin + size}}, index);
}

void Builder::use(const Signature& info, std::string_view token) {
    const auto begin = offset_of(token.data());
    const auto index = kConstructs + static_cast<std::size_t>(info.function);
    if (info.grammar > Grammar::kKnown)
        note({Construct::kFunction, info.function, info.grammar, {begin, begin + token.size()}}, index);
    word(token);
}

void Builder::word(std::string_view token) {
    if (has_capitals(token)) use(Construct::kLetterCase, token);
}

void Builder::open_string(std::string_view quote) {
    string_begin_ = offset_of(quote.data());
    if (quote == "'") use(Construct::kSingleQuotes, quote);
}

void Builder::string_text(std::string_view token) {
    string_at_ = {string_begin_, offset_of(token.data()) + token.size() + 1};
    text_ = text::unescape(token);
}

void Builder::string_value() { push(Literal(std::move(text_)), string_at_, 0); }

void Builder::number(std::string_view token) {
    const auto at = offset_of(token.data());
    const auto value = text::parse_number(token);
    if (!value) refuse(at, "a number too large for a double");
    push(Literal(*value), {at, at + token.size()}, 0);
}

void Builder::constant(std::string_view token, Literal value) {
    const auto at = offset_of(token.data());
    const auto size = token.find_last_not_of(text::kBlank) + 1;
    push(std::move(value), {at, at + size}, 0);
}

void Builder::scope(std::string_view token, values::Scope scope) {
    reference_.scope = scope;
    reference_begin_ = offset_of(token.data());
    if (scope == values::Scope::kEvent) use(Construct::kEvent, token);
}

void Builder::reference() {
    reference_.name = std::move(text_);
    push(std::move(reference_), {reference_begin_, closed_at_}, 0);
}

void Builder::open_call() {
    const auto begin = offset_of(name_.data());
    const auto* info = find_function(name_, grammar_);
    if (!info) refuse(begin, explain_function(name_, grammar_));
    use(*info, name_);
    frames_.push_back({begin, stack_.size(), info->function, {}, 0});
}

void Builder::call() {
    const auto frame = pop_frame();
    const auto& info = signature_of(frame.function);
    const auto count = stack_.size() - frame.first;
    if (!takes(info, count)) refuse(frame.begin, explain_arity(info, count));
    if (frame.function == Function::kString && count == info.most)
        use(Construct::kStringDefault, source_.substr(frame.begin, closed_at_ - frame.begin));
    std::uint32_t depth = 0;
    auto arguments = pop_items(frame.first, depth);
    const Span at{frame.begin, closed_at_};
    if (info.shape == Shape::kLogical)
        return push(Logical{frame.function == Function::kAnd ? LogicalOp::kAnd : LogicalOp::kOr, std::move(arguments)},
                    at, depth);
    auto pattern = info.shape == Shape::kPattern ? compiled(*arguments[1]) : nullptr;
    push(Call{frame.function, std::move(arguments), std::move(pattern)}, at, depth);
}

std::shared_ptr<const text::Regex> Builder::compiled(const Node& pattern) {
    const auto* literal = std::get_if<Literal>(&pattern.is);
    const auto* text = literal ? std::get_if<std::string>(literal) : nullptr;
    if (!text) return nullptr;
    if (++patterns_ > kMaxPatterns)
        refuse(pattern.at.begin, "more than " + std::to_string(kMaxPatterns) + " regular expressions");
    patterns_cost_ += text::compile_cost(*text);
    if (patterns_cost_ > text::kMaxPatternsCost)
        refuse(pattern.at.begin, "regular expressions of more than " + std::to_string(text::kMaxPatternsCost) +
                                     " bytes together, a range of characters beyond ASCII taken as 256");
    auto regex = text::Regex::compile(*text);
    if (!regex) refuse(pattern.at.begin, "bad regular expression: " + regex.error());
    return std::make_shared<const text::Regex>(std::move(*regex));
}

bool Builder::open_binder(Shape shape) {
    const auto* info = find_function(name_, grammar_);
    if (!info || info->shape != shape) return false;
    use(*info, name_);
    frames_.push_back({offset_of(name_.data()), stack_.size(), info->function, {}, 0});
    return true;
}

void Builder::bound_name(std::string_view token) {
    const auto is_token = [&](std::string_view word) { return text::equal_ignoring_case(word, token); };
    if (std::any_of(kReserved.begin(), kReserved.end(), is_token))
        refuse(offset_of(token.data()),
               "'" + std::string(token) + "' cannot name a value: it is a word of the language");
    frames_.back().name = token;
}

void Builder::bind() {
    scope_.push_back(frames_.back().name);
    ++frames_.back().bound;
    variables_ = std::max(variables_, scope_.size());
}

void Builder::binder() {
    const auto frame = pop_frame();
    for (auto left = frame.bound; left > 0; --left) {
        auto body = pop();
        auto source = pop();
        const auto depth = std::max(source->depth, body->depth);
        const std::string name(scope_.back());
        scope_.pop_back();
        push(Binding{frame.function, name, static_cast<std::uint32_t>(scope_.size()), std::move(source),
                     std::move(body)},
             {frame.begin, closed_at_}, depth);
    }
}

bool Builder::variable(std::string_view token) {
    const auto found = std::find(scope_.rbegin(), scope_.rend(), token);
    if (found == scope_.rend()) return false;
    const auto begin = offset_of(token.data());
    push(Variable{std::string(token), static_cast<std::uint32_t>(scope_.rend() - found - 1)},
         {begin, begin + token.size()}, 0);
    return true;
}

void Builder::open_list(std::string_view token) {
    use(Construct::kListLiteral, token);
    frames_.push_back({offset_of(token.data()), stack_.size(), Function::kList, {}, 0});
}

void Builder::list() {
    const auto frame = pop_frame();
    std::uint32_t depth = 0;
    auto items = pop_items(frame.first, depth);
    push(ListOf{std::move(items)}, {frame.begin, closed_at_}, depth);
}

void Builder::index() {
    auto index = pop();
    auto base = pop();
    const auto depth = std::max(index->depth, base->depth);
    const Span at{base->at.begin, closed_at_};
    push(Index{std::move(base), std::move(index)}, at, depth);
}

void Builder::unary(UnaryOp op, std::string_view token) {
    auto operand = pop();
    const auto depth = operand->depth;
    const Span at{offset_of(token.data()), operand->at.end};
    push(Unary{op, std::move(operand)}, at, depth);
}

void Builder::binary(BinaryOp op) {
    auto right = pop();
    auto left = pop();
    const auto depth = std::max(left->depth, right->depth);
    const Span at{left->at.begin, right->at.end};
    push(Binary{op, std::move(left), std::move(right)}, at, depth);
}

void Builder::not_in_words(std::string_view token) {
    use(Construct::kNotIn, token);
    word(token);
}

void Builder::not_in() {
    binary(BinaryOp::kIn);
    auto operand = pop();
    const auto depth = operand->depth;
    const auto at = operand->at;
    push(Unary{UnaryOp::kNot, std::move(operand), true}, at, depth);
}

void Builder::logical(LogicalOp op) {
    auto right = pop();
    if (auto& left = stack_.back(); left.grows && std::get<Logical>(left.node->is).op == op) {
        if (right->depth > kMaxTreeDepth) refuse(right->at.end, "an expression nested too deeply");
        left.node->depth = std::max(left.node->depth, right->depth + 1);
        left.node->at.end = right->at.end;
        std::get<Logical>(left.node->is).operands.push_back(std::move(right));
        return;
    }
    auto left = pop();
    const auto depth = std::max(left->depth, right->depth);
    const Span at{left->at.begin, right->at.end};
    Logical chain{op, {}};
    chain.operands.push_back(std::move(left));
    chain.operands.push_back(std::move(right));
    push(std::move(chain), at, depth);
    stack_.back().grows = true;
}

Ast Builder::finish() {
    Ast ast;
    if (!stack_.empty()) ast.root = pop();
    ast.nodes = nodes_;
    ast.variables = static_cast<std::uint32_t>(variables_);
    for (const auto& use : uses_)
        if (use) ast.beyond_known.push_back(*use);
    const auto is_before = [](const Use& left, const Use& right) { return left.at.begin < right.at.begin; };
    std::stable_sort(ast.beyond_known.begin(), ast.beyond_known.end(), is_before);
    return ast;
}

}  // namespace engage::expr::syntax
