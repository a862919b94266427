#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/catalogue/header.hpp"
#include "server/http/delivery.hpp"

namespace engage::server::http {

/// What the transport noticed about a request that it could not read whole.
enum class RequestFault : unsigned char {
    kNone,
    kMalformed,
    kTargetTooLong,
    kBodyTooLarge,
    kBodyIncomplete,
    kForeignHost,      ///< Asked of the proxy, which neither answers for it nor lets it through.
    kUnreachableHost,  ///< Let through, but there is no connection to it.
    kNotForProxy,      ///< Sent to the proxy as if it were the emulator.
    kTransferCoding,   ///< The end of the body cannot be told.
    kContentCoding,    ///< The body is compressed in a way that is not read.
    kBrokenGzip,
};

/// A request as it came: nothing is decoded.
struct HttpRequest {
    std::string method;
    std::string target;                      ///< Raw path and query, e.g. `/api/query/engage?project_id=1`.
    std::vector<catalogue::Header> headers;  ///< In the order and spelling of the client.
    std::string body;
    RequestFault fault = RequestFault::kNone;

    /// Value of the first header of that name, in any letter case; empty when there is none.
    std::string_view header(std::string_view name) const;
    /// The values of all headers of that name.
    std::vector<std::string_view> all(std::string_view name) const;
    bool has_header(std::string_view name) const;
    /// Values of all headers of that name, joined to one list.
    std::string header_list(std::string_view name) const;
    /// The target up to its `?`.
    std::string_view path() const;
    /// The target after its first `?`.
    std::string_view query() const;
};

struct HttpResponse {
    int status = 0;  ///< Comes from the error catalogue or is its `kOk`.
    std::vector<catalogue::Header> headers{};
    std::string body{};
    bool is_chunked = false;  ///< The length of the body is not announced.
    /// Held until the answer is sent or its connection is gone: a query keeps its concurrency slot that long.
    std::shared_ptr<const void> lease{};
    Delivery delivery{};
};

/// As names of headers and codings are compared.
bool equal_ignoring_case(std::string_view left, std::string_view right);
/// The items of a header that is a list, without the blanks and empty items around them.
std::vector<std::string_view> list_items(std::string_view list);
std::vector<std::string_view> list_items(std::string&& list) = delete;

}  // namespace engage::server::http
