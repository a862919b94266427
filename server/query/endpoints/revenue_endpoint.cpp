#include "server/query/endpoints/revenue_endpoint.hpp"

#include "server/query/endpoints/transactions.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "fixtures/json/write.hpp"
#include "server/catalogue/errors/endpoints.hpp"
#include "server/catalogue/errors/requests.hpp"
#include "server/catalogue/facts/answers.hpp"
#include "server/catalogue/facts/endpoints.hpp"
#include "server/query/request/day_range.hpp"
#include "server/query/request/parameter_rules.hpp"
#include "server/query/request/refusal.hpp"
#include "server/space/sessions.hpp"
#include "server/time/time_text.hpp"

namespace engage::server::query::endpoints {

namespace {

constexpr std::array kRevenueRules = {request::ParameterRule{"from_date"}, request::ParameterRule{"to_date"},
                                      request::ParameterRule{"unit"}};
/// An answer has an entry for each of them. Ten years; clients ask for a month at a time.
constexpr std::int64_t kMaxDays = 3660;

using Transactions = std::span<const Transaction>;

Expected<request::DayRange, catalogue::ApiError> read_days(const http::Parameters& parameters) {
    const auto unit = parameters.text("unit");
    if (unit == "week" || unit == "month")
        return unexpected(catalogue::ApiError{catalogue::errors::kParameterNotEmulated,
                                              {"unit=" + std::string(unit) + " of engage/revenue"}});
    if (!unit.empty() && unit != "day") return unexpected(request::refusal(catalogue::errors::kBadUnit, unit));
    const auto days = request::read_day_range(parameters);
    if (days && days->to - days->from >= kMaxDays)
        return unexpected(catalogue::ApiError{catalogue::errors::kTooManyDays,
                                              {std::to_string(kMaxDays), request::shown(parameters.text("to_date"))}});
    return days;
}

/// Cuts off what lies on that day or before.
Transactions take_until(Transactions& rest, std::int64_t day) {
    const auto end = std::partition_point(rest.begin(), rest.end(), [&](const auto& item) { return item.day <= day; });
    const auto taken = rest.first(static_cast<std::size_t>(end - rest.begin()));
    rest = rest.subspan(taken.size());
    return taken;
}

std::string sums_of(Transactions transactions, std::size_t profiles) {
    double amount = 0;
    std::vector<fixtures::profiles::RowIndex> payers;
    for (const auto& transaction : transactions) {
        amount += transaction.amount;
        payers.push_back(transaction.row);
    }
    std::sort(payers.begin(), payers.end());
    const auto paid = std::unique(payers.begin(), payers.end()) - payers.begin();
    return "{\"amount\":" + fixtures::json::float_literal(amount) + ",\"count\":" + std::to_string(profiles) +
           ",\"paid_count\":" + std::to_string(paid) + "}";
}

}  // namespace

Expected<std::string, catalogue::ApiError> revenue(const QueryRequest& request) {
    if (auto checked = request::check_names(request.parameters, "engage/revenue", kRevenueRules, request.readings);
        !checked)
        return unexpected(std::move(checked.error()));
    const auto days = read_days(request.parameters);
    if (!days) return unexpected(days.error());

    for (const auto fact : {catalogue::facts::kRevenueShape, catalogue::facts::kRevenueDays,
                            catalogue::facts::kComputedAt, catalogue::facts::kSessionIdForm})
        request.readings.note(fact);
    const auto& project = *request.snapshot->project;
    const auto all = request.snapshot->derived(*project.users).of<std::vector<Transaction>>([&] {
        return transactions_of(*project.users, project.zone);
    });
    Transactions rest = *all;
    take_until(rest, days->from - 1);
    auto later = rest;
    const auto profiles = project.users->size();
    auto results = "\"$overall\":" + sums_of(take_until(later, days->to), profiles);
    for (auto day = days->from; day <= days->to; ++day)
        results += ",\"" + request::format_day(day) + "\":" + sums_of(take_until(rest, day), profiles);
    return "{\"computed_at\":\"" + time::format_computed_at(request.now) + "\",\"results\":{" + results +
           "},\"session_id\":\"" + space::make_session_id(request.now, request.space.ids.next()) +
           "\",\"status\":\"ok\"}";
}

}  // namespace engage::server::query::endpoints
