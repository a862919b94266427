#include <algorithm>
#include <random>

#include "expr/columns/sorting.hpp"
#include "server/catalogue/errors/expressions.hpp"
#include "server/catalogue/errors/parameters.hpp"
#include "server/catalogue/switches/dialect.hpp"
#include "server/query/execution/bound_record.hpp"
#include "server/query/execution/member_record.hpp"
#include "server/query/execution/query_fault.hpp"
#include "server/query/execution/run.hpp"

namespace engage::server::query::execution {

namespace {

using Keys = std::vector<std::uint32_t>;
using Places = std::vector<space::Place>;

catalogue::ApiError to_error(const expr::columns::SortFault& fault) {
    if (fault.operand)
        return {catalogue::errors::kLogicalOperand, {"sort_key", catalogue::switches::fault_text(*fault.operand)}};
    return {catalogue::errors::kSortKeysTooLong};
}

/// Computes the keys of places and sorts by them.
class Sorter {
public:
    Sorter(const expr::evaluation::Program& program, const plan::QueryPlan& plan, const Bindings& bindings,
           const expr::evaluation::Context& context)
        : program_(program), plan_(plan), bindings_(bindings), context_(context) {}

    Expected<void, expr::columns::SortFault> sort(Places& places, const std::vector<std::string>& members,
                                                  expr::columns::Direction direction) {
        std::vector<fixtures::profiles::RowIndex> rows;
        for (const auto place : places)
            if (!place.is_member()) rows.push_back(place.row());
        const auto keys_of_rows = add_profiles(rows);
        if (!keys_of_rows) return unexpected(keys_of_rows.error());
        Keys keys;
        keys.reserve(places.size());
        std::size_t next = 0;
        MemberRecord member(program_.references(), bindings_);
        for (const auto place : places) {
            keys.push_back(place.is_member() ? static_cast<std::uint32_t>(keys_.size()) : (*keys_of_rows)[next++]);
            if (!place.is_member()) continue;
            member.select(members[place.member()]);
            if (auto added = expr::columns::add_key(program_, member, context_, arena_, keys_); !added) return added;
        }
        const auto positions = expr::columns::sorted_positions(keys, std::move(keys_).ranks(direction));
        Places sorted;
        sorted.reserve(places.size());
        for (const auto position : positions) sorted.push_back(places[position]);
        places = std::move(sorted);
        return {};
    }

private:
    Expected<Keys, expr::columns::SortFault> add_profiles(const std::vector<fixtures::profiles::RowIndex>& rows) {
        constexpr std::size_t kFew = 16;  ///< One row in so many: less work than columns that do not exist yet.
        if (rows.size() >= plan_.profiles->size() / kFew) {
            const BoundColumns columns(*plan_.columns, bindings_);
            return expr::columns::add_keys(program_, columns, context_, rows, keys_);
        }
        BoundRecord record(*plan_.profiles, program_.references(), bindings_);
        Keys keys;
        for (const auto row : rows) {
            record.select(row);
            keys.push_back(static_cast<std::uint32_t>(keys_.size()));
            if (auto added = expr::columns::add_key(program_, record, context_, arena_, keys_); !added)
                return unexpected(std::move(added.error()));
        }
        return keys;
    }

    const expr::evaluation::Program& program_;
    const plan::QueryPlan& plan_;
    const Bindings& bindings_;
    const expr::evaluation::Context& context_;
    expr::columns::SortKeys keys_;
    expr::values::Arena arena_;
};

// Not std::shuffle: what it does with the same seed is up to the library.
void shuffle(Places& places, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    for (auto left = places.size(); left > 1; --left) std::swap(places[left - 1], places[random() % left]);
}

}  // namespace

Expected<space::Matches, catalogue::ApiError> Run::arrange(const space::Matches& matches,
                                                           const plan::Ordering& ordering,
                                                           std::optional<std::uint64_t> shuffle_seed) {
    const auto total = matches.total();
    const auto kept = static_cast<std::size_t>(std::min<std::uint64_t>(total, ordering.limit.value_or(total)));
    const bool is_reordered = ordering.key || shuffle_seed;
    auto places = matches.places(0, is_reordered ? total : kept);
    if (shuffle_seed) shuffle(places, *shuffle_seed);
    if (ordering.key) {
        const auto bindings = bind(*ordering.key);
        if (!bindings) return unexpected(to_error(bindings.error(), "sort_key"));
        auto sorted =
            Sorter(*ordering.key, plan_, *bindings, context_).sort(places, matches.without_profile, ordering.direction);
        if (!sorted) return unexpected(to_error(sorted.error()));
    }
    // A copy, not a cut: what is left out should not stay in memory.
    if (kept < places.size()) places = Places(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(kept));
    return space::Matches{space::RowSet(), matches.without_profile, std::move(places)};
}

}  // namespace engage::server::query::execution
