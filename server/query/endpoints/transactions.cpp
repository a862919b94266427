#include "server/query/endpoints/transactions.hpp"

#include <algorithm>
#include <optional>

#include "expr/functions/functions.hpp"
#include "fixtures/json/json_value.hpp"
#include "server/query/request/day_range.hpp"

namespace engage::server::query::endpoints {

namespace {

expr::values::View member(const expr::values::View& object, std::string_view name) {
    const auto members = object.as_object();
    const auto found = std::find_if(members.begin(), members.end(),
                                    [&](const expr::values::Member& entry) { return entry.name == name; });
    return found == members.end() ? expr::values::View() : found->value;
}

std::optional<Transaction> transaction_of(const expr::values::View& item, const expr::values::TimeZone& zone,
                                          expr::values::Arena& arena) {
    if (!item.is(expr::values::Type::kObject)) return std::nullopt;
    const auto amount = member(item, "$amount");
    const auto time = member(item, "$time");
    const expr::syntax::Semantics semantics;  // None of them concerns dates.
    const auto date =
        expr::functions::evaluator_of(expr::syntax::Function::kDatetime)({&time, 1}, {zone, semantics, arena});
    if (!amount.is(expr::values::Type::kNumber) || !date.is(expr::values::Type::kDatetime)) return std::nullopt;
    return Transaction{
        .day = request::day_of(zone.to_local(date.as_datetime())), .row = 0, .amount = amount.as_number()};
}

}  // namespace

std::vector<Transaction> transactions_of(const fixtures::profiles::ProfileSet& profiles,
                                         const expr::values::TimeZone& zone) {
    std::vector<Transaction> transactions;
    const auto name = profiles.find_name("$transactions");
    expr::values::Arena arena;
    for (fixtures::profiles::RowIndex row = 0; name && row < profiles.size(); ++row) {
        const auto json = profiles.property(row, *name);
        if (!json.starts_with('[')) continue;
        arena.reset();
        for (const auto& item : fixtures::json::decode_json(json, arena).as_list()) {
            auto transaction = transaction_of(item, zone, arena);
            if (!transaction) continue;
            transaction->row = row;
            transactions.push_back(*transaction);
        }
    }
    std::stable_sort(transactions.begin(), transactions.end(),
                     [](const auto& left, const auto& right) { return left.day < right.day; });
    return transactions;
}

}  // namespace engage::server::query::endpoints
