#pragma once

#include <cstdint>

#include "expr/bitmap.hpp"
#include "expr/expected.hpp"
#include "expr/program.hpp"
#include "server/query/behavior.hpp"
#include "server/query/behaviors/event_store.hpp"

namespace engage::server {

/// The events that a behavior is about at `time`, which counts in the frame of the events: their name, their time and
/// the condition fit one of the selectors. The window is (time - length, time]. The error arises under
/// `Semantics::logical_types_refused` only.
Expected<expr::Bitmap, expr::LogicalFault> selected_events(const Behavior& behavior, const EventStore& store,
                                                           std::int64_t time, const expr::Context& context);

/// An instant in the frame of the project's events.
std::int64_t event_time_of(std::int64_t utc_seconds, const fixtures::Project& project);

}  // namespace engage::server
