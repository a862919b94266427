"""A client that knows only mixpanel.com, and its test: engage-emulator exec -- pytest examples/python"""
import requests

URL = "https://mixpanel.com/api/query/engage"
ACCOUNT = ("demo.5f3a1c.mp-service-account", "demo-secret")


def profiles(where):
    """All profiles that match, page by page."""
    form = {"where": where}
    while True:
        answer = requests.post(URL, params={"project_id": 2195193}, auth=ACCOUNT, data=form)
        answer.raise_for_status()
        page = answer.json()
        yield from page["results"]
        if len(page["results"]) < page["page_size"]:
            return
        form |= {"session_id": page["session_id"], "page": page["page"] + 1}


def test_all_pages_are_fetched():
    ids = {profile["$distinct_id"] for profile in profiles('defined(properties["$email"])')}
    assert len(ids) == 2323
