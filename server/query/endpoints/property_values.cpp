#include "server/query/endpoints/property_values.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "expr/columns/slot_counts.hpp"
#include "expr/text/numbers.hpp"

namespace engage::server::query::endpoints {

namespace {

using Texts = std::vector<std::string_view>;

/// Nothing for null, and for what nests.
void add_scalar(const expr::values::View& value, expr::values::Arena& arena, Texts& texts) {
    if (value.is(expr::values::Type::kString)) texts.push_back(value.as_string());
    if (value.is(expr::values::Type::kNumber))
        texts.push_back(arena.copy(expr::text::NumberText(value.as_number()).view()));
    if (value.is(expr::values::Type::kBoolean)) texts.emplace_back(value.as_boolean() ? "true" : "false");
}

/// The texts of a value, each once.
void texts_of(const expr::values::View& value, expr::values::Arena& arena, Texts& texts) {
    texts.clear();
    if (!value.is(expr::values::Type::kList)) return add_scalar(value, arena, texts);
    for (const auto& item : value.as_list()) add_scalar(item, arena, texts);
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

class Tally {
public:
    explicit Tally(std::size_t values) { counts_.reserve(values); }

    void add(const expr::values::View& value, expr::values::Arena& arena, std::uint32_t profiles) {
        texts_of(value, arena, texts_);
        for (const auto text : texts_) {
            const auto found = counts_.find(text);
            if (found != counts_.end())
                found->second += profiles;
            else
                counts_.emplace(kept_.copy(text), profiles);
        }
    }

    std::vector<ValueCount> first(std::size_t limit) const {
        using Entry = std::pair<std::string_view, std::uint32_t>;
        std::vector<Entry> entries(counts_.begin(), counts_.end());
        const auto end = entries.begin() + static_cast<std::ptrdiff_t>(std::min(limit, entries.size()));
        std::partial_sort(entries.begin(), end, entries.end(), [](const Entry& left, const Entry& right) {
            return left.second != right.second ? left.second > right.second : left.first < right.first;
        });
        std::vector<ValueCount> values;
        for (auto entry = entries.begin(); entry != end; ++entry)
            values.push_back({std::string(entry->first), entry->second});
        return values;
    }

private:
    std::unordered_map<std::string_view, std::uint32_t> counts_;
    expr::values::Arena kept_;
    Texts texts_;
};

}  // namespace

std::vector<ValueCount> most_frequent_values(const expr::columns::Column& column, std::size_t limit) {
    Tally tally(column.slots());
    expr::values::Arena arena;
    const auto add = [&](std::size_t slot, std::uint32_t profiles) {
        arena.reset();
        tally.add(column.slot_value(slot, arena), arena, profiles);
    };
    if (column.is_dictionary()) {
        const auto counts = expr::columns::slot_counts(column, expr::columns::Bitmap(column.rows(), true));
        for (std::size_t slot = 0; slot < counts.size(); ++slot)
            if (counts[slot] > 0) add(slot, counts[slot]);
    } else {
        for (std::size_t row = 0; row < column.rows(); ++row) add(row, 1);
    }
    return tally.first(limit);
}

}  // namespace engage::server::query::endpoints
