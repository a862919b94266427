#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "expr/evaluation/program.hpp"

namespace engage::server::definitions {

/// Which events count.
struct EventSelector {
    std::string event;  ///< Empty: any event.
    /// Over the event (`event["x"]` and `properties["x"]`) and the profile of who did it (`user["x"]`); null: no
    /// condition.
    std::shared_ptr<const expr::evaluation::Program> selector;
    bool is_report_filter = false;  ///< The condition was written as reports write it.
};

/// The last so many seconds before the time of the query, that moment included.
struct Window {
    std::int64_t seconds = 0;
};

/// Whole days of the project's calendar, both included.
struct Days {
    std::chrono::year_month_day from;
    std::chrono::year_month_day to;
};

/// What a behavior is of its events. All but the count are of saved cohorts only.
enum class Measure : unsigned char {
    kCount,    ///< How many there are.
    kUnique,   ///< How many different values of the property they have.
    kTotal,    ///< The sum of the property's numbers.
    kAverage,  ///< Of the property's numbers; undefined without any, as are the next three.
    kMin,
    kMax,
    kMedian,
};

/// What `behaviors["name"]` stands for. An event counts when one of the selectors matches.
struct Behavior {
    std::string name;
    std::vector<EventSelector> selectors;
    std::variant<Window, Days> when;
    Measure measure = Measure::kCount;
    std::string property{};    ///< Of the measures that need one.
    bool is_extended = false;  ///< It was written in a form that no client is known to send.
};

}  // namespace engage::server::definitions
