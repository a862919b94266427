#pragma once

#include <string>
#include <vector>

#include "server/explain/survey.hpp"

namespace engage::server::explain {

/// What to write instead of arithmetic with dates, which is undefined: one line at most.
std::vector<std::string> date_arithmetic_advice(const Condition& condition);

/// Whether a text looks like a date in a form that the language does not read, as "01/02/2026".
bool looks_like_date(std::string_view text);

}  // namespace engage::server::explain
