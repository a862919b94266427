#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "expr/ast.hpp"
#include "expr/parse.hpp"

namespace engage::expr {

/// Thrown while parsing and caught in `parse`; never leaves the library.
struct Refused {
    ParseError error;
};

/// Makes the tree from the tokens that the grammar reports, operands before their operator. Every `token` is a part
/// of the source text. Refuses what exceeds the limits of parse.hpp and calls that the language does not know.
class Builder {
public:
    explicit Builder(std::string_view source) : source_(source) {}

    std::string_view source() const { return source_; }
    std::size_t offset_of(const char* position) const { return static_cast<std::size_t>(position - source_.data()); }

    /// Counts one level of nesting for as long as it lives.
    class Nesting {
    public:
        Nesting(Builder& builder, const char* position);
        ~Nesting() { --builder_.nesting_; }
        Nesting(const Nesting&) = delete;
        Nesting& operator=(const Nesting&) = delete;

    private:
        Builder& builder_;
    };

    void open_string(std::string_view quote) { string_begin_ = offset_of(quote.data()); }
    std::size_t string_begin() const { return string_begin_; }  ///< Of the string that was opened last.
    void string_text(std::string_view token);
    void string_value();
    void number(std::string_view token);
    void constant(std::string_view token, Literal value);

    void scope(std::string_view token, Scope scope);
    void reference();

    void function_name(std::string_view token) { name_ = token; }
    void open_call();
    void call();
    void open_list(std::string_view token);
    void list();
    void closed(std::string_view token) { closed_at_ = offset_of(token.data()) + token.size(); }

    void group() { stack_.back().grows = false; }
    void index();
    void unary(UnaryOp op, std::string_view token);
    void binary(BinaryOp op);
    void logical(LogicalOp op);
    void not_in();  ///< `x not in y`, which is `not (x in y)`.

    Ast finish();

private:
    struct Entry {
        NodePtr node;
        bool grows = false;  ///< An `and`/`or` chain that the next operand of the same chain joins.
    };
    struct Frame {  ///< A call or list whose items are being read.
        std::size_t begin;
        std::size_t first;  ///< Its first item on the stack.
        Function function;
    };

    template <class What>
    void push(What what, Span at, std::uint32_t depth_below);
    NodePtr pop();
    std::vector<NodePtr> pop_items(std::size_t first, std::uint32_t& depth);

    std::string_view source_;
    std::vector<Entry> stack_;
    std::vector<Frame> frames_;
    std::size_t nodes_ = 0;
    std::size_t nesting_ = 0;
    std::size_t string_begin_ = 0;
    Span string_at_;
    std::string text_;
    std::string_view name_;
    Reference reference_;
    std::size_t reference_begin_ = 0;
    std::size_t closed_at_ = 0;
};

}  // namespace engage::expr
