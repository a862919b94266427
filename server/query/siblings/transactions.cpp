#include "server/query/siblings/transactions.hpp"

#include <algorithm>
#include <optional>

#include "expr/functions.hpp"
#include "fixtures/json_value.hpp"
#include "server/query/siblings/day_range.hpp"

namespace engage::server {

namespace {

expr::View member(const expr::View& object, std::string_view name) {
    const auto members = object.as_object();
    const auto found =
        std::find_if(members.begin(), members.end(), [&](const expr::Member& entry) { return entry.name == name; });
    return found == members.end() ? expr::View() : found->value;
}

std::optional<Transaction> transaction_of(const expr::View& item, const expr::TimeZone& zone, expr::Arena& arena) {
    if (!item.is(expr::Type::kObject)) return std::nullopt;
    const auto amount = member(item, "$amount");
    const auto time = member(item, "$time");
    const expr::Semantics semantics;  // None of them concerns dates.
    const auto date = expr::evaluator_of(expr::Function::kDatetime)({&time, 1}, {zone, semantics, arena});
    if (!amount.is(expr::Type::kNumber) || !date.is(expr::Type::kDatetime)) return std::nullopt;
    return Transaction{.day = day_of(zone.to_local(date.as_datetime())), .row = 0, .amount = amount.as_number()};
}

}  // namespace

std::vector<Transaction> transactions_of(const fixtures::ProfileSet& profiles, const expr::TimeZone& zone) {
    std::vector<Transaction> transactions;
    const auto name = profiles.find_name("$transactions");
    expr::Arena arena;
    for (fixtures::RowIndex row = 0; name && row < profiles.size(); ++row) {
        const auto json = profiles.property(row, *name);
        if (!json.starts_with('[')) continue;
        arena.reset();
        for (const auto& item : fixtures::decode_json(json, arena).as_list()) {
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

}  // namespace engage::server
