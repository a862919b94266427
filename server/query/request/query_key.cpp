#include "server/query/request/query_key.hpp"

namespace engage::server::query::request {

namespace {

std::string digits_of(const std::optional<std::int64_t>& number) { return number ? std::to_string(*number) : ""; }

}  // namespace

QueryKey::QueryKey(const EngageQuery& query) {
    add(query.where)
        .add(query.data_group_id)
        .add(query.include_all_users ? "all" : "")
        .add(query.cohort ? query.cohort->text() : "")
        .add(query.behaviors)
        .add(digits_of(query.as_of));
    const auto output = query.output_properties.value_or(std::vector<std::string>{});
    if (query.distinct_ids) add_list(*query.distinct_ids);
    if (!query.search.empty()) add("search").add(query.search).add_list(output);
    selection_end_ = end_section();
    const auto& order = query.order;
    add(order.sort_key)
        .add(order.sort_order ? std::to_string(static_cast<int>(*order.sort_order)) : "")
        .add(order.limit ? std::to_string(*order.limit) : "");
    arrangement_end_ = end_section();
    add(std::to_string(query.page_size));
    if (query.output_properties) add_list(output);
}

QueryKey& QueryKey::add(std::string_view part) {
    text_.append(std::to_string(part.size())).append(":").append(part);
    return *this;
}

QueryKey& QueryKey::add_list(const std::vector<std::string>& parts) {
    text_ += '[';
    for (const auto& part : parts) add(part);
    return *this;
}

/// No part begins with a blank, so that a section cannot be taken for the beginning of a longer one.
std::size_t QueryKey::end_section() {
    text_ += ' ';
    return text_.size();
}

}  // namespace engage::server::query::request
