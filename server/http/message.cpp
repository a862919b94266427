#include "server/http/message.hpp"

#include <strings.h>

namespace engage::server {

namespace {

bool is_same_name(std::string_view left, std::string_view right) {
    return left.size() == right.size() && strncasecmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace

std::string_view HttpRequest::header(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (is_same_name(key, name)) return value;
    return {};
}

std::vector<std::string_view> HttpRequest::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& [key, value] : headers)
        if (is_same_name(key, name)) values.push_back(value);
    return values;
}

std::string_view HttpRequest::path() const {
    const std::string_view whole = target;
    return whole.substr(0, whole.find('?'));
}

std::string_view HttpRequest::query() const {
    const auto mark = target.find('?');
    return mark == std::string::npos ? std::string_view{} : std::string_view(target).substr(mark + 1);
}

}  // namespace engage::server
