#pragma once

#include <memory>
#include <string>
#include <vector>

#include "expr/expected.hpp"
#include "fixtures/project/project.hpp"
#include "server/catalogue/settings.hpp"
#include "server/http/message.hpp"
#include "server/space/exchange.hpp"

namespace engage::server::app {

/// The emulated service without a socket: owns the spaces and finds the one of a request. `handle` may be called
/// from any number of threads, before `publish` too: it answers 503 until then.
class App {
public:
    explicit App(catalogue::Settings settings);
    ~App();
    App(const App&) = delete;
    App& operator=(const App&) = delete;

    /// Takes the projects into service, once. The errors are problems of the fixtures: a `where` of a cohort that does
    /// not parse, a project id given twice, clocks that differ.
    Expected<void, std::vector<fixtures::files::Problem>> publish(std::vector<fixtures::project::Project> projects);

    /// What `/__admin/environment` answers, as lines for a shell and as JSON. Before `publish`.
    void set_environment(std::string shell, std::string json);

    /// From here on `observer` is told of every exchange. Before the first request.
    void observe(std::shared_ptr<space::ExchangeObserver> observer);

    /// Where requests are answered: to publish other versions of projects while they are.
    space::Space& space();

    /// Answers one request. Never throws.
    http::HttpResponse handle(const http::HttpRequest& request) noexcept;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace engage::server::app
