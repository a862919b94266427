"""The documented retry loop and query budget against the documented limits, in virtual time: no check waits."""

import contextlib
import io

import requests

import documented_client
from documented_client import QueryTracker, query_with_retry
from emulator import PROJECT, check, running_emulator

documented_client.USERNAME = "demo.5f3a1c.mp-service-account"
documented_client.SECRET = "demo-secret"

# A fixed start makes whole answers comparable; one id each keeps them short.
START = ("--clock", "2026-09-01T00:00:00Z")
ONE_PROFILE = {"project_id": PROJECT, "where": '"vip" in properties["tags"]', "page_size": 1, "output_properties": '["plan"]'}
LIMITED_TEXT = (
    '{"request": "%s", "error": "Query rate limit exceeded for project_id: 2195193. This request exceeded the rate limit '
    "(%s queries running in the last hour). For more information, please consult our documentation at "
    'https://help.mixpanel.com/hc/en-us/articles/115004602563-Rate-Limits-for-Export-API-Endpoints"}'
)


class VirtualTime:
    """Stands in for the module `time`: sleeping moves the emulator's clock."""

    def __init__(self, emulator):
        self.emulator = emulator
        self.slept = []

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.emulator.advance(seconds)

    def time(self):
        return self.emulator.now()


def outcome_of(emulator, params):
    """What one call of the documented function returns or raises, prints and sleeps."""
    documented_client.time = VirtualTime(emulator)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            result = query_with_retry(emulator.engage, params)["status"]
        except requests.HTTPError as error:
            result = f"HTTPError {error.response.status_code}"
        except Exception as error:
            result = str(error)
    return {"result": result, "printed": printed.getvalue(), "slept": documented_client.time.slept}


def raw(emulator, params):
    return requests.get(emulator.engage, auth=(documented_client.USERNAME, documented_client.SECRET), params=params)


def use_up(emulator, queries):
    return [raw(emulator, ONE_PROFILE).status_code for _ in range(queries)]


WAITED_TWICE = "Rate limited. Waiting 60s...\nRate limited. Waiting 120s...\n"


def retry_succeeds_after_two_429():
    with running_emulator(*START) as emulator:
        check("the first query of the hour is admitted", use_up(emulator, 1), [200])
        emulator.advance(3600 - 60 - 120)
        check("59 more fill the hour", use_up(emulator, 59), [200] * 59)
        check("query_with_retry: two 429, then the first query leaves the window and it succeeds",
              outcome_of(emulator, ONE_PROFILE), {"result": "ok", "printed": WAITED_TWICE, "slept": [60, 120]})
        check("query_with_retry: the slot that became free is used again",
              outcome_of(emulator, ONE_PROFILE), {"result": "Rate limit exceeded", "printed": WAITED_TWICE, "slept": [60, 120]})


def retry_gives_up_after_three_429():
    with running_emulator(*START, "--quota", "1") as emulator:
        check("query_with_retry: an admitted query returns at once",
              outcome_of(emulator, ONE_PROFILE), {"result": "ok", "printed": "", "slept": []})
        check("query_with_retry: three 429 raise",
              outcome_of(emulator, ONE_PROFILE), {"result": "Rate limit exceeded", "printed": WAITED_TWICE, "slept": [60, 120]})
        emulator.advance(3600 - 180)
        check("query_with_retry: the three refused queries were not counted",
              outcome_of(emulator, ONE_PROFILE), {"result": "ok", "printed": "", "slept": []})


def other_errors_raise_at_once():
    with running_emulator(*START) as emulator:
        check("query_with_retry: a page without a session raises HTTPError 400",
              outcome_of(emulator, {**ONE_PROFILE, "page": 1}), {"result": "HTTPError 400", "printed": "", "slept": []})
        check("query_with_retry: a foreign project raises HTTPError 403",
              outcome_of(emulator, {**ONE_PROFILE, "project_id": 1}), {"result": "HTTPError 403", "printed": "", "slept": []})


def tracker_keeps_within_the_budget():
    with running_emulator(*START) as emulator:
        documented_client.time = VirtualTime(emulator)
        tracker = QueryTracker()
        statuses = []
        while tracker.can_query():
            tracker.record_query()
            statuses.append(raw(emulator, ONE_PROFILE).status_code)
            emulator.advance(1)
        check("QueryTracker: exactly 60 queries go and all are answered", statuses, [200] * 60)
        check_refusal(raw(emulator, ONE_PROFILE), "61/60")
        emulator.advance(3600 - 60)
        check("QueryTracker: an hour after the first query it still waits, one second more than the service asks", tracker.can_query(), False)
        emulator.advance(1)
        check("QueryTracker: a second later it lets one go", tracker.can_query(), True)
        tracker.record_query()
        check("QueryTracker: that query is answered", raw(emulator, ONE_PROFILE).status_code, 200)


def check_refusal(response, used):
    request = response.request.path_url
    check("the 61st query answers 429", response.status_code, 429)
    check("the 429 has the documented body", response.text, LIMITED_TEXT % (request, used))
    names = ("Content-Type", "RateLimit-Policy", "RateLimit", "Retry-After")
    check("the 429 has the reported headers", {name: response.headers.get(name) for name in names}, {
        "Content-Type": "application/json",
        "RateLimit-Policy": '"project";q=60;w=3600, "project-concurrency";q=5;qu="concurrent-requests"',
        "RateLimit": '"project";r=0;t=3600, "project-concurrency";r=5',
        "Retry-After": "3600",
    })


retry_succeeds_after_two_429()
retry_gives_up_after_three_429()
other_errors_raise_at_once()
tracker_keeps_within_the_budget()
