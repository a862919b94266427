#pragma once

#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "expr/functions/functions.hpp"
#include "expr/values/value.hpp"

namespace engage::expr::columns {

/// The items of a constant list, for many questions of the form `x in [list]`.
class ConstantSet {
public:
    /// The items must outlive the set.
    explicit ConstantSet(std::span<const values::View> items);
    /// Whether an item `==` the value.
    bool contains(const values::View& value, const functions::Environment& environment) const;

private:
    std::span<const values::View> items_;
    std::unordered_set<std::string> texts_;  ///< In lower case.
    std::unordered_set<double> numbers_;
    std::vector<values::View> others_;
};

}  // namespace engage::expr::columns
