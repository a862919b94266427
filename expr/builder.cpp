#include "expr/builder.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "expr/diagnose.hpp"
#include "expr/functions.hpp"
#include "expr/numbers.hpp"

namespace engage::expr {
namespace {

constexpr unsigned kReplacementCharacter = 0xFFFD;

/// The code unit of the four hexadecimal digits at the front of `digits`, or -1.
int code_unit(std::string_view digits) {
    if (digits.size() < 4) return -1;
    int unit = 0;
    for (const char c : digits.substr(0, 4)) {
        const auto letter = static_cast<char>(c | 0x20);
        if (c >= '0' && c <= '9')
            unit = unit * 16 + (c - '0');
        else if (letter >= 'a' && letter <= 'f')
            unit = unit * 16 + (letter - 'a' + 10);
        else
            return -1;
    }
    return unit;
}

void append_utf8(std::string& out, unsigned code) {
    const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80 | ((code >> shift) & 0x3F)); };
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
        tail(0);
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0 | (code >> 12));
        tail(6), tail(0);
    } else {
        out += static_cast<char>(0xF0 | (code >> 18));
        tail(12), tail(6), tail(0);
    }
}

/// Appends the character of `\uXXXX`, of which `rest` begins with the X's. Returns how much of `rest` it took.
std::size_t append_unicode_escape(std::string& out, std::string_view rest) {
    const int unit = code_unit(rest);
    if (unit < 0) {
        out += 'u';
        return 0;
    }
    const auto code = static_cast<unsigned>(unit);
    if (code < 0xD800 || code > 0xDFFF) {
        append_utf8(out, code);
        return 4;
    }
    const int low = code <= 0xDBFF && rest.substr(4).starts_with("\\u") ? code_unit(rest.substr(6)) : -1;
    if (low < 0xDC00 || low > 0xDFFF) {
        append_utf8(out, kReplacementCharacter);
        return 4;
    }
    append_utf8(out, 0x10000 + ((code - 0xD800) << 10) + (static_cast<unsigned>(low) - 0xDC00));
    return 10;
}

/// What JSON encoders write, because clients quote with them; any other escaped character stands for itself.
std::string unescape(std::string_view raw) {
    std::string out;
    out.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\') {
            out += raw[i];
            continue;
        }
        switch (const char c = raw[++i]) {
            case 'n':
                out += '\n';
                break;
            case 't':
                out += '\t';
                break;
            case 'r':
                out += '\r';
                break;
            case 'b':
                out += '\b';
                break;
            case 'f':
                out += '\f';
                break;
            case 'u':
                i += append_unicode_escape(out, raw.substr(i + 1));
                break;
            default:
                out += c;
        }
    }
    return out;
}

[[noreturn]] void refuse(std::size_t offset, std::string message) { throw Refused{{offset, std::move(message)}}; }

}  // namespace

Builder::Nesting::Nesting(Builder& builder, const char* position) : builder_(builder) {
    if (builder_.nesting_ == kMaxNesting)
        refuse(builder_.offset_of(position), "nested deeper than " + std::to_string(kMaxNesting) + " levels");
    ++builder_.nesting_;
}

template <class What>
void Builder::push(What what, Span at, std::uint32_t depth_below) {
    if (depth_below >= kMaxTreeDepth)
        refuse(at.end, "a chain of more than " + std::to_string(kMaxTreeDepth) + " operators");
    if (++nodes_ > kMaxNodes) refuse(at.end, "more than " + std::to_string(kMaxNodes) + " operands and operators");
    stack_.push_back({std::make_unique<Node>(Node{std::move(what), at, depth_below + 1})});
}

NodePtr Builder::pop() {
    auto node = std::move(stack_.back().node);
    stack_.pop_back();
    return node;
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

void Builder::string_text(std::string_view token) {
    string_at_ = {string_begin_, offset_of(token.data()) + token.size() + 1};
    text_ = unescape(token);
}

void Builder::string_value() { push(Literal(std::move(text_)), string_at_, 0); }

void Builder::number(std::string_view token) {
    const auto at = offset_of(token.data());
    const auto value = parse_number(token);
    if (!value) refuse(at, "a number too large for a double");
    push(Literal(*value), {at, at + token.size()}, 0);
}

void Builder::constant(std::string_view token, Literal value) {
    const auto at = offset_of(token.data());
    const auto size = token.find_last_not_of(" \t\r\n\f\v") + 1;
    push(std::move(value), {at, at + size}, 0);
}

void Builder::scope(std::string_view token, Scope scope) {
    reference_.scope = scope;
    reference_begin_ = offset_of(token.data());
}

void Builder::reference() {
    reference_.name = std::move(text_);
    push(std::move(reference_), {reference_begin_, closed_at_}, 0);
}

void Builder::open_call() {
    const auto begin = offset_of(name_.data());
    const auto* info = find_function(name_);
    if (!info) refuse(begin, explain_function(name_));
    frames_.push_back({begin, stack_.size(), info->function});
}

void Builder::call() {
    const auto frame = frames_.back();
    frames_.pop_back();
    const auto& info = info_of(frame.function);
    const auto count = stack_.size() - frame.first;
    if (count < info.least || count > info.most) refuse(frame.begin, explain_arity(info, count));
    std::uint32_t depth = 0;
    auto arguments = pop_items(frame.first, depth);
    push(Call{frame.function, std::move(arguments)}, {frame.begin, closed_at_}, depth);
}

void Builder::open_list(std::string_view token) {
    frames_.push_back({offset_of(token.data()), stack_.size(), Function::kList});
}

void Builder::list() {
    const auto frame = frames_.back();
    frames_.pop_back();
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

void Builder::not_in() {
    binary(BinaryOp::kIn);
    auto operand = pop();
    const auto depth = operand->depth;
    const auto at = operand->at;
    push(Unary{UnaryOp::kNot, std::move(operand)}, at, depth);
}

void Builder::logical(LogicalOp op) {
    auto right = pop();
    if (auto& left = stack_.back(); left.grows && std::get<Logical>(left.node->is).op == op) {
        if (right->depth >= kMaxTreeDepth) refuse(right->at.end, "an expression nested too deeply");
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
    return ast;
}

}  // namespace engage::expr
