#include "server/query/plan/aliases.hpp"
#include "server/catalogue/switches/filters.hpp"

#include <algorithm>

namespace engage::server::query::plan {

void resolve_aliases(std::vector<std::string>& ids, const fixtures::identities::Identities& identities,
                     catalogue::Readings& readings) {
    const auto is_alias = [&](const std::string& id) { return identities.canonical(id) != id; };
    if (std::none_of(ids.begin(), ids.end(), is_alias)) return;
    if (readings.choose(catalogue::switches::kDistinctIdAlias) == catalogue::switches::DistinctIdAlias::kUnresolved)
        return;
    for (auto& id : ids)
        if (is_alias(id)) id = identities.canonical(id);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace engage::server::query::plan
