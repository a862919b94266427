#include "expr/syntax/ast.hpp"

#include <array>
#include <limits>
#include <string_view>

#include "expr/syntax/signature.hpp"
#include "expr/text/numbers.hpp"
#include "expr/text/shortened.hpp"

namespace engage::expr::syntax {
namespace {

constexpr std::string_view kScopeLetters = "puebc";
constexpr std::array<std::string_view, 5> kScopeNames{"properties", "user", "event", "behaviors", "cohorts"};
constexpr std::array<std::string_view, 13> kBinarySymbols{"==", "!=", "<", "<=", ">", ">=",      "in",
                                                          "+",  "-",  "*", "/",  "%", "contains"};

std::string_view symbol(UnaryOp op) { return op == UnaryOp::kNot ? "not" : "-"; }
std::string_view symbol(LogicalOp op) { return op == LogicalOp::kAnd ? "and" : "or"; }

std::string quoted(std::string_view text, char quote) {
    std::string out(1, quote);
    for (const char c : text) {
        if (c == quote || c == '\\') out += '\\';
        out += c;
    }
    return out + quote;
}

/// Literals are written alike in both notations.
struct LiteralText {
    std::string operator()(UndefinedLiteral) const { return "undefined"; }
    std::string operator()(NullLiteral) const { return "null"; }
    std::string operator()(Now) const { return "NOW"; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(double value) const { return std::string(text::NumberText(value).view()); }
    std::string operator()(const std::string& value) const { return quoted(value, '"'); }
};

class TreePrinter {
public:
    std::string out;

    void print(const Node& node) {
        std::visit([this](const auto& is) { print(is); }, node.is);
    }

private:
    void print(const Literal& literal) { out += std::visit(LiteralText{}, literal); }

    void print(const values::Reference& reference) {
        out += '(';
        out += kScopeLetters[static_cast<std::size_t>(reference.scope)];
        out += ' ' + quoted(reference.name, '"') + ')';
    }
    void print(const ListOf& list) { form("list", list.items); }
    void print(const Logical& logical) { form(symbol(logical.op), logical.operands); }
    void print(const Call& call) { form(signature_of(call.function).name, call.arguments); }
    void print(const Unary& unary) { form(symbol(unary.op), *unary.operand); }
    void print(const Binary& binary) {
        if (binary.op == BinaryOp::kContains) return form("in", *binary.right, *binary.left);
        form(symbol(binary.op), *binary.left, *binary.right);
    }
    void print(const Index& index) { form("idx", *index.base, *index.index); }
    void print(const Variable& variable) { out += variable.name; }
    void print(const Binding& binding) {
        const auto name = std::string(signature_of(binding.function).name);
        form(name + ' ' + binding.name, *binding.source, *binding.body);
    }

    template <class... Nodes>
    void form(std::string_view head, const Nodes&... nodes) {
        out += '(';
        out += head;
        ((out += ' ', print(nodes)), ...);
        out += ')';
    }
    void form(std::string_view head, const std::vector<NodePtr>& nodes) {
        out += '(';
        out += head;
        for (const auto& node : nodes) {
            out += ' ';
            print(*node);
        }
        out += ')';
    }
};

/// How tightly the text of a node holds together, loosest first.
enum class Level : unsigned char { kOr, kAnd, kNot, kComparison, kSum, kProduct, kUnary, kIndexable };

Level next(Level level) { return static_cast<Level>(static_cast<unsigned>(level) + 1); }

Level level_of(BinaryOp op) {
    switch (op) {
        case BinaryOp::kAdd:
        case BinaryOp::kSubtract:
            return Level::kSum;
        case BinaryOp::kMultiply:
        case BinaryOp::kDivide:
        case BinaryOp::kModulo:
            return Level::kProduct;
        default:
            return Level::kComparison;
    }
}

Level level_of(const Node& node) {
    if (const auto* logical = std::get_if<Logical>(&node.is))
        return logical->op == LogicalOp::kOr ? Level::kOr : Level::kAnd;
    if (const auto* unary = std::get_if<Unary>(&node.is)) {
        if (unary->is_infix) return Level::kComparison;
        return unary->op == UnaryOp::kNot ? Level::kNot : Level::kUnary;
    }
    if (const auto* binary = std::get_if<Binary>(&node.is)) return level_of(binary->op);
    return std::holds_alternative<Literal>(node.is) ? Level::kUnary : Level::kIndexable;
}

/// Prints with as few parentheses as the grammar allows: what it prints never nests deeper than what was parsed.
class TextPrinter {
public:
    std::string out;

    /// Stops soon after `longest` bytes.
    explicit TextPrinter(std::size_t longest = std::numeric_limits<std::size_t>::max()) : longest_(longest) {}

    /// `last`: no operator that binds tighter than `not` follows. There `not` needs no parentheses even as an
    /// operand, because it takes all that follows it.
    void print(const Node& node, Level least, bool last) {
        if (is_full()) return;
        const auto level = level_of(node);
        if (level >= least || (level == Level::kNot && least <= Level::kUnary && last))
            return std::visit([&](const auto& is) { print(is, last); }, node.is);
        out += '(';
        std::visit([&](const auto& is) { print(is, true); }, node.is);
        out += ')';
    }

private:
    bool is_full() const { return out.size() > longest_; }

