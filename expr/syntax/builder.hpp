#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expr/syntax/ast.hpp"
#include "expr/syntax/parse.hpp"
#include "expr/syntax/signature.hpp"

namespace engage::expr::syntax {

/// Thrown while parsing and caught in `parse`; never leaves the library.
struct Refused {
    ParseError error;
};

/// Makes the tree from the tokens that the grammar reports, operands before their operator. Every `token` is a part
/// of the source text. Refuses what exceeds the limits of parse.hpp and what the grammar in force does not have, and
/// notes what goes beyond `Grammar::kKnown`.
class Builder {
public:
    Builder(std::string_view source, Grammar grammar) : source_(source), grammar_(grammar) {}

    std::string_view source() const { return source_; }
    Grammar grammar() const { return grammar_; }
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

    void use(Construct construct, std::string_view token);
    void word(std::string_view token);  ///< An operator that is a word.

    void open_string(std::string_view quote);
    std::size_t string_begin() const { return string_begin_; }  ///< Of the string that was opened last.
    void string_text(std::string_view token);
    void string_value();
    void number(std::string_view token);
    void constant(std::string_view token, Literal value);

    void scope(std::string_view token, values::Scope scope);
    void reference();

    void function_name(std::string_view token) { name_ = token; }
    void open_call();
    void call();
    bool open_binder(Shape shape);  ///< False when the name is that of no such binder.
    void bound_name(std::string_view token);
    void bind();  ///< From here on the name that was read last is known.
    void binder();
    bool variable(std::string_view token);  ///< False when no binding around it has that name.
    void open_list(std::string_view token);
    void list();
    void closed(std::string_view token) { closed_at_ = offset_of(token.data()) + token.size(); }

    void group() { stack_.back().grows = false; }
    void index();
    void unary(UnaryOp op, std::string_view token);
    void binary(BinaryOp op);
    void logical(LogicalOp op);
    void not_in_words(std::string_view token);
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
        std::string_view name;  ///< Of a binder: what it bound last.
        std::size_t bound;      ///< Of a binder: how many names.
    };

    template <class What>
    void push(What what, Span at, std::uint32_t depth_below);
    NodePtr pop();
    Frame pop_frame();
    void note(Use use, std::size_t index);
    void use(const Signature& info, std::string_view token);
    std::shared_ptr<const text::Regex> compiled(const Node& pattern);
    std::vector<NodePtr> pop_items(std::size_t first, std::uint32_t& depth);
    std::string_view source_;
    Grammar grammar_;
    std::array<std::optional<Use>, kConstructs + kFunctions> uses_;
    std::vector<std::string_view> scope_;  ///< Names that are bound here; the place of a name is its slot.
    std::size_t variables_ = 0;            ///< Most names that were bound at once.
    std::size_t patterns_ = 0;
    std::size_t patterns_cost_ = 0;
    std::vector<Entry> stack_;
    std::vector<Frame> frames_;
    std::size_t nodes_ = 0;
    std::size_t nesting_ = 0;
    std::size_t string_begin_ = 0;
    Span string_at_;
    std::string text_;
    std::string_view name_;
    values::Reference reference_;
    std::size_t reference_begin_ = 0;
    std::size_t closed_at_ = 0;
};

}  // namespace engage::expr::syntax
