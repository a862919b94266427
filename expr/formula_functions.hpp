#pragma once

#include <span>

#include "expr/functions.hpp"
#include "expr/value.hpp"

/// The functions of custom property formulas, for the table in functions.cpp. Documented at
/// docs.mixpanel.com/docs/features/custom-properties. Each takes as many arguments as its row says; arguments of other
/// types than documented give undefined.
namespace engage::expr::formula {

using Arguments = std::span<const View>;

// functions_text.cpp. A character is a Unicode code point; letter case is that of A to Z alone.
View has_prefix(Arguments arguments, const Environment& environment);
View has_suffix(Arguments arguments, const Environment& environment);
View upper(Arguments arguments, const Environment& environment);
View lower(Arguments arguments, const Environment& environment);
View len(Arguments arguments, const Environment& environment);
View left(Arguments arguments, const Environment& environment);
View right(Arguments arguments, const Environment& environment);
View mid(Arguments arguments, const Environment& environment);
View split(Arguments arguments, const Environment& environment);

// functions_url.cpp
View parse_url(Arguments arguments, const Environment& environment);

// functions_regex.cpp. Undefined, too, for a pattern that PCRE2 refuses and for a match that takes too many steps.
View regex_match(Arguments arguments, const Environment& environment);
View regex_extract(Arguments arguments, const Environment& environment);
View regex_replace(Arguments arguments, const Environment& environment);

// functions_date.cpp. Dates are datetimes or the texts that `datetime()` reads.
View datedif(Arguments arguments, const Environment& environment);
/// The start of the day, in the project's time zone, of `NOW`, which the binder passes.
View today(Arguments arguments, const Environment& environment);

// functions_number.cpp
View min(Arguments arguments, const Environment& environment);
View max(Arguments arguments, const Environment& environment);
View sum(Arguments arguments, const Environment& environment);
View type_of(Arguments arguments, const Environment& environment);

}  // namespace engage::expr::formula
