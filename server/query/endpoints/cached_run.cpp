#include "server/query/endpoints/cached_run.hpp"

#include <utility>

#include "server/catalogue/switches/answers.hpp"
#include "server/catalogue/switches/dialect.hpp"
#include "server/query/execution/query_fault.hpp"

namespace engage::server::query::endpoints {

CachedRun::CachedRun(const QueryRequest& request, const PlannedQuery& query)
    : request_(request),
      query_(query),
      context_(
          catalogue::switches::context_of(request.now, request.snapshot->project->zone, request.readings.switches())),
      run_(query.plan, context_) {}

CachedRun::Found CachedRun::matches(std::uint64_t shuffle_seed) {
    const auto& ordering = query_.ordering;
    // What is shuffled belongs to one session.
    if (request_.readings.switches().choice(catalogue::switches::kRowOrder) ==
        catalogue::switches::RowOrder::kShuffled) {
        const auto all = selected();
        return all ? arranged(**all, shuffle_seed) : all;
    }
    const auto key = [&] { return key_of(query_.key.arrangement(), query_.plan.reads_clock || ordering.reads_clock); };
    if (ordering.key)
        return known_or(key(), [&] {
            const auto all = selected();
            return all ? arranged(**all, std::nullopt) : all;
        });
    const auto all = selected();
    if (!all || ordering.limit.value_or((*all)->total()) >= (*all)->total()) return all;
    return known_or(key(), [&] { return arranged(**all, std::nullopt); });
}

CachedRun::Found CachedRun::selected() {
    return known_or(key_of(query_.key.selection(), query_.plan.reads_clock), [&]() -> Found {
        auto matches = run_.select();
        if (!matches) return unexpected(execution::to_error(matches.error(), query_.query.where_parameter));
        return std::make_shared<const space::Matches>(std::move(*matches));
    });
}

CachedRun::Found CachedRun::arranged(const space::Matches& all, std::optional<std::uint64_t> shuffle_seed) {
    auto matches = run_.arrange(all, query_.ordering, shuffle_seed);
    if (!matches) return unexpected(std::move(matches.error()));
    return std::make_shared<const space::Matches>(std::move(*matches));
}

template <class Make>
CachedRun::Found CachedRun::known_or(std::string key, Make make) {
    auto& cache = request_.space.cache;
    if (auto known = cache.find(key)) return known;
    auto made = make();
    if (made) cache.keep(std::move(key), *made);
    return made;
}

std::string CachedRun::key_of(std::string_view query, bool reads_clock) const {
    auto key = std::to_string(query_.plan.snapshot->version) + ' ';
    key += query;
    if (reads_clock) key += '@' + std::to_string(context_.now);
    return key;
}

}  // namespace engage::server::query::endpoints
