#include "server/space/subjects.hpp"

#include <unordered_set>
#include <utility>

#include "expr/values/arena.hpp"
#include "fixtures/json/json_text.hpp"

namespace engage::server::space {

Subjects Subjects::users(std::shared_ptr<const fixtures::events::EventSet> events,
                         const fixtures::profiles::ProfileSet& profiles) {
    Subjects subjects(std::move(events));
    subjects.find_rows(subjects.events_->actor_count(), profiles);
    return subjects;
}

Subjects Subjects::groups(std::shared_ptr<const fixtures::events::EventSet> events, std::string_view key,
                          const fixtures::profiles::ProfileSet& profiles) {
    Subjects subjects(std::move(events));
    subjects.is_grouped_ = true;
    const auto& set = *subjects.events_;
    const auto count = static_cast<fixtures::events::EventIndex>(set.size());
    subjects.begins_.assign(count + 1, 0);
    if (const auto name = set.shapes().find_name(key)) {
        // The values of the key repeat: each is taken apart once.
        std::unordered_map<std::string_view, std::vector<SubjectIndex>> by_value;
        for (fixtures::events::EventIndex event = 0; event < count; ++event) {
            const auto value = set.property(event, *name);
            const auto [named, is_new] = by_value.try_emplace(value);
            if (is_new && !value.empty()) named->second = subjects.groups_in(value);
            subjects.of_events_.insert(subjects.of_events_.end(), named->second.begin(), named->second.end());
            subjects.begins_[event + 1] = static_cast<std::uint32_t>(subjects.of_events_.size());
        }
    }
    subjects.find_rows(subjects.ids_.size(), profiles);
    return subjects;
}

std::string_view Subjects::id(SubjectIndex subject) const {
    return is_grouped_ ? ids_[subject] : events_->actor_id(subject);
}

std::optional<SubjectIndex> Subjects::find(std::string_view id) const {
    if (!is_grouped_) return events_->find_actor(id);
    const auto found = numbers_.find(std::string(id));
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

SubjectIndex Subjects::group(std::string_view id) {
    const auto [entry, is_new] = numbers_.try_emplace(std::string(id), static_cast<SubjectIndex>(ids_.size()));
    if (is_new) ids_.push_back(entry->first);
    return entry->second;
}

/// Read from the text: ids are 64-bit integers, and a double would make one of two neighbours.
std::vector<SubjectIndex> Subjects::groups_in(std::string_view json) {
    const bool is_list = json.front() == '[';
    const auto values = is_list ? fixtures::json::items_in(json) : std::vector{json};
    std::vector<SubjectIndex> groups;
    std::unordered_set<SubjectIndex> seen;
    expr::values::Arena arena;
    for (const auto value : values) {
        const auto id = fixtures::json::id_in(value, arena);
        if (!id) continue;
        const auto one = group(*id);
        if (seen.insert(one).second) groups.push_back(one);
    }
    return groups;
}

void Subjects::find_rows(std::size_t count, const fixtures::profiles::ProfileSet& profiles) {
    rows_.reserve(count);
    for (SubjectIndex subject = 0; subject < count; ++subject) {
        const auto row = profiles.find(id(subject));
        rows_.push_back(row.value_or(kNoRow));
        if (!row) without_profile_.push_back(subject);
    }
}

}  // namespace engage::server::space
