#include "expr/values/json.hpp"

#include <algorithm>

#include "expr/text/numbers.hpp"
#include "expr/text/shortened.hpp"

namespace engage::expr::values {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::size_t kFirstRoom = 64;

/// A text that grows inside an arena up to a limit, where it is cut.
class ArenaText {
public:
    ArenaText(Arena& arena, std::size_t most) : arena_(arena), most_(most) {}

    void append(std::string_view piece) {
        fits_ = fits_ && piece.size() <= most_ - size_;
        piece = piece.substr(0, most_ - size_);
        if (size_ + piece.size() > room_.size()) grow(size_ + piece.size());
        std::copy(piece.begin(), piece.end(), room_.begin() + static_cast<std::ptrdiff_t>(size_));
        size_ += piece.size();
    }
    /// What can still be appended.
    std::size_t room() const { return most_ - size_; }
    /// Whether all that was appended stayed within the limit.
    bool fits() const { return fits_; }
    std::string_view view() const { return {room_.data(), size_}; }

private:
    void grow(std::size_t least) {
        const auto larger = arena_.allocate<char>(std::max({least, 2 * room_.size(), kFirstRoom}));
        std::copy_n(room_.begin(), size_, larger.begin());
        room_ = larger;
    }

    Arena& arena_;
    std::span<char> room_;
    const std::size_t most_;
    std::size_t size_ = 0;
    bool fits_ = true;
};

void append_escaped(ArenaText& out, char c) {
    switch (c) {
        case '"':
            return out.append("\\\"");
        case '\\':
            return out.append("\\\\");
        case '\b':
            return out.append("\\b");
        case '\f':
            return out.append("\\f");
        case '\n':
            return out.append("\\n");
        case '\r':
            return out.append("\\r");
        case '\t':
            return out.append("\\t");
        default:
            break;
    }
    const auto code = static_cast<unsigned char>(c);
    out.append("\\u00");
    out.append(kHexDigits.substr(code >> 4, 1));
    out.append(kHexDigits.substr(code & 15, 1));
}

void append_string(ArenaText& out, std::string_view text) {
    text = text.substr(0, out.room());
    out.append("\"");
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text.substr(plain, i - plain));
        append_escaped(out, text[i]);
        plain = i + 1;
    }
    out.append(text.substr(plain));
    out.append("\"");
}

void append(ArenaText& out, const View& value, const TimeZone& zone) {
    if (!out.fits()) return;
    switch (value.type()) {
        case Type::kUndefined:
        case Type::kNull:
            return out.append("null");
        case Type::kBoolean:
            return out.append(value.as_boolean() ? "true" : "false");
        case Type::kNumber:
            return out.append(text::NumberText(value.as_number()).view());
        case Type::kString:
            return append_string(out, value.as_string());
        case Type::kDatetime:
            return append_string(out, format_datetime(zone.to_local(value.as_datetime())));
        case Type::kList: {
            std::string_view separator = "[";
            for (const auto& item : value.as_list()) {
                if (!out.fits()) return;
                out.append(separator);
                append(out, item, zone);
                separator = ",";
            }
            return out.append(value.as_list().empty() ? "[]" : "]");
        }
        case Type::kObject: {
            std::string_view separator = "{";
            for (const auto& [name, member] : value.as_object()) {
                if (!out.fits()) return;
                out.append(separator);
                append_string(out, name);
                out.append(":");
                append(out, member, zone);
                separator = ",";
            }
            return out.append(value.as_object().empty() ? "{}" : "}");
        }
    }
}

}  // namespace

std::optional<std::string_view> json_text(const View& value, const TimeZone& zone, Arena& arena, std::size_t most) {
    ArenaText out(arena, most);
    append(out, value, zone);
    if (!out.fits()) return std::nullopt;
    return out.view();
}

std::string to_json(const View& value, const TimeZone& zone) {
    Arena arena;
    return std::string(*json_text(value, zone, arena));
}

std::string to_json(const View& value, const TimeZone& zone, std::size_t longest) {
    Arena arena;
    ArenaText out(arena, longest + 1);
    append(out, value, zone);
    return text::shortened(std::string(out.view()), longest);
}

}  // namespace engage::expr::values
