#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "expr/expected.hpp"
#include "server/http/message.hpp"

namespace engage::server::http {

/// Where the body of a request ends (RFC 9112, 6.3).
struct BodyFraming {
    bool is_chunked = false;
    std::uint64_t length = 0;  ///< Of a body that is not chunked.

    bool is_empty() const { return !is_chunked && length == 0; }
};

/// The error is `kMalformed` for lengths that differ or are none, `kTransferCoding` for what is neither plain nor
/// chunked: where such a body ends cannot be told.
Expected<BodyFraming, RequestFault> framing_of(const HttpRequest& request);

/// Finds the end of a body in a stream of bytes, and the content in its chunks.
class BodyReader {
public:
    enum class State : unsigned char { kMore, kWhole, kBroken };

    explicit BodyReader(BodyFraming framing);

    /// Takes from the start of `bytes` what belongs to the body and appends its content. Returns how much it took: less
    /// than all only when the body is whole or broken.
    std::size_t take(std::string_view bytes, std::string& content);
    State state() const { return state_; }

private:
    enum class Line : unsigned char { kSize, kChunkEnd, kTrailer };
    void take_content(std::string_view& bytes, std::string& content);
    void take_line(std::string_view& bytes);
    void read_line();

    const bool is_chunked_;
    std::uint64_t left_;  ///< Of the plain body or the current chunk.
    State state_ = State::kMore;
    Line expected_ = Line::kSize;
    std::string line_;            ///< Read so far.
    std::size_t line_bytes_ = 0;  ///< Of all lines since the last content.
};

}  // namespace engage::server::http
