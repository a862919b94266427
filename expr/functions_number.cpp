#include <algorithm>
#include <cmath>

#include "expr/formula_functions.hpp"

namespace engage::expr::formula {
namespace {

bool are_numbers(Arguments arguments) {
    return std::all_of(arguments.begin(), arguments.end(), [](const View& value) { return value.is(Type::kNumber); });
}

}  // namespace

View min(Arguments arguments, const Environment&) {
    if (!are_numbers(arguments)) return {};
    return View::number(std::min(arguments[0].as_number(), arguments[1].as_number()));
}

View max(Arguments arguments, const Environment&) {
    if (!are_numbers(arguments)) return {};
    return View::number(std::max(arguments[0].as_number(), arguments[1].as_number()));
}

View sum(Arguments arguments, const Environment&) {
    if (!arguments[0].is(Type::kList)) return {};
    double total = 0;
    for (const auto& item : arguments[0].as_list())
        if (item.is(Type::kNumber)) total += item.as_number();
    return std::isfinite(total) ? View::number(total) : View();
}

View type_of(Arguments arguments, const Environment&) { return View::string(type_name(arguments[0].type())); }

}  // namespace engage::expr::formula
