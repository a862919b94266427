#include <algorithm>
#include <cmath>

#include "expr/functions/formula_functions.hpp"

namespace engage::expr::functions::formula {
namespace {

bool are_numbers(Arguments arguments) {
    return std::all_of(arguments.begin(), arguments.end(),
                       [](const values::View& value) { return value.is(values::Type::kNumber); });
}

}  // namespace

values::View min(Arguments arguments, const Environment&) {
    if (!are_numbers(arguments)) return {};
    return values::View::number(std::min(arguments[0].as_number(), arguments[1].as_number()));
}

values::View max(Arguments arguments, const Environment&) {
    if (!are_numbers(arguments)) return {};
    return values::View::number(std::max(arguments[0].as_number(), arguments[1].as_number()));
}

values::View sum(Arguments arguments, const Environment&) {
    if (!arguments[0].is(values::Type::kList)) return {};
    double total = 0;
    for (const auto& item : arguments[0].as_list())
        if (item.is(values::Type::kNumber)) total += item.as_number();
    return std::isfinite(total) ? values::View::number(total) : values::View();
}

values::View type_of(Arguments arguments, const Environment&) {
    return values::View::string(values::type_name(arguments[0].type()));
}

}  // namespace engage::expr::functions::formula
