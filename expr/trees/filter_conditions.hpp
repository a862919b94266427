#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "expr/trees/tree_nodes.hpp"

namespace engage::expr::trees {

/// How a `filterOperator` becomes a node.
enum class FilterForm : unsigned char { kEquals, kContains, kCompare, kBetween, kIsSet, kIs, kAffix };

struct FilterOperator {
    std::string_view name;
    FilterForm form;
    unsigned char op = 0;  ///< BinaryOp, Function, or whether `kIs` means true.
    bool is_negated = false;
};

/// Null when no filter has the word.
const FilterOperator* find_filter_operator(std::string_view name);

/// A condition as Mixpanel's editors write it: `filterOperator` with `filterValue`, whatever they call the rest.
class FilterConditions : protected TreeNodes {
public:
    virtual ~FilterConditions() = default;

protected:
    syntax::NodePtr condition(const FilterOperator& op, const values::Cursor& filter);
    syntax::NodePtr compared(syntax::BinaryOp op, const values::Cursor& filter, const values::Cursor& value);
    syntax::NodePtr literal(const values::Cursor& value);
    syntax::NodePtr datetime_of(syntax::NodePtr value, const values::Cursor& at) {
        return call(syntax::Function::kDatetime, std::move(value), at);
    }
    /// The nodes joined by `op`; that of one is that one.
    syntax::NodePtr joined(syntax::LogicalOp op, std::vector<syntax::NodePtr> nodes, const values::Cursor& at);

private:
    /// What the filter looks at; asked for once for each comparison.
    virtual syntax::NodePtr subject(const values::Cursor& filter) = 0;
    /// One of `kTypeNames`, or empty.
    virtual std::string_view type_of(const values::Cursor& filter) const = 0;
    virtual values::Cursor value_of(const values::Cursor& filter) const { return filter.required("filterValue"); }
    /// `value` is that of the filter.
    virtual syntax::NodePtr between(const values::Cursor& filter, const values::Cursor& value);
    /// Another way to write the value of an equality; null: none.
    virtual syntax::NodePtr special_value(const values::Cursor&, const values::Cursor&) { return nullptr; }

    syntax::NodePtr positive(const FilterOperator& op, const values::Cursor& filter);
    syntax::NodePtr equal(const values::Cursor& filter, const values::Cursor& one);
    template <class One>
    syntax::NodePtr any_of(const values::Cursor& filter, One one);
};

/// All words that filters may have as operator, for messages.
std::span<const std::string_view> filter_operator_names();

}  // namespace engage::expr::trees
