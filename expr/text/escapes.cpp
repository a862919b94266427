#include "expr/text/escapes.hpp"

#include <cstddef>

namespace engage::expr::text {
namespace {

constexpr unsigned kReplacementCharacter = 0xFFFD;

/// The code unit of the four hexadecimal digits at the front of `digits`, or -1.
int code_unit(std::string_view digits) {
    if (digits.size() < 4) return -1;
    int unit = 0;
    for (const char c : digits.substr(0, 4)) {
        const auto letter = static_cast<char>(c | 0x20);
        if (c >= '0' && c <= '9')
            unit = unit * 16 + (c - '0');
        else if (letter >= 'a' && letter <= 'f')
            unit = unit * 16 + (letter - 'a' + 10);
        else
            return -1;
    }
    return unit;
}

void append_utf8(std::string& out, unsigned code) {
    const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80 | ((code >> shift) & 0x3F)); };
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
        tail(0);
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0 | (code >> 12));
        tail(6), tail(0);
    } else {
        out += static_cast<char>(0xF0 | (code >> 18));
        tail(12), tail(6), tail(0);
    }
}

/// Appends the character of `\uXXXX`, of which `rest` begins with the X's. Returns how much of `rest` it took.
std::size_t append_unicode_escape(std::string& out, std::string_view rest) {
    const int unit = code_unit(rest);
    if (unit < 0) {
        out += 'u';
        return 0;
    }
    const auto code = static_cast<unsigned>(unit);
    if (code < 0xD800 || code > 0xDFFF) {
        append_utf8(out, code);
        return 4;
    }
    const int low = code <= 0xDBFF && rest.substr(4).starts_with("\\u") ? code_unit(rest.substr(6)) : -1;
    if (low < 0xDC00 || low > 0xDFFF) {
        append_utf8(out, kReplacementCharacter);
        return 4;
    }
    append_utf8(out, 0x10000 + ((code - 0xD800) << 10) + (static_cast<unsigned>(low) - 0xDC00));
    return 10;
}

}  // namespace

std::string unescape(std::string_view raw) {
    std::string out;
    out.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\') {
            out += raw[i];
            continue;
        }
        switch (const char c = raw[++i]) {
            case 'n':
                out += '\n';
                break;
            case 't':
                out += '\t';
                break;
            case 'r':
                out += '\r';
                break;
            case 'b':
                out += '\b';
                break;
            case 'f':
                out += '\f';
                break;
            case 'u':
                i += append_unicode_escape(out, raw.substr(i + 1));
                break;
            default:
                out += c;
        }
    }
    return out;
}

}  // namespace engage::expr::text
