#include "expr/columns/constant_set.hpp"

#include <algorithm>
#include <string_view>

#include "expr/evaluation/operators.hpp"
#include "expr/text/text.hpp"

namespace engage::expr::columns {

ConstantSet::ConstantSet(std::span<const values::View> items) : items_(items) {
    for (const auto& item : items) {
        if (item.is(values::Type::kString))
            texts_.insert(text::folded(item.as_string()));
        else if (item.is(values::Type::kNumber))
            numbers_.insert(item.as_number());
        else
            others_.push_back(item);
    }
}

bool ConstantSet::contains(const values::View& value, const functions::Environment& environment) const {
    if (value.is(values::Type::kString) && texts_.contains(text::folded(value.as_string()))) return true;
    if (value.is(values::Type::kNumber) && numbers_.contains(value.as_number())) return true;
    const auto equals = [&](const values::View& item) {
        return evaluation::apply(syntax::BinaryOp::kEqual, value, item, environment).as_boolean();
    };
    // A datetime equals the texts that spell it.
    if (value.is(values::Type::kDatetime)) return std::any_of(items_.begin(), items_.end(), equals);
    return std::any_of(others_.begin(), others_.end(), equals);
}

}  // namespace engage::expr::columns
