#include <algorithm>
#include <cmath>

#include "expr/functions/formula_functions.hpp"
#include "expr/text/text.hpp"

namespace engage::expr::functions::formula {
namespace {

std::size_t characters_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), text::starts_character));
}

/// The byte at which the character with this number, counted from 0, begins; the end of the text beyond the last.
std::size_t byte_of(std::string_view text, double character) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!text::starts_character(text[i])) continue;
        if (character < 1) return i;
        character -= 1;
    }
    return text.size();
}

template <char kFirst, char kLast, char kTo>
values::View mapped(const values::View& text, values::Arena& arena) {
    if (!text.is(values::Type::kString)) return {};
    const auto from = text.as_string();
    const auto room = arena.allocate<char>(from.size());
    std::transform(from.begin(), from.end(), room.begin(),
                   [](char c) { return c >= kFirst && c <= kLast ? static_cast<char>(c - kFirst + kTo) : c; });
    return values::View::string({room.data(), room.size()});
}

bool is_count(const values::View& value) { return value.is(values::Type::kNumber) && value.as_number() >= 0; }

values::View all_parts(std::string_view text, char delimiter, values::Arena& arena) {
    const auto count = static_cast<std::size_t>(std::count(text.begin(), text.end(), delimiter)) + 1;
    const auto parts = arena.allocate<values::View>(count);
    for (auto& part : parts) {
        const auto end = std::min(text.find(delimiter), text.size());
        part = values::View::string(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return values::View::list(parts);
}

/// The part with this number, counted from 1.
values::View part_of(std::string_view text, char delimiter, double number) {
    for (; number > 1; number -= 1) {
        const auto end = text.find(delimiter);
        if (end == std::string_view::npos) return {};
        text.remove_prefix(end + 1);
    }
    return values::View::string(text.substr(0, text.find(delimiter)));
}

}  // namespace

values::View has_prefix(Arguments arguments, const Environment&) {
    if (!arguments[0].is(values::Type::kString) || !arguments[1].is(values::Type::kString)) return {};
    const auto text = arguments[0].as_string();
    const auto part = arguments[1].as_string();
    return values::View::boolean(text::equal_ignoring_case(text.substr(0, part.size()), part));
}

values::View has_suffix(Arguments arguments, const Environment&) {
    if (!arguments[0].is(values::Type::kString) || !arguments[1].is(values::Type::kString)) return {};
    const auto text = arguments[0].as_string();
    const auto part = arguments[1].as_string();
    return values::View::boolean(text.size() >= part.size() &&
                                 text::equal_ignoring_case(text.substr(text.size() - part.size()), part));
}

values::View upper(Arguments arguments, const Environment& environment) {
    return mapped<'a', 'z', 'A'>(arguments[0], environment.arena);
}

values::View lower(Arguments arguments, const Environment& environment) {
    return mapped<'A', 'Z', 'a'>(arguments[0], environment.arena);
}

values::View len(Arguments arguments, const Environment&) {
    if (arguments[0].is(values::Type::kList))
        return values::View::number(static_cast<double>(arguments[0].as_list().size()));
    if (!arguments[0].is(values::Type::kString)) return {};
    return values::View::number(static_cast<double>(characters_of(arguments[0].as_string())));
}

values::View left(Arguments arguments, const Environment&) {
    if (!arguments[0].is(values::Type::kString) || !is_count(arguments[1])) return {};
    const auto text = arguments[0].as_string();
    return values::View::string(text.substr(0, byte_of(text, arguments[1].as_number())));
}

values::View right(Arguments arguments, const Environment&) {
    if (!arguments[0].is(values::Type::kString) || !is_count(arguments[1])) return {};
    const auto text = arguments[0].as_string();
    const auto skipped = static_cast<double>(characters_of(text)) - std::floor(arguments[1].as_number());
    return values::View::string(text.substr(skipped < 1 ? 0 : byte_of(text, skipped)));
}

values::View mid(Arguments arguments, const Environment&) {
    if (!arguments[0].is(values::Type::kString) || !is_count(arguments[1]) || !is_count(arguments[2])) return {};
    if (arguments[1].as_number() < 1) return {};
    auto text = arguments[0].as_string();
    text.remove_prefix(byte_of(text, std::floor(arguments[1].as_number()) - 1));
    return values::View::string(text.substr(0, byte_of(text, arguments[2].as_number())));
}

values::View split(Arguments arguments, const Environment& environment) {
    if (!arguments[0].is(values::Type::kString) || !arguments[1].is(values::Type::kString)) return {};
    const auto text = arguments[0].as_string();
    const auto delimiter = arguments[1].as_string();
    if (delimiter.size() != 1 || static_cast<unsigned char>(delimiter[0]) >= 0x80) return {};
    if (arguments.size() == 2) return all_parts(text, delimiter[0], environment.arena);

    if (!is_count(arguments[2]) || arguments[2].as_number() < 1) return {};
    // Documented: a text without the delimiter is each of its parts.
    if (text.find(delimiter) == std::string_view::npos) return arguments[0];
    return part_of(text, delimiter[0], std::floor(arguments[2].as_number()));
}

}  // namespace engage::expr::functions::formula
