#include "server/query/execution/user_condition.hpp"

#include <optional>
#include <utility>

#include "expr/columns/filter.hpp"
#include "server/query/execution/member_record.hpp"

namespace engage::server::query::execution {

namespace {

using Users = Expected<expr::columns::Bitmap, expr::evaluation::LogicalFault>;

/// Those of `users` who have a profile that the condition matches.
Users with_profile(const expr::evaluation::Program& condition, const space::EventStore& store,
                   const expr::evaluation::Context& context, const expr::columns::Bitmap& users) {
    const auto& subjects = store.subjects(*store.project().users);
    expr::columns::Bitmap rows(store.users().rows(), false);
    users.for_each([&](std::size_t user) {
        if (const auto row = subjects.row(static_cast<space::SubjectIndex>(user))) rows.set(*row);
    });
    auto matching = expr::columns::filter(condition, store.users(), context, std::move(rows));
    if (!matching) return unexpected(matching.error());
    return users.where_costly([&](std::size_t user) {
        const auto row = subjects.row(static_cast<space::SubjectIndex>(user));
        return row && matching->holds(*row);
    });
}

/// The same of those without a profile. Nothing but their ids tells them apart.
Users without_profile(const expr::evaluation::Program& condition, const space::EventStore& store,
                      const expr::evaluation::Context& context, const expr::columns::Bitmap& users) {
    const auto& subjects = store.subjects(*store.project().users);
    MemberRecord record(condition.references(), Bindings());
    expr::values::Arena arena;
    std::optional<expr::evaluation::LogicalFault> fault;
    std::optional<bool> verdict_on_all;
    expr::columns::Bitmap found(users.size(), false);
    for (const auto user : subjects.without_profile()) {
        if (!users.holds(user)) continue;
        auto verdict = verdict_on_all;
        if (!verdict) {
            arena.reset();
            record.select(subjects.id(user));
            verdict = condition.matches(record, context, arena, &fault);
            if (fault) return unexpected(*fault);
            if (!condition.facts().reads_id) verdict_on_all = verdict;
        }
        if (*verdict) found.set(user);
    }
    return found;
}

}  // namespace

Expected<expr::columns::Bitmap, expr::evaluation::LogicalFault> filter_by_user(
    const expr::evaluation::Program& condition, const space::EventStore& store,
    const expr::evaluation::Context& context, const expr::columns::Bitmap& events) {
    const auto actors = store.events().actors();
    expr::columns::Bitmap users(store.subjects(*store.project().users).size(), false);
    events.for_each([&](std::size_t event) { users.set(actors[event]); });
    auto matching = with_profile(condition, store, context, users);
    if (!matching) return matching;
    const auto others = without_profile(condition, store, context, users);
    if (!others) return others;
    *matching |= *others;
    return events.where([&](std::size_t event) { return matching->holds(actors[event]); });
}

}  // namespace engage::server::query::execution
