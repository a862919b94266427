#include "expr/functions/functions.hpp"

#include <array>

#include "expr/functions/formula_functions.hpp"

namespace engage::expr::functions {
namespace {

constexpr std::array<Evaluator, syntax::kFunctions> kEvaluators{
#define ENGAGE_FUNCTION(id, name, least, most, grammar, shape, evaluate) formula::evaluate,
#define ENGAGE_BINDER(id, name, least, most, grammar, shape) nullptr,
#include "expr/syntax/functions.def"
};

}  // namespace

Evaluator evaluator_of(syntax::Function function) { return kEvaluators[static_cast<std::size_t>(function)]; }

bool is_truthy(const values::View& value, const syntax::Semantics& semantics) {
    switch (value.type()) {
        case values::Type::kUndefined:
        case values::Type::kNull:
            return false;
        case values::Type::kBoolean:
            return value.as_boolean();
        case values::Type::kNumber:
            return value.as_number() != 0;
        case values::Type::kString:
            return !value.as_string().empty() && (value.as_string() != "false" || semantics.text_false_is_true);
        case values::Type::kDatetime:
            return value.as_datetime() > 0;
        case values::Type::kList:
            return !value.as_list().empty();
        case values::Type::kObject:
            return !value.as_object().empty();
    }
    return false;
}

}  // namespace engage::expr::functions
