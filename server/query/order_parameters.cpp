#include "server/query/order_parameters.hpp"

#include "server/query/parse_integer.hpp"
#include "server/query/refusal.hpp"

namespace engage::server {

Expected<OrderParameters, ApiError> read_order(const Parameters& parameters, Evidence& evidence) {
    OrderParameters order;
    if (const auto* key = parameters.find("sort_key")) {
        if (key->form != Parameter::Form::kText)
            return unexpected(ApiError{ErrorCode::kBadSortKey, {"expected a string, found " + shown(key->text)}});
        evidence.note(Behaviour::kSortKey);
        order.sort_key = key->text;
    }
    if (const auto* direction = parameters.find("sort_order")) {
        if (direction->text == "ascending")
            order.sort_order = expr::Direction::kAscending;
        else if (direction->text == "descending")
            order.sort_order = expr::Direction::kDescending;
        else
            return unexpected(refusal(ErrorCode::kBadSortOrder, direction->text));
        if (order.sort_key.empty()) return unexpected(ApiError{ErrorCode::kSortOrderWithoutKey});
    }
    if (const auto* limit = parameters.find("limit")) {
        order.limit = parse_integer<std::uint64_t>(limit->text);
        if (!order.limit || *order.limit == 0) return unexpected(refusal(ErrorCode::kBadLimit, limit->text));
        evidence.note(Behaviour::kLimit);
    }
    return order;
}

}  // namespace engage::server
