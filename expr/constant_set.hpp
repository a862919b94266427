#pragma once

#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "expr/functions.hpp"
#include "expr/value.hpp"

namespace engage::expr {

/// The items of a constant list, for many questions of the form `x in [list]`.
class ConstantSet {
public:
    /// The items must outlive the set.
    explicit ConstantSet(std::span<const View> items);
    /// Whether an item `==` the value.
    bool contains(const View& value, const Environment& environment) const;

private:
    std::span<const View> items_;
    std::unordered_set<std::string> texts_;  ///< In lower case.
    std::unordered_set<double> numbers_;
    std::vector<View> others_;
};

}  // namespace engage::expr
