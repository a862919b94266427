#include "server/query/execution/selected_events.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "expr/columns/filter.hpp"
#include "server/query/execution/user_condition.hpp"

namespace engage::server::query::execution {

namespace {

using fixtures::events::EventIndex;
using fixtures::events::EventRange;

/// From `first` to before `end`, in the frame of the events.
struct Period {
    std::int64_t first = 0;
    std::int64_t end = 0;
};

std::int64_t midnight_of(std::chrono::sys_days day, const fixtures::project::Project& project) {
    const auto local = std::chrono::sys_seconds(day).time_since_epoch().count();
    return project.event_time == fixtures::project::EventTime::kProject ? local : project.zone.to_utc(local);
}

Period period_of(const definitions::Behavior& behavior, std::int64_t time, const fixtures::project::Project& project) {
    if (const auto* window = std::get_if<definitions::Window>(&behavior.when))
        return {time - window->seconds + 1, time + 1};
    const auto& days = std::get<definitions::Days>(behavior.when);
    const auto after = std::chrono::sys_days(days.to) + std::chrono::days(1);
    return {midnight_of(days.from, project), midnight_of(after, project)};
}

/// Events of one name stand in the order of their times.
EventRange within(const fixtures::events::EventSet& events, const EventRange& named, const Period& period) {
    const auto times = events.times();
    const auto at = [&](std::int64_t time) {
        return static_cast<EventIndex>(std::lower_bound(times.begin() + named.begin, times.begin() + named.end, time) -
                                       times.begin());
    };
    return {at(period.first), at(period.end)};
}

expr::columns::Bitmap named_within(const fixtures::events::EventSet& events, const std::string& name,
                                   const Period& period) {
    expr::columns::Bitmap found(events.size(), false);
    const auto add = [&](const EventRange& named) {
        const auto range = within(events, named, period);
        found.set(range.begin, range.end);
    };
    if (!name.empty()) {
        add(events.named(name));
    } else {
        for (const auto& any : events.names()) add(events.named(any));
    }
    return found;
}

/// An event and the profile of who did it.
class EventRecord final : public expr::values::Record {
public:
    EventRecord(const expr::evaluation::Program& condition, const space::EventStore& store)
        : references_(condition.references()), store_(store), users_(store.subjects(*store.project().users)) {
        for (const auto& reference : references_) {
            const bool is_of_user = reference.scope == expr::values::Scope::kUser;
            columns_.push_back(is_of_user ? store.users().column(reference) : store.columns().column(reference));
        }
    }
    void select(EventIndex event) {
        event_ = event;
        actor_ = store_.events().actors()[event];
    }
    expr::values::View value(std::size_t reference, expr::values::Arena& arena) const override {
        const auto& column = columns_[reference];
        if (references_[reference].scope != expr::values::Scope::kUser)
            return column ? column->value(event_, arena) : expr::values::View();
        if (references_[reference].name == "$distinct_id") return expr::values::View::string(users_.id(actor_));
        const auto row = users_.row(actor_);
        return column && row ? column->value(*row, arena) : expr::values::View();
    }

private:
    const std::vector<expr::values::Reference>& references_;
    const space::EventStore& store_;
    const space::Subjects& users_;
    std::vector<std::shared_ptr<const expr::columns::Column>> columns_;
    EventIndex event_ = 0;
    fixtures::events::ActorIndex actor_ = 0;
};

Expected<expr::columns::Bitmap, expr::evaluation::LogicalFault> filter_by_event(
    const expr::evaluation::Program& condition, const space::EventStore& store,
    const expr::evaluation::Context& context, const expr::columns::Bitmap& events) {
    EventRecord record(condition, store);
    expr::values::Arena arena;
    std::optional<expr::evaluation::LogicalFault> fault;
    auto kept = events.where_costly([&](std::size_t event) {
        if (fault) return false;
        arena.reset();
        record.select(static_cast<EventIndex>(event));
        return condition.matches(record, context, arena, &fault);
    });
    if (fault) return unexpected(*fault);
    return kept;
}

Expected<expr::columns::Bitmap, expr::evaluation::LogicalFault> filter(const expr::evaluation::Program& condition,
                                                                       const space::EventStore& store,
                                                                       const expr::evaluation::Context& context,
                                                                       expr::columns::Bitmap events) {
    const auto& facts = condition.facts();
    if (facts.reads_only(expr::values::Scope::kUser)) return filter_by_user(condition, store, context, events);
    if (facts.reads(expr::values::Scope::kUser)) return filter_by_event(condition, store, context, events);
    return expr::columns::filter(condition, store.columns(), context, std::move(events));
}

}  // namespace

Expected<expr::columns::Bitmap, expr::evaluation::LogicalFault> selected_events(
    const definitions::Behavior& behavior, const space::EventStore& store, std::int64_t time,
    const expr::evaluation::Context& context) {
    const auto period = period_of(behavior, time, store.project());
    expr::columns::Bitmap selected(store.events().size(), false);
    for (const auto& selector : behavior.selectors) {
        auto events = named_within(store.events(), selector.event, period);
        if (selector.selector) {
            auto kept = filter(*selector.selector, store, context, std::move(events));
            if (!kept) return unexpected(kept.error());
            events = std::move(*kept);
        }
        selected |= events;
    }
    return selected;
}

std::int64_t event_time_of(std::int64_t utc_seconds, const fixtures::project::Project& project) {
    return project.event_time == fixtures::project::EventTime::kProject ? project.zone.to_local(utc_seconds)
                                                                        : utc_seconds;
}

}  // namespace engage::server::query::execution
