#include "server/http/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

namespace engage::server::http {

namespace {

/// Of a window, with a gzip header instead of zlib's own.
constexpr int kGzipWindow = MAX_WBITS + 16;
constexpr std::size_t kGzipPiece = 256 * 1024;

Bytef* bytes(std::string_view text) { return reinterpret_cast<Bytef*>(const_cast<char*>(text.data())); }

/// Hands the stream what it can take at once of what is left.
void feed(z_stream& stream, std::string_view& left) {
    if (stream.avail_in != 0) return;
    const auto size = std::min<std::size_t>(left.size(), std::numeric_limits<uInt>::max());
    stream.next_in = bytes(left);
    stream.avail_in = static_cast<uInt>(size);
    left.remove_prefix(size);
}

/// Room for the next piece at the end of `text`, whose size is `used` so far.
void make_room(z_stream& stream, std::string& text, std::size_t used) {
    text.resize(used + kGzipPiece);
    stream.next_out = bytes(text) + used;
    stream.avail_out = kGzipPiece;
}

}  // namespace

std::string gzip(std::string_view text) {
    z_stream stream{};
    constexpr int kMemory = 8;
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, kMemory, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string compressed;
    std::size_t used = 0;
    for (int state = Z_OK; state != Z_STREAM_END;) {
        feed(stream, text);
        make_room(stream, compressed, used);
        state = deflate(&stream, text.empty() ? Z_FINISH : Z_NO_FLUSH);
        used += kGzipPiece - stream.avail_out;
    }
    deflateEnd(&stream);
    compressed.resize(used);
    return compressed;
}

Expected<std::string, RequestFault> gunzip(std::string_view data, std::size_t most) {
    z_stream stream{};
    if (inflateInit2(&stream, kGzipWindow) != Z_OK) throw std::bad_alloc();
    std::string text;
    std::size_t used = 0;
    int state = Z_OK;
    bool is_over = false;
    while (!is_over && used <= most) {
        feed(stream, data);
        make_room(stream, text, used);
        state = inflate(&stream, Z_NO_FLUSH);
        used += kGzipPiece - stream.avail_out;
        const bool has_more = stream.avail_in != 0 || !data.empty();
        // A member behind it continues the text (RFC 1952, 2.2).
        if (state == Z_STREAM_END && has_more) state = inflateReset(&stream);
        is_over = state != Z_OK;
    }
    inflateEnd(&stream);
    if (used > most) return unexpected(RequestFault::kBodyTooLarge);
    if (state != Z_STREAM_END) return unexpected(RequestFault::kBrokenGzip);
    text.resize(used);
    return text;
}

RequestFault decode_body(HttpRequest& request, std::size_t most) {
    const auto coding = request.header_list("Content-Encoding");
    if (request.body.empty() || coding.empty() || equal_ignoring_case(coding, "identity")) return RequestFault::kNone;
    if (!equal_ignoring_case(coding, "gzip") && !equal_ignoring_case(coding, "x-gzip"))
        return RequestFault::kContentCoding;
    auto text = gunzip(request.body, most);
    if (!text) return text.error();
    request.body = std::move(*text);
    return RequestFault::kNone;
}

bool accepts_gzip(std::string_view accept_encoding) {
    for (const auto item : list_items(accept_encoding)) {
        const auto name = item.substr(0, item.find_first_of("; \t"));
        if (name != "*" && !equal_ignoring_case(name, "gzip")) continue;
        const auto quality = item.find_first_of("qQ", name.size());
        const auto weight = quality == std::string_view::npos ? std::string_view("1") : item.substr(quality + 1);
        return weight.find_first_not_of("=0.") != std::string_view::npos;
    }
    return false;
}

}  // namespace engage::server::http
