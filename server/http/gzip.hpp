#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "expr/expected.hpp"
#include "server/http/message.hpp"

namespace engage::server::http {

/// At level 1: the levels above cost several times as much for little.
std::string gzip(std::string_view text);

/// What was compressed, in one member or several. The error is `kBrokenGzip` for what is damaged, cut off or followed
/// by something else, `kBodyTooLarge` for more than `most` bytes.
Expected<std::string, RequestFault> gunzip(std::string_view data, std::size_t most);

/// Replaces the body of a request by what its `Content-Encoding` says it stands for. An empty body stands for itself.
RequestFault decode_body(HttpRequest& request, std::size_t most);

/// Whether the value of `Accept-Encoding` lets an answer be gzip.
bool accepts_gzip(std::string_view accept_encoding);

}  // namespace engage::server::http
