#pragma once

#include <string>
#include <vector>

#include "fixtures/identities/identities.hpp"
#include "server/catalogue/readings.hpp"

namespace engage::server::query::plan {

/// Under `distinct_id.alias=resolved`, puts canonical ids in the place of aliases. The ids are and stay sorted, each
/// once.
void resolve_aliases(std::vector<std::string>& ids, const fixtures::identities::Identities& identities,
                     catalogue::Readings& readings);

}  // namespace engage::server::query::plan
