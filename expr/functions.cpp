#include "expr/functions.hpp"

#include <array>

#include "expr/formula_functions.hpp"

namespace engage::expr {
namespace {

constexpr std::array<Evaluator, kFunctions> kEvaluators{
#define ENGAGE_FUNCTION(id, name, least, most, grammar, shape, evaluate) formula::evaluate,
#define ENGAGE_BINDER(id, name, least, most, grammar, shape) nullptr,
#include "expr/functions.def"
};

}  // namespace

Evaluator evaluator_of(Function function) { return kEvaluators[static_cast<std::size_t>(function)]; }

bool is_truthy(const View& value, const Semantics& semantics) {
    switch (value.type()) {
        case Type::kUndefined:
        case Type::kNull:
            return false;
        case Type::kBoolean:
            return value.as_boolean();
        case Type::kNumber:
            return value.as_number() != 0;
        case Type::kString:
            return !value.as_string().empty() && (value.as_string() != "false" || semantics.text_false_is_true);
        case Type::kDatetime:
            return value.as_datetime() > 0;
        case Type::kList:
            return !value.as_list().empty();
        case Type::kObject:
            return !value.as_object().empty();
    }
    return false;
}

}  // namespace engage::expr
