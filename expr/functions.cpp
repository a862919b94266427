#include "expr/functions.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "expr/formula_functions.hpp"
#include "expr/json.hpp"
#include "expr/numbers.hpp"
#include "expr/operators.hpp"
#include "expr/program.hpp"
#include "expr/text.hpp"

namespace engage::expr {
namespace {

using Arguments = std::span<const View>;

constexpr std::string_view kBlank = " \t\r\n\f\v";
constexpr double kLargestSeconds = 4294967295.0;   ///< Above it `datetime()` reads milliseconds.
constexpr double kEndOfYear9999 = 253402300799.0;  ///< Seconds; above it there is no date.
constexpr double kMillisecondsPerSecond = 1000.0;

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(kBlank);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

View cast_to_defined(Arguments arguments, const Environment&) {
    const auto type = arguments[0].type();
    return View::boolean(type != Type::kUndefined && type != Type::kNull);
}

View cast_to_boolean(Arguments arguments, const Environment& environment) {
    return View::boolean(is_truthy(arguments[0], environment.semantics));
}

View cast_to_number(Arguments arguments, const Environment& environment) {
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

View cast_to_string(Arguments arguments, const Environment& environment) {
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

View datetime_of_number(double number, const TimeZone& zone) {
    if (number < 1) return {};
    const auto seconds = std::floor(number > kLargestSeconds ? number / kMillisecondsPerSecond : number);
    if (seconds > kEndOfYear9999) return {};
    const auto instant = static_cast<std::int64_t>(seconds);
    return has_date(instant, zone) ? View::datetime(instant) : View();
}

View cast_to_datetime(Arguments arguments, const Environment& environment) {
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

View cast_to_list(Arguments arguments, const Environment&) {
    return arguments[0].is(Type::kList) ? arguments[0] : View();
}

template <double (*round)(double)>
View rounded(Arguments arguments, const Environment&) {
    return arguments[0].is(Type::kNumber) ? View::number(round(arguments[0].as_number())) : View();
}

using F = Function;
constexpr auto kH = Grammar::kKnown;
constexpr auto kE = Grammar::kEngage;
constexpr auto kA = Grammar::kFull;

// clang-format off
constexpr std::array kTable{
    FunctionInfo{F::kDefined, "defined", 1, 1, cast_to_defined, kH},
    FunctionInfo{F::kBoolean, "boolean", 1, 1, cast_to_boolean, kE},
    FunctionInfo{F::kNumber, "number", 1, 1, cast_to_number, kH},
    FunctionInfo{F::kString, "string", 1, 2, cast_to_string, kH},
    FunctionInfo{F::kDatetime, "datetime", 1, 1, cast_to_datetime, kH},
    FunctionInfo{F::kList, "list", 1, 1, cast_to_list, kH},
    FunctionInfo{F::kFloor, "floor", 1, 1, rounded<std::floor>, kE},
    FunctionInfo{F::kRound, "round", 1, 1, rounded<std::round>, kE},
    FunctionInfo{F::kCeil, "ceil", 1, 1, rounded<std::ceil>, kE},
    FunctionInfo{F::kIf, "if", 3, 3, nullptr, kA, Shape::kChoice},
    FunctionInfo{F::kIfs, "ifs", 2, kAnyNumber, nullptr, kA, Shape::kChoice},
    FunctionInfo{F::kAnd, "and", 2, kAnyNumber, nullptr, kA, Shape::kLogical},
    FunctionInfo{F::kOr, "or", 2, kAnyNumber, nullptr, kA, Shape::kLogical},
    FunctionInfo{F::kHasPrefix, "has_prefix", 2, 2, formula::has_prefix, kA},
    FunctionInfo{F::kHasSuffix, "has_suffix", 2, 2, formula::has_suffix, kA},
    FunctionInfo{F::kMin, "min", 2, 2, formula::min, kA},
    FunctionInfo{F::kMax, "max", 2, 2, formula::max, kA},
    FunctionInfo{F::kUpper, "upper", 1, 1, formula::upper, kA},
    FunctionInfo{F::kLower, "lower", 1, 1, formula::lower, kA},
    FunctionInfo{F::kLen, "len", 1, 1, formula::len, kA},
    FunctionInfo{F::kLeft, "left", 2, 2, formula::left, kA},
    FunctionInfo{F::kRight, "right", 2, 2, formula::right, kA},
    FunctionInfo{F::kMid, "mid", 3, 3, formula::mid, kA},
    FunctionInfo{F::kSplit, "split", 2, 3, formula::split, kA},
    FunctionInfo{F::kParseUrl, "parse_url", 2, 2, formula::parse_url, kA},
    FunctionInfo{F::kRegexMatch, "regex_match", 2, 2, formula::regex_match, kA, Shape::kPattern},
    FunctionInfo{F::kRegexExtract, "regex_extract", 2, 3, formula::regex_extract, kA, Shape::kPattern},
    FunctionInfo{F::kRegexReplace, "regex_replace", 3, 3, formula::regex_replace, kA, Shape::kPattern},
    FunctionInfo{F::kDatedif, "datedif", 3, 3, formula::datedif, kA},
    FunctionInfo{F::kToday, "today", 0, 0, formula::today, kA},
    FunctionInfo{F::kSum, "sum", 1, 1, formula::sum, kA},
    FunctionInfo{F::kTypeof, "typeof", 1, 1, formula::type_of, kA},
    FunctionInfo{F::kAny, "any", 3, 3, nullptr, kA, Shape::kScan},
    FunctionInfo{F::kAll, "all", 3, 3, nullptr, kA, Shape::kScan},
    FunctionInfo{F::kMap, "map", 3, 3, nullptr, kA, Shape::kScan},
    FunctionInfo{F::kFilter, "filter", 3, 3, nullptr, kA, Shape::kScan},
    FunctionInfo{F::kLet, "let", 3, kAnyNumber, nullptr, kA, Shape::kLet},
};
// clang-format on

consteval bool table_is_in_order() {
    for (std::size_t i = 0; i < kTable.size(); ++i)
        if (static_cast<std::size_t>(kTable[i].function) != i) return false;
    return kTable.size() == kFunctions;
}
static_assert(table_is_in_order(), "one row per Function, in order");

}  // namespace

std::span<const FunctionInfo> all_functions() { return kTable; }

const FunctionInfo& info_of(Function function) { return kTable[static_cast<std::size_t>(function)]; }

const FunctionInfo* find_function(std::string_view name, Grammar grammar) {
    const auto found = std::find_if(kTable.begin(), kTable.end(),
                                    [&](const FunctionInfo& info) { return equal_ignoring_case(info.name, name); });
    return found == kTable.end() || found->grammar > grammar ? nullptr : &*found;
}

bool takes(const FunctionInfo& function, std::size_t arguments) {
    const bool in_pairs = function.function != Function::kIfs || arguments % 2 == 0;
    return arguments >= function.least && arguments <= function.most && in_pairs;
}

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
