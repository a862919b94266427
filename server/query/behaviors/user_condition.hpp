#pragma once

#include "expr/bitmap.hpp"
#include "expr/expected.hpp"
#include "expr/program.hpp"
#include "server/query/behaviors/event_store.hpp"

namespace engage::server {

/// The events that such a condition keeps. It is evaluated for each of the users, not for each of the events.
Expected<expr::Bitmap, expr::LogicalFault> filter_by_user(const expr::Program& condition, const EventStore& store,
                                                          const expr::Context& context, const expr::Bitmap& events);

}  // namespace engage::server
