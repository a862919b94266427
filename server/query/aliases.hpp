#pragma once

#include <string>
#include <vector>

#include "fixtures/identities.hpp"
#include "server/fidelity/ledger.hpp"

namespace engage::server {

/// Under `distinct_id.alias=resolved`, puts canonical ids in the place of aliases. The ids are and stay sorted, each
/// once.
void resolve_aliases(std::vector<std::string>& ids, const fixtures::Identities& identities, const Switches& switches,
                     Evidence& evidence);

}  // namespace engage::server
