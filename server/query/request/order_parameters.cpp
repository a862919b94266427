#include "server/query/request/order_parameters.hpp"

#include "expr/text/parse_whole.hpp"
#include "server/catalogue/errors/parameters.hpp"
#include "server/catalogue/facts/answers.hpp"
#include "server/query/request/refusal.hpp"

namespace engage::server::query::request {

Expected<OrderParameters, catalogue::ApiError> read_order(const http::Parameters& parameters,
                                                          catalogue::Readings& readings) {
    OrderParameters order;
    if (const auto* key = parameters.find("sort_key")) {
        if (key->form != http::Parameter::Form::kText)
            return unexpected(
                catalogue::ApiError{catalogue::errors::kBadSortKey, {"expected a string, found " + shown(key->text)}});
        readings.note(catalogue::facts::kSortKey);
        order.sort_key = key->text;
    }
    if (const auto* direction = parameters.find("sort_order")) {
        if (direction->text == "ascending")
            order.sort_order = expr::columns::Direction::kAscending;
        else if (direction->text == "descending")
            order.sort_order = expr::columns::Direction::kDescending;
        else
            return unexpected(refusal(catalogue::errors::kBadSortOrder, direction->text));
        if (order.sort_key.empty()) return unexpected(catalogue::ApiError{catalogue::errors::kSortOrderWithoutKey});
    }
    if (const auto* limit = parameters.find("limit")) {
        order.limit = expr::text::parse_whole<std::uint64_t>(limit->text);
        if (!order.limit || *order.limit == 0) return unexpected(refusal(catalogue::errors::kBadLimit, limit->text));
        readings.note(catalogue::facts::kLimit);
    }
    return order;
}

}  // namespace engage::server::query::request