    void print(const Literal& literal, bool) {
        if (const auto* text = std::get_if<std::string>(&literal)) return print_quoted(*text);
        out += std::visit(LiteralText{}, literal);
    }
    void print_quoted(const std::string& text) { out += quoted(std::string_view(text).substr(0, longest_), '"'); }

    void print(const values::Reference& reference, bool) {
        (out += kScopeNames[static_cast<std::size_t>(reference.scope)]) += '[';
        print_quoted(reference.name);
        out += ']';
    }
    void print(const ListOf& list, bool) {
        out += '[';
        print_all(list.items, ", ", Level::kOr);
        out += ']';
    }
    void print(const Call& call, bool) {
        out += signature_of(call.function).name;
        out += '(';
        print_all(call.arguments, ", ", Level::kOr);
        out += ')';
    }
    void print(const Variable& variable, bool) { out += variable.name; }
    void print(const Binding& first, bool) {
        const auto* binding = &first;
        (out += signature_of(binding->function).name) += '(';
        print_bound(*binding);
        // A `let` of many names was one pair of parentheses and must not become many.
        for (; binding->function == Function::kLet; print_bound(*binding)) {
            const auto* next = std::get_if<Binding>(&binding->body->is);
            if (!next || next->function != Function::kLet) break;
            binding = next;
        }
        print(*binding->body, Level::kOr, true);
        out += ')';
    }
    void print_bound(const Binding& binding) {
        (out += binding.name) += ", ";
        print(*binding.source, Level::kOr, true);
        out += ", ";
    }
    void print(const Index& index, bool) {
        print(*index.base, Level::kIndexable, false);
        out += '[';
        print(*index.index, Level::kOr, true);
        out += ']';
    }
    void print(const Unary& unary, bool last) {
        if (unary.op == UnaryOp::kMinus) {
            out += "- ";
            return print(*unary.operand, Level::kUnary, last);
        }
        if (unary.is_infix) return print_binary(std::get<Binary>(unary.operand->is), "not in", last);
        out += "not ";
        print(*unary.operand, Level::kNot, last);
    }
    void print(const Binary& binary, bool last) { print_binary(binary, symbol(binary.op), last); }
    void print_binary(const Binary& binary, std::string_view op, bool last) {
        const auto level = level_of(binary.op);
        print(*binary.left, level, false);
        ((out += ' ') += op) += ' ';
        print(*binary.right, next(level), last);
    }
    void print(const Logical& logical, bool) {
        const auto word = ' ' + std::string(symbol(logical.op)) + ' ';
        print_all(logical.operands, word, logical.op == LogicalOp::kOr ? Level::kAnd : Level::kNot);
    }
    void print_all(const std::vector<NodePtr>& nodes, std::string_view separator, Level least) {
        for (std::size_t i = 0; i < nodes.size() && !is_full(); ++i) {
            if (i > 0) out += separator;
            print(*nodes[i], least, true);
        }
    }

    const std::size_t longest_;
};

std::vector<const Node*> pointers_to(const std::vector<NodePtr>& nodes) {
    std::vector<const Node*> pointers;
    pointers.reserve(nodes.size());
    for (const auto& node : nodes) pointers.push_back(node.get());
    return pointers;
}

struct Operands {
    using Result = std::vector<const Node*>;
    Result operator()(const Literal&) const { return {}; }
    Result operator()(const values::Reference&) const { return {}; }
    Result operator()(const ListOf& list) const { return pointers_to(list.items); }
    Result operator()(const Unary& unary) const { return {unary.operand.get()}; }
    Result operator()(const Binary& binary) const { return {binary.left.get(), binary.right.get()}; }
    Result operator()(const Logical& logical) const { return pointers_to(logical.operands); }
    Result operator()(const Call& call) const { return pointers_to(call.arguments); }
    Result operator()(const Index& index) const { return {index.base.get(), index.index.get()}; }
    Result operator()(const Binding& binding) const { return {binding.source.get(), binding.body.get()}; }
    Result operator()(const Variable&) const { return {}; }
};

}  // namespace

std::string_view symbol(BinaryOp op) { return kBinarySymbols[static_cast<std::size_t>(op)]; }

std::vector<const Node*> operands_of(const Node& node) { return std::visit(Operands{}, node.is); }

std::string to_tree(const Ast& ast) {
    TreePrinter printer;
    if (ast.root) printer.print(*ast.root);
    return std::move(printer.out);
}

std::string to_text(const Ast& ast) {
    TextPrinter printer;
    if (ast.root) printer.print(*ast.root, Level::kOr, true);
    return std::move(printer.out);
}

std::string to_text(const Node& node) {
    TextPrinter printer;
    printer.print(node, Level::kOr, true);
    return std::move(printer.out);
}

std::string to_text(const Node& node, std::size_t longest) {
    TextPrinter printer(longest);
    printer.print(node, Level::kOr, true);
    return text::shortened(std::move(printer.out), longest);
}

}  // namespace engage::expr::syntax
