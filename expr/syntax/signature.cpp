#include "expr/syntax/signature.hpp"

#include <algorithm>
#include <array>

#include "expr/text/text.hpp"

namespace engage::expr::syntax {
namespace {

constexpr std::array kSignatures{
#define ENGAGE_FUNCTION(id, name, least, most, grammar, shape, evaluate) \
    Signature{Function::id, name, least, most, Grammar::grammar, Shape::shape},
#define ENGAGE_BINDER(id, name, least, most, grammar, shape) \
    Signature{Function::id, name, least, most, Grammar::grammar, Shape::shape},
#include "expr/syntax/functions.def"
};

}  // namespace

std::span<const Signature> all_functions() { return kSignatures; }

const Signature& signature_of(Function function) { return kSignatures[static_cast<std::size_t>(function)]; }

const Signature* find_function(std::string_view name, Grammar grammar) {
    const auto found = std::find_if(kSignatures.begin(), kSignatures.end(), [&](const Signature& known) {
        return text::equal_ignoring_case(known.name, name);
    });
    return found == kSignatures.end() || found->grammar > grammar ? nullptr : &*found;
}

bool takes(const Signature& function, std::size_t arguments) {
    const bool in_pairs = function.function != Function::kIfs || arguments % 2 == 0;
    return arguments >= function.least && arguments <= function.most && in_pairs;
}

}  // namespace engage::expr::syntax
