#include "expr/shortened.hpp"

namespace engage::expr {

std::string shortened(std::string text, std::size_t longest) {
    if (text.size() <= longest) return text;
    auto end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text.resize(end);
    return text += "…";
}

}  // namespace engage::expr
