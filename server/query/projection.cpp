#include "server/query/projection.hpp"

namespace engage::server {

Projection::Projection(const fixtures::ProfileSet& profiles, const std::vector<std::string>& names)
    : whole_(false), shown_(profiles.names().size()) {
    for (const auto& name : names)
        if (const auto id = profiles.find_name(name)) shown_[*id] = true;
}

}  // namespace engage::server
