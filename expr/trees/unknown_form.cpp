#include "expr/trees/unknown_form.hpp"

#include <algorithm>

#include "expr/text/shortened.hpp"
#include "expr/values/children.hpp"

namespace engage::expr::trees {

void throw_unknown(const values::Cursor& value) {
    constexpr std::size_t kMostShown = 80;
    const bool is_list = value.is(values::Type::kList);
    if (is_list || value.is(values::Type::kObject))
        throw UnknownForm{value.pointer(), is_list ? "a list" : "an object"};
    throw UnknownForm{value.pointer(), text::shortened(std::string(value.json()), kMostShown)};
}

bool says_nothing(const values::Cursor& value) {
    switch (value.type()) {
        case values::Type::kUndefined:
        case values::Type::kNull:
            return true;
        case values::Type::kBoolean:
            return !value.as_boolean();
        case values::Type::kString:
            return value.as_string().empty();
        case values::Type::kList:
        case values::Type::kObject:
            return value.size() == 0;
        default:
            return false;
    }
}

void expect_only(const values::Cursor& object, std::span<const std::string_view> known) {
    for (const auto& member : values::Children(object))
        if (std::find(known.begin(), known.end(), member.name()) == known.end() && !says_nothing(member))
            throw_unknown(member);
}

std::string_view known_word(const values::Cursor& value, std::span<const std::string_view> known) {
    const auto word = value.text().value();
    if (std::find(known.begin(), known.end(), word) == known.end()) throw_unknown(value);
    return word;
}

}  // namespace engage::expr::trees
