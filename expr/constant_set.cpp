#include "expr/constant_set.hpp"

#include <algorithm>
#include <string_view>

#include "expr/operators.hpp"
#include "expr/text.hpp"

namespace engage::expr {

ConstantSet::ConstantSet(std::span<const View> items) : items_(items) {
    for (const auto& item : items) {
        if (item.is(Type::kString))
            texts_.insert(folded(item.as_string()));
        else if (item.is(Type::kNumber))
            numbers_.insert(item.as_number());
        else
            others_.push_back(item);
    }
}

bool ConstantSet::contains(const View& value, const Environment& environment) const {
    if (value.is(Type::kString) && texts_.contains(folded(value.as_string()))) return true;
    if (value.is(Type::kNumber) && numbers_.contains(value.as_number())) return true;
    const auto equals = [&](const View& item) {
        return apply(BinaryOp::kEqual, value, item, environment).as_boolean();
    };
    // A datetime equals the texts that spell it.
    if (value.is(Type::kDatetime)) return std::any_of(items_.begin(), items_.end(), equals);
    return std::any_of(others_.begin(), others_.end(), equals);
}

}  // namespace engage::expr
