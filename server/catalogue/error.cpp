#include "server/catalogue/error.hpp"

#include <cassert>

namespace engage::server::catalogue {

std::string message(const ApiError& error) {
    std::string text(error.info().text);
    std::size_t from = 0;
    for (const auto& detail : error.details) {
        const auto hole = text.find("{}", from);
        assert(hole != std::string::npos);
        text.replace(hole, 2, detail);
        from = hole + detail.size();
    }
    return text;
}

}  // namespace engage::server::catalogue
