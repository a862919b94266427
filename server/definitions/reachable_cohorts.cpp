#include "server/definitions/reachable_cohorts.hpp"

#include <cstddef>

namespace engage::server::definitions {

std::vector<const ReadyCohort*> reachable_cohorts(const ReadyCohort& cohort, const ReadyCohorts& cohorts) {
    SeenCohorts seen;
    return reachable_cohorts(cohort, cohorts, seen);
}

std::vector<const ReadyCohort*> reachable_cohorts(const ReadyCohort& cohort, const ReadyCohorts& cohorts,
                                                  SeenCohorts& seen) {
    std::vector<const ReadyCohort*> found;
    if (seen.insert(&cohort).second) found.push_back(&cohort);
    for (std::size_t i = 0; i < found.size(); ++i) {
        for (const auto id : found[i]->references) {
            const auto other = cohorts.find(id);
            if (other != cohorts.end() && seen.insert(&other->second).second) found.push_back(&other->second);
        }
    }
    return found;
}

}  // namespace engage::server::definitions
