#include <cmath>

#include "expr/functions/formula_functions.hpp"
#include "expr/text/numbers.hpp"
#include "expr/text/text.hpp"
#include "expr/values/json.hpp"

namespace engage::expr::functions::formula {
namespace {

constexpr double kLargestSeconds = 4294967295.0;   ///< Above it `datetime()` reads milliseconds.
constexpr double kEndOfYear9999 = 253402300799.0;  ///< Seconds; above it there is no date.
constexpr double kMillisecondsPerSecond = 1000.0;

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(text::kBlank);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(text::kBlank) - begin + 1);
}

values::View datetime_of_number(double number, const values::TimeZone& zone) {
    if (number < 1) return {};
    const auto seconds = std::floor(number > kLargestSeconds ? number / kMillisecondsPerSecond : number);
    if (seconds > kEndOfYear9999) return {};
    const auto instant = static_cast<std::int64_t>(seconds);
    return values::has_date(instant, zone) ? values::View::datetime(instant) : values::View();
}

values::View rounded(const values::View& value, double (*round)(double)) {
    return value.is(values::Type::kNumber) ? values::View::number(round(value.as_number())) : values::View();
}

}  // namespace

values::View defined(Arguments arguments, const Environment&) {
    const auto type = arguments[0].type();
    return values::View::boolean(type != values::Type::kUndefined && type != values::Type::kNull);
}

values::View boolean(Arguments arguments, const Environment& environment) {
    return values::View::boolean(is_truthy(arguments[0], environment.semantics));
}

values::View number(Arguments arguments, const Environment& environment) {
    const auto& value = arguments[0];
    switch (value.type()) {
        case values::Type::kNumber:
            return value;
        case values::Type::kBoolean:
            return values::View::number(value.as_boolean() ? 1 : 0);
        case values::Type::kDatetime:
            return values::View::number(static_cast<double>(value.as_datetime()));
        case values::Type::kString: {
            const auto number = text::parse_number(trimmed(value.as_string()));
            if (number) return values::View::number(*number);
            return environment.semantics.bad_number_is_zero ? values::View::number(0) : values::View();
        }
        case values::Type::kUndefined:
        case values::Type::kNull:
        case values::Type::kList:
        case values::Type::kObject:
            return {};
    }
    return {};
}

values::View string(Arguments arguments, const Environment& environment) {
    const auto& value = arguments[0];
    switch (value.type()) {
        case values::Type::kString:
            return value;
        case values::Type::kUndefined:
        case values::Type::kNull:
            if (arguments.size() == 2) return arguments[1];
            return value.is(values::Type::kUndefined) && environment.semantics.undefined_as_text
                       ? values::View::string("undefined")
                       : value;
        case values::Type::kBoolean:
            return values::View::string(value.as_boolean() ? "true" : "false");
        case values::Type::kNumber:
            return values::View::string(environment.arena.copy(text::NumberText(value.as_number()).view()));
        case values::Type::kDatetime: {
            const auto local = environment.zone.to_local(value.as_datetime());
            return values::View::string(environment.arena.copy(values::format_datetime(local)));
        }
        case values::Type::kList:
        case values::Type::kObject: {
            const auto text = values::json_text(value, environment.zone, environment.arena, kMaxConcatenation);
            return text ? values::View::string(*text) : values::View();
        }
    }
    return {};
}

values::View datetime(Arguments arguments, const Environment& environment) {
    const auto& value = arguments[0];
    switch (value.type()) {
        case values::Type::kDatetime:
            return value;
        case values::Type::kNumber:
            return datetime_of_number(value.as_number(), environment.zone);
        case values::Type::kString: {
            const auto seconds = values::parse_datetime(value.as_string(), environment.zone);
            return seconds ? values::View::datetime(*seconds) : values::View();
        }
        case values::Type::kUndefined:
        case values::Type::kNull:
        case values::Type::kBoolean:
        case values::Type::kList:
        case values::Type::kObject:
            return {};
    }
    return {};
}

values::View list(Arguments arguments, const Environment&) {
    return arguments[0].is(values::Type::kList) ? arguments[0] : values::View();
}

values::View floor(Arguments arguments, const Environment&) { return rounded(arguments[0], std::floor); }
values::View round(Arguments arguments, const Environment&) { return rounded(arguments[0], std::round); }
values::View ceil(Arguments arguments, const Environment&) { return rounded(arguments[0], std::ceil); }

}  // namespace engage::expr::functions::formula
