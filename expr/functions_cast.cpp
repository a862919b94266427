#include <cmath>

#include "expr/formula_functions.hpp"
#include "expr/json.hpp"
#include "expr/numbers.hpp"
#include "expr/text.hpp"

namespace engage::expr::formula {
namespace {

constexpr std::string_view kBlank = " \t\r\n\f\v";
constexpr double kLargestSeconds = 4294967295.0;   ///< Above it `datetime()` reads milliseconds.
constexpr double kEndOfYear9999 = 253402300799.0;  ///< Seconds; above it there is no date.
constexpr double kMillisecondsPerSecond = 1000.0;

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(kBlank);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

View datetime_of_number(double number, const TimeZone& zone) {
    if (number < 1) return {};
    const auto seconds = std::floor(number > kLargestSeconds ? number / kMillisecondsPerSecond : number);
    if (seconds > kEndOfYear9999) return {};
    const auto instant = static_cast<std::int64_t>(seconds);
    return has_date(instant, zone) ? View::datetime(instant) : View();
}

View rounded(const View& value, double (*round)(double)) {
    return value.is(Type::kNumber) ? View::number(round(value.as_number())) : View();
}

}  // namespace

View defined(Arguments arguments, const Environment&) {
    const auto type = arguments[0].type();
    return View::boolean(type != Type::kUndefined && type != Type::kNull);
}

View boolean(Arguments arguments, const Environment& environment) {
    return View::boolean(is_truthy(arguments[0], environment.semantics));
}

View number(Arguments arguments, const Environment& environment) {
    const auto& value = arguments[0];
    switch (value.type()) {
        case Type::kNumber:
            return value;
        case Type::kBoolean:
            return View::number(value.as_boolean() ? 1 : 0);
        case Type::kDatetime:
            return View::number(static_cast<double>(value.as_datetime()));
        case Type::kString: {
            const auto number = parse_number(trimmed(value.as_string()));
            if (number) return View::number(*number);
            return environment.semantics.bad_number_is_zero ? View::number(0) : View();
        }
        case Type::kUndefined:
        case Type::kNull:
        case Type::kList:
        case Type::kObject:
            return {};
    }
    return {};
}

View string(Arguments arguments, const Environment& environment) {
    const auto& value = arguments[0];
    switch (value.type()) {
        case Type::kString:
            return value;
        case Type::kUndefined:
        case Type::kNull:
            if (arguments.size() == 2) return arguments[1];
            return value.is(Type::kUndefined) && environment.semantics.undefined_as_text ? View::string("undefined")
                                                                                         : value;
        case Type::kBoolean:
            return View::string(value.as_boolean() ? "true" : "false");
        case Type::kNumber:
            return View::string(environment.arena.copy(NumberText(value.as_number()).view()));
        case Type::kDatetime: {
            const auto local = environment.zone.to_local(value.as_datetime());
            return View::string(environment.arena.copy(format_datetime(local)));
        }
        case Type::kList:
        case Type::kObject: {
            const auto text = json_text(value, environment.zone, environment.arena, kMaxConcatenation);
            return text ? View::string(*text) : View();
        }
    }
    return {};
}

View datetime(Arguments arguments, const Environment& environment) {
    const auto& value = arguments[0];
    switch (value.type()) {
        case Type::kDatetime:
            return value;
        case Type::kNumber:
            return datetime_of_number(value.as_number(), environment.zone);
        case Type::kString: {
            const auto seconds = parse_datetime(value.as_string(), environment.zone);
            return seconds ? View::datetime(*seconds) : View();
        }
        case Type::kUndefined:
        case Type::kNull:
        case Type::kBoolean:
        case Type::kList:
        case Type::kObject:
            return {};
    }
    return {};
}

View list(Arguments arguments, const Environment&) { return arguments[0].is(Type::kList) ? arguments[0] : View(); }

View floor(Arguments arguments, const Environment&) { return rounded(arguments[0], std::floor); }
View round(Arguments arguments, const Environment&) { return rounded(arguments[0], std::round); }
View ceil(Arguments arguments, const Environment&) { return rounded(arguments[0], std::ceil); }

}  // namespace engage::expr::formula
