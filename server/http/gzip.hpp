#pragma once

#include <string>
#include <string_view>

namespace engage::server {

/// At level 1: the levels above cost several times as much for little.
std::string gzip(std::string_view text);

/// Whether the value of `Accept-Encoding` lets an answer be gzip.
bool accepts_gzip(std::string_view accept_encoding);

}  // namespace engage::server
