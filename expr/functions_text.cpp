#include <algorithm>
#include <cmath>

#include "expr/formula_functions.hpp"
#include "expr/text.hpp"

namespace engage::expr::formula {
namespace {

std::size_t characters_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_character));
}

/// The byte at which the character with this number, counted from 0, begins; the end of the text beyond the last.
std::size_t byte_of(std::string_view text, double character) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!starts_character(text[i])) continue;
        if (character < 1) return i;
        character -= 1;
    }
    return text.size();
}

template <char kFirst, char kLast, char kTo>
View mapped(const View& text, Arena& arena) {
    if (!text.is(Type::kString)) return {};
    const auto from = text.as_string();
    const auto room = arena.allocate<char>(from.size());
    std::transform(from.begin(), from.end(), room.begin(),
                   [](char c) { return c >= kFirst && c <= kLast ? static_cast<char>(c - kFirst + kTo) : c; });
    return View::string({room.data(), room.size()});
}

bool is_count(const View& value) { return value.is(Type::kNumber) && value.as_number() >= 0; }

View all_parts(std::string_view text, char delimiter, Arena& arena) {
    const auto count = static_cast<std::size_t>(std::count(text.begin(), text.end(), delimiter)) + 1;
    const auto parts = arena.allocate<View>(count);
    for (auto& part : parts) {
        const auto end = std::min(text.find(delimiter), text.size());
        part = View::string(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return View::list(parts);
}

/// The part with this number, counted from 1.
View part_of(std::string_view text, char delimiter, double number) {
    for (; number > 1; number -= 1) {
        const auto end = text.find(delimiter);
        if (end == std::string_view::npos) return {};
        text.remove_prefix(end + 1);
    }
    return View::string(text.substr(0, text.find(delimiter)));
}

}  // namespace

View has_prefix(Arguments arguments, const Environment&) {
    if (!arguments[0].is(Type::kString) || !arguments[1].is(Type::kString)) return {};
    const auto text = arguments[0].as_string();
    const auto part = arguments[1].as_string();
    return View::boolean(equal_ignoring_case(text.substr(0, part.size()), part));
}

View has_suffix(Arguments arguments, const Environment&) {
    if (!arguments[0].is(Type::kString) || !arguments[1].is(Type::kString)) return {};
    const auto text = arguments[0].as_string();
    const auto part = arguments[1].as_string();
    return View::boolean(text.size() >= part.size() &&
                         equal_ignoring_case(text.substr(text.size() - part.size()), part));
}

View upper(Arguments arguments, const Environment& environment) {
    return mapped<'a', 'z', 'A'>(arguments[0], environment.arena);
}

View lower(Arguments arguments, const Environment& environment) {
    return mapped<'A', 'Z', 'a'>(arguments[0], environment.arena);
}

View len(Arguments arguments, const Environment&) {
    if (arguments[0].is(Type::kList)) return View::number(static_cast<double>(arguments[0].as_list().size()));
    if (!arguments[0].is(Type::kString)) return {};
    return View::number(static_cast<double>(characters_of(arguments[0].as_string())));
}

View left(Arguments arguments, const Environment&) {
    if (!arguments[0].is(Type::kString) || !is_count(arguments[1])) return {};
    const auto text = arguments[0].as_string();
    return View::string(text.substr(0, byte_of(text, arguments[1].as_number())));
}

View right(Arguments arguments, const Environment&) {
    if (!arguments[0].is(Type::kString) || !is_count(arguments[1])) return {};
    const auto text = arguments[0].as_string();
    const auto skipped = static_cast<double>(characters_of(text)) - std::floor(arguments[1].as_number());
    return View::string(text.substr(skipped < 1 ? 0 : byte_of(text, skipped)));
}

View mid(Arguments arguments, const Environment&) {
    if (!arguments[0].is(Type::kString) || !is_count(arguments[1]) || !is_count(arguments[2])) return {};
    if (arguments[1].as_number() < 1) return {};
    auto text = arguments[0].as_string();
    text.remove_prefix(byte_of(text, std::floor(arguments[1].as_number()) - 1));
    return View::string(text.substr(0, byte_of(text, arguments[2].as_number())));
}

View split(Arguments arguments, const Environment& environment) {
    if (!arguments[0].is(Type::kString) || !arguments[1].is(Type::kString)) return {};
    const auto text = arguments[0].as_string();
    const auto delimiter = arguments[1].as_string();
    if (delimiter.size() != 1 || static_cast<unsigned char>(delimiter[0]) >= 0x80) return {};
    if (arguments.size() == 2) return all_parts(text, delimiter[0], environment.arena);

    if (!is_count(arguments[2]) || arguments[2].as_number() < 1) return {};
    // Documented: a text without the delimiter is each of its parts.
    if (text.find(delimiter) == std::string_view::npos) return arguments[0];
    return part_of(text, delimiter[0], std::floor(arguments[2].as_number()));
}

}  // namespace engage::expr::formula
