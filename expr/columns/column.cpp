#include "expr/columns/column.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "expr/columns/column_record.hpp"
#include "expr/functions/functions.hpp"
#include "expr/text/text.hpp"

namespace engage::expr::columns {

/// What is computed from the values when a filter first needs it.
struct Column::Derived {
    std::mutex mutex;
    std::map<std::pair<std::string, bool>, std::shared_ptr<const Keys>> dates;
    std::shared_ptr<const Keys> numbers;
    std::shared_ptr<const Order> order;
};

Column::Column() : derived_(std::make_unique<Derived>()) {}
Column::~Column() = default;

std::size_t Column::slot_of(std::size_t row) const {
    if (!is_dictionary()) return row;
    auto entry = row;
    if (is_sparse_) {
        const auto found = std::lower_bound(sparse_rows_.begin(), sparse_rows_.end(), row);
        if (found == sparse_rows_.end() || *found != row) return 0;
        entry = static_cast<std::size_t>(found - sparse_rows_.begin());
    }
    return std::visit([&](const auto& codes) -> std::size_t { return codes[entry]; }, codes_);
}

std::string_view Column::record(std::size_t slot) const {
    const auto at = [&](std::size_t i) { return blocks_[i / kBlock] + offsets_[i]; };
    const auto begin = at(slot);
    return {records_.data() + begin, at(slot + 1) - begin};
}

values::View Column::slot_value(std::size_t slot, values::Arena& arena) const {
    return is_dictionary() ? dictionary_[slot] : read_record(record(slot), format_, arena);
}

values::View Column::outline(std::size_t slot, values::Arena& arena) const {
    if (is_dictionary()) return dictionary_[slot];
    const auto written = record(slot);
    return is_container_record(written) ? values::View::list({}) : read_record(written, format_, arena);
}

template <class Key>
Column::Keys Column::keys_of(Key key) const {
    Keys keys(slots());
    values::Arena arena;
    for (std::size_t slot = 0; slot < keys.size(); ++slot) {
        arena.reset();
        keys[slot] = key(slot_value(slot, arena), arena);
    }
    return keys;
}

std::shared_ptr<const Column::Keys> Column::date_keys(const values::TimeZone& zone, bool casts_numbers) const {
    const std::scoped_lock lock(derived_->mutex);
    auto& keys = derived_->dates[{std::string(zone.name()), casts_numbers}];
    if (keys) return keys;
    const auto cast = functions::evaluator_of(syntax::Function::kDatetime);
    const syntax::Semantics semantics;  // None of them concerns dates.
    keys = std::make_shared<const Keys>(keys_of([&](const values::View& value, values::Arena& arena) {
        const bool may_be_date = casts_numbers || !value.is(values::Type::kNumber);
        const auto date = may_be_date ? cast({&value, 1}, {zone, semantics, arena}) : values::View();
        return date.is(values::Type::kDatetime) ? static_cast<double>(date.as_datetime())
                                                : std::numeric_limits<double>::quiet_NaN();
    }));
    return keys;
}

std::shared_ptr<const Column::Keys> Column::number_keys() const {
    const std::scoped_lock lock(derived_->mutex);
    if (!derived_->numbers) {
        derived_->numbers = std::make_shared<const Keys>(keys_of([](const values::View& value, values::Arena&) {
            return value.is(values::Type::kNumber) ? value.as_number() : std::numeric_limits<double>::quiet_NaN();
        }));
    }
    return derived_->numbers;
}

std::shared_ptr<const Column::Order> Column::text_order() const {
    const std::scoped_lock lock(derived_->mutex);
    if (derived_->order) return derived_->order;
    auto order = std::make_shared<Order>();
    for (std::uint32_t slot = 0; slot < dictionary_.size(); ++slot)
        if (dictionary_[slot].is(values::Type::kString)) order->push_back(slot);
    std::sort(order->begin(), order->end(), [&](std::uint32_t a, std::uint32_t b) {
        return text::less_ignoring_case(dictionary_[a].as_string(), dictionary_[b].as_string());
    });
    return derived_->order = std::move(order);
}

}  // namespace engage::expr::columns
