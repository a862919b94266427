#include "server/http/forwarded_head.hpp"

#include <algorithm>
#include <array>

namespace engage::server::http {

namespace {

constexpr std::size_t kMostHeadBytes = 64 * 1024;

/// Tells where a body ends and for whom it is: no `Connection` header can take it away.
bool is_end_to_end(std::string_view name) {
    constexpr std::array<std::string_view, 3> kKept = {"Content-Length", "Transfer-Encoding", "Host"};
    return std::any_of(kKept.begin(), kKept.end(), [&](auto kept) { return equal_ignoring_case(kept, name); });
}

bool is_for_one_connection(std::string_view name) {
    constexpr std::array<std::string_view, 7> kDropped = {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Upgrade"};
    return std::any_of(kDropped.begin(), kDropped.end(),
                       [&](auto dropped) { return equal_ignoring_case(dropped, name); });
}

/// The first line of `text`, which is removed from it, without its end.
std::string_view take_line(std::string_view& text) {
    auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

/// Behind the empty line, or npos.
std::size_t end_of_head(std::string_view text) {
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1)) {
        const auto rest = text.substr(end + 1);
        if (rest.starts_with('\n')) return end + 2;
        if (rest.starts_with("\r\n")) return end + 3;
    }
    return std::string_view::npos;
}

}  // namespace

std::optional<std::vector<catalogue::Header>> parse_header_lines(std::string_view lines) {
    std::vector<catalogue::Header> headers;
    while (!lines.empty()) {
        const auto line = take_line(lines);
        if (line.empty()) continue;
        const auto colon = line.find(':');
        const auto name = line.substr(0, colon);
        if (colon == std::string_view::npos || name.empty() || name.find_first_of(" \t\r") != std::string_view::npos ||
            line.find_first_of(std::string_view("\r\0", 2)) != std::string_view::npos)
            return std::nullopt;
        auto value = line.substr(colon + 1);
        value.remove_prefix(std::min(value.size(), value.find_first_not_of(" \t")));
        value = value.substr(0, value.find_last_not_of(" \t") + 1);
        headers.emplace_back(name, value);
    }
    return headers;
}

std::string forwarded_head(std::string_view first_line, const std::vector<catalogue::Header>& headers) {
    const HttpRequest given{.method = {}, .target = {}, .headers = headers, .body = {}};
    const auto connection = given.header_list("Connection");
    const auto named = list_items(connection);
    const auto is_named = [&](std::string_view name) {
        return std::any_of(named.begin(), named.end(), [&](auto item) { return equal_ignoring_case(item, name); });
    };
    std::string head(first_line);
    head += "\r\nConnection: close\r\n";
    for (const auto& [name, value] : headers)
        if (is_end_to_end(name) || !(is_for_one_connection(name) || is_named(name)))
            head.append(name).append(": ").append(value).append("\r\n");
    return head + "\r\n";
}

bool AnswerHead::rewrite(std::string& bytes) {
    if (is_done_) return true;
    held_ += std::exchange(bytes, {});
    for (auto end = end_of_head(held_); end != std::string::npos; end = end_of_head(held_)) {
        auto lines = std::string_view(held_).substr(0, end);
        const auto first_line = take_line(lines);
        if (!first_line.starts_with("HTTP/1.")) return false;
        // Such as `100 Continue`, which another head follows.
        const bool is_interim = first_line.substr(std::min(first_line.size(), first_line.find(' '))).starts_with(" 1");
        if (is_interim) {
            bytes.append(held_, 0, end);
            held_.erase(0, end);
            continue;
        }
        const auto headers = parse_header_lines(lines);
        if (!headers) return false;
        bytes += forwarded_head(first_line, *headers);
        bytes.append(held_, end);
        held_.clear();
        is_done_ = true;
        return true;
    }
    return held_.size() <= kMostHeadBytes;
}

}  // namespace engage::server::http
