#pragma once

#include <cstdint>

#include "expr/columns/bitmap.hpp"
#include "expr/evaluation/program.hpp"
#include "expr/expected.hpp"
#include "server/definitions/behavior.hpp"
#include "server/space/event_store.hpp"

namespace engage::server::query::execution {

/// The events that a behavior is about at `time`, which counts in the frame of the events: their name, their time and
/// the condition fit one of the selectors. The window is (time - length, time]. The error arises under
/// `Semantics::logical_types_refused` only.
Expected<expr::columns::Bitmap, expr::evaluation::LogicalFault> selected_events(
    const definitions::Behavior& behavior, const space::EventStore& store, std::int64_t time,
    const expr::evaluation::Context& context);

/// An instant in the frame of the project's events.
std::int64_t event_time_of(std::int64_t utc_seconds, const fixtures::project::Project& project);

}  // namespace engage::server::query::execution
