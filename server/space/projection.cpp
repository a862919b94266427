#include "server/space/projection.hpp"

namespace engage::server::space {

Projection::Projection(const fixtures::profiles::ProfileSet& profiles, const std::vector<std::string>& names)
    : whole_(false), shown_(profiles.names().size()) {
    for (const auto& name : names)
        if (const auto id = profiles.find_name(name)) shown_[*id] = true;
}

}  // namespace engage::server::space
