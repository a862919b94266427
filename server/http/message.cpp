#include "server/http/message.hpp"

#include <strings.h>

#include <algorithm>

namespace engage::server::http {

std::string_view HttpRequest::header(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (equal_ignoring_case(key, name)) return value;
    return {};
}

std::vector<std::string_view> HttpRequest::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& [key, value] : headers)
        if (equal_ignoring_case(key, name)) values.push_back(value);
    return values;
}

bool HttpRequest::has_header(std::string_view name) const {
    return std::any_of(headers.begin(), headers.end(),
                       [&](const catalogue::Header& header) { return equal_ignoring_case(header.first, name); });
}

std::string HttpRequest::header_list(std::string_view name) const {
    std::string list;
    bool is_first = true;
    for (const auto value : all(name)) {
        list.append(is_first ? "" : ", ").append(value);
        is_first = false;
    }
    return list;
}

std::string_view HttpRequest::path() const {
    const std::string_view whole = target;
    return whole.substr(0, whole.find('?'));
}

std::string_view HttpRequest::query() const {
    const auto mark = target.find('?');
    return mark == std::string::npos ? std::string_view{} : std::string_view(target).substr(mark + 1);
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
    return left.size() == right.size() && strncasecmp(left.data(), right.data(), left.size()) == 0;
}

std::vector<std::string_view> list_items(std::string_view list) {
    constexpr std::string_view kBlank = " \t";
    std::vector<std::string_view> items;
    while (!list.empty()) {
        auto item = list.substr(0, list.find(','));
        list.remove_prefix(std::min(list.size(), item.size() + 1));
        item.remove_prefix(std::min(item.size(), item.find_first_not_of(kBlank)));
        item = item.substr(0, item.find_last_not_of(kBlank) + 1);
        if (!item.empty()) items.push_back(item);
    }
    return items;
}

}  // namespace engage::server::http
