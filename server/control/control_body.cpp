#include "server/control/control_body.hpp"

#include <utility>

#include "fixtures/json/read.hpp"

namespace engage::server::control {

Expected<expr::values::Document, std::string> read_control_body(std::string_view body) {
    auto document = fixtures::json::read_document(body);
    if (!document && document.error().message == fixtures::json::kDuplicateKey)
        return unexpected(document.error().pointer + ": " + document.error().message);
    if (!document || document->node(0).type != expr::values::Type::kObject)
        return unexpected<std::string>("expected a JSON object as body");
    return std::move(*document);
}

}  // namespace engage::server::control
