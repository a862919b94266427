#include "server/http/body_framing.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

namespace engage::server::http {

namespace {

/// Of a chunk's size with its extensions, or of all trailers. Neither means anything to us.
constexpr std::size_t kMostLineBytes = 16 * 1024;

/// A number that is too large for the type is as large as it gets.
std::optional<std::uint64_t> parse_length(std::string_view text) {
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    return error == std::errc{} ? length : std::numeric_limits<std::uint64_t>::max();
}

}  // namespace

Expected<BodyFraming, RequestFault> framing_of(const HttpRequest& request) {
    if (request.has_header("Transfer-Encoding")) {
        if (!equal_ignoring_case(request.header_list("Transfer-Encoding"), "chunked"))
            return unexpected(RequestFault::kTransferCoding);
        return BodyFraming{.is_chunked = true};
    }
    if (!request.has_header("Content-Length")) return BodyFraming{};
    const auto lengths = request.header_list("Content-Length");
    std::optional<std::uint64_t> length;
    for (const auto item : list_items(lengths)) {
        const auto parsed = parse_length(item);
        // Whoever stood before us may have read the other one.
        if (!parsed || (length && *length != *parsed)) return unexpected(RequestFault::kMalformed);
        length = parsed;
    }
    if (!length) return unexpected(RequestFault::kMalformed);
    return BodyFraming{.length = *length};
}

BodyReader::BodyReader(BodyFraming framing) : is_chunked_(framing.is_chunked), left_(framing.length) {
    if (framing.is_empty()) state_ = State::kWhole;
}

std::size_t BodyReader::take(std::string_view bytes, std::string& content) {
    const auto given = bytes.size();
    while (state_ == State::kMore && !bytes.empty()) {
        if (left_ > 0)
            take_content(bytes, content);
        else
            take_line(bytes);
    }
    return given - bytes.size();
}

void BodyReader::take_content(std::string_view& bytes, std::string& content) {
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), left_));
    content.append(bytes.substr(0, size));
    bytes.remove_prefix(size);
    left_ -= size;
    line_bytes_ = 0;
    if (left_ == 0 && !is_chunked_) state_ = State::kWhole;
}

void BodyReader::take_line(std::string_view& bytes) {
    const auto end = bytes.find('\n');
    const auto piece = bytes.substr(0, end);
    line_bytes_ += piece.size() + 1;
    if (line_bytes_ > kMostLineBytes) {
        state_ = State::kBroken;
        return;
    }
    line_ += piece;
    bytes.remove_prefix(std::min(bytes.size(), piece.size() + 1));
    if (end == std::string_view::npos) return;
    if (line_.ends_with('\r')) line_.pop_back();
    read_line();
    line_.clear();
}

void BodyReader::read_line() {
    if (expected_ == Line::kTrailer) {
        if (line_.empty()) state_ = State::kWhole;
        return;
    }
    if (expected_ == Line::kChunkEnd) {
        if (!line_.empty()) state_ = State::kBroken;
        expected_ = Line::kSize;
        return;
    }
    const auto* const line_end = line_.data() + line_.size();
    const auto [end, error] = std::from_chars(line_.data(), line_end, left_, 16);
    const bool is_size = error == std::errc{} && (end == line_end || *end == ';' || *end == ' ' || *end == '\t');
    if (!is_size) state_ = State::kBroken;
    expected_ = left_ == 0 ? Line::kTrailer : Line::kChunkEnd;
}

}  // namespace engage::server::http
