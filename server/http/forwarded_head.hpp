#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"

namespace engage::server::http {

/// The headers of a head, given without its first line. The error is nothing: a line that readers understand
/// differently, such as one with a blank before its colon.
std::optional<std::vector<catalogue::Header>> parse_header_lines(std::string_view lines);

/// A head as a proxy sends it on: without the headers that are for the proxy or for one connection only (RFC 9110,
/// 7.6.1), and with `Connection: close`.
std::string forwarded_head(std::string_view first_line, const std::vector<catalogue::Header>& headers);

/// Finds the head of an answer in the bytes that come in.
class AnswerHead {
public:
    /// Replaces the head by the forwarded one; leaves nothing of `bytes` until the head is whole. False when there is
    /// no head, or none that ends.
    bool rewrite(std::string& bytes);

private:
    std::string held_;
    bool is_done_ = false;
};

}  // namespace engage::server::http
